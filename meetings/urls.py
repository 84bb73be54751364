"""Pages for those who are signed in, about meetings. The page of a meeting itself is the desk's."""

from django.urls import path

from meetings.views import actions, agenda, attendance, comments, minutes, planning

app_name = "meetings"
urlpatterns = [
    path("meetings/", planning.plan, name="plan"),
    path("groups/<name:code>/meetings/new/", planning.schedule, name="schedule"),
    path("groups/<name:code>/meetings/new/series/", planning.schedule_series, name="schedule_series"),
    path("meetings/<name:code>/change/", planning.change, name="change"),
    path("meetings/<name:code>/move/", planning.move, name="move"),
    path("meetings/<name:code>/cancel/", planning.cancel, name="cancel"),
    path("meetings/<name:code>/next/", planning.announce_next, name="announce_next"),
    path("meetings/<name:code>/meeting.ics", planning.calendar_file, name="calendar"),
    path("meetings/<name:code>/agenda/", agenda.agenda, name="agenda"),
    path("meetings/<name:code>/agenda/table/", agenda.table_offered, name="table_offered"),
    path("agenda-items/<int:pk>/move/", agenda.move_item, name="move_item"),
    path("agenda-items/<int:pk>/change/", agenda.change_item, name="change_item"),
    path("agenda-items/<int:pk>/defer/", agenda.defer_item, name="defer_item"),
    path("meetings/<name:code>/attendance/", attendance.attendance, name="attendance"),
    path("meetings/<name:code>/attendance/people/new/", attendance.add_attendee, name="add_attendee"),
    path("meetings/<name:code>/attendance/report/", attendance.report, name="report"),
    path("groups/<name:code>/standing-items/", agenda.standing_items, name="standing_items"),
    path("meetings/<name:code>/minutes/comments/", comments.comments, name="comments"),
    path("paragraphs/<int:pk>/comment/", comments.comment, name="comment"),
    path("draft-comments/<int:pk>/answer/", comments.answer, name="answer_comment"),
    path("meetings/<name:code>/minutes/send-back/", minutes.send_back, name="send_back"),
    path("meetings/<name:code>/minutes/approve/", minutes.approve, name="approve"),
    path("meetings/<name:code>/minutes/editions/new/", minutes.issue, name="issue"),
    path("groups/<name:code>/actions/", actions.log, name="actions"),
    path("actions/<int:pk>/", actions.action, name="action"),
    path("actions/<int:pk>/change/", actions.change, name="change_action"),
    path("actions/<int:pk>/complete/", actions.complete, name="complete_action"),
    path("actions/<int:pk>/drop/", actions.drop, name="drop_action"),
    path("actions/<int:pk>/reopen/", actions.reopen, name="reopen_action"),
    path("actions/<int:pk>/review/", actions.review, name="review_action"),
]
