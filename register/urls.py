"""Every anonymous address. Each view says @public; a test holds the list."""

from django.urls import path, re_path

from register.views import (
    actions,
    artefacts,
    baseline,
    change_requests,
    decisions,
    glossary,
    groups,
    home,
    meetings,
    releases,
    reviews,
    search,
    shared,
    status,
    verify,
)

app_name = "register"


def listed(name: str, view):
    """The same list as a file: /decisions.csv, /decisions.json, /decisions.atom."""
    return re_path(rf"^{name}\.(?P<form>csv|json|atom)$", view, name=f"{name.replace('-', '_')}_as")


def changed(noun: str, address: str):
    """What changed of a record, edition by edition."""
    return path(f"{address}changes/", shared.changes, {"noun": noun}, name=f"{noun}_changes")


urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("decisions/", decisions.register, name="decisions"),
    listed("decisions", decisions.register_as),
    path("decisions/<name:reference>.json", decisions.as_json, name="decision_json"),
    path("decisions/<name:reference>/", decisions.decision, name="decision"),
    changed("decision", "decisions/<name:reference>/"),
    path("decisions/<name:reference>/verify/", verify.verify, name="verify"),
    path("decisions/<name:reference>/verify.json", verify.as_file, name="verify_json"),
    path("change-requests/", change_requests.register, name="change_requests"),
    listed("change-requests", change_requests.register_as),
    path("change-requests/<name:reference>.json", change_requests.as_json, name="change_request_json"),
    path("change-requests/<name:reference>/", change_requests.change_request, name="change_request"),
    changed("change_request", "change-requests/<name:reference>/"),
    path("change-requests/<name:reference>/versions/", change_requests.versions, name="change_request_versions"),
    path("change-requests/<name:reference>/files/<name:digest>/", change_requests.file, name="change_request_file"),
    path("artefacts/", artefacts.catalogue, name="artefacts"),
    listed("artefacts", artefacts.catalogue_as),
    path("artefacts/<slug:reference>.json", artefacts.as_json, name="artefact_json"),
    path("artefacts/<slug:reference>/", artefacts.artefact, name="artefact"),
    changed("artefact", "artefacts/<slug:reference>/"),
    path("artefacts/<slug:reference>/versions/", artefacts.versions, name="artefact_versions"),
    path("artefacts/<slug:reference>/files/<name:digest>/", artefacts.file, name="artefact_file"),
    path("artefacts/<slug:reference>/reviews/<int:n>/", reviews.log, name="review"),
    path("artefacts/<slug:reference>/reviews/<int:n>.csv", reviews.log_csv, name="review_csv"),
    path("releases/", releases.releases, name="releases"),
    listed("releases", releases.releases_as),
    path("releases/<name:reference>.json", releases.as_json, name="release_json"),
    path("releases/<name:reference>/", releases.release, name="release"),
    changed("release", "releases/<name:reference>/"),
    path("releases/<name:reference>/files/<name:digest>/", releases.file, name="release_file"),
    path("meetings/", meetings.calendar_of_meetings, name="meetings"),
    listed("meetings", meetings.meetings_as),
    path("meetings/<name:code>.json", meetings.as_json, name="meeting_json"),
    path("meetings/<name:code>/", meetings.meeting, name="meeting"),
    changed("meeting", "meetings/<name:reference>/"),
    path("meetings/<name:code>/minutes.pdf", meetings.minutes_pdf, name="minutes_pdf"),
    path("meetings/<name:code>/editions/<int:n>/", meetings.edition, name="edition"),
    path("meetings/<name:code>/editions/<int:n>/minutes.pdf", meetings.edition_pdf, name="edition_pdf"),
    path("actions/", actions.log, name="actions"),
    listed("actions", actions.log_as),
    path("actions/<name:reference>.json", actions.as_json, name="action_json"),
    path("actions/<name:reference>/", actions.action, name="action"),
    changed("action", "actions/<name:reference>/"),
    path("groups/", groups.tree, name="groups"),
    listed("groups", groups.groups_as),
    path("groups/<name:code>.json", groups.group_as_json, name="group_json"),
    path("groups/<name:code>/", groups.group, name="group"),
    path("groups/<name:code>/baseline/", baseline.baseline, name="baseline"),
    changed("group", "groups/<name:reference>/"),
    path("groups/<name:code>/seats/<slug:slug>.json", groups.seat_as_json, name="seat_json"),
    path("groups/<name:code>/seats/<slug:slug>/", groups.seat, name="seat"),
    path("groups/<name:code>/seats/<slug:slug>/changes/", shared.changes_of_a_seat, name="seat_changes"),
    path("status/", status.status, name="status"),
    path("status/heads/", status.heads, name="heads"),
    path("status/heads.txt", status.heads_as_text, name="heads_text"),
    path("healthz", status.healthz, name="healthz"),
]
