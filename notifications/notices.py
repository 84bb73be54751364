"""Who is told the head of the ledger."""

from datetime import date, datetime

from django.db.models import Q

from groups.models import Appointment, Holding, Person, Seat, User
from ledger.heads import Head
from ledger.models import Check
from notifications.models import Notice
from notifications.outbox import tell
from records.clock import london_date

WATCHING = (Seat.Role.OBSERVER, Seat.Role.ASSURANCE, Seat.Role.SECRETARIAT)
APPOINTED = (Appointment.Kind.ASSURANCE, Appointment.Kind.PMO)


def watchers(today: date) -> list[Person]:
    """Ofgem, the IPA and the PMO: whoever sits for them in a group that is not closed, or is appointed to. Each once."""
    holdings = Holding.objects.on(today).filter(_still_there("seat__group", today), seat__role__in=WATCHING, seat__during__contains=today)
    appointments = Appointment.objects.on(today).filter(Q(group=None) | _still_there("group", today), kind__in=APPOINTED)
    return list(Person.objects.filter(Q(holdings__in=holdings) | Q(appointments__in=appointments)).distinct())


def _still_there(group: str, today: date) -> Q:
    return Q(**{f"{group}__closed_on": None}) | Q(**{f"{group}__closed_on__gt": today})


def daily_head(day: date, head: Head, published_at: datetime, *, by: User) -> list[Notice]:
    """One a day at most: the key carries the day."""
    return tell(
        watchers(london_date(published_at)), key=f"head-{day}", template="daily_head", reference=f"entry {head.seq}", by=by,
        day=day, head=head, published_at=published_at, check=Check.last_of(Check.What.LEDGER),
    )  # fmt: skip
