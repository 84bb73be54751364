"""Pages for those who are signed in, about change requests."""

from django.urls import path

from change_requests import views

app_name = "change_requests"
urlpatterns = [
    path("change-requests/", views.mine, name="mine"),
    path("groups/<name:code>/change-requests/new/", views.begin, name="begin"),
    path("change-requests/<int:pk>/", views.change_request, name="change_request"),
    path("change-requests/<int:pk>/change/", views.change, name="change"),
    path("change-requests/<int:pk>/hold/", views.hold, name="hold"),
    path("change-requests/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("change-requests/<int:pk>/exclude/", views.exclude, name="exclude"),
    path("change-requests/<int:pk>/versions/new/", views.draft_version, name="draft_version"),
    path("change-requests/versions/<int:pk>/change/", views.change_version, name="change_version"),
]
