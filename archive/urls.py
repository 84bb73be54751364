"""Pages for those who are signed in, about what was read in from papers."""

from django.urls import path

from archive import views

app_name = "archive"
urlpatterns = [
    path("decisions/<int:pk>/correct/", views.correct, name="correct"),
]
