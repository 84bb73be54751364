"""The levels of governance with somebody in each place that can say something, for tests of what is said and passed between groups."""

from datetime import UTC, datetime
from functools import cached_property

import pytest

from decisions import operations
from decisions.models import Decision, Outcome
from decisions.subjects import Subject, Terms
from desk.things import Thing, things_to_do
from dissent import operations as dissent
from dissent.models import Referral
from groups.models import Seat, User
from groups.standing import Standing
from meetings import operations as meetings
from notifications.models import Notice
from records.clock import portal_now, portal_today
from records.rules import Refused
from records.verbs import offers
from tests.factories import (
    AppointmentFactory,
    ConstituencyFactory,
    GroupFactory,
    SeatFactory,
    UserFactory,
    a_pmo,
    chair_of,
    secretary_of,
    user_of,
)

DECIDED = "2023-07-12 15:00"  # a Wednesday
WAITING = {"rule", "answer_referral", "take_on", "judge", "carry_up"}
SAID = {"advise", "state", "procedure", "concern"}  # what is said of a decision


class Levels:
    """Ofgem above a PSG above a DAG above a working group, on 12 July 2023."""

    def __init__(self, clock, *, psg_sits: bool = True):
        self.clock = clock
        self.ofgem = GroupFactory(code="Ofgem", name="Ofgem", level=1)
        self.psg = GroupFactory(code="PSG", level=2, parent=self.ofgem)
        self.dag = GroupFactory(code="DAG", level=3, parent=self.psg)
        self.wg = GroupFactory(code="BPRWG", level=4, parent=self.dag)
        self.chair, self.pmo = chair_of(self.dag), secretary_of(self.dag)
        self.dnos = ConstituencyFactory(name="DNO", code="dno")
        self.dno_seat = SeatFactory(group=self.dag, constituency=self.dnos, label="DNO Representative")
        self.dno, self.other = user_of(self.dno_seat), user_of(SeatFactory(group=self.dag))
        self.ipa = user_of(SeatFactory(group=self.dag, role=Seat.Role.ASSURANCE, constituency=None, label="IPA Manager"))
        self.observer = user_of(SeatFactory(group=self.dag, role=Seat.Role.OBSERVER, constituency=None, label="Ofgem (observer)"))
        self.reader = UserFactory(person=AppointmentFactory(kind="assurance").person)
        self.programme_pmo, self.stranger = a_pmo(), UserFactory()
        self.wg_chair, self.wg_pmo = chair_of(self.wg), secretary_of(self.wg)
        self.sro = chair_of(self.psg) if psg_sits else None
        clock(DECIDED)

    def psg_seat(self, constituency=None) -> Seat:
        """A representative in the PSG: of the DNOs, or of whom is said."""
        return SeatFactory(group=self.psg, constituency=constituency or self.dnos, label="DNO Representative")

    @cached_property
    def meeting(self):
        self.clock("2023-07-01 09:00")
        made = meetings.schedule(self.dag, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), by=self.pmo)
        self.item = meetings.table_item(made, "CR018", purpose="decision", by=self.pmo)
        self.clock(DECIDED)
        made = meetings.hold(made, by=self.pmo)
        meetings.discuss_item(self.item, by=self.pmo)
        return made

    def drafted(self, **told) -> Decision:
        return operations.draft(self.dag, "CR018", "The SRO approved CR018", by=self.pmo, **told)

    def tabled(self, **told) -> Decision:
        return operations.table(self.drafted(**told), by=self.pmo)

    def determined(self, **told) -> Decision:
        """Decided at the meeting; public with its minutes (`published`), or by `public`."""
        decision = self.tabled(meeting=self.meeting, item=self.item)
        return operations.determine(
            decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")], **told), by=self.chair)

    def published(self, **told) -> Decision:
        """The same, with the minutes of the meeting published on 19 July 2023."""
        decision = self.determined(**told)
        self.clock("2023-07-19 10:00")
        minutes = meetings.circulate(meetings.clear(meetings.send_to_chair(self.meeting.minutes, by=self.pmo), by=self.chair), by=self.pmo)
        meetings.publish(minutes, by=self.pmo)
        decision.refresh_from_db()
        return decision

    def concern(self, decision: Decision | None = None, by: User | None = None):
        return dissent.raise_concern(decision or self.determined(), self.dno_seat, "Agents bear the cost.", by=by or self.dno)


def told(template_word: str) -> set[str]:
    """Who was written to, by a word of the subject."""
    return set(Notice.objects.filter(subject__contains=template_word).values_list("address", flat=True))


def refused(act, sentence: str, status: int | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        act()
    assert sentence in str(caught.value)
    if status:
        assert caught.value.status == status
    return caught.value


def standing(user) -> Standing:
    return Standing(user, portal_today())


def things(user) -> dict[str, str]:
    """What waits for somebody, and by when."""
    return {thing.title: f"{thing.due_at:%Y-%m-%d}" if thing.due_at else "" for thing in waiting(user)}


def to_the_psg(house, clock, **kwargs) -> tuple[Referral, Referral]:
    concern = dissent.answer_referral(house.concern(), "The cost is capped.", by=house.chair)
    concern = dissent.dispute_answer(concern, "A cap is no answer.", by=house.dno)
    clock("2023-07-14 10:00")
    there = dissent.carry_up(concern, by=house.dno, **kwargs)
    return Referral.objects.get(pk=concern.pk), there


def may(record, user: User) -> set[str]:
    """The verbs that this person is offered on the record now."""
    now = portal_now()
    return {offer.name for offer in offers(record, Standing.at(user, now), now)}


def waiting(user: User) -> list[Thing]:
    """What waits for this person of what is said and passed between groups."""
    return [thing for thing in things_to_do(standing(user), portal_now()) if thing.verb in WAITING]
