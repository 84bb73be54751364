"""Every anonymous address. Each view says @public; a test holds the list."""

from django.urls import path

from register.views import actions, decisions, groups, home, meetings, status, verify

app_name = "register"
urlpatterns = [
    path("", home.home, name="home"),
    path("decisions/", decisions.register, name="decisions"),
    path("decisions/<name:reference>.json", decisions.as_json, name="decision_json"),
    path("decisions/<name:reference>/", decisions.decision, name="decision"),
    path("decisions/<name:reference>/verify/", verify.verify, name="verify"),
    path("decisions/<name:reference>/verify.json", verify.as_file, name="verify_json"),
    path("meetings/", meetings.calendar_of_meetings, name="meetings"),
    path("meetings/<name:code>/", meetings.meeting, name="meeting"),
    path("meetings/<name:code>/minutes.pdf", meetings.minutes_pdf, name="minutes_pdf"),
    path("meetings/<name:code>/editions/<int:n>/", meetings.edition, name="edition"),
    path("meetings/<name:code>/editions/<int:n>/minutes.pdf", meetings.edition_pdf, name="edition_pdf"),
    path("actions/", actions.log, name="actions"),
    path("groups/", groups.tree, name="groups"),
    path("groups/<name:code>/", groups.group, name="group"),
    path("status/", status.status, name="status"),
    path("status/heads/", status.heads, name="heads"),
    path("status/heads.txt", status.heads_as_text, name="heads_text"),
    path("healthz", status.healthz, name="healthz"),
]
