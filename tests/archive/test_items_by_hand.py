"""What was misread of what became of items is mended by hand: what was put off and was not read so, and what was read so and was not; and to which meeting."""

import pytest
from django.core.management import call_command

from archive.deferred import PutOff
from archive.operations import correct_items
from groups.models import Group
from ledger.verifying import faults
from meetings.models import AgendaItem, Meeting, MinutesEdition
from records.rules import Refused
from tests.archive.mending import LATER, corrects, read_in
from tests.archive.test_corrections import FIRST
from tests.factories import MeetingFactory, chair_of, issue_all, secretary_of
from tests.pages import text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/desk/meetings/XYZ007/items/correct/"


PUT_OFF = FIRST.replace("**Date of next meeting:**", "### 2. **Costs**\n\nThe item was deferred.\n\n**Date of next meeting:**")


def item(number: int = 1) -> AgendaItem:
    return AgendaItem.objects.get(meeting__code="XYZ007", number=number)


def test_an_item_that_was_put_off_and_was_not_read_so_is_mended_with_the_meeting_it_went_to(secretary, client):
    read_in(LATER, "later.md")
    later = AgendaItem.objects.get(meeting__code="XYZ008", number=1)
    assert "What the paper prints" in text_of(secretary.opens(ADDRESS))
    corrects(secretary, ADDRESS, {f"item-{item().pk}": "deferred", f"to-{item().pk}": str(later.pk), "why": "It says so at its end."})
    assert (item().status, item().deferred_to) == ("deferred", later)
    edition = MinutesEdition.objects.filter(minutes__meeting__code="XYZ007").latest("n")
    said = "Item 1, “CR901”, was discussed, and is deferred to XYZ008 item 1. It says so at its end."
    assert (edition.kind, edition.note) == ("correction", f"Corrected by hand. Items: {said}")
    assert (edition.body["items"][0]["status"], edition.body["items"][0]["deferred_to"]) == ("deferred", "XYZ008")
    page = text_of(client.get("/meetings/XYZ007/"))
    assert "Deferred to XYZ008." in page
    assert said in page
    corrects(secretary, ADDRESS, {f"item-{item().pk}": "discussed", f"to-{item().pk}": "", "why": "It was of another."})
    assert (item().status, item().deferred_to) == ("discussed", None)
    assert "was deferred to XYZ008 item 1, and is discussed. It was of another." in MinutesEdition.objects.filter(minutes__meeting__code="XYZ007").latest("n").note
    assert list(faults()) == []
    issue_all("group", "seat")
    call_command("verify_register")


def test_an_item_that_was_read_as_put_off_and_was_not_is_mended(secretary):
    read_in(PUT_OFF, "second.md", confirmed=True)
    assert item(2).status == "deferred"
    assert "The item was deferred." in text_of(secretary.opens(ADDRESS))
    corrects(secretary, ADDRESS, {f"item-{item(2).pk}": "discussed", "why": "It was said of another."})
    assert item(2).status == "discussed"
    assert list(faults()) == []


@pytest.mark.parametrize(("deferred", "now"), [(True, "what became of it was “deferred”, and is “discussed”"), (False, "what became of it was “discussed”, and is “deferred”")])
def test_a_newer_paper_does_not_undo_it_unseen(first, deferred, now):
    read_in(PUT_OFF, "second.md", confirmed=True)
    mended = item(1 if deferred else 2)
    correct_items(Meeting.objects.get(), {mended.pk: PutOff(deferred)}, why="Misread.", by=secretary_of(Group.objects.get(code="XYZ")))
    with pytest.raises(Refused) as refused:
        read_in(PUT_OFF + "\n", "third.md")
    assert refused.value.reasons[1:] == [f"Item {mended.number}: {now}.", f"Item {mended.number} was corrected by hand before. What differs here takes the place of that."]
    read_in(PUT_OFF + "\n", "third.md", confirmed=True)
    mended.refresh_from_db()
    assert (mended.status == "deferred") != deferred


def test_what_could_not_have_become_of_an_item_is_refused(first):
    by, meeting = secretary_of(Group.objects.get(code="XYZ")), Meeting.objects.get()
    read_in(LATER, "later.md")
    later = AgendaItem.objects.get(meeting__code="XYZ008", number=1)
    for wrong, reason in (({item().pk: PutOff(False, later)}, "to no meeting"), ({item().pk: PutOff(True, item())}, "of a later meeting"), ({later.pk: PutOff(True)}, "is no item of XYZ007"), ({item().pk: PutOff(False)}, "Nothing is changed")):
        with pytest.raises(Refused, match=reason):
            correct_items(meeting, wrong, why="Misread.", by=by)
    with pytest.raises(Refused, match="Say what was misread"):
        correct_items(meeting, {item().pk: PutOff(True)}, why=" ", by=by)
    with pytest.raises(Refused, match="Only the secretariat of XYZ"):
        correct_items(meeting, {item().pk: PutOff(True)}, why="Misread.", by=chair_of(meeting.group))
    with pytest.raises(Refused, match="nothing of it was read in from papers"):
        correct_items(MeetingFactory(group=meeting.group, number="99"), {}, why="Misread.", by=by)
