"""The shelf owns nothing: it can be taken down and made again, and says the same."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Max

from ledger.models import Check
from records.editions import nouns
from register import checking
from register.models import Shelf
from tests.conftest import set_clock
from tests.factories import issue_all
from tests.register.proving import Vote

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def staged(scene):
    return scene(published)


def published() -> Vote:
    taken = Vote(set_clock)
    taken.take()
    taken.publish()
    issue_all("group", "seat")
    return taken


@pytest.fixture
def taken(staged, db) -> Vote:
    return staged()


def told() -> list[dict]:
    return list(Shelf.objects.order_by("noun", "reference").values("noun", "reference", "edition", "title", "summary", "state", "facets", "words"))


def test_made_again_it_says_the_same_and_no_kept_page_is_taken_for_new(taken, capsys):
    before, stamp = told(), Shelf.objects.aggregate(last=Max("stamp"))["last"]
    call_command("make_shelf")
    assert told() == before
    assert Shelf.objects.order_by("stamp")[0].stamp > stamp
    assert f"{len(before)} records stand on the shelf." in capsys.readouterr().out


@pytest.mark.forged
def test_what_the_shelf_says_otherwise_is_found_and_made_right(taken):
    row = Shelf.objects.get(noun="decision")
    row.title = "CR018 rejected"
    row.save()
    with pytest.raises(CommandError, match="1 fault found"):
        call_command("verify_register")
    call_command("make_shelf")
    call_command("verify_register")


@pytest.mark.forged
def test_what_has_no_edition_is_taken_down(taken):
    Shelf.objects.create(**Shelf.objects.filter(noun="decision").values().get() | {"id": None, "record_pk": 0, "reference": "DAG-DEC99"})
    assert list(checking.faults()) == ["The decision DAG-DEC99 is on the shelf, and has no edition."]
    call_command("make_shelf")
    assert list(checking.faults()) == []


def test_the_nightly_check_is_remembered_with_how_many_records_it_looked_at(taken):
    check = checking.check_and_remember(everything=True)
    assert check == Check.last_of(Check.What.REGISTER)
    assert check.faults == []
    assert check.counted == sum(noun.record._base_manager.count() for noun in nouns.values())


def test_each_record_is_looked_at_within_thirty_nights(taken, clock):
    """Whatever was issued lately, and a thirtieth of everything."""
    clock("2024-07-01 03:30")
    today = checking.london_date(checking.portal_now())
    noun, seen = nouns["seat"], set()
    for night in range(checking.PARTS):
        seen |= set(checking.tonights(today.replace(day=1 + night))(noun))
    assert seen == set(noun.record._base_manager.values_list("pk", flat=True))
