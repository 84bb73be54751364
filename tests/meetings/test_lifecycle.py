"""Each verb of meetings, items, actions and minutes starts only where its table says."""

import pytest

from meetings import operations
from meetings.lifecycle import ACTION, ITEM, MEETING, MINUTES, ActionStatus, ItemStatus, MeetingStatus, MinutesStatus
from meetings.models import Meeting
from records.rules import Refused
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    GroupFactory,
    MeetingFactory,
    MinutesFactory,
    UserFactory,
    chair_of,
    secretary_of,
)

pytestmark = pytest.mark.django_db


def a_meeting(status):
    return MeetingFactory(status=status)


def an_item(status):
    return AgendaItemFactory(status=status, **({"number": None} if status == ItemStatus.TAKEN_OFF else {}))


def an_action(status):
    return ActionFactory(status=status)


def some_minutes(status):
    return MinutesFactory(status=status)


VERBS = [
    (MEETING, MeetingStatus, a_meeting, {
        "hold": lambda m, pmo, chair: operations.hold(m, by=pmo),
        "cancel": lambda m, pmo, chair: operations.cancel(m, why="No business", by=pmo),
    }),
    (ITEM, ItemStatus, an_item, {
        "discuss": lambda i, pmo, chair: operations.discuss_item(i, by=pmo),
        "defer": lambda i, pmo, chair: operations.defer_item(i, by=pmo),
        "take_off": lambda i, pmo, chair: operations.take_off(i, by=pmo),
    }),
    (ACTION, ActionStatus, an_action, {
        "complete": lambda a, pmo, chair: operations.complete_action(a, by=pmo),
        "drop": lambda a, pmo, chair: operations.drop_action(a, why="Overtaken", by=pmo),
        "reopen": lambda a, pmo, chair: operations.reopen_action(a, why="Not done", by=pmo),
        "take_off": lambda a, pmo, chair: operations.take_off_action(a, by=pmo),
    }),
    (MINUTES, MinutesStatus, some_minutes, {
        "send_to_chair": lambda m, pmo, chair: operations.send_to_chair(m, by=pmo),
        "clear": lambda m, pmo, chair: operations.clear(m, by=chair),
        "send_back": lambda m, pmo, chair: operations.send_back(m, why="A slip", by=chair),
        "circulate": lambda m, pmo, chair: operations.circulate(m, by=pmo),
        "approve": lambda m, pmo, chair: operations.approve(m, on=m.meeting.held_on, by=pmo),
    }),
]  # fmt: skip
CASES = [
    pytest.param(table, make, verb, do, status, id=f"{table.noun}-{verb}-{status}")
    for table, states, make, verbs in VERBS
    for verb, do in verbs.items()
    for status in states
]


def group_of(record):
    meeting = record if isinstance(record, Meeting) else getattr(record, "meeting", None)
    return meeting.group if meeting else record.group


@pytest.mark.many(20)
@pytest.mark.parametrize(("table", "make", "verb", "do", "status"), CASES)
def test_each_verb_starts_only_where_the_table_says(table, make, verb, do, status):
    record = make(status)
    pmo, chair = secretary_of(group_of(record)), chair_of(group_of(record))
    if status in table[verb].origins:
        assert do(record, pmo, chair).status == table[verb].target
    else:
        with pytest.raises(Refused, match=f"to {verb.replace('_', ' ')} it"):
            do(record, pmo, chair)


@pytest.mark.parametrize(("table", "make", "verb", "do", "status"), [case for case in CASES if case.values[4] in case.values[0][case.values[2]].origins])
def test_nobody_without_a_place_in_the_group_does_anything(table, make, verb, do, status):
    stranger = UserFactory()
    with pytest.raises(Refused, match="Only the"):
        do(make(status), stranger, stranger)


@pytest.mark.parametrize("table", [MEETING, ITEM, ACTION, MINUTES], ids=lambda t: t.noun)
def test_every_verb_of_the_table_is_tried_here(table):
    assert set(table) == set(next(verbs for known, _, _, verbs in VERBS if known is table))


def test_a_closed_group_can_be_read_and_not_added_to(clock):
    clock("2026-11-20 10:00")
    group = GroupFactory(closed_on="2026-01-01")
    with pytest.raises(Refused, match=r"closed on 1 Jan 2026: its record can be read, not changed"):
        operations.schedule(group, "1", starts_at=MeetingFactory().starts_at, by=secretary_of(group))


def test_a_meeting_of_tomorrow_has_not_been_held(clock):
    meeting = MeetingFactory()
    clock("2023-07-11 10:00")
    with pytest.raises(Refused, match="cannot have been held yet"):
        operations.hold(meeting, by=secretary_of(meeting.group))


def test_actions_are_numbered_within_their_meeting():
    meeting = MeetingFactory(number="26", held=True)
    pmo = secretary_of(meeting.group)
    raised = [operations.raise_action(meeting, "Do it", owner="PMO", due_kind="asap", by=pmo) for _ in range(2)]
    code = meeting.group.code
    assert [str(action) for action in raised] == [f"{code}26-01", f"{code}26-02"]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"text": " ", "owner": "PMO", "due_kind": "asap"}, "what is to be done"),
        ({"text": "Do it", "owner": "", "due_kind": "asap"}, "who is to do it"),
        ({"text": "Do it", "owner": "PMO"}, "Give a date"),
    ],
)
def test_an_action_says_what_who_and_by_when(told, reason):
    meeting = MeetingFactory(held=True)
    with pytest.raises(Refused, match=reason):
        operations.raise_action(meeting, by=secretary_of(meeting.group), **told)


def test_deferring_an_item_puts_it_on_the_next_agenda():
    item = AgendaItemFactory(title="DIN log")
    pmo = secretary_of(item.meeting.group)
    following = MeetingFactory(group=item.meeting.group)
    deferred = operations.defer_item(item, to=following, by=pmo)
    assert deferred.deferred_to.meeting == following
    assert deferred.deferred_to.title == "DIN log"


def test_what_is_said_of_an_action_at_a_meeting_is_kept_with_its_date_as_it_then_was():
    meeting = MeetingFactory(held=True)
    action = ActionFactory(group=meeting.group)
    pmo = secretary_of(meeting.group)
    operations.review_action(action, meeting, note="Progress", by=pmo)
    review = operations.review_action(action, meeting, note="Nearly done", by=pmo)
    assert (review.note, action.reviews.count()) == ("Nearly done", 1)
