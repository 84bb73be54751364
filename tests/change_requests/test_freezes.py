"""While changes are frozen, what is raised or put to assessment says in public why it cannot wait."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from change_requests import operations as changes
from change_requests.models import ChangeRequest, Freeze
from ledger.verifying import faults
from meetings import operations as meetings
from meetings.tabling import what_may_be_tabled
from records.editions import nouns
from records.periods import period
from records.rules import Refused
from tests.change_requests.offices import Office
from tests.conftest import set_clock
from tests.factories import issue_all
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
FROM, TO = date(2023, 7, 12), date(2023, 8, 11)


def build() -> Office:
    office = Office(set_clock)
    issue_all("group", "seat")
    return office


def refused(match: str):
    return pytest.raises(Refused, match=match)


def frozen(office, first: date = FROM, last: date | None = TO) -> Freeze:
    return changes.declare_freeze(office.group, first, last, why="System integration testing", by=office.secretary)


def excepted(office, request: ChangeRequest) -> ChangeRequest:
    return changes.change(request, request.title, category="normal", freeze_exception="Testing fails without it", by=office.secretary)


def test_what_is_raised_meanwhile_says_why_it_cannot_wait_and_the_dag_reads_it(office, client):
    drafted = office.drafted()
    frozen(office)
    with refused("are frozen until 11 Aug 2023 .System integration testing.: write down why"):
        changes.raise_request(drafted, by=office.raiser)
    page = office.reads(office.raiser, f"/desk/change-requests/{drafted.pk}/")
    assert "Before it can be raised: Changes to the design of" in page
    begun = office.reads(office.raiser, f"/desk/change-requests/{drafted.pk}/change/")
    assert "Changes are frozen 12 Jul 2023 to 11 Aug 2023 (System integration testing): why it cannot wait" in begun
    raised = changes.raise_request(excepted(office, drafted), by=office.raiser)
    assert "Testing fails without it" in text_of(client.get(raised.get_absolute_url()))
    listed = text_of(client.get("/change-requests/", {"frozen": "1"}))
    assert "Despite a freeze" in listed
    assert "CR001" in listed
    meeting = meetings.schedule(office.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=office.secretary)
    changes.change(ChangeRequest.objects.get(), raised.title, category="normal", freeze_exception="Testing fails without it", target_meeting=meeting, by=office.secretary)
    assert [each.why for each in what_may_be_tabled(meeting)] == ["To be decided at this meeting; despite a freeze: Testing fails without it"]


def test_what_was_raised_before_is_asked_when_it_is_put_to_assessment(office, clock):
    before, after = office.raised(), office.raised()
    frozen(office)
    with refused("write down why CR001 cannot wait"):
        office.assessed(before)
    office.assessed(excepted(office, before))
    clock("2023-08-12 10:00")
    office.assessed(after)


def test_it_is_declared_on_a_page_public_and_ended(office, client):
    secretary, here = Visitor(office.secretary), f"/desk/groups/{office.group.code}/freezes/"
    assert "Changes are frozen" in text_of(secretary.does(f"{here}new/", {"first": "2023-07-12", "last": "2023-08-11", "why": "Testing"}))
    assert "12 Jul 2023 to 11 Aug 2023" in text_of(client.get(f"/groups/{office.group.code}/"))
    assert "are frozen, 12 Jul 2023 to 11 Aug 2023: Testing" in text_of(client.get("/change-requests/"))
    freeze = Freeze.objects.get()
    page = secretary.does(f"/desk/change-requests/freezes/{freeze.pk}/end/", {"last": "2023-07-13", "why": "It went well"})
    assert "Ended early: It went well" in text_of(page)
    assert nouns["group"].editions.objects.latest("pk").body["freezes"][0]["to"] == "2023-07-13"
    assert not list(faults())


def test_one_that_has_not_begun_is_called_off_and_another_may_take_its_days(office):
    later = frozen(office, date(2023, 9, 1), None)
    with refused("Changes are frozen since 1 Sep 2023 already"):
        frozen(office, date(2023, 12, 1), None)
    changes.end_freeze(later, why="Testing is put off", by=office.secretary)
    frozen(office, date(2023, 9, 1), date(2023, 9, 2))
    with refused("was called off"):
        changes.end_freeze(later, why="Again", by=office.secretary)


@pytest.mark.parametrize(("told", "why"), [
    ({"first": None}, "Say from which day"), ({"first": date(2023, 7, 11)}, "Give today or a later day"), ({"last": date(2023, 7, 1)}, "not before the first one"), ({"why": " "}, "Say why changes are frozen"),
])  # fmt: skip
def test_what_is_typed_is_looked_at(office, told, why):
    said = {"first": FROM, "last": TO, "why": "Testing"} | told
    with refused(why):
        changes.declare_freeze(office.group, said["first"], said["last"], why=said["why"], by=office.secretary)


def test_only_the_secretariat_declares_and_ends(office):
    freeze = frozen(office)
    for who in (office.chair, office.raiser):
        with refused("Only the secretariat"):
            changes.declare_freeze(office.group, date(2024, 1, 1), why="No", by=who)
        with refused("Only the secretariat"):
            changes.end_freeze(freeze, date(2023, 7, 20), why="No", by=who)


@pytest.mark.forged
def test_the_database_too_keeps_one_at_a_time(office):
    frozen(office)
    with pytest.raises(IntegrityError, match="freeze_one_at_a_time"), transaction.atomic():
        Freeze(group=office.group, during=period(date(2023, 8, 1)), why="Again").save_by(office.secretary)
