"""Pages for those who are signed in, about what was given to whom to do."""

from django.urls import path

from meetings.views import actions

app_name = "meetings"
urlpatterns = [
    path("groups/<name:code>/actions/", actions.log, name="actions"),
    path("actions/<int:pk>/", actions.action, name="action"),
    path("actions/<int:pk>/change/", actions.change, name="change_action"),
    path("actions/<int:pk>/complete/", actions.complete, name="complete_action"),
    path("actions/<int:pk>/drop/", actions.drop, name="drop_action"),
    path("actions/<int:pk>/reopen/", actions.reopen, name="reopen_action"),
    path("actions/<int:pk>/review/", actions.review, name="review_action"),
]
