"""Pages for those who are signed in."""

from django.urls import path, re_path

from desk import deadlines, doing, minuting, minuting_by_forms, preview, views, wall

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("deadlines/", deadlines.board, name="deadlines"),
    path("meetings/<name:code>/", views.meeting, name="meeting"),
    path("meetings/<name:code>/minute/", minuting.minute, name="minute"),
    path("meetings/<name:code>/minute/block/", minuting_by_forms.block, name="block"),
    path("meetings/<name:code>/wall/", wall.wall, name="wall"),
    path("meetings/<name:code>/wall/now/", wall.wall_now, name="wall_now"),
    path("paragraphs/<int:pk>/", minuting.block_history, name="block_history"),
    path("meetings/<name:code>/minute/changes/", minuting.changes, name="changes"),
    path("meetings/<name:code>/minute/now/", minuting.now, name="minute_now"),
    path("meetings/<name:code>/minute/notepad/", minuting.notepad, name="notepad"),
    re_path(r"^preview/(?P<name>[a-z_]+\.[a-z_]+)/(?P<pk>\d{1,10})/$", preview.preview, name="preview"),
    re_path(r"^do/(?P<name>[a-z_]+\.[a-z_]+)/(?P<pk>\d{1,10})/$", doing.do, name="do"),
]
