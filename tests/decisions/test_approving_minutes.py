"""A later meeting approves minutes by a decision of its own (DAG-DEC55): they are marked so, and published as approved when it is public."""

from datetime import UTC, datetime

import pytest

from decisions.models import Decision
from desk.lines import carry_out
from meetings import operations
from meetings.models import Minutes, MinutesEdition, Paragraph
from meetings.tabling import what_may_be_tabled
from notifications.models import Notice
from records.rules import Refused
from records.subjects import describe, find, open_in
from records.sweep import run as sweep
from tests.conftest import set_clock
from tests.meetings.rooms import Room
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


class Later(Room):
    """The minutes of DAG026 are public, and DAG027 runs."""

    def __init__(self, clock, *, published: bool = True):
        super().__init__(clock)
        circulated = self.circulated()
        if published:
            operations.publish(circulated, by=self.pmo)
        self.next = operations.schedule(self.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=self.pmo)
        [offered] = [each for each in what_may_be_tabled(self.next) if each.key.startswith("minutes:")]
        self.approving = operations.table_offered(self.next, offered.key, by=self.pmo)
        clock("2023-08-09 11:00")

    def types(self, line: str) -> Decision:
        block = Paragraph(item=self.approving, order=1, text=line).save_by(self.pmo)
        carry_out(block, by=self.pmo)
        return Decision.objects.get()

    def confirms(self) -> str:
        return text_of(Visitor(self.chair).does("/desk/meetings/DAG027/announced/"))

    def editions(self) -> list[tuple[str, str]]:
        return list(MinutesEdition.objects.filter(minutes__meeting=self.meeting).order_by("n").values_list("kind", "note"))

    def publishes_the_next(self) -> None:
        minutes = Minutes.objects.get(meeting=operations.hold(self.next, by=self.pmo))
        operations.clear(operations.send_to_chair(minutes, by=self.pmo), by=self.chair)
        operations.publish(operations.circulate(minutes, by=self.pmo), by=self.pmo)


@pytest.fixture(scope="module")
def stage(scene):
    return scene(lambda: Later(set_clock))


@pytest.fixture
def later(stage, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return stage()


@pytest.mark.parametrize("said", ["Minutes of DAG026", "the minutes of DAG026", "minutes of dag026", "DAG026 minutes"])
def test_minutes_are_found_as_people_write_them(later, said):
    assert find(said)[said].ref == "Minutes of DAG026"


@pytest.mark.parametrize("said", ["DAG026 approved", "dag026 approved", "DAG026 approved by consensus"])
def test_a_meeting_that_is_approved_means_its_minutes(later, said):
    assert later.types(f"/decision {said}").title == "Minutes of DAG026"


def test_what_else_becomes_of_a_meeting_is_not_guessed(later):
    with pytest.raises(Refused, match=r"DAG026 is a meeting\. Of its minutes, write so: /decision Minutes of DAG026 noted\."):
        later.types("/decision DAG026 noted")
    with pytest.raises(Refused, match="DAG027 is a meeting, and there are no minutes of it yet"):
        later.types("/decision DAG027 approved")


def test_those_that_were_circulated_are_for_the_group_to_settle(later):
    assert [each.ref for each in open_in(later.group)] == ["Minutes of DAG026"]
    told = describe("Minutes of DAG026", "not stated")
    assert (told.address, told.means) == ("/meetings/DAG026/", "The minutes of DAG026 are marked as approved.")
    assert describe("Minutes of DAG099", "not stated") is None


def test_the_group_approves_its_own_minutes_though_the_sro_decides_all_else(later):
    made = later.types("/announced Minutes of DAG026 approved")
    assert (made.maker, made.title, made.wording) == ("group", "Minutes of DAG026", "The DAG approved the minutes of DAG026.")


def test_a_line_that_says_who_decides_is_believed(later):
    assert later.types("/decision Minutes of DAG026 approved by the SRO").maker == "sro"


def test_once_the_chair_has_confirmed_the_decision_the_minutes_are_marked_as_approved(later):
    later.types("/announced Minutes of DAG026 approved")
    sweep()
    assert later.minutes.status == "circulated", "announced is not decided"
    assert "1 decision is determined" in later.confirms()
    sweep()
    assert (later.minutes.status, str(later.minutes.approved_on)) == ("approved", "2023-08-09")
    assert later.editions() == [("first", "")], "the public learns of it with the decision"
    assert not open_in(later.group)


def test_when_the_decision_is_public_the_minutes_are_published_as_approved_and_members_told(later):
    later.types("/announced Minutes of DAG026 approved")
    later.confirms()
    sweep()
    later.publishes_the_next()
    for _ in range(2):
        sweep()
    assert later.editions() == [("first", ""), ("approval", "Approved by DAG-DEC01, taken at DAG027.")]
    page = text_of(Visitor().opens("/meetings/DAG026/"))
    assert "Approved 9 Aug 2023" in page, page
    assert "Approved by DAG-DEC01, taken at DAG027." in page
    assert Notice.objects.filter(subject__contains="DAG026", body__contains="Approved by DAG-DEC01").exists()


def test_minutes_that_were_approved_before_they_were_public_say_so_at_once(clock, settings):
    settings.DEMO = True
    later = Later(clock, published=False)
    later.types("/announced Minutes of DAG026 approved")
    later.confirms()
    sweep()  # which publishes them, too: their day was in July
    later.publishes_the_next()
    sweep()
    assert later.editions() == [("first", "")]
    assert "Approved 9 Aug 2023" in text_of(Visitor().opens("/meetings/DAG026/"))


@pytest.mark.parametrize("line", ["/announced Minutes of DAG026 approved subject to a correction of item 1", "/announced Minutes of DAG026 deferred"])
def test_what_is_not_approved_as_it_stands_is_not_marked(later, line):
    later.types(line)
    later.confirms()
    sweep()
    assert later.minutes.status == "circulated"


def test_those_that_were_marked_by_hand_are_left_as_they_are(later):
    operations.approve(later.minutes, on=later.next.held_on, by=later.pmo)
    later.types("/announced Minutes of DAG026 approved")
    later.confirms()
    sweep()
    assert str(later.minutes.approved_on) == "2023-08-09"
    with pytest.raises(Refused, match="approved"):
        operations.approve(later.minutes, on=later.next.held_on, by=later.pmo)
