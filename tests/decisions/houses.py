"""A group with everybody in it and a question before it: what most tests of voting begin with; and a seat that consults."""

from datetime import UTC, datetime

from django.urls import reverse

from decisions import operations
from decisions.models import Consultation, Consultee, Decision, Question, RollRow
from decisions.operations.asking import bring
from decisions.operations.consulting import token_for
from groups.models import Organisation, Seat, User
from meetings import operations as meetings
from tests.factories import (
    AppointmentFactory,
    BelongingFactory,
    GroupFactory,
    HoldingFactory,
    PersonFactory,
    QuestionFactory,
    SeatFactory,
    UserFactory,
    a_pmo,
    chair_of,
    secretary_of,
    user_of,
)
from tests.pages import Visitor


class House:
    """A group of so many seats, its chair, secretary and readers; on 12 July 2023, ten in the morning."""

    def __init__(self, clock, seats: int = 3, **group):
        self.clock = clock
        clock("2023-07-12 10:00")
        self.group = GroupFactory(**group)
        self.secretary, self.chair, self.pmo = secretary_of(self.group), chair_of(self.group), a_pmo()
        self.seats: list[Seat] = [SeatFactory(group=self.group, order=n) for n in range(1, seats + 1)]
        self.holders: list[User] = [user_of(seat) for seat in self.seats]
        self.observer = user_of(SeatFactory(group=self.group, role="observer", constituency=None))
        self.ipa = user_of(SeatFactory(group=self.group, role="assurance", constituency=None))
        self.reader = UserFactory(person=AppointmentFactory(kind="assurance", group=self.group).person)
        self.stranger = UserFactory()

    def bring(self, **asked) -> Question:
        """CR018 v1.8 drafted for the seats: five working days, outside a meeting."""
        told = {"title": "CR018", "decision_wording": "The SRO approved CR018", "subject": "CR018", "version": "1.8", "window_days": 5, "wording": "Should CR018 be approved?"}
        return bring(self.group, by=self.secretary, **(told | asked))

    def ask(self, **asked) -> Question:
        """The same, open."""
        return operations.open_question(self.bring(**asked), by=self.secretary)

    def row(self, question: Question, n: int = 0) -> RollRow:
        return question.roll.get(seat=self.seats[n])

    def vote(self, question: Question, *choices: str) -> None:
        """The first seat votes the first choice, the second the second, and so on."""
        for n, choice in enumerate(choices):
            operations.cast_vote(self.row(question, n), choice, comment="As consulted", by=self.holders[n])

    def closed(self, *choices: str, **asked) -> Decision:
        """A decision whose vote is over."""
        question = self.ask(**asked)
        self.vote(question, *choices)
        self.clock("2023-07-19 17:00")
        operations.close_when_due(question)
        return Decision.objects.get(pk=question.decision_id)

    def meeting(self):
        return meetings.schedule(self.group, "26", starts_at=datetime(2023, 7, 20, 9, tzinfo=UTC), by=self.secretary)

    def visitor(self, user: User) -> Visitor:
        return Visitor(user)


CONSTITUENCY = ["Fenmoor Networks", "Hazelfold Grid", "Tarn Networks"]


class ConsultingHouse:
    """A question open for five working days, and the DNO seat with a constituency of three."""

    def __init__(self, clock):
        clock("2023-07-12 10:00")
        self.group = GroupFactory(code="REH", name="Rehearsal group")
        self.seat = SeatFactory(group=self.group, label="DNO Representative")
        for name in CONSTITUENCY:
            BelongingFactory(constituency=self.seat.constituency, organisation__name=name)
        for name in ("kit", "kim", "office", "a", "b"):
            PersonFactory(name=f"{name.title()} Example", email=f"{name}@example.org", organisation=Organisation.objects.get(name="Fenmoor Networks"))
        person = HoldingFactory(seat=self.seat, person=PersonFactory(name="Ruth Ansell", email="ruth@example.org")).person
        self.holder, self.secretary = Visitor(UserFactory(person=person)), secretary_of(self.group)
        asked = {"consulted_version": "1.7", "changed_since": "Agents need not run at night.", "if_not_approved": "Everybody runs day and night."}
        self.question = operations.open_question(QuestionFactory(group=self.group, window_days=5, **asked), by=self.secretary)
        self.page = reverse("decisions:consultation", args=[self.question.pk, self.seat.pk])
        self.brief = reverse("decisions:brief", args=[self.question.pk, self.seat.pk])

    def begun(self, brief="What do you think of CR018?", **told) -> Consultation:
        return operations.consult(self.question, self.seat, brief, by=self.holder.user, **told)

    def consultee(self, name="Fenmoor Networks") -> Consultee:
        return Consultee.objects.get(organisation__name=name)

    def link(self, name="Fenmoor Networks") -> str:
        return reverse("decisions:reply", args=[token_for(self.consultee(name))])

    def replied(self, name, view="approve", text="") -> Consultee:
        return operations.reply(self.consultee(name), view, text, name="Kit Example")


def vote_at(question: Question, row: RollRow) -> str:
    return f"/desk/questions/{question.pk}/seats/{row.pk}/vote/"
