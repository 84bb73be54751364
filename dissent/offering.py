"""What other groups and seats have asked of a group, and could go on its agenda: recommendations, escalations and concerns that are not answered yet."""

from collections import Counter
from collections.abc import Iterator

from dissent.lifecycle import ReferralStatus
from dissent.models import Referral
from meetings.models import AgendaItem, Meeting
from meetings.tabling import Tableable, reached
from records.clock import london_date
from records.dates import as_day

SOURCE = "referral:"  # what an item is tabled from, then the referral's key


def to_be_answered(meeting: Meeting) -> Iterator[Tableable]:
    """Raised by the day of the meeting, and on no agenda yet. An agenda is public and what is asked may not be: the title says from whom, and of which day."""
    rows = Referral.objects.filter(to_group=meeting.group, status=ReferralStatus.RAISED, carried_to=None).select_related("from_group", "origin_decision")
    there, called = reached(meeting.group, SOURCE), Counter[str]()
    for each in rows.order_by("raised_at", "pk"):
        title = _title(each)
        called[title] += 1
        key = f"{SOURCE}{each.pk}"
        if key not in there and london_date(each.raised_at) <= meeting.held_on:
            again = f" ({called[title]})" if called[title] > 1 else ""
            yield Tableable(key, f"{title}{again}", _why(each), AgendaItem.Purpose.DECISION)


def _title(referral: Referral) -> str:
    day = as_day(london_date(referral.raised_at))
    decision = referral.origin_decision
    if referral.kind == Referral.Kind.CONCERN and decision and decision.published_at:
        return f"A concern with {decision}, of {day}"
    if referral.kind == Referral.Kind.CONCERN:
        return f"A concern with a decision, of {day}"
    return f"{referral.get_kind_display()} from {referral.from_group}, of {day}"


def _why(referral: Referral) -> str:
    return f"Not answered yet, due by {as_day(referral.due_on)}" if referral.due_on else "Not answered yet"
