"""Pages for those who are signed in, about seats, who stands in for their holders, and the membership of a group."""

from django.urls import path

from groups.views import bringing_in, members, own, seats, sessions, typed

app_name = "groups"
urlpatterns = [
    path("seats/", seats.seats, name="seats"),
    path("seats/mine/", seats.mine, name="my_seat"),
    path("seats/<int:pk>/", seats.seat, name="seat"),
    path("seats/<int:pk>/alternates/new/", seats.name_alternate, name="name_alternate"),
    path("alternates/<int:pk>/approve/", seats.approve, name="approve_alternate"),
    path("alternates/<int:pk>/revoke/", seats.revoke, name="revoke_alternate"),
    path("groups/<name:code>/members/", members.members, name="members"),
    path("groups/<name:code>/members/sheet/", bringing_in.bring_in, name="bring_in_members"),
    path("groups/<name:code>/appointments/new/", members.give_appointment, name="give_appointment"),
    path("seats/<int:pk>/holder/new/", members.seat_somebody, name="seat_somebody"),
    path("holdings/<int:pk>/end/", members.end_holding, name="end_holding"),
    path("appointments/<int:pk>/end/", members.end_appointment, name="end_appointment"),
    path("account/data/", own.data, name="own_data"),
    path("account/data.json", own.data_as_json, name="own_data_json"),
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/<int:pk>/end/", sessions.end_session, name="end_session"),
    path("account/sessions/others/end/", sessions.end_other_sessions, name="end_other_sessions"),
    path("account/typed/", typed.typed, name="typed"),
    path("account/erasure/", own.ask_for_erasure, name="ask_for_erasure"),
    path("erasure-requests/<int:pk>/answer/", own.answer_erasure, name="answer_erasure"),
    path("people/<int:pk>/", members.person, name="person"),
    path("people/<int:pk>/correct/", members.correct_person, name="correct_person"),
]
