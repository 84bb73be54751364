"""Pages for those who are signed in, about seats and who stands in for their holders."""

from django.urls import path

from groups import views

app_name = "groups"
urlpatterns = [
    path("seats/", views.seats, name="seats"),
    path("seats/mine/", views.mine, name="my_seat"),
    path("seats/<int:pk>/", views.seat, name="seat"),
    path("seats/<int:pk>/alternates/new/", views.name_alternate, name="name_alternate"),
    path("alternates/<int:pk>/approve/", views.approve, name="approve_alternate"),
    path("alternates/<int:pk>/revoke/", views.revoke, name="revoke_alternate"),
]
