"""Pages for those who are signed in, about artefacts, their reviews and releases."""

from django.urls import path

from artefacts.views import artefacts, passages, releases, reviews

app_name = "artefacts"
urlpatterns = [
    path("artefacts/", artefacts.catalogue, name="catalogue"),
    path("groups/<name:code>/artefacts/new/", artefacts.add, name="add"),
    path("artefacts/<slug:slug>/", artefacts.artefact, name="artefact"),
    path("artefacts/<slug:slug>/describe/", artefacts.describe, name="describe"),
    path("artefacts/<slug:slug>/compare/", artefacts.compare, name="compare"),
    path("artefacts/<slug:slug>/versions/new/", artefacts.draft_version, name="draft_version"),
    path("artefacts/versions/<int:pk>/change/", artefacts.change_version, name="change_version"),
    path("artefacts/versions/<int:pk>/attach/", artefacts.attach, name="attach"),
    path("artefacts/files/<int:pk>/", artefacts.file, name="file"),
    path("artefacts/versions/<int:pk>/withdraw/", artefacts.withdraw_version, name="withdraw_version"),
    path("artefacts/versions/<int:pk>/agree-edit/", artefacts.agree_edit, name="agree_edit"),
    path("artefacts/versions/<int:pk>/passages/", passages.explain, name="explain"),
    path("artefacts/versions/<int:pk>/review/", reviews.open_review, name="open_review"),
    path("artefacts/reviews/<int:pk>/", reviews.review, name="review"),
    path("artefacts/reviews/<int:pk>/log.csv", reviews.log_csv, name="log_csv"),
    path("artefacts/reviews/<int:pk>/extend/", reviews.extend_review, name="extend_review"),
    path("artefacts/reviews/<int:pk>/withdraw/", reviews.withdraw_review, name="withdraw_review"),
    path("artefacts/reviews/<int:pk>/resolve/", reviews.resolve_comments, name="resolve_comments"),
    path("artefacts/reviews/rows/<int:pk>/comment/", reviews.comment, name="comment"),
    path("artefacts/reviews/rows/<int:pk>/sheet/", reviews.add_comments, name="add_comments"),
    path("artefacts/reviews/rows/<int:pk>/leave/", reviews.review_leave, name="review_leave"),
    path("artefacts/comments/<int:pk>/resolve/", reviews.resolve, name="resolve"),
    # releases
    path("groups/<name:code>/releases/", releases.releases, name="releases"),
    path("groups/<name:code>/releases/new/", releases.plan_release, name="plan_release"),
    path("releases/<int:pk>/", releases.release, name="release"),
    path("releases/<int:pk>/change/", releases.change_release, name="change_release"),
    path("releases/<int:pk>/put-in/", releases.put_in, name="put_in"),
    path("releases/<int:pk>/effective/", releases.say_effective, name="say_effective"),
    path("releases/<int:pk>/baselined/", releases.say_baselined, name="say_baselined"),
    path("releases/<int:pk>/withdraw/", releases.withdraw_release, name="withdraw_release"),
]
