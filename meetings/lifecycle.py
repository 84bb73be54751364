"""The states of a meeting, its agenda items, its actions and its minutes, and the verbs between them.

Approval and publication are independent: minutes are published any time after circulation, and
approved at a later meeting. So publication is a moment, not a state.
"""

from django.db.models import TextChoices

from records.lifecycle import Lifecycle, Move


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
    CLEARED = "cleared", "Cleared by the Chair"
    CIRCULATED = "circulated", "Circulated"
    APPROVED = "approved", "Approved"


MINUTES = Lifecycle(
    "minutes",
    clear=Move({MinutesStatus.DRAFT}, MinutesStatus.CLEARED),
    send_back=Move({MinutesStatus.CLEARED}, MinutesStatus.DRAFT),
    circulate=Move({MinutesStatus.CLEARED}, MinutesStatus.CIRCULATED),
    approve=Move({MinutesStatus.CIRCULATED}, MinutesStatus.APPROVED),
)
