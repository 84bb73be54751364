"""What the Chair announces in the room is written down at once, and settled when they confirm it: all of a meeting on one page."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions import operations
from decisions.forms.determining import body_of
from decisions.models import Decision, DeterminationDraft
from decisions.typed import read_decision
from groups.models import Group
from groups.standing import Standing
from ledger.models import Entry
from meetings import operations as meetings
from meetings.operations.writing import Change, fingerprint_of
from notifications.models import Notice
from records.clock import portal_now
from records.rules import Refused
from records.verbs import offers
from tests.conftest import set_clock
from tests.factories import GroupFactory, HoldingFactory, SeatFactory, chair_of, secretary_of
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


class Room:
    """DAG026 runs; CR025 was put to the group."""

    def __init__(self):
        self.group = GroupFactory(code="DAG", parent=GroupFactory(code="PSG", level=2))
        self.chair, self.pmo = chair_of(self.group), secretary_of(self.group)
        self.member = HoldingFactory(seat=SeatFactory(group=self.group)).person
        set_clock("2023-07-01 09:00")
        self.meeting = meetings.schedule(self.group, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), by=self.pmo)
        self.item = meetings.table_item(self.meeting, "Change requests", purpose="decision", by=self.pmo)
        set_clock("2023-07-12 11:42")
        self.one = self.tabled("CR025 v1.2 approved")
        self.other = self.tabled("CR018 v1.8 rejected")

    def tabled(self, said: str) -> Decision:
        line = read_decision(said)
        made = operations.draft(self.group, line.title, line.wording, meeting=self.meeting, item=self.item, authority="delegated by the SRO", by=self.pmo)
        made = operations.table(made, by=self.pmo)
        operations.prepare(made, body_of(made, line.subjects), revision=0, by=self.pmo)
        return made

    def announced(self, *decisions: Decision) -> None:
        for decision in decisions or (self.one, self.other):
            operations.announce(decision, who=self.chair.person, by=self.pmo)


@pytest.fixture(scope="module")
def rooms(scene):
    return scene(Room)


@pytest.fixture
def room(rooms, db, settings):
    settings.DEMO = True
    return rooms()


def again(decision: Decision) -> Decision:
    return Decision.objects.get(pk=decision.pk)


def test_the_secretariat_writes_down_that_the_chair_announced_it_and_it_stays_on_the_table(room):
    page = Visitor(room.pmo).does(f"/desk/decisions/{room.one.pk}/announce/", {"who": room.chair.person_id})
    told = text_of(page)
    assert "announced by" in told
    assert "awaiting the Chair’s confirmation" in told
    assert (again(room.one).status, again(room.one).number) == ("tabled", None)
    assert Entry.objects.filter(kind="announced").count() == 1
    assert not Notice.objects.filter(reference__startswith="DAG-DEC").exists(), "nobody is told a number before there is one"


def test_only_once_only_by_who_chairs_and_only_while_it_is_on_the_table(room):
    room.announced(room.one)
    with pytest.raises(Refused, match="announced it already"):
        room.announced(room.one)
    with pytest.raises(Refused, match="does not chair"):
        operations.announce(room.other, who=room.member, by=room.pmo)
    operations.withdraw(room.other, why="It was put twice", by=room.pmo)
    with pytest.raises(Refused, match="is withdrawn"):
        room.announced(room.other)


def test_nothing_is_announced_before_its_meeting_has_begun(room, clock):
    later = meetings.schedule(room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=room.pmo)
    made = operations.table(operations.draft(room.group, "CR030", "The SRO approved CR030", meeting=later, by=room.pmo), by=room.pmo)
    with pytest.raises(Refused, match="that has not begun"):
        room.announced(made)
    alone = operations.table(operations.draft(room.group, "CR031", "The SRO approved CR031", by=room.pmo), by=room.pmo)
    with pytest.raises(Refused, match="belongs to no meeting"):
        room.announced(alone)


def test_what_was_announced_is_not_put_off(room):
    room.announced(room.one)
    with pytest.raises(Refused, match="the Chair confirms it, or it is withdrawn"):
        operations.defer(again(room.one), why="Next time", by=room.pmo)


def test_the_chair_confirms_all_of_a_meeting_on_one_page_with_its_day(room, clock):
    room.announced()
    clock("2023-07-14 09:00")
    chair = Visitor(room.chair)
    assert "Confirm what was announced at DAG026" in text_of(chair.opens("/desk/"))
    page = chair.opens("/desk/meetings/DAG026/announced/")
    assert "The SRO approved CR025 v1.2" in text_of(page)
    refused = chair.sends(page)
    assert refused.status_code == 409
    assert "Give your reasons" in text_of(refused)
    assert [again(each).status for each in (room.one, room.other)] == ["tabled", "tabled"], "all of it or nothing"
    done = chair.sends(refused, {f"d{room.other.pk}-reasons": "It costs more than it saves."})
    assert "2 decisions are determined" in text_of(done), text_of(done)[:2000]
    one, other = again(room.one), again(room.other)
    assert [str(each.decided_on) for each in (one, other)] == ["2023-07-12"] * 2
    assert (one.reference, one.where_taken, other.reasons.get().text) == ("DAG-DEC01", "meeting", "It costs more than it saves.")
    assert one.settlements.get().outcome == "approved"


def test_what_is_not_marked_waits(room):
    room.announced()
    chair = Visitor(room.chair)
    page = chair.opens("/desk/meetings/DAG026/announced/")
    none = chair.sends(page, {f"d{room.one.pk}-chosen": [], f"d{room.other.pk}-chosen": []})
    assert "Mark at least one decision" in text_of(none)
    chair.sends(none, {f"d{room.one.pk}-chosen": "on", f"d{room.other.pk}-chosen": []})
    assert [again(each).status for each in (room.one, room.other)] == ["determined", "tabled"]


def test_a_draft_saved_meanwhile_is_not_written_over(room):
    room.announced(room.one)
    chair = Visitor(room.chair)
    page = chair.opens("/desk/meetings/DAG026/announced/")
    draft = DeterminationDraft.objects.get(decision=room.one)
    operations.prepare(room.one, draft.body | {"subject-0-outcome": ["rejected"], "reasons": ["It is late by a year."]}, revision=draft.revision, by=room.pmo)
    answer = chair.sends(page)
    assert answer.status_code == 409
    assert "saved this draft since you opened it" in text_of(answer)
    assert again(room.one).status == "tabled"


def test_what_was_announced_without_an_outcome_is_completed_first(room):
    room.announced(room.one)
    DeterminationDraft.objects.filter(decision=room.one).update(body={})
    page = Visitor(room.chair).opens("/desk/meetings/DAG026/announced/")
    assert "Say what becomes of it" in text_of(page)
    assert Visitor(room.chair).sends(page).status_code == 409


def test_a_changed_outcome_is_worded_anew_and_reasons_typed_so_far_are_kept(room):
    room.announced(room.one)
    chair = Visitor(room.chair)
    page = chair.opens("/desk/meetings/DAG026/announced/")
    rest = chair.sends(page, {f"d{room.one.pk}-reasons": "It is not ready.", "rest": str(room.one.pk)})
    assert "It is not ready." in rest.content.decode(), "what was typed went with it"
    chair.sends(rest, {"subject-0-outcome": "rejected", "step": "save"})
    again_there = chair.opens("/desk/meetings/DAG026/announced/")
    assert "The SRO rejected CR025 v1.2." in text_of(again_there)
    chair.sends(again_there)
    decided = again(room.one)
    assert (decided.wording, decided.settlements.get().outcome, decided.basis) == ("The SRO rejected CR025 v1.2.", "rejected", "not_stated")


def test_words_of_its_own_that_name_another_subject_are_doubted(room):
    line = read_decision("CR030 approved: The SRO approved CR031 at once")
    made = operations.draft(room.group, line.title, line.wording, meeting=room.meeting, item=room.item, by=room.pmo)
    made = operations.table(made, by=room.pmo)
    operations.announce(made, who=room.chair.person, body=body_of(made, line.subjects), by=room.pmo)
    page = text_of(Visitor(room.chair).opens("/desk/meetings/DAG026/announced/"))
    assert "The wording does not name CR030. Is it still the wording you mean?" in page


def test_a_reason_that_is_too_long_confirms_nothing_and_is_said(room):
    room.announced()
    chair = Visitor(room.chair)
    page = chair.opens("/desk/meetings/DAG026/announced/")
    told = chair.sends(page, {f"d{room.other.pk}-reasons": "x" * 10_001})
    assert "too long" in text_of(told)
    assert [again(each).status for each in (room.one, room.other)] == ["tabled", "tabled"]


def test_a_decision_made_by_mistake_is_withdrawn_and_its_place_deleted(room):
    place = meetings.write_paragraph(room.item, kind="decision", by=room.pmo)
    made = operations.draft(room.group, "CR040", "The SRO approved CR040", meeting=room.meeting, item=room.item, paragraph=place, by=room.pmo)
    made = operations.table(made, by=room.pmo)
    done = Visitor(room.pmo).does(f"/desk/decisions/{made.pk}/withdraw/", {"why": "It was typed twice"})
    assert "is withdrawn" in text_of(done)
    place.refresh_from_db()
    meetings.change_minute(room.meeting, [Change(uid=place.uid, base=fingerprint_of(place), dropped=True)], by=room.pmo)
    place.refresh_from_db()
    assert place.dropped


def test_the_secretariat_does_not_confirm_and_members_do_not_write_down(room):
    room.announced(room.one)
    assert Visitor(room.pmo).opens("/desk/meetings/DAG026/announced/").status_code == 403
    now = portal_now()
    assert "confirm_announced" not in {offer.name for offer in offers(room.meeting, Standing.at(room.pmo, now), now)}


@pytest.mark.parametrize(
    ("typed", "title", "wording", "outcomes"),
    [
        ("CR025 v1.2 approved", "CR025", "The SRO approved CR025 v1.2.", [("CR025", "1.2", "approved", "")]),
        ("CR025 version 1.2 Approved subject to the redline coming back", "CR025", "The SRO approved CR025 v1.2 subject to the redline coming back.",
         [("CR025", "1.2", "approved_subject_to", "the redline coming back")]),
        ("CR018 v1.8 approved; CR017 rejected as excluded", "CR018 and CR017", "The SRO approved CR018 v1.8 and rejected CR017, which it excludes.",
         [("CR018", "1.8", "approved", ""), ("CR017", "not stated", "rejected_as_excluded", "")]),
        ("CR018 approved: The SRO approved CR018, as it stood on the day", "CR018", "The SRO approved CR018, as it stood on the day", [("CR018", "not stated", "approved", "")]),
        ("DES-196 baselined", "DES-196", "The SRO baselined DES-196.", [("DES-196", "not stated", "baselined", "")]),
        ("Timetable: The SRO approved the timetable", "Timetable", "The SRO approved the timetable", []),
        ("CR018 approved in part: Only the first half", "CR018 approved in part", "Only the first half", []),
    ],
)  # fmt: skip
def test_a_line_says_what_becomes_of_what(typed, title, wording, outcomes):
    line = read_decision(typed)
    assert (line.title, line.wording, line.refusals) == (title, wording, ())
    assert [(s.ref, s.version, s.outcome, s.conditions) for s in line.subjects] == outcomes


@pytest.mark.parametrize(
    ("level", "typed", "maker", "consensus", "wording"),
    [
        (3, "CR025 v1.2 approved by consensus", "sro", "yes", "The SRO approved CR025 v1.2."),
        (3, "CR025 v1.2 approved by the DAG", "group", "not_recorded", "The DAG approved CR025 v1.2."),
        (4, "CR025 v1.2 approved", "group", "not_recorded", "The DAG approved CR025 v1.2."),
        (4, "CR025 v1.2 approved; CR017 rejected, by consensus", "group", "yes", "The DAG approved CR025 v1.2 and rejected CR017."),
        (4, "CR025 v1.2 approved by the Chair.", "group", "not_recorded", "The Chair of the DAG approved CR025 v1.2."),
        (4, "CR025 v1.2 approved by the SRO", "sro", "not_recorded", "The SRO approved CR025 v1.2."),
        (4, "CR025 v1.2 approved subject to a check by the Chair", "group", "not_recorded", "The DAG approved CR025 v1.2 subject to a check by the Chair."),
        (4, "CR025 v1.2 approved subject to a check, by consensus", "group", "yes", "The DAG approved CR025 v1.2 subject to a check."),
        (4, "Timetable, by consensus: The timetable stands", "group", "yes", "The timetable stands"),
    ],
)
def test_a_line_says_whose_decision_it_is_or_it_is_the_groups_as_such_groups_decide(level, typed, maker, consensus, wording):
    line = read_decision(typed, Group(code="DAG", level=level))
    assert (line.refusals, line.maker, line.consensus, line.wording) == ((), maker, consensus, wording)


@pytest.mark.parametrize("typed", ["CR018 approved by the PSG", "CR018", "", "CR018 approved subject to", "approved", "CR018 nodded through"])
def test_what_a_line_does_not_say_is_not_guessed(typed):
    assert "Write it so" in read_decision(typed).refusals[0]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("CR905 v1.0 rejected because it is too late",
         "Reasons stand in the wording, after a colon. Write it so: /decision CR905 v1.0 rejected: The SRO rejected CR905 v1.0 because it is too late."),
        ("CR905 approved; CR906 deferred until May", "Reasons stand in the wording, after a colon. Write it so: /decision CR906 deferred: The SRO deferred CR906 until May."),
        ("the group agreed to meet monthly", "Give it a short title, and a colon behind it. Write it so: /decision Title: the group agreed to meet monthly."),
        ("the plan was noted and approved", "Give it a short title, and a colon behind it."),
        ("CR905 approved subject to", "Say subject to what. Write it so: /decision CR905 approved subject to"),
        ("CR905", "Say what becomes of “CR905”: approved, rejected, deferred, noted and so on."),
        ("CR905:", "Say what becomes of “CR905”"),
        ("DAG026 approved", "DAG026 is a meeting, and there are no minutes of it yet."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_of_a_line_is_said_with_what_to_write_instead(room, typed, sentence):
    [refusal] = read_decision(typed).refusals
    assert str(refusal).startswith(sentence)


@pytest.mark.parametrize("typed", ["CR905 v1.0 rejected: The SRO rejected CR905 v1.0 because it is too late.", "Title: the group agreed to meet monthly"])
def test_what_is_advised_is_read(typed):
    assert read_decision(typed).refusals == ()


@given(st.text(max_size=300))
def test_whatever_is_typed_nothing_breaks(text):
    read_decision(text)

