"""Corrected minutes turn nothing in silence: what they change is listed, asked about, and noted on each record it is about."""


import pytest
from django.core.management import CommandError, call_command

from archive.models import ImportedFile
from archive.operations import import_minutes
from change_requests.models import ChangeRequest
from decisions.models import Decision, Question
from groups.models import User
from ledger.models import Entry
from ledger.verifying import faults
from meetings.models import Action, MinutesEdition
from records.rules import Refused
from tests.factories import GroupFactory
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
