"""Pages for those who are signed in, about meetings. The page of a meeting itself is the desk's."""

from django.urls import path

from meetings.views import agenda, attendance, planning

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
]
