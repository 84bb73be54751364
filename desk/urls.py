"""Pages for those who are signed in."""

from django.urls import path, re_path

from desk import doing, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("meetings/<name:code>/", views.meeting, name="meeting"),
    re_path(r"^do/(?P<name>[a-z_]+\.[a-z_]+)/(?P<pk>\d{1,10})/$", doing.do, name="do"),
]
