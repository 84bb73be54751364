"""Minutes typed block by block: safe at once, kept as one change a sitting, and nothing written over unseen."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from ledger.models import Entry
from meetings import operations
from meetings.agendas import order_of
from meetings.models import Meeting, Minutes, MinutesEdition, Notepad, Paragraph
from meetings.operations import Change, Differs
from meetings.operations.writing import RefusedChange, fingerprint_of
from records.rules import Refused
from records.sweep import run as sweep
from tests.conftest import set_clock
from tests.factories import GroupFactory, chair_of, secretary_of

pytestmark = pytest.mark.django_db


class Desk:
    """A meeting that is running, with two items and two secretaries."""

    def __init__(self, clock):
        self.clock = clock
        self.group = GroupFactory(code="DAG")
        self.pmo, self.other, self.chair = secretary_of(self.group), secretary_of(self.group), chair_of(self.group)
        clock("2023-07-12 10:00")
        self.meeting = operations.schedule(self.group, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), by=self.pmo)
        self.items = [operations.table_item(self.meeting, title, by=self.pmo) for title in ("Welcome", "CR018")]

    def write(self, *changes: Change, by=None, **more) -> list[Paragraph]:
        """The items of the changes are told by their numbers."""
        keys = {0: 0, 1: self.items[0].pk, 2: self.items[1].pk}
        changes = [replace(change, item=keys.get(change.item, 9_999_999)) for change in changes]
        return operations.change_minute(self.meeting, changes, by=by or self.pmo, **more)

    def typed(self, text: str, item: int = 1, after=None, by=None) -> Paragraph:
        return self.write(Change(uid=uuid4(), item=item, text=text, after=after, placed=True), by=by)[0]

    def reads(self, item: int = 1) -> list[str]:
        rows = Paragraph.objects.filter(item__meeting=self.meeting, item__number=item, dropped=False).select_related("typed")
        return [row.reads for row in rows.order_by("order", "pk")]


@pytest.fixture(scope="module")
def desks(scene):
    return scene(lambda: Desk(set_clock))


@pytest.fixture
def desk(desks, db):
    return desks()


def now(block: Paragraph) -> Paragraph:
    return Paragraph.objects.select_related("typed").get(pk=block.pk)


def test_what_is_typed_is_safe_at_once_and_in_no_history(desk):
    block = desk.typed("The Chair op")
    desk.write(Change(uid=block.uid, text="The Chair opened the meeting.", base=fingerprint_of(block)))
    assert desk.reads() == ["The Chair opened the meeting."]
    assert [row.text for row in block.history.all()] == [""]


def test_of_a_sitting_one_change_is_kept_when_the_block_is_left(desk):
    block = desk.typed("The Chair op")
    for text in ("The Chair opened", "The Chair opened the meeting."):
        block = desk.write(Change(uid=block.uid, text=text, base=fingerprint_of(now(block))))[0]
    desk.write(left=[block.uid])
    assert now(block).text == "The Chair opened the meeting."
    assert [(row.text, row.history_user) for row in block.history.order_by("history_id")] == [("", desk.pmo), ("The Chair opened the meeting.", desk.pmo)]


def test_what_nobody_left_is_kept_by_the_clock_a_minute_later(desk):
    block = desk.typed("The Chair opened the meeting.")
    desk.clock("2023-07-12 10:00:59")
    sweep()
    assert now(block).typing is not None
    desk.clock("2023-07-12 10:01")
    sweep()
    sweep()
    assert (now(block).typing, now(block).text) == (None, "The Chair opened the meeting.")
    assert block.history.count() == 2


def test_another_author_begins_another_change(desk):
    block = desk.typed("The Chair opened.")
    desk.write(Change(uid=block.uid, text="The Chair opened the meeting.", base=fingerprint_of(now(block))), by=desk.other)
    desk.write(left=[block.uid], by=desk.other)
    assert [(row.text, row.history_user) for row in block.history.order_by("history_id")][1:] == [
        ("The Chair opened.", desk.pmo), ("The Chair opened the meeting.", desk.other),
    ]  # fmt: skip


def test_nothing_is_written_over_unseen(desk):
    block = desk.typed("Members agreed.")
    known = fingerprint_of(now(block))
    desk.write(Change(uid=block.uid, text="Members agreed to wait.", base=known))
    with pytest.raises(Differs) as differs:
        desk.write(Change(uid=block.uid, text="Members disagreed.", base=known), Change(uid=uuid4(), item=1, text="Lost?", placed=True), by=desk.other)
    assert [theirs.uid for theirs in differs.value.blocks] == [block.uid]
    assert desk.reads() == ["Members agreed to wait."], "a change is done whole or not at all"


def test_the_same_sent_again_changes_nothing(desk):
    block = desk.typed("Members agreed.")
    change = Change(uid=block.uid, text="Members agreed to wait.", base=fingerprint_of(now(block)))
    new = Change(uid=uuid4(), item=1, text="Then they waited.", after=block.uid, placed=True)
    for _ in range(3):
        desk.write(change, new)
    assert desk.reads() == ["Members agreed to wait.", "Then they waited."]


def test_who_typed_on_while_an_answer_was_lost_does_not_clash_with_themselves(desk):
    block = desk.typed("The Chair op")
    desk.write(Change(uid=block.uid, text="The Chair opened", base=fingerprint_of(now(block)), tried=("The Chair op",)))
    told = Change(uid=block.uid, text="The Chair opened the meeting.", base=fingerprint_of(block), tried=("The Chair opened",))
    assert desk.write(told)[0].reads == "The Chair opened the meeting."


def test_a_refusal_names_the_one_change_it_is_about(desk):
    good, long = Change(uid=uuid4(), item=1, text="Good.", placed=True), Change(uid=uuid4(), item=1, text="x" * 10_001, placed=True)
    with pytest.raises(RefusedChange) as refused:
        desk.write(good, long)
    assert refused.value.uid == long.uid
    assert desk.reads() == []


def test_what_was_typed_and_then_kept_by_the_clock_is_not_another_text(desk):
    block = desk.typed("Members agreed.")
    known = fingerprint_of(now(block))
    desk.clock("2023-07-12 10:02")
    sweep()
    desk.write(Change(uid=block.uid, text="Members agreed to wait.", base=known))
    assert desk.reads() == ["Members agreed to wait."]


def test_a_paragraph_is_split_and_joined_whole(desk):
    block = desk.typed("One. Two.")
    other = Change(uid=uuid4(), item=1, text="Two.", after=block.uid, placed=True)
    one, two = desk.write(Change(uid=block.uid, text="One.", base=fingerprint_of(now(block))), other)
    assert desk.reads() == ["One.", "Two."]
    desk.write(Change(uid=one.uid, text="One. Two.", base=fingerprint_of(now(one))), Change(uid=two.uid, dropped=True, base=fingerprint_of(now(two))))
    assert desk.reads() == ["One. Two."]


def test_a_block_goes_behind_another_and_to_another_item(desk):
    one, two, three = (desk.typed(text, after=None) for text in ("C", "B", "A"))
    assert desk.reads() == ["A", "B", "C"]
    desk.write(Change(uid=three.uid, item=1, after=one.uid, placed=True, base=fingerprint_of(now(three))))
    assert desk.reads() == ["B", "C", "A"]
    desk.write(Change(uid=two.uid, item=2, placed=True, base=fingerprint_of(now(two))))
    assert (desk.reads(), desk.reads(2)) == (["C", "A"], ["B"])


def test_there_is_always_room_between_two_blocks(desk):
    first = desk.typed("first")
    desk.typed("last", after=first.uid)
    for n in range(60):
        desk.typed(f"{n}", after=first.uid)
    assert desk.reads() == ["first", *(f"{n}" for n in reversed(range(60))), "last"]


def test_a_block_that_was_deleted_can_be_brought_back(desk):
    block = desk.typed("Members agreed.")
    desk.write(Change(uid=block.uid, dropped=True, base=fingerprint_of(now(block))))
    assert desk.reads() == []
    desk.write(Change(uid=block.uid, dropped=False, base="gone"))
    assert desk.reads() == ["Members agreed."]


def test_who_types_into_a_deleted_block_is_told(desk):
    block = desk.typed("Members agreed.")
    known = fingerprint_of(now(block))
    desk.write(Change(uid=block.uid, dropped=True, base=known))
    with pytest.raises(Differs):
        desk.write(Change(uid=block.uid, text="Members agreed at once.", base=known), by=desk.other)


def test_a_minute_makes_its_item_discussed(desk):
    desk.typed("Members agreed.")
    assert [item.status for item in desk.meeting.items.order_by("number")] == ["discussed", "tabled"]


def test_a_paragraph_of_another_meeting_is_not_known_here(desk):
    elsewhere = operations.schedule(desk.group, "27", starts_at=datetime(2023, 8, 12, 9, tzinfo=UTC), by=desk.pmo)
    item = operations.table_item(elsewhere, "Welcome", by=desk.pmo)
    block = operations.write_paragraph(item, "Elsewhere", by=desk.pmo)
    with pytest.raises(Refused, match="another meeting"):
        desk.write(Change(uid=block.uid, text="Here", base=fingerprint_of(block)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Change(uid=uuid4(), item=9, text="x", placed=True), "not on the agenda of DAG026"),
        (Change(uid=uuid4(), item=1, text="x" * 10_001, placed=True), "at most 10,000 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused(desk, change, sentence):
    with pytest.raises(Refused, match=sentence):
        desk.write(change)


def test_what_is_typed_stays_with_its_item_while_another_puts_the_agenda_in_order(desk):
    operations.move_item(desk.items[1], -1, seen=order_of(list(desk.meeting.items.on_the_agenda())), by=desk.other)
    desk.typed("Of CR018.", item=2)
    assert Paragraph.objects.get().item.title == "CR018"


def test_only_the_secretariat_writes(desk):
    with pytest.raises(Refused, match="Only the secretariat"):
        desk.typed("The Chair writes.", by=desk.chair)


def test_what_the_chair_has_cleared_stays_as_it_was_cleared(desk):
    block = desk.typed("Members agreed.")
    operations.hold(desk.meeting, by=desk.pmo)
    minutes = Minutes.objects.get(meeting=desk.meeting)
    operations.clear(operations.send_to_chair(minutes, by=desk.pmo), by=desk.chair)
    assert now(block).text == "Members agreed.", "what was being typed is kept before it is cleared"
    desk.meeting = Meeting.objects.get(pk=desk.meeting.pk)
    with pytest.raises(Refused, match="send them back to change them"):
        desk.typed("Afterthought.")


def test_the_edition_has_what_was_typed_and_no_empty_or_deleted_block(desk):
    one = desk.typed("One.")
    desk.typed("   ", after=one.uid)
    gone = desk.typed("Gone.", after=one.uid)
    desk.write(Change(uid=gone.uid, dropped=True, base=fingerprint_of(now(gone))))
    operations.hold(desk.meeting, by=desk.pmo)
    minutes = operations.circulate(operations.clear(operations.send_to_chair(Minutes.objects.get(meeting=desk.meeting), by=desk.pmo), by=desk.chair), by=desk.pmo)
    late = desk.typed("Two.", after=one.uid)
    operations.publish(minutes, by=desk.pmo)
    shown = MinutesEdition.objects.get().body["items"][0]["paragraphs"]
    assert [(each["label"], each["text"]) for each in shown] == [("1.1", "One."), ("1.2", "Two.")]
    assert now(late).typing is None


def test_typing_leaves_no_word_in_the_ledger(desk):
    before = Entry.objects.count()
    desk.typed("A word that is thought better of")
    assert Entry.objects.count() == before


# --- records that stand in a block


def test_a_block_that_shows_an_action_is_not_deleted(desk):
    block = desk.typed("/action @DAG Members by 9 Aug: read it")
    block = operations.turn_into(block, "action", by=desk.pmo)
    operations.raise_action(desk.meeting, "Read it", owner="DAG Members", due_kind="asap", item=desk.items[0], paragraph=block, by=desk.pmo)
    with pytest.raises(Refused, match="shows an action: withdraw that first"):
        desk.write(Change(uid=block.uid, dropped=True, base=fingerprint_of(now(block))))


def test_a_notepad_is_ones_own(desk):
    operations.jot(desk.meeting, "SC was cross", by=desk.pmo)
    operations.jot(desk.meeting, "SC was very cross", by=desk.pmo)
    operations.jot(desk.meeting, "Mine", by=desk.other)
    assert dict(Notepad.objects.values_list("user_id", "text")) == {desk.pmo.pk: "SC was very cross", desk.other.pk: "Mine"}


def test_notepads_are_emptied_when_the_minutes_are_approved(desk):
    operations.jot(desk.meeting, "SC was cross", by=desk.pmo)
    operations.hold(desk.meeting, by=desk.pmo)
    minutes = operations.circulate(operations.clear(operations.send_to_chair(Minutes.objects.get(meeting=desk.meeting), by=desk.pmo), by=desk.chair), by=desk.pmo)
    operations.approve(minutes, on=desk.meeting.held_on, by=desk.pmo)
    assert list(Notepad.objects.values_list("text", flat=True)) == [""]
