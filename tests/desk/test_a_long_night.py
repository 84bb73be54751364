"""A meeting that goes on over midnight, in the night in which the clocks go back: its minutes stay in order, and its day is the one on which it began."""

import json
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from decisions.models import Decision
from meetings import operations
from meetings.models import Action, Meeting, Paragraph
from tests.factories import GroupFactory, chair_of, secretary_of
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
PAGE = "/desk/meetings/DAG026/minute/"
# Half past midnight, half past one, half past one again, half past two.
NIGHT = [datetime(2023, 10, 28, 23, 30, tzinfo=UTC), datetime(2023, 10, 29, 0, 30, tzinfo=UTC), datetime(2023, 10, 29, 1, 30, tzinfo=UTC), datetime(2023, 10, 29, 2, 30, tzinfo=UTC)]


class Night:
    def __init__(self, clock):
        clock("2023-10-28 22:00")
        group = GroupFactory(code="DAG")
        self.visitor, self.chair = Visitor(secretary_of(group)), Visitor(chair_of(group))
        self.meeting = operations.schedule(group, "26", starts_at=datetime(2023, 10, 28, 21, 30, tzinfo=UTC), ends_at=NIGHT[-1], by=self.visitor.user)
        self.item = operations.table_item(self.meeting, "CR018", purpose="decision", by=self.visitor.user)

    def sends(self, text: str, *, uid: str = "", **more) -> dict:
        uid = uid or str(uuid4())
        change = {"uid": uid, "item": self.item.pk, "text": text, "placed": not more, **more}
        line = uid if text.startswith("/") else None
        answer = self.visitor.client.post(PAGE + "changes/", json.dumps({"changes": [change], "line": line, "left": [uid]}), content_type="application/json")
        assert answer.status_code == 200, answer.content
        return answer.json() | {"uid": uid}


@pytest.fixture
def night(clock, settings):
    settings.DEMO = True
    return Night(clock)


def test_what_was_written_in_the_second_of_two_hours_is_told_as_written_later(night, clock):
    since, block = night.visitor.client.get(PAGE + "now/").json()["now"], {}
    for n, moment in enumerate(NIGHT):
        clock(moment)
        known = {"uid": block["uid"], "base": block["blocks"][block["uid"]]["reads"]} if block else {}
        block = night.sends(f"Version {n}.", **known)
        assert block["at"] == ("00:30:00", "01:30:00", "01:30:00", "02:30:00")[n]
        told = night.visitor.client.get(PAGE + "now/", {"since": since}).json()
        assert [each["text"] for each in told["blocks"]] == [f"Version {n}."]
        since = told["now"]
    page = text_of(night.visitor.opens(f"/desk/paragraphs/{Paragraph.objects.get().pk}/"))
    assert sorted(range(4), key=lambda n: page.index(f"Version {n}.")) == [3, 2, 1, 0], "the latest first"


def test_after_midnight_days_are_counted_from_the_one_on_which_it_began(night, clock):
    clock(NIGHT[2])
    night.sends("/action @DAG Members by +5 wd: read it")
    night.sends("/announced CR018 approved")
    assert Action.objects.get().due_on == date(2023, 11, 3)
    clock(NIGHT[3])
    operations.hold(night.meeting, by=night.visitor.user)
    assert Meeting.objects.get().publication_due_at.date() == date(2023, 11, 10)
    night.chair.sends(night.chair.opens("/desk/meetings/DAG026/announced/"))
    assert Decision.objects.get().decided_on == date(2023, 10, 28)
