"""Who may vote for a seat: its holder, an approved alternate, and nobody else. Every case in one table, then what happens over time.

The cases follow the names that OpenSlides gives to voting by delegation. There, delegation is switched on or off and may
forbid the principal to vote; here, those are the group's policies (`alternates_vote`, `holder_yields_to_alternate`),
frozen onto the question when it opens. "Not present" is a row of the roll marked as not in attendance.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.db import connection, connections, transaction

from decisions import operations
from decisions.models import Attempt, Cast, RollRow
from groups import operations as groups
from groups.models import Alternate, Policy, User
from groups.policies import Key
from ledger.models import Entry
from ledger.verifying import faults
from records.periods import period
from records.rules import Refused
from tests.factories import (
    LONG_AGO,
    AlternateFactory,
    GroupFactory,
    HoldingFactory,
    PersonFactory,
    QuestionFactory,
    SeatFactory,
    UserFactory,
    a_pmo,
    secretary_of,
    user_of,
)
from tests.pages import Visitor, text_of
from tests.races.test_races import at_once

pytestmark = pytest.mark.django_db
YESTERDAY, TODAY, TOMORROW = date(2023, 7, 11), date(2023, 7, 12), date(2023, 7, 13)
ONLY_HOLDERS, YIELDING = {Key.ALTERNATES: "no"}, {Key.HOLDER_YIELDS: "yes"}


class Floor:
    """A group with a question open since yesterday: two constituency seats with their holders, and an observer."""

    def __init__(self, policies: dict | None = None):
        self.group = GroupFactory()
        for key, value in (policies or {}).items():
            Policy(group=self.group, key=key, value=value, since=LONG_AGO).save_by(User.objects.the_installer())
        self.seat, self.other_seat = SeatFactory(group=self.group, label="DNO Representative"), SeatFactory(group=self.group)
        self.holding = HoldingFactory(seat=self.seat)
        self.holder, self.colleague = UserFactory(person=self.holding.person), user_of(self.other_seat)
        self.observer = user_of(SeatFactory(group=self.group, role="observer", constituency=None))
        self.outsider = UserFactory()
        self.nobody = UserFactory(person=None, username="nobody@example.org", email="nobody@example.org")
        self.pmo = secretary_of(self.group)
        self.question = operations.open_question(QuestionFactory(group=self.group, window_days=5), by=self.pmo)
        self.row = self.question.roll.get(seat=self.seat)

    def row_elsewhere(self) -> RollRow:
        """A seat of the same constituency's kind in another group, on the roll of that group's question."""
        seat = HoldingFactory(seat=SeatFactory(label="DNO Representative")).seat
        return operations.open_question(QuestionFactory(group=seat.group), by=secretary_of(seat.group)).roll.get()


def stands_in(who: str, **how) -> Callable[[Floor], None]:
    """Somebody is an alternate for the seat: approved and in force, unless told otherwise."""
    return lambda floor: AlternateFactory(seat=floor.seat, person=getattr(floor, who).person, **how)


UNAPPROVED = {"approved_on": None, "approved_by": "", "approved_how": ""}


def stands_in_elsewhere(floor: Floor) -> None:
    AlternateFactory(seat=floor.other_seat, person=floor.holder.person)


def marked_absent(floor: Floor) -> None:
    operations.mark_absent(floor.row, by=floor.pmo)


def holder_left(floor: Floor) -> None:
    floor.holding.during = period(LONG_AGO, YESTERDAY)
    floor.holding.save_by(floor.pmo, "left")


def revoked(floor: Floor) -> None:
    named = AlternateFactory(seat=floor.seat, person=floor.outsider.person)
    groups.revoke_alternate(named, why="back from leave", by=floor.holder)


@dataclass(frozen=True)
class Case:
    """Who votes, what is so, and what comes of it: the capacity it counts in, or why it is refused."""

    name: str
    voter: str
    so: list[Callable[[Floor], object]] = field(default_factory=list)
    policies: dict = field(default_factory=dict)
    counts: str = ""
    refused: tuple[str, int, str] = ("", 0, "")  # the reason kept, the status, what the sentence says to do
    row: Callable[[Floor], RollRow] = lambda floor: floor.row


NOT_YOURS = "not_yours"
CASES = [
    # the fourteen of OpenSlides
    Case("not delegated", "holder", counts="holder"),
    Case("not present", "holder", [marked_absent], refused=("absent", 409, "Ask the secretariat to mark it present, then vote.")),
    Case("not in an entitled group: an observer", "observer", refused=(NOT_YOURS, 403, "to stand in, ask the holder to name you.")),
    Case("for self, who stands in for another besides", "holder", [stands_in_elsewhere], counts="holder"),
    Case("for self, delegation off", "holder", [stands_in("outsider")], ONLY_HOLDERS, counts="holder"),
    Case("anonymous: an account that is nobody's", "nobody", refused=(NOT_YOURS, 403, "Its holder may, and an approved alternate")),
    Case("for another without delegation", "colleague", refused=(NOT_YOURS, 403, "to stand in, ask the holder to name you.")),
    Case("for another with delegation", "colleague", [stands_in("colleague")], counts="alternate"),
    Case(
        "for another with delegation, the feature off", "colleague", [stands_in("colleague")], ONLY_HOLDERS,
        refused=(NOT_YOURS, 403, "only the holders of seats vote: ask the seat's holder to."),
    ),
    Case(
        "for another with delegation, the principal not entitled: nobody holds the seat", "colleague",
        [stands_in("colleague"), holder_left], refused=(NOT_YOURS, 403, "Ask the PMO to record who holds it."),
    ),
    Case("for another with delegation, self not entitled: no seat of their own", "outsider", [stands_in("outsider")], counts="alternate"),
    Case("the principal although delegated, not forbidden", "holder", [stands_in("outsider")], counts="holder"),
    Case(
        "the principal although delegated, forbidden", "holder", [stands_in("outsider")], YIELDING,
        refused=("yielded", 409, "revoke that first, then vote."),
    ),
    Case(
        "the principal although delegated, forbidden, but delegation off", "holder", [stands_in("outsider")], ONLY_HOLDERS | YIELDING,
        counts="holder",
    ),
    # what the terms of reference add
    Case(
        "an alternate named and not approved", "outsider", [stands_in("outsider", **UNAPPROVED)],
        refused=(NOT_YOURS, 403, "ask the PMO to record the constituency's approval."),
    ),
    Case(
        "an alternate until yesterday", "outsider", [stands_in("outsider", during=period(LONG_AGO, YESTERDAY))],
        refused=(NOT_YOURS, 403, "until 11 Jul 2023. To go on, ask the holder to name you again."),
    ),
    Case(
        "an alternate approved with evidence, from tomorrow on", "outsider", [stands_in("outsider", during=period(TOMORROW))],
        refused=(NOT_YOURS, 403, "from 13 Jul 2023 on: vote from then, or ask the holder to vote."),
    ),
    Case("an alternate revoked", "outsider", [revoked], refused=(NOT_YOURS, 403, "Ask the holder or the PMO, if that is wrong.")),
    Case(
        "an alternate of the like seat in another group", "outsider", [stands_in("outsider")], row=Floor.row_elsewhere,
        refused=(NOT_YOURS, 403, "to stand in, ask the holder to name you."),
    ),
    Case(
        "a holder to whom nobody yields: the alternate is not approved", "holder", [stands_in("outsider", **UNAPPROVED)], YIELDING,
        counts="holder",
    ),
]  # fmt: skip


@pytest.fixture
def open_since_yesterday(clock):
    def make(policies: dict | None = None) -> Floor:
        clock("2023-07-11 10:00")
        floor = Floor(policies)
        clock("2023-07-12 10:00")
        return floor

    return make


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_who_may_vote(case, open_since_yesterday):
    floor = open_since_yesterday(case.policies)
    for so in case.so:
        so(floor)
    voter, row = getattr(floor, case.voter), case.row(floor)
    if case.counts:
        cast = operations.cast_vote(row, "approve", by=voter)
        assert (cast.capacity, cast.cast_by, cast.row) == (case.counts, voter.person, row)
        assert not Attempt.objects.exists()
        return
    why, status, advice = case.refused
    with pytest.raises(Refused) as refused:
        operations.cast_vote(row, "approve", by=voter)
    assert refused.value.status == status
    (said,) = refused.value.reasons
    assert advice in said
    assert not Cast.objects.exists()
    attempt = Attempt.objects.get()
    assert (attempt.row, attempt.person, attempt.why, attempt.said) == (row, voter.person, why, said)
    assert Entry.objects.about(attempt).get().kind == "refused vote"
    assert list(faults()) == []


def test_who_is_not_signed_in_is_asked_to_sign_in_and_nothing_is_recorded(open_since_yesterday, client):
    floor = open_since_yesterday()
    for step in ("check", "cast"):
        answer = client.post(f"/desk/questions/{floor.question.pk}/seats/{floor.row.pk}/vote/", {"choice": "approve", "step": step})
        assert answer.status_code == 401  # what was typed stands beside the sign-in: tests/groups
    assert not Cast.objects.exists()


# --- what happens over time


def test_revoked_while_the_form_is_open_the_vote_is_refused_and_what_was_typed_is_kept(open_since_yesterday):
    floor = open_since_yesterday()
    alternate = AlternateFactory(seat=floor.seat, person=floor.outsider.person)
    visitor, address = Visitor(floor.outsider), f"/desk/questions/{floor.question.pk}/seats/{floor.row.pk}/vote/"
    check = visitor.does(address, {"choice": "reject", "comment": "Agents would carry the cost of it.", "step": "check"})
    groups.revoke_alternate(alternate, why="The holder is back", by=floor.holder)
    page = visitor.sends(check, {"step": "cast"})
    assert page.status_code == 403
    assert "You were its alternate until 10:00:00 on 12 Jul 2023, when that was revoked." in text_of(page)
    assert "Agents would carry the cost of it." in text_of(page)
    assert not Cast.objects.exists()
    assert Attempt.objects.get().why == NOT_YOURS
    assert Entry.objects.filter(kind="refused vote").count() == 1


def test_an_alternate_for_two_constituencies_has_two_rows_and_votes_twice(open_since_yesterday):
    floor = open_since_yesterday()
    for seat in (floor.seat, floor.other_seat):
        AlternateFactory(seat=seat, person=floor.outsider.person)
    rows = {row.seat_id: row for row in floor.question.roll.all()}
    operations.cast_vote(rows[floor.seat.pk], "approve", by=floor.outsider)
    operations.cast_vote(rows[floor.other_seat.pk], "reject", by=floor.outsider)
    assert floor.question.recount() == {"approve": 1, "reject": 1}
    visitor = Visitor(floor.outsider)
    for row in rows.values():  # each check page names the one seat it is about
        check = visitor.does(f"/desk/questions/{floor.question.pk}/seats/{row.pk}/vote/", {"choice": "abstain", "step": "check"})
        others = [other.constituency for other in rows.values() if other != row]
        assert row.constituency in text_of(check)
        assert not any(other in text_of(check) for other in others)


def test_a_principal_who_joins_part_way_takes_the_vote_back_before_the_close(open_since_yesterday, clock):
    floor = open_since_yesterday()
    AlternateFactory(seat=floor.seat, person=floor.outsider.person)
    operations.cast_vote(floor.row, "approve", by=floor.outsider)
    clock("2023-07-12 11:00")
    operations.cast_vote(floor.row, "reject", comment="Not as the constituency sees it", by=floor.holder)
    assert [(c.n, c.choice, c.capacity) for c in floor.row.casts.all()] == [(1, "approve", "alternate"), (2, "reject", "holder")]
    assert floor.question.recount() == {"expected": 1, "reject": 1}
    clock("2023-07-18 17:00")
    with pytest.raises(Refused, match="it closed at 17:00:00 on 18 Jul 2023"):
        operations.cast_vote(floor.row, "approve", by=floor.holder)


def test_where_the_holder_yields_the_vote_is_taken_back_by_revoking_the_alternate_first(open_since_yesterday):
    floor = open_since_yesterday(YIELDING)
    alternate = AlternateFactory(seat=floor.seat, person=floor.outsider.person)
    operations.cast_vote(floor.row, "approve", by=floor.outsider)
    with pytest.raises(Refused, match="revoke that first"):
        operations.cast_vote(floor.row, "reject", by=floor.holder)
    groups.revoke_alternate(alternate, why="I am back", by=floor.holder)
    assert operations.cast_vote(floor.row, "reject", by=floor.holder).n == 2


def test_the_policies_are_those_of_the_day_it_opened(open_since_yesterday):
    floor = open_since_yesterday()
    Policy(group=floor.group, key=Key.ALTERNATES, value="no", since=TODAY).save_by(floor.pmo)
    AlternateFactory(seat=floor.seat, person=floor.outsider.person)
    assert operations.cast_vote(floor.row, "approve", by=floor.outsider).capacity == "alternate"


def test_an_alternate_named_by_the_holder_votes_once_the_approval_is_recorded(open_since_yesterday):
    floor = open_since_yesterday()
    named = groups.name_alternate(floor.seat, PersonFactory(), since=TODAY, until=TODAY, by=floor.holder)
    voter = UserFactory(person=named.person)
    with pytest.raises(Refused, match="named as its alternate, but not approved"):
        operations.cast_vote(floor.row, "approve", by=voter)
    groups.approve_alternate(named, approved_by="The DNOs", how="e-mail of 12 July 2023", on=TODAY, by=a_pmo())
    assert operations.cast_vote(floor.row, "approve", by=voter).capacity == "alternate"


# --- at once


@pytest.mark.django_db(transaction=True)
def test_principal_and_alternate_at_once_are_recorded_one_after_the_other_and_the_later_counts():
    floor = Floor()
    AlternateFactory(seat=floor.seat, person=floor.outsider.person)
    at_once(
        lambda: operations.cast_vote(floor.row, "approve", by=floor.outsider), lambda: operations.cast_vote(floor.row, "reject", by=floor.holder)
    )
    first, second = floor.row.casts.order_by("n")
    assert {first.capacity, second.capacity} == {"alternate", "holder"}
    assert (first.n, second.n) == (1, 2)
    assert first.recorded_at <= second.recorded_at
    assert floor.question.recount() == {"expected": 1, second.choice: 1}
    assert list(faults()) == []


@pytest.mark.django_db(transaction=True)
def test_a_vote_that_arrives_while_its_alternate_is_being_revoked_is_not_recorded():
    floor, met = Floor(), []
    alternate = AlternateFactory(seat=floor.seat, person=floor.outsider.person)

    def vote() -> None:
        try:
            met.append(operations.cast_vote(floor.row, "approve", by=floor.outsider))
        except Refused as refused:
            met.append(refused)
        finally:
            connections.close_all()

    voting = threading.Thread(target=vote)
    with transaction.atomic():
        groups.revoke_alternate(alternate, why="The holder is back", by=floor.holder)
        voting.start()
        _until_it_waits_for_a_lock(voting)
    voting.join(60)
    assert "that was revoked" in str(met[0])
    assert not Cast.objects.exists()
    assert Alternate.objects.get().revoked_at


def _until_it_waits_for_a_lock(thread: threading.Thread) -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
    with connection.cursor() as cursor:
        while thread.is_alive():
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_stat_clear_snapshot()")
