"""Pages for those who are signed in, about what was read in from papers."""

from django.urls import path

from archive import views

app_name = "archive"
urlpatterns = [
    path("decisions/<int:pk>/correct/", views.correct, name="correct"),
    path("actions/<int:pk>/correct/", views.correct_action, name="correct_action"),
    path("meetings/<str:code>/who-came/correct/", views.correct_who_came, name="correct_who_came"),
    path("meetings/<str:code>/actions/missed/", views.add_missed_action, name="add_missed_action"),
    path("questions/<int:pk>/correct/", views.correct_vote, name="correct_vote"),
    path("meetings/<str:code>/votes/missed/", views.add_missed_vote, name="add_missed_vote"),
    path("meetings/<str:code>/items/correct/", views.correct_items, name="correct_items"),
]
