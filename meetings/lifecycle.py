"""The states of a meeting, its agenda items, its actions and its minutes, and the verbs between them.

Approval and publication are independent: minutes are published any time after circulation, and
approved at a later meeting. So publication is a moment, not a state.
"""

from datetime import timedelta

from django.db.models import TextChoices

from records.lifecycle import Lifecycle, Move

# How much, and how long, at most.
LONGEST_MEETING = timedelta(hours=12)  # what would last longer is a slip of the finger
LONGEST_ITEM = 600  # minutes on the agenda: the same of an item, with time for others
MOST_REPORTS_A_DAY = 3  # of one action, unanswered: whoever has the link in the mail floods nobody
MOST_VERSIONS = 50  # of one paper: each is kept, scanned and cleaned for good


class MeetingStatus(TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


MEETING = Lifecycle(
    "meeting",
    hold=Move({MeetingStatus.PLANNED}, MeetingStatus.HELD),
    cancel=Move({MeetingStatus.PLANNED}, MeetingStatus.CANCELLED),
)


class ItemStatus(TextChoices):
    TABLED = "tabled", "On the agenda"
    DISCUSSED = "discussed", "Discussed"
    DEFERRED = "deferred", "Deferred"
    TAKEN_OFF = "taken_off", "Taken off the agenda"


ITEM = Lifecycle(
    "agenda item",
    discuss=Move({ItemStatus.TABLED, ItemStatus.DEFERRED}, ItemStatus.DISCUSSED),
    defer=Move({ItemStatus.TABLED, ItemStatus.DISCUSSED}, ItemStatus.DEFERRED),
    take_off=Move({ItemStatus.TABLED}, ItemStatus.TAKEN_OFF),
)


class ActionStatus(TextChoices):
    OPEN = "open", "Open"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"
    TAKEN_OFF = "taken_off", "Taken off: raised by mistake"


ACTION = Lifecycle(
    "action",
    complete=Move({ActionStatus.OPEN}, ActionStatus.DONE),
    drop=Move({ActionStatus.OPEN}, ActionStatus.DROPPED),
    take_off=Move({ActionStatus.OPEN}, ActionStatus.TAKEN_OFF),
    reopen=Move({ActionStatus.DONE, ActionStatus.DROPPED}, ActionStatus.OPEN),
)


class MinutesStatus(TextChoices):
    DRAFT = "draft", "Draft"
    SENT = "sent", "Sent to the Chair"
    CLEARED = "cleared", "Cleared by the Chair"
    CIRCULATED = "circulated", "Circulated"
    APPROVED = "approved", "Approved"


MINUTES = Lifecycle(
    "minutes",
    send_to_chair=Move({MinutesStatus.DRAFT}, MinutesStatus.SENT),
    clear=Move({MinutesStatus.SENT}, MinutesStatus.CLEARED),
    send_back=Move({MinutesStatus.SENT, MinutesStatus.CLEARED}, MinutesStatus.DRAFT),
    circulate=Move({MinutesStatus.CLEARED}, MinutesStatus.CIRCULATED),
    approve=Move({MinutesStatus.CIRCULATED}, MinutesStatus.APPROVED),
)


class MinutesStep(TextChoices):
    """The steps of the back-plan, each but the comments done by a verb of the minutes."""

    SEND_TO_CHAIR = "send_to_chair", "the draft goes to the Chair"
    CLEAR = "clear", "the Chair clears it"
    CIRCULATE = "circulate", "the draft goes to the members"
    COMMENT = "comment", "members have commented on it"
    PUBLISH = "publish", "the minutes are published"
