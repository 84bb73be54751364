"""Corrected minutes turn nothing in silence: what they change is listed, asked about, and noted on each record it is about."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from archive.by_hand import MADE_UP, as_asked
from archive.listed import as_read
from archive.models import ImportedFile
from archive.operations import correct_action_by_hand, correct_by_hand, correct_who_came, import_minutes
from change_requests.models import ChangeRequest
from decisions.models import Decision, Question
from groups.models import Group, User
from ledger.models import Entry
from ledger.verifying import faults
from meetings.models import Action, Meeting, MinutesEdition
from records.rules import Refused
from tests.factories import GroupFactory, SeatFactory, secretary_of
from tests.minutes_reader.papers import paper
from tests.pages import text_of

pytestmark = pytest.mark.django_db

FIRST = paper(
    "## Actions\n\nArea\tRef\tAction\tOwner\tDue\nCR901\tXYZ07-01\tPublish the costs\tSecretariat\t14/08/2023\nCR901\tXYZ07-02\tSend the map\tChair\t14/08/2023\n",
    "## Decisions\n\nArea\tDec Ref\tDecision\nCR901\tXYZ-DEC12\tThe SRO approved CR901 version 1.0\nCR902\tXYZ-DEC13\tThe SRO approved CR902 version 1.0\nCR903\tXYZ-DEC14\tThe SRO did not approve CR903\nData\tXYZ-DEC15\tThe SRO approved the baselining of DES-200 Data Map subject to a redline\n",
    "### 1. **CR901**\n\nMembers were asked whether CR901 version 1.0 should be approved.\n\nConstituency\tApprove\tReject\nNorth Representative\t✓\t\nSouth Representative\t✓\t\n\n"
    "**DECISION XYZ-DEC12: The SRO approved CR901 version 1.0**\n\n**DECISION XYZ-DEC13: The SRO approved CR902 version 1.0**\n\n**DECISION XYZ-DEC14: The SRO did not approve CR903**\n\n**DECISION XYZ-DEC15: The SRO approved the baselining of DES-200 Data Map subject to a redline**\n\n**ACTION XYZ07-01: Publish the costs**\n\n**ACTION XYZ07-02: Send the map**\n",
    when="5 July 2023 10:00-12:00",
).replace("14/03/2024", "10/07/2023").replace("4 April 2024", "2 August 2023")
CORRECTED = (
    FIRST.replace("XYZ-DEC12\tThe SRO approved", "XYZ-DEC12\tThe SRO rejected").replace("XYZ-DEC12: The SRO approved", "XYZ-DEC12: The SRO rejected")
    .replace("South Representative\t✓\t", "South Representative\t\t✓").replace("Publish the costs\tSecretariat", "Publish the costs\tChair")
    .replace("CR902\tXYZ-DEC13\tThe SRO approved CR902 version 1.0\n", "").replace("**DECISION XYZ-DEC13: The SRO approved CR902 version 1.0**\n\n", "")
    .replace("CR901\tXYZ07-02\tSend the map\tChair\t14/08/2023\n", "").replace("**ACTION XYZ07-02: Send the map**\n", "").replace("Cleo Carver (CC)", "Dora Carver (DC)")
)  # fmt: skip
CHANGES = [
    "XYZ-DEC12: CR901 was approved (version 1.0), and is rejected (version 1.0).",
    "XYZ-DEC12: its wording was “The SRO approved CR901 version 1.0”, and is “The SRO rejected CR901 version 1.0”.",
    "XYZ-DEC13 is not in it any more.",
    "The vote on CR901 v1.0: South Representative was “approve”, and is “reject”.",
    "XYZ07-01: its owner was “Secretariat”, and is “Chair”.",
    "XYZ07-02 is not in it any more.",
    "Cleo Carver is not listed as attending any more.",
    "Dora Carver is listed as attending now.",
]


@pytest.fixture(scope="module")
def staged(scene):
    return scene(first_issue)


def first_issue() -> None:
    GroupFactory(code="XYZ")
    read_in(FIRST, "first.md")


def read_in(text: str, name: str, **told):
    return import_minutes(text.encode(), name, by=User.objects.the_archivist(), **told)


@pytest.fixture
def first(staged, db):
    staged()


def test_a_correction_is_refused_with_everything_it_changes(first):
    before = (Entry.objects.count(), ImportedFile.objects.count(), MinutesEdition.objects.count())
    with pytest.raises(Refused) as refused:
        read_in(CORRECTED, "second.md")
    assert refused.value.reasons[1:] == CHANGES
    assert (Entry.objects.count(), ImportedFile.objects.count(), MinutesEdition.objects.count()) == before
    assert Decision.objects.get(number=12).settlements.get().outcome == "approved"


RICH = (
    FIRST.replace("**DECISION XYZ-DEC13", "Post-meeting note: the SRO withdrew this approval.\n\n**DECISION XYZ-DEC13")
    .replace("Constituency\tApprove\tReject\nNorth Representative\t✓\t\n", "Constituency\tApprove\tReject\tComment\nNorth Representative\t✓\t\tIt comes late for us\n")
    .replace("South Representative\t✓\t\n", "South Representative\t✓\t\t\n")
)  # fmt: skip
WHOLE = {
    "a post-meeting note": ("withdrew this approval", "confirmed this approval", ["Item 1: “Post-meeting note: the SRO withdrew this approval.” is “Post-meeting note: the SRO confirmed this approval.”."]),
    "the comment of a seat": ("It comes late for us", "We support it", ["The vote on CR901 v1.0: North Representative said “It comes late for us”, and says “We support it”."]),
    "the seat of who came": ("North Representative\n\nCleo", "West Representative\n\nCleo", ["Bram Bolter, role: “North Representative” is “West Representative”."]),
    "in whose place somebody came": ("Bram Bolter (BB)", "Bram Bolter (BB) (on behalf of Dan Orr)", ["Bram Bolter, in whose place: “nothing” is “Dan Orr”."]),
    "the initials of who came": ("Bram Bolter (BB)", "Bram Bolter (BR)", ["Bram Bolter, initials: “BB” is “BR”."]),
    "what is to be done": ("Send the map", "Do not send the map", ["XYZ07-02: what is to be done was “Send the map”, and is “Do not send the map”."]),
    "whose decision it is": ("The SRO approved CR901", "The DAG approved CR901", ["XYZ-DEC12: its wording was “The SRO approved CR901 version 1.0”, and is “The DAG approved CR901 version 1.0”.", "XYZ-DEC12: whose decision it is was “The SRO”, and is “-”."]),
    "what a decision is about": ("CR902\tXYZ-DEC13", "CR902 costs\tXYZ-DEC13", ["XYZ-DEC13: what it is about was “CR902”, and is “CR902 costs”."]),
    "the day of the next meeting": ("2 August 2023", "9 August 2023", ["The meeting: the next one was “2 Aug 2023”, and is “9 Aug 2023”.", "Item 1: “2 August 2023 10:00” is “9 August 2023 10:00”."]),
    "when it ended": ("10:00-12:00", "10:00-13:00", ["The meeting: its end was “12:00”, and is “13:00”."]),
    "the title of an item": ("### 1. **CR901**", "### 1. **Costs**", ["Item 1: its title was “CR901”, and is “Costs”."]),
    "a subject that comes to it": ("approved CR902 version 1.0", "approved CR902 version 1.0 and CR907 version 1.0", ["XYZ-DEC13: CR907 is named now, and is approved (version 1.0)."]),
}  # fmt: skip


@pytest.fixture
def rich(first):
    read_in(RICH, "rich.md", confirmed=True)


@pytest.mark.many(6)
@pytest.mark.parametrize("what", WHOLE)
def test_whatever_is_published_and_differs_is_asked_about_and_then_taken_over(rich, what):
    then, now, sentences = WHOLE[what]
    assert then in RICH
    with pytest.raises(Refused) as refused:
        read_in(RICH.replace(then, now), "second.md")
    assert set(sentences) <= set(refused.value.reasons[1:])
    read_in(RICH.replace(then, now), "second.md", confirmed=True)
    edition = MinutesEdition.objects.latest("n")
    assert edition.kind == "correction"
    assert all(sentence in edition.note for sentence in sentences)
    assert read_in(RICH.replace(then, now) + "\n", "third.md").changed, "what was taken over differs no more"
    assert list(faults()) == []


def test_what_a_newer_paper_says_of_who_came_is_taken_over_into_the_row(rich):
    read_in(RICH.replace("Bram Bolter (BB)", "Bram Bolter (BR) (on behalf of Dan Orr)"), "second.md", confirmed=True)
    row = Meeting.objects.get().attendances.get(printed_name="Bram Bolter", dropped=False)
    assert (row.initials, row.on_behalf_of) == ("BR", "Dan Orr")


def test_reasons_that_are_given_where_there_were_none_are_asked_about(rich):
    given = RICH.replace("**DECISION XYZ-DEC13", "The reasons for the decision on CR901 were:\n\n1. It saves money.\n\n**DECISION XYZ-DEC13")
    with pytest.raises(Refused) as refused:
        read_in(given, "second.md")
    assert "XYZ-DEC12: reason 1 is in it now: “It saves money.”." in refused.value.reasons


@pytest.mark.parametrize(
    ("then", "now", "sentence"),
    [
        ("**ACTION XYZ07-02: Send", "**ACTION XYZ07-02: Do not send", "XYZ07-02: in its minutes it reads “Do not send the map”. That is not taken over: elsewhere in the paper it reads “Send the map”."),
        ("XYZ-DEC12: The SRO", "XYZ-DEC12: The DAG", "XYZ-DEC12: in its minutes it reads “The DAG approved CR901 version 1.0”. That is not taken over: elsewhere in the paper it reads “The SRO approved CR901 version 1.0”."),
    ],
)  # fmt: skip
def test_what_a_paper_says_in_one_place_and_not_in_the_other_is_not_taken_over_and_that_is_said(first, then, now, sentence):
    with pytest.raises(Refused) as refused:
        read_in(FIRST.replace(then, now), "second.md")
    assert refused.value.reasons[1:] == [sentence]
    read_in(FIRST.replace(then, now), "second.md", confirmed=True)
    assert sentence in MinutesEdition.objects.latest("n").note


def test_what_only_adds_is_an_addendum(first):
    more = FIRST.replace("**ACTION XYZ07-02", "A new paragraph.\n\n**ACTION XYZ07-03: Ask**\n\n**ACTION XYZ07-02").replace(
        "CR901\tXYZ07-02", "CR901\tXYZ07-03\tAsk\tChair\t14/08/2023\nCR901\tXYZ07-02"
    )
    read_in(more, "second.md")
    edition = MinutesEdition.objects.latest("n")
    assert (edition.kind, edition.note) == ("addendum", "Read in from the published minutes.")
    assert Action.objects.filter(reference="XYZ07-03").exists()


def test_a_later_meeting_that_told_of_an_action_is_not_undone_and_that_is_said(first):
    later = FIRST.replace("XYZ007", "XYZ008").replace("5 July 2023", "12 July 2023").replace("10/07/2023", "12/07/2023").replace("2 August", "3 August")
    read_in(later.replace("Send the map", "Send the new map"), "later.md")
    with pytest.raises(Refused) as refused:
        read_in(FIRST.replace("Send the map", "Do not send the map"), "second.md")
    assert "XYZ07-02: what is to be done was “Send the map”, and is “Do not send the map”. That is not taken over: XYZ008 has told of it since." in refused.value.reasons
    read_in(FIRST.replace("Send the map", "Do not send the map"), "second.md", confirmed=True)
    assert Action.objects.get(reference="XYZ07-02").text == "Send the new map"


def test_what_was_corrected_by_hand_is_not_undone_unseen(first):
    by, row = secretary_of(Group.objects.get(code="XYZ")), Meeting.objects.get().attendances.get(printed_name="Bram Bolter")
    correct_by_hand(Decision.objects.get(number=12), outcomes={1: ("rejected", "")}, votes={}, decided_on=date(2023, 7, 5), why="Misread.", by=by)
    correct_who_came(Meeting.objects.get(), {str(row.pk): replace(as_read(row), on_behalf_of="Nora North")}, why="Two lines were one.", by=by)
    action = Action.objects.get(reference="XYZ07-02")
    correct_action_by_hand(action, replace(as_asked(action), status=MADE_UP), why="A heading.", by=by)
    with pytest.raises(Refused) as refused:
        read_in(FIRST + "\n", "second.md")
    assert refused.value.reasons[1:] == [
        "XYZ-DEC12: CR901 was rejected (version 1.0), and is approved (version 1.0).",
        "XYZ-DEC12 was corrected by hand before. What differs here takes the place of that.",
        "XYZ07-02 was taken out, and is in it again.",
        "XYZ07-02 was corrected by hand before. What differs here takes the place of that.",
        "Bram Bolter, in whose place: “Nora North” is “nothing”.",
        "Who came was corrected by hand before. What differs here takes the place of that.",
    ]  # fmt: skip
    read_in(FIRST + "\n", "second.md", confirmed=True)
    row.refresh_from_db()
    action.refresh_from_db()
    assert (row.on_behalf_of, action.status, Decision.objects.get(number=12).settlements.get().outcome) == ("", "open", "approved")
    assert list(faults()) == []


def test_who_determined_a_decision_and_by_what_authority_are_not_undone_unseen(first):
    stated = {"authority": "ToR 4.2", "determined_by_name": "Helena Marlowe"}
    told = {"outcomes": {}, "votes": {}, "decided_on": date(2023, 7, 5), "stated": stated, "why": "Misread."}
    correct_by_hand(Decision.objects.get(number=12), **told, by=secretary_of(Group.objects.get(code="XYZ")))
    with pytest.raises(Refused) as refused:
        read_in(FIRST + "\n", "second.md")
    assert refused.value.reasons[1:] == [
        "XYZ-DEC12: its authority was “ToR 4.2”, and is “-”.", "XYZ-DEC12: who determined it was “Helena Marlowe”, and is “-”.",
        "XYZ-DEC12 was corrected by hand before. What differs here takes the place of that.",
    ]  # fmt: skip


def test_a_seat_that_was_found_out_by_hand_stands_where_the_same_words_do_not_say_it(first):
    seat, row = SeatFactory(group=Group.objects.get(code="XYZ")), Meeting.objects.get().attendances.get(printed_name="Bram Bolter")
    correct_who_came(Meeting.objects.get(), {str(row.pk): replace(as_read(row), seat=seat.pk)}, why="It is that seat.", by=secretary_of(seat.group))
    read_in(FIRST + "\n", "second.md")
    row.refresh_from_db()
    assert row.seat == seat


def test_a_confirmed_correction_is_one_and_is_noted_on_each_record(first, client):
    read_in(CORRECTED, "second.md", confirmed=True)
    edition = MinutesEdition.objects.latest("n")
    assert edition.kind == "correction"
    assert all(change in edition.note for change in CHANGES)
    turned, gone = Decision.objects.get(number=12), Decision.objects.get(number=13)
    assert "Correction of the minutes of XYZ007. XYZ-DEC12: CR901 was approved (version 1.0), and is rejected (version 1.0)." in turned.editions.latest("n").why
    assert turned.settlements.get().outcome == "rejected"
    assert "Not" not in text_of(client.get("/decisions/XYZ-DEC12/"))[:200]
    assert gone.settlements.get().outcome == "as_worded"
    assert "Taken out by the corrected minutes of XYZ007. It read: The SRO approved CR902" in text_of(client.get("/decisions/XYZ-DEC13/"))
    assert ChangeRequest.objects.get(reference="CR902").editions.latest("n").body["state"] == "open"
    kept, withdrawn = Action.objects.get(reference="XYZ07-01"), Action.objects.get(reference="XYZ07-02")
    assert (kept.owner, kept.status, withdrawn.status) == ("Chair", "open", "dropped")
    assert "its owner was “Secretariat”, and is “Chair”" in kept.editions.latest("n").why
    assert "Withdrawn: the corrected minutes of XYZ007 do not have it." in withdrawn.editions.latest("n").why
    assert Question.objects.get().recount() == {"approve": 1, "reject": 1}
    assert list(faults()) == []


@pytest.mark.many(1)
@pytest.mark.parametrize("roll", ["North Representative\t✓\t\n", "North Representative\t✓\t\nSouth Representative\tNot in attendance\t\n", ""])
def test_a_roll_that_lost_a_row_or_a_vote_is_another_roll(first, roll):
    then = "Constituency\tApprove\tReject\nNorth Representative\t✓\t\nSouth Representative\t✓\t\n"
    read_in(FIRST.replace(then, then[: then.index("North")] + roll if roll else ""), "second.md", confirmed=True)
    counted = [question.recount() for question in Question.objects.filter(status="closed")]
    assert counted == ([{"approve": 1} if "South" not in roll else {"approve": 1, "absent": 1}] if roll else [])
    assert len(Decision.objects.get(number=12).editions.latest("n").body["votes"]) == len(counted)


def test_the_headline_of_what_was_not_approved_is_its_wording(first, client):
    body = Decision.objects.get(number=14).editions.latest("n").body
    assert (body["plain_title"], body["settlements"][0]["outcome"]) == ("The SRO did not approve CR903", "as_worded")
    page = text_of(client.get("/decisions/XYZ-DEC14/"))
    assert "oted" not in page.replace("Voted", "").replace("noted that", "")[:600]


def test_the_condition_of_a_baseline_is_stated(first):
    body = Decision.objects.get(number=15).editions.latest("n").body
    assert (body["plain_title"], body["settlements"][0]["conditions"]) == ("Data: baselined with conditions", "a redline")
    with pytest.raises(Refused, match="XYZ-DEC15 baselined DES-200 Data Map, and this paper says otherwise"):
        read_in(FIRST.replace("approved the baselining of", "declined to baseline"), "second.md", confirmed=True)


def test_the_command_asks_and_is_told(first, tmp_path):
    file = tmp_path / "second.md"
    file.write_text(CORRECTED)
    with pytest.raises(CommandError, match="read in as a correction once that is confirmed"):
        call_command("import_minutes", str(file))
    call_command("import_minutes", str(file), "--confirm")
    assert MinutesEdition.objects.latest("n").kind == "correction"


def test_minutes_of_a_day_to_come_are_refused(first):
    with pytest.raises(Refused, match="held on 5 Jul 2064, which is still to come"):
        read_in(FIRST.replace("5 July 2023", "5 Jul 2064").replace("XYZ007", "XYZ008"), "later.md")
