"""Pages for those who are signed in, about minutes that are written, and what was given to whom to do."""

from django.urls import path

from meetings.views import actions, comments, minutes

app_name = "meetings"
urlpatterns = [
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
