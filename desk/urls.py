"""Pages for those who are signed in."""

from django.urls import path, re_path

from desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("meetings/<name:code>/", views.meeting, name="meeting"),
    re_path(r"^meetings/(?P<code>[A-Za-z0-9.-]{1,40})/(?P<verb>hold|clear|circulate|publish)/$", views.do, name="do"),
]
