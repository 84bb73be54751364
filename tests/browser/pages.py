"""Every kind of page, in the state in which it is usually met."""

from dataclasses import dataclass

import pytest

from tests.browser.conftest import ASSURANCE, CHAIR, PROGRAMME_PMO, REPRESENTATIVE, SECRETARY

CONCERNED = "supplieragent@example.org"  # whose seat has raised a concern with REH-DEC02
RAISER, RESPONDENT, OWNER = "raiser@example.org", "respondent@example.org", "owner@example.org"
ASSESSED = "/desk/assessments/1/"  # of CR904: the first that the demonstration opens
IN_REVIEW = "/desk/artefacts/reviews/2/"  # of the message catalogue: the second that the demonstration opens


@dataclass(frozen=True)
class Place:
    name: str
    path: str
    who: str = ""
    through: tuple[str, ...] = ()  # links followed from there, for addresses that are numbers

    def __str__(self) -> str:
        return self.name


PUBLIC = [
    Place("home", "/"),
    Place("decisions", "/decisions/"),
    Place("decisions filtered", "/decisions/?q=CR018&group=DAG&year=2023&outcome=approved&about=CR018"),
    Place("decisions without result", "/decisions/?q=nothingofthekind&against=1"),
    Place("decision with a vote", "/decisions/DAG-DEC60/"),
    Place("decision without a vote", "/decisions/REH-DEC01/"),
    Place("decision against the advice", "/decisions/REH-DEC02/"),
    Place("meetings", "/meetings/"),
    Place("meeting on record", "/meetings/DAG026/"),
    Place("fictional meeting on record", "/meetings/REH001/"),
    Place("edition", "/meetings/DAG026/editions/1/"),
    Place("meeting to come", "/meetings/REH004/"),
    Place("meeting whose minutes are awaited", "/meetings/REH002/"),
    Place("actions", "/actions/"),
    Place("actions without result", "/actions/?q=nothingofthekind"),
    Place("an action", "/actions/DAG26-01/"),
    Place("groups", "/groups/"),
    Place("the DAG", "/groups/DAG/"),
    Place("the Rehearsal group", "/groups/REH/"),
    Place("a seat", "/groups/DAG/seats/dno-representative/"),
    Place("change requests", "/change-requests/"),
    Place("change requests without result", "/change-requests/?q=nothingofthekind"),
    Place("a change request under assessment", "/change-requests/CR904/"),
    Place("a change request through its life", "/change-requests/CR900/"),
    Place("a change request of the minutes", "/change-requests/CR024/"),
    Place("two versions of a change request", "/change-requests/CR900/versions/"),
    Place("artefacts", "/artefacts/"),
    Place("an artefact with versions and files", "/artefacts/reh-des-01-rehearsal-interface-catalogue/"),
    Place("two versions of an artefact", "/artefacts/reh-des-01-rehearsal-interface-catalogue/versions/"),
    Place("an artefact in review", "/artefacts/reh-des-02-rehearsal-message-catalogue/"),
    Place("a comment log", "/artefacts/reh-des-01-rehearsal-interface-catalogue/reviews/1/"),
    Place("an artefact of the minutes", "/artefacts/dip-pki-policy/"),
    Place("releases", "/releases/"),
    Place("releases without result", "/releases/?q=nothingofthekind"),
    Place("a release", "/releases/REH-IR1.0/"),
    Place("an artefact that went out", "/artefacts/reh-des-04-rehearsal-settlement-calendar/"),
    Place("a baseline", "/groups/REH/baseline/"),
    Place("a baseline beside an earlier one", "/groups/DAG/baseline/?since=2023-07-01"),
    Place("search", "/search/?q=registration+hours"),
    Place("search without result", "/search/?q=nothingofthekind"),
    Place("glossary", "/glossary/"),
    Place("what changed of a decision", "/decisions/REH-DEC02/changes/"),
    Place("what changed between two editions of a meeting", "/meetings/REH001/changes/?from=1&to=2"),
    Place("an earlier edition of a meeting", "/meetings/REH001/?edition=1"),
    Place("status", "/status/"),
    Place("status, published heads", "/status/heads/"),
    Place("check of a decision read in", "/decisions/DAG-DEC60/verify/"),
    Place("check of a decision of the portal", "/decisions/REH-DEC01/verify/"),
    Place("no such page", "/no/such/page/"),
    Place("a link that is nobody's", "/desk/consultations/reply/guessed/"),
    Place("sign-in", "/accounts/login/"),
    Place("forgotten password", "/accounts/password/reset/"),
    Place("no account", "/accounts/signup/"),
]
SIGNED_IN = [
    Place("desk of the secretariat", "/desk/", SECRETARY),
    Place("desk of the Chair", "/desk/", CHAIR),
    Place("desk of a representative", "/desk/", REPRESENTATIVE),
    Place("desk of an assurance reader", "/desk/", ASSURANCE),
    Place("draft minutes for the secretariat", "/desk/meetings/REH002/", SECRETARY),
    Place("minutes about to be circulated", "/desk/meetings/REH002/", SECRETARY, ("Circulate the minutes",)),
    Place("minutes as they are written", "/desk/meetings/REH003/minute/", SECRETARY),
    Place("a meeting on the wall", "/desk/meetings/REH002/wall/", SECRETARY),
    Place("a further edition", "/desk/meetings/REH001/minutes/editions/new/", SECRETARY),
    Place("action log of the group", "/desk/groups/REH/actions/", SECRETARY),
    Place("an action and what can be done to it", "/desk/groups/REH/actions/", SECRETARY, ("Action REH3-01",)),
    Place("draft minutes for a representative", "/desk/meetings/REH002/", REPRESENTATIVE),
    Place("minutes being written", "/desk/meetings/REH003/", SECRETARY),
    Place("agenda for the secretariat", "/desk/meetings/REH004/", SECRETARY),
    Place("meetings to come", "/desk/meetings/", SECRETARY),
    Place("a meeting being scheduled", "/desk/groups/REH/meetings/new/", SECRETARY),
    Place("a year of meetings being planned", "/desk/groups/REH/meetings/new/series/", SECRETARY),
    Place("a meeting being moved", "/desk/meetings/REH004/move/", SECRETARY),
    Place("an agenda being put together", "/desk/meetings/REH004/agenda/", SECRETARY),
    Place("an agenda for a representative", "/desk/meetings/REH004/agenda/", REPRESENTATIVE),
    Place("what is on every agenda", "/desk/groups/REH/standing-items/", SECRETARY),
    Place("who came", "/desk/meetings/REH003/attendance/", SECRETARY),
    Place("somebody who came being added", "/desk/meetings/REH003/attendance/people/new/", SECRETARY),
    Place("the report of a call", "/desk/meetings/REH003/attendance/report/", SECRETARY),
    Place("votes of the group", "/desk/groups/REH/questions/", SECRETARY),
    Place("a question being put", "/desk/groups/REH/questions/new/", SECRETARY),
    Place("an open vote for a representative", "/desk/groups/REH/questions/", REPRESENTATIVE, ("CR902 v1.3",)),
    Place("an open vote for the secretariat", "/desk/groups/REH/questions/", SECRETARY, ("CR902 v1.3",)),
    Place("a drafted question for a representative", "/desk/groups/REH/questions/", REPRESENTATIVE, ("CR903 v0.9",)),
    Place("a position being noted", "/desk/groups/REH/questions/", REPRESENTATIVE, ("CR903 v0.9", "Note where the seat stands")),
    Place("a drafted question being changed", "/desk/groups/REH/questions/", SECRETARY, ("CR903 v0.9", "Change the draft")),
    Place("a drafted question being withdrawn", "/desk/groups/REH/questions/", SECRETARY, ("CR903 v0.9", "Withdraw it")),
    Place("a vote about to be opened", "/desk/groups/REH/questions/", SECRETARY, ("CR903 v0.9", "Open the vote")),
    Place("roll call", "/desk/groups/REH/questions/", SECRETARY, ("CR902 v1.3", "Take the roll call")),
    Place("the voting form", "/desk/", REPRESENTATIVE, ("Vote on CR902",)),
    Place("a receipt", "/desk/groups/REH/questions/", "idno@example.org", ("CR902 v1.3", "Receipt")),
    Place("a decision awaited, for the Chair", "/desk/groups/REH/questions/", CHAIR, ("REH002/1",)),
    Place("a decision awaited, for a representative", "/desk/groups/REH/questions/", REPRESENTATIVE, ("REH002/1",)),
    Place("a decision taken, for a representative", "/desk/groups/REH/questions/", REPRESENTATIVE, ("REH-DEC02",)),
    Place("a determination being prepared", "/desk/groups/REH/questions/", SECRETARY, ("REH002/1", "Prepare the determination")),
    Place("a determination", "/desk/groups/REH/questions/", CHAIR, ("REH002/1", "Determine it")),
    Place("a promise", "/desk/groups/REH/questions/", CHAIR, ("REH002/1", "Say by when")),
    Place("a level", "/desk/groups/REH/questions/", SECRETARY, ("REH002/1", "Record whose decision")),
    Place("a revision", "/desk/groups/REH/questions/", SECRETARY, ("REH-DEC02", "Revise it")),
    Place("change requests followed through", "/desk/groups/REH/process/change-requests/", ASSURANCE),
    Place("process of a decision, for assurance", "/desk/groups/REH/questions/", ASSURANCE, ("REH-DEC02", "Was process followed?")),
    Place("a statement of position", "/desk/groups/REH/questions/", REPRESENTATIVE, ("REH-DEC02", "State your seat")),
    Place("a significant concern being raised", "/desk/groups/REH/questions/", REPRESENTATIVE, ("REH-DEC02", "Raise a significant concern")),
    Place("a concern about procedure being raised", "/desk/groups/REH/questions/", REPRESENTATIVE, ("REH002/1", "Raise a concern about procedure")),
    Place("advice being recorded", "/desk/groups/REH/questions/", SECRETARY, ("REH002/1", "Record what Ofgem")),
    Place("concerns of a representative", "/desk/concerns/", CONCERNED),
    Place("concerns without a seat", "/desk/concerns/", SECRETARY),
    Place("a concern for its seat", "/desk/concerns/", CONCERNED, ("REH-DEC02",)),
    Place("a concern for the Chair", "/desk/groups/REH/referrals/", CHAIR, ("Significant concern",)),
    Place("a concern being answered", "/desk/groups/REH/referrals/", CHAIR, ("Significant concern", "Answer it")),
    Place("a concern being taken on", "/desk/groups/REH/referrals/", CHAIR, ("Significant concern", "Change who answers")),
    Place("a concern being carried up", "/desk/groups/REH/referrals/", CHAIR, ("Significant concern", "Carry it to PSG")),
    Place("a concern being withdrawn", "/desk/concerns/", CONCERNED, ("Withdraw it",)),
    Place("referrals of a group", "/desk/groups/REH/referrals/", ASSURANCE),
    Place("what to refer", "/desk/groups/REH/referrals/new/", CHAIR),
    Place("a delegation being referred", "/desk/groups/REH/delegations/new/", CHAIR),
    Place("an escalation being referred", "/desk/groups/REH/referrals/new/", ASSURANCE),
    Place("seats", "/desk/seats/", REPRESENTATIVE),
    Place("seats for the programme's PMO", "/desk/seats/", PROGRAMME_PMO),
    Place("my seat", "/desk/seats/mine/", REPRESENTATIVE),
    Place("an alternate being named", "/desk/seats/mine/", REPRESENTATIVE, ("Name an alternate",)),
    Place("a brief being written", "/desk/groups/REH/questions/", REPRESENTATIVE, ("CR902 v1.3", "Consult your constituency")),
    Place("change requests on the desk", "/desk/change-requests/", SECRETARY),
    Place("a change request being begun", "/desk/groups/REH/change-requests/new/", RAISER),
    Place("a change request, for its raiser", "/desk/change-requests/", RAISER, ("CR904",)),
    Place("a change request, for the secretariat", "/desk/change-requests/", SECRETARY, ("CR904",)),
    Place("an assessment being opened", "/desk/", SECRETARY, ("Put CR905 version 1.0 to assessment",)),
    Place("an assessment, for the secretariat", ASSESSED, SECRETARY),
    Place("an assessment, for assurance", ASSESSED, ASSURANCE),
    Place("an assessment given more time", ASSESSED, SECRETARY, ("Give it more time",)),
    Place("an answer that came by mail", ASSESSED, SECRETARY, ("Record an answer that came by mail",)),
    Place("an answer", "/desk/", RESPONDENT, ("Answer for Skelbeck Networks",)),
    Place("where a change request is implemented", "/desk/", SECRETARY, ("REH-DES-01 Rehearsal interface catalogue has still to follow CR900",)),
    Place("releases of a group", "/desk/groups/REH/releases/", SECRETARY),
    Place("a release, for the secretariat", "/desk/groups/REH/releases/", SECRETARY, ("IR1.1",)),
    Place("a release being planned", "/desk/groups/REH/releases/new/", SECRETARY),
    Place("a version being put in", "/desk/groups/REH/releases/", SECRETARY, ("IR1.1", "Put a version in")),
    Place("a release coming into force", "/desk/groups/REH/releases/", SECRETARY, ("IR1.0", "Say from when it is in force")),
    Place("artefacts on the desk", "/desk/artefacts/", SECRETARY),
    Place("an artefact, for its owner", "/desk/", OWNER, ("Put REH-DES-01",)),
    Place("the files of two versions compared", "/desk/", OWNER, ("Put REH-DES-01", "What differs between the files")),
    Place("a version being begun", "/desk/", OWNER, ("Put REH-DES-01", "Begin a version")),
    Place("a file being attached", "/desk/", OWNER, ("Put REH-DES-01", "Attach a file")),
    Place("a review, for the secretariat", IN_REVIEW, SECRETARY),
    Place("a review, for a representative", IN_REVIEW, REPRESENTATIVE),
    Place("a review whose log is published", "/desk/artefacts/reviews/1/", REPRESENTATIVE),
    Place("a review being opened", "/desk/artefacts/reh-des-01-rehearsal-interface-catalogue/", SECRETARY, ("Put version 1.0 to review",)),
    Place("a review given more time", IN_REVIEW, SECRETARY, ("Give it more time",)),
    Place("a comment being made", "/desk/", REPRESENTATIVE, ("Comment on REH-DES-02",)),
    Place("comments brought in by a sheet", "/desk/", REPRESENTATIVE, ("Comment on REH-DES-02", "Bring in many comments")),
    Place("a seat about to have no comments", "/desk/", REPRESENTATIVE, ("Comment on REH-DES-02", "has no comments")),
    Place("comments being resolved", IN_REVIEW, SECRETARY, ("Say what becomes of the comments",)),
    Place("a comment being resolved", IN_REVIEW, SECRETARY, ("Say what becomes of R1-5-1",)),
    Place("account security", "/accounts/2fa/", SECRETARY),
    Place("being asked again who one is", "/accounts/reauthenticate/?next=/desk/", SECRETARY),
    Place("authenticator app", "/accounts/2fa/totp/activate/", SECRETARY),
    Place("security keys", "/accounts/2fa/webauthn/", SECRETARY),
    Place("new security key", "/accounts/2fa/webauthn/add/", SECRETARY),
    Place("change of password", "/accounts/password/change/", SECRETARY),
    Place("e-mail addresses", "/accounts/email/", SECRETARY),
]
EVERYWHERE = PUBLIC + SIGNED_IN

# Looked at in every run: each layout once. The others are looked at in the long one.
SAMPLE = {
    "home", "decisions filtered", "decision with a vote", "meeting on record", "actions", "the Rehearsal group", "status",
    "check of a decision of the portal", "sign-in", "desk of the secretariat", "draft minutes for the secretariat", "minutes about to be circulated",
    "minutes as they are written", "an agenda being put together", "who came", "roll call", "the voting form", "a change request under assessment",
    "an assessment, for the secretariat", "an answer", "a file being attached", "a comment log", "a review, for the secretariat",
    "comments brought in by a sheet", "a determination", "a concern for the Chair", "my seat", "a brief being written", "authenticator app", "a release",
    "a release, for the secretariat",
}  # fmt: skip
assert {place.name for place in EVERYWHERE} > SAMPLE


def sampled(places: list[Place]) -> list:
    """As parameters of a test."""
    return [pytest.param(place, id=place.name, marks=() if place.name in SAMPLE else pytest.mark.long) for place in places]
