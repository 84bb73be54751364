"""Pages for those who are signed in, about artefacts."""

from django.urls import path

from artefacts import views

app_name = "artefacts"
urlpatterns = [
    path("artefacts/", views.catalogue, name="catalogue"),
    path("groups/<name:code>/artefacts/new/", views.add, name="add"),
    path("artefacts/<slug:slug>/", views.artefact, name="artefact"),
    path("artefacts/<slug:slug>/compare/", views.compare, name="compare"),
    path("artefacts/<slug:slug>/versions/new/", views.draft_version, name="draft_version"),
    path("artefacts/versions/<int:pk>/change/", views.change_version, name="change_version"),
    path("artefacts/versions/<int:pk>/attach/", views.attach, name="attach"),
    path("artefacts/files/<int:pk>/", views.file, name="file"),
    path("artefacts/versions/<int:pk>/withdraw/", views.withdraw_version, name="withdraw_version"),
    path("artefacts/versions/<int:pk>/agree-edit/", views.agree_edit, name="agree_edit"),
]
