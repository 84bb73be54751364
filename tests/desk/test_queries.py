"""What a signed-in page asks of the database does not grow with what waits: with one of a kind, with six and with eleven, it is the same."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions import operations
from decisions.models import Decision, Outcome
from decisions.subjects import Subject, Terms
from dissent import operations as dissent
from meetings import operations as meetings
from tests.decisions.houses import House
from tests.factories import AlternateFactory, PersonFactory
from tests.pages import Visitor

pytestmark = pytest.mark.django_db
MOST_ON_THE_DESK = 12
PEOPLE = ("holder", "alternate", "secretary", "chair", "pmo", "reader", "observer", "ipa")


class Busy(House):
    """A group in which so many of everything wait for everybody."""

    def __init__(self, clock):
        super().__init__(clock, seats=2)
        self.alternate = self.stranger
        self.alternate.person = PersonFactory()
        self.alternate.save()
        AlternateFactory(seat=self.seats[0], person=self.alternate.person)
        self.meetings = self.taken = 0

    def fill(self, times: int) -> None:
        for _ in range(times):
            self.fill_once()

    def fill_once(self) -> None:
        self.clock("2023-07-12 10:00")
        self.meetings += 1
        self.bring(subject=f"CR1{self.meetings:02}")  # a draft to open
        self.ask(subject=f"CR2{self.meetings:02}")  # a vote to give
        room = self.ask(subject=f"CR3{self.meetings:02}", window_days=None)
        operations.record_spoken_vote(self.row(room), "approve", by=self.secretary)  # to confirm, and to close
        silent = self.ask(subject=f"CR4{self.meetings:02}", window_days=None, basis="no_objections")
        operations.close(silent, by=self.secretary)  # to correct, and to determine
        dissent.raise_procedural_concern(Decision.objects.get(questions=silent), self.seats[1], "Papers late.", by=self.holders[1])
        taken = operations.table(operations.draft(self.group, "CR5", "The SRO approved CR5", by=self.secretary), by=self.secretary)
        taken = operations.determine(taken, Terms([Subject("change_request", f"CR5{self.meetings:02}", Outcome.APPROVED)]), by=self.chair)
        dissent.raise_concern(taken, self.seats[0], "The cost.", by=self.holders[0])  # to be taken on
        answered = dissent.raise_concern(taken, self.seats[1], "The date.", by=self.holders[1])
        dissent.answer_referral(answered, "It is moved.", by=self.chair)  # to be judged
        starts = datetime(2023, 7, 12, 8, tzinfo=UTC) - timedelta(minutes=self.meetings)
        meeting = meetings.schedule(self.group, f"{30 + self.meetings}", starts_at=starts, by=self.secretary)
        meetings.hold(meeting, by=self.secretary)
        meetings.clear(meetings.send_to_chair(meeting.minutes, by=self.secretary), by=self.chair)  # to be circulated
        AlternateFactory(seat=self.seats[1], approved_on=None, approved_by="", approved_how="")

    def who(self, name: str):
        return self.holders[0] if name == "holder" else getattr(self, name)

    def asked(self, visitor: Visitor, address: str) -> list[str]:
        visitor.opens(address)  # what is only looked up once
        with CaptureQueriesContext(connection) as asked:
            assert visitor.client.get(address).status_code == 200, address
        return [query["sql"] for query in asked.captured_queries]


@pytest.fixture(scope="module")
def built(scene):
    from tests.conftest import set_clock

    return scene(lambda: Busy(set_clock))


@pytest.fixture
def busy(built, db, settings):
    settings.DEMO = True
    return built()


PAGES = ("/desk/", "/desk/concerns/", "/desk/groups/{group}/questions/", "/desk/groups/{group}/referrals/", "/desk/seats/")


@pytest.mark.parametrize("further", [pytest.param((3,), marks=pytest.mark.brief), pytest.param((5, 5), marks=pytest.mark.long)])
def test_a_page_asks_no_more_with_many_of_everything_than_with_one(busy, further):
    pages, visitors = [page.format(group=busy.group.code) for page in PAGES], {who: Visitor(busy.who(who)) for who in PEOPLE}

    def asked() -> dict[tuple[str, str], list[str]]:
        return {(who, page): busy.asked(visitor, page) for who, visitor in visitors.items() for page in pages}

    busy.fill(1)
    one = asked()
    for more in further:
        busy.fill(more)
        grown = {at: (len(one[at]), len(now), sorted(set(now), key=now.count)[-2:]) for at, now in asked().items() if len(now) > len(one[at])}
        assert not grown, f"with {busy.meetings} of everything"
    dear = {who: len(queries) for (who, page), queries in one.items() if page == "/desk/" and len(queries) > MOST_ON_THE_DESK}
    assert not dear
