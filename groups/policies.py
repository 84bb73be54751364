"""What a group goes by on a day: its own policy, else the programme's."""

from datetime import date, time

from django.db.models import F, Q

from groups.models import Group, Policy

Key = Policy.Key

# What holds where nothing is written down: ToR "within 10 working days of the meeting"; the rest are choices.
DEFAULTS = {
    Key.PUBLICATION: "10",
    Key.PAPERS: "5",
    Key.ASSESSMENT: "10",
    Key.CLOSING_TIME: "17:00",
    Key.REASON_FOR_REJECTING: "no",
    Key.TALLY_HIDDEN: "no",
    Key.WINDOW: "5",
    Key.DISPUTE: "2",
    Key.CONCERN: "10",
    Key.ALTERNATES: "yes",
    Key.HOLDER_YIELDS: "no",
    Key.CHAIR_VOTES: "no",
}


def policy(group: Group | None, key: Policy.Key, on: date) -> str:
    """The value in force for the group that day."""
    rows = Policy.objects.filter(Q(group=group) | Q(group=None), key=key, since__lte=on)
    row = rows.order_by(F("group").asc(nulls_last=True), "-since").first()
    return row.value if row else DEFAULTS[key]


def says_yes(group: Group | None, key: Policy.Key, on: date) -> bool:
    """Whether a policy that is yes or no is yes that day."""
    return policy(group, key, on) == "yes"


def policies(group: Group, on: date) -> dict[str, str]:
    """Every policy in force for the group that day, in one query."""
    rows = Policy.objects.filter(Q(group=group) | Q(group=None), since__lte=on).order_by(F("group").asc(nulls_first=True), "since")
    return DEFAULTS | {row.key: row.value for row in rows}


def working_days(group: Group | None, key: Policy.Key, on: date) -> int:
    return int(policy(group, key, on))


def closing_time(group: Group | None, on: date) -> time:
    """The time of day, on London's clocks, at which windows close and publications fall due."""
    return time.fromisoformat(policy(group, Key.CLOSING_TIME, on))
