"""Pages for those who are signed in and look behind the decisions of a group."""

from django.urls import path

from assurance import reviews, views

app_name = "assurance"
urlpatterns = [
    path("decisions/<int:pk>/process/", views.process, name="process"),
    path("groups/<name:code>/process/", views.of_period, name="process_of_period"),
    path("groups/<name:code>/process/change-requests/", views.change_requests, name="change_requests"),
    path("groups/<name:code>/process/artefacts/", reviews.artefacts, name="artefacts"),
    path("change-requests/<int:pk>/process/", views.change_request, name="change_request"),
]
