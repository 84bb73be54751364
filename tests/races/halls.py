"""A group with seats that somebody holds, and questions put to them."""

from uuid import uuid4

from decisions import operations as decisions
from decisions.models import Question
from groups.models import Group, User
from ledger.models import Entry
from tests.factories import GroupFactory, QuestionFactory, SeatFactory, chair_of, secretary_of, user_of
from tests.races.crews import job


class Hall:
    """So many seats, each with a holder who has an account."""

    def __init__(self, seats: int):
        self.group: Group = GroupFactory()
        self.pmo: User = secretary_of(self.group)
        self.chair: User = chair_of(self.group)
        self.seats = [SeatFactory(group=self.group, order=n) for n in range(1, seats + 1)]
        self.voters = [user_of(seat) for seat in self.seats]

    def ask(self, **about) -> Question:
        return decisions.open_question(QuestionFactory(group=self.group, **about), by=self.pmo)

    def votes(self, question: Question, **told) -> list[dict]:
        """The job of voting, for each seat; each with a key of its own."""
        rows = question.roll.order_by("order").values_list("pk", flat=True)
        return [job("vote", row=row, user=user.pk, key=str(uuid4()), **told) for row, user in zip(rows, self.voters, strict=True)]


def entries(kind: str) -> int:
    return Entry.objects.filter(kind=kind).count()
