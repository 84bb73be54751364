"""What a group goes by on a day: its own policy, else the programme's."""

import re
from datetime import date, time

from django.db.models import Q

from groups.models import Group, Policy
from records.prepared import PreparedRecords

Key = Policy.Key
TOLD_LATE = 31  # days back to which somebody's time in a seat, or with an appointment, may be ended: news of it comes late

# What holds where nothing is written down: ToR "within 10 working days of the meeting"; the rest are choices.
DEFAULTS = {
    Key.PUBLICATION: "10",
    Key.HEADLINES: "2",
    Key.MINUTES_PLAN: "2, 3, 4, 6, 7",
    Key.PAPERS: "5",
    Key.ASSESSMENT: "10",
    Key.REVIEW: "10",
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


MOST_WORKING_DAYS = 250  # a year


def what_is_wrong_with(key: str, value: str) -> str:
    """Of what somebody wants a group to go by, in a sentence; empty if it can be gone by. Said when it is written down: it is used long after."""
    if key not in DEFAULTS:
        return f"there is no policy of that name; known are {', '.join(DEFAULTS)}."
    usual = DEFAULTS[Key(key)]
    if usual in ("yes", "no"):
        return "" if value in ("yes", "no") else f"“{value}” is neither “yes” nor “no”."
    if key == Key.CLOSING_TIME:
        return "" if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) else f"“{value}” is no time of day, such as “{usual}”."
    days = [int(each) if re.fullmatch(r" ?[0-9]{1,3}", each) else 0 for each in value.split(",")]
    if len(days) != len(usual.split(",")) or not all(0 < each <= MOST_WORKING_DAYS for each in days) or days != sorted(days):
        return f"“{value}” is not as it is counted in working days, such as “{usual}”."
    return ""


_EVERY_ONE = PreparedRecords(lambda: Policy.objects.all())
_OF_A_GROUP = PreparedRecords(lambda group: Policy.objects.filter(Q(group=group) | Q(group=None)), group=-1)


class Policies:
    """Every policy there is, or those that a group could go by, read once and asked many times."""

    def __init__(self, group: Group | None = None):
        rows = _OF_A_GROUP.records(group=group.pk) if group else _EVERY_ONE.records()
        # The programme's first, then by date: of those that fit, the last one counts.
        self._rows = sorted(rows, key=lambda row: (row.group_id is not None, row.since))

    def value(self, group: Group | None, key: Policy.Key, on: date) -> str:
        """The value in force for the group that day."""
        known = (row.value for row in self._rows if row.key == key and row.since <= on and row.group_id in (None, group and group.pk))
        return [DEFAULTS[key], *known][-1]

    def says_yes(self, group: Group | None, key: Policy.Key, on: date) -> bool:
        """Whether a policy that is yes or no is yes that day."""
        return self.value(group, key, on) == "yes"


def policy(group: Group | None, key: Policy.Key, on: date) -> str:
    """The value in force for the group that day. One query."""
    return Policies(group).value(group, key, on)


def says_yes(group: Group | None, key: Policy.Key, on: date) -> bool:
    return policy(group, key, on) == "yes"


def policies(group: Group, on: date) -> dict[str, str]:
    """Every policy in force for the group that day, in one query."""
    known = Policies(group)
    return {key: known.value(group, key, on) for key in DEFAULTS}


def working_days(group: Group | None, key: Policy.Key, on: date) -> int:
    return int(policy(group, key, on))


def closing_time(group: Group | None, on: date) -> time:
    """The time of day, on London's clocks, at which windows close and publications fall due."""
    return time.fromisoformat(policy(group, Key.CLOSING_TIME, on))
