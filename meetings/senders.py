"""From whom a draft may come back: the secretariat and the Chair until it has gone to the members, then whoever sits for a seat."""

from groups.models import Person, Seat
from groups.recipients import sitting_by_seat
from meetings.lifecycle import MinutesStatus
from meetings.models import Minutes
from records.clock import portal_today


def senders_of(minutes: Minutes) -> list[tuple[Seat, Person]]:
    seats = Seat.objects.on(portal_today()).filter(group=minutes.meeting.group)
    if minutes.status not in (MinutesStatus.CIRCULATED, MinutesStatus.APPROVED):
        seats = seats.filter(role__in=(Seat.Role.CHAIR, Seat.Role.SECRETARIAT))
    found = list(seats.order_by("order", "pk"))
    sitting = sitting_by_seat(seat.pk for seat in found)
    return [(seat, person) for seat in found for person in sitting.get(seat.pk, [])]
