"""What the bench needs to find: a hall of seats with open questions, and a published meeting with a decision and its vote."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from decisions import operations as decisions
from decisions.models import Decision, Outcome, Question
from decisions.subjects import Subject, Terms
from groups.models import Constituency, Group, Holding, Person, Seat, User
from meetings import operations as meetings
from meetings.models import AgendaItem, Meeting, Minutes, Paragraph
from records.clock import portal_now, portal_today
from records.periods import period
from register.listing import PER_PAGE

LONG_AGO = date(2021, 11, 17)
SEATS_OF_A_GROUP = 13
PARAGRAPHS = 60
REASONS = 6
SAYING = "Members differed on what running overnight would cost agents; the programme (PMO) was asked to set it out by participant."
CHOICES = ("approve", "reject", "approve", "reject", "abstain")


class House:
    """A group with its Chair, its secretariat, and as many seats as wanted, each held by somebody with an account."""

    def __init__(self, code: str, seats: int):
        self.by = User.objects.the_installer()
        self.group = Group(code=code, name=f"Group {code}", level=3).save_by(self.by)
        self.chair, self.pmo = self._sits(Seat.Role.CHAIR), self._sits(Seat.Role.SECRETARIAT)
        self.pmo.authenticator_set.create(type="totp", data={"secret": ""})  # type: ignore[attr-defined] # no secretary gets in without a second factor
        self.voters = [self._sits(Seat.Role.MEMBER, n) for n in range(1, seats + 1)]

    def _sits(self, role: str, n: int = 0) -> User:
        named = f"{self.group.code}-{role}-{n}"
        voice = Constituency(name=named, code=named.lower()).save_by(self.by) if n else None
        seat = Seat(group=self.group, role=role, constituency=voice, label=named, order=n, during=period(LONG_AGO)).save_by(self.by)
        address = f"{named.lower()}@example.org"
        person = Person(name=named, email=address).save_by(self.by)
        Holding(seat=seat, person=person, during=period(LONG_AGO)).save_by(self.by)
        return User.objects.create_user(username=address, email=address, password=None, person=person)

    def ask(self, **about) -> Question:
        """An open question, its roll in the order of the voters."""
        asked = decisions.put_question(self.group, "Should CR901 be approved?", subject="CR901", version="1.2", by=self.pmo, **about)
        return decisions.open_question(asked, by=self.pmo)

    def publish_a_meeting(self) -> tuple[Meeting, Decision]:
        """Minutes of some length, with a decision for which there are reasons and a vote."""
        meeting = meetings.schedule(self.group, "1", starts_at=portal_now() - timedelta(hours=3), venue="Virtual", by=self.pmo)
        items = [meetings.table_item(meeting, title, by=self.pmo) for title in ("Minutes and actions", "CR901", "Interim releases")]
        meetings.hold(meeting, by=self.pmo)
        for n in range(PARAGRAPHS):
            meetings.write_paragraph(items[n % len(items)], SAYING, by=self.pmo)
        decision = self._decide(meeting, items[1])
        minutes = Minutes.objects.get(meeting=meeting)
        meetings.clear(meetings.send_to_chair(minutes, by=self.pmo), by=self.chair)
        meetings.circulate(minutes, by=self.pmo)
        meetings.publish(minutes, by=self.pmo)
        return meeting, decision

    def _decide(self, meeting: Meeting, item: AgendaItem) -> Decision:
        place = meetings.write_paragraph(item, kind=Paragraph.Kind.VOTE, by=self.pmo)
        settled = meetings.write_paragraph(item, kind=Paragraph.Kind.DECISION, by=self.pmo)
        decision = decisions.draft(
            self.group, "CR901: night-time messages", "The SRO approved CR901 version 1.2", meeting=meeting, item=item, paragraph=settled,
            basis=Decision.Basis.VOTE, by=self.pmo,
        )  # fmt: skip
        decisions.table(decision, by=self.pmo)
        question = self.ask(item=item, decision=decision, paragraph=place)
        for n, (row, voter) in enumerate(zip(question.roll.all(), self.voters, strict=True)):
            decisions.cast_vote(row, CHOICES[n % len(CHOICES)], comment=SAYING, by=voter)
        decisions.close(question, by=self.pmo)
        approved = [Subject("change_request", "CR901", Outcome.APPROVED, version="1.2")]
        return decisions.determine(decision, Terms(approved, reasons=[SAYING] * REASONS, on=portal_today()), by=self.chair)

    def fill_a_page(self) -> None:
        """As many more decisions as a page of the list has room for."""
        for decision in self.determine(PER_PAGE):
            decisions.publish(decision, by=self.pmo)

    def determine(self, count: int) -> Iterator[Decision]:
        """So many decisions, of which each is still to be published."""
        for n in range(count):
            decision = decisions.draft(self.group, f"Matter {n}", "The SRO approved CR902.", by=self.pmo)
            decisions.table(decision, by=self.pmo)
            terms = Terms([Subject("change_request", "CR902", Outcome.APPROVED, version="1.1")], reasons=[SAYING], on=portal_today())
            yield decisions.determine(decision, terms, by=self.chair)

    def wait_for_the_secretary(self) -> User:
        """Two drafts, and a question that is open; the secretary for whom they wait."""
        for matter in ("CR903", "CR904"):
            decisions.draft(self.group, matter, f"The SRO approved {matter}.", by=self.pmo)
        self.ask()
        return self.pmo


def session_of(user: User) -> str:
    """The key of a session in which the user is signed in."""
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def furnished(seats: int, questions: int) -> Iterator[tuple[str, object]]:
    """Make everything; what the load generator has to know of it, as names and values."""
    hall = House("HALL", seats)
    yield "sessions", [session_of(voter) for voter in hall.voters]
    yield "questions", [_with_roll(hall.ask()) for _ in range(questions)]
    house = House("GRP", SEATS_OF_A_GROUP)
    meeting, decision = house.publish_a_meeting()
    house.fill_a_page()
    yield "secretary", session_of(house.wait_for_the_secretary())
    yield "meeting", meeting.get_absolute_url()
    yield "decision", decision.get_absolute_url()


def _with_roll(question: Question) -> dict[str, object]:
    return {"pk": question.pk, "rows": [row.pk for row in question.roll.order_by("order")]}
