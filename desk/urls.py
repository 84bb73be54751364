"""Pages for those who are signed in."""

from django.urls import path, re_path

from desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("meetings/<str:code>/", views.meeting, name="meeting"),
    re_path(r"^meetings/(?P<code>[^/]+)/(?P<verb>hold|clear|circulate|publish)/$", views.do, name="do"),
]
