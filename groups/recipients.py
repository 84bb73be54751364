"""Whom to tell, today: who sits in a group's seats, who answers for it, who may vote for a seat. Each person once."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from groups.models import Alternate, Appointment, Group, Holding, Organisation, Person, Seat
from records.clock import portal_today


def people_in(group: Group, *roles: str) -> list[Person]:
    """Who sits in the group's seats of these roles."""
    held = Holding.objects.on(portal_today()).filter(seat__group=group, seat__role__in=roles)
    return list(Person.objects.filter(holdings__in=held).distinct())


def secretariat_of(group: Group) -> list[Person]:
    """The group's secretariat seats, and the PMO of the group or of the programme."""
    pmo = Appointment.objects.on(portal_today()).filter(Q(group=group) | Q(group=None), kind=Appointment.Kind.PMO)
    return _once([*people_in(group, Seat.Role.SECRETARIAT), *Person.objects.filter(appointments__in=pmo).distinct()])


def answering_for(group: Group) -> list[Person]:
    """Its Chair and its secretariat."""
    return _once([*people_in(group, Seat.Role.CHAIR), *secretariat_of(group)])


def sitting_in(seats) -> list[Person]:
    """Who may vote for these seats: holders and approved alternates."""
    today = portal_today()
    held = Holding.objects.on(today).filter(seat__in=seats)
    standing_in = Alternate.objects.standing_in(today).filter(seat__in=seats)
    return _once([*Person.objects.filter(holdings__in=held).distinct(), *Person.objects.filter(alternates__in=standing_in).distinct()])


def sitting_by_seat(seats: Iterable[int]) -> dict[int, list[Person]]:
    """Seat -> its holder and approved alternates. Two queries, however many."""
    seats, today = list(seats), portal_today()
    held = Holding.objects.on(today).filter(seat__in=seats).select_related("person").order_by("pk")
    standing_in = Alternate.objects.standing_in(today).filter(seat__in=seats).select_related("person").order_by("pk")
    people: dict[int, list[Person]] = {}
    for each in (*held, *standing_in):
        people.setdefault(each.seat_id, []).append(each.person)
    return {seat: _once(told) for seat, told in people.items()}


def respondents_of(organisations: Iterable[int]) -> dict[int, list[Person]]:
    """Organisation -> who is appointed to answer for it today. One query, however many."""
    appointed = Appointment.objects.on(portal_today()).filter(kind=Appointment.Kind.RESPONDENT, organisation__in=organisations)
    people: dict[int, list[Person]] = {}
    for each in appointed.select_related("person").order_by("pk"):
        people.setdefault(each.organisation_id, []).append(each.person)  # type: ignore[arg-type]
    return people


def respondents_for(organisation: int) -> list[Person]:
    """Who is appointed to answer for this organisation today."""
    return respondents_of([organisation]).get(organisation, [])


def is_contact(organisation: Organisation, address: str, today: date) -> bool:
    """Whether it is the address of somebody who is with the organisation, or is appointed to answer for it that day."""
    answering = Appointment.objects.on(today).filter(kind=Appointment.Kind.RESPONDENT, organisation=organisation)
    return Person.objects.filter(Q(organisation=organisation) | Q(appointments__in=answering), email__iexact=address.strip()).exists()


def _once(people: Iterable[Person]) -> list[Person]:
    return list({person.pk: person for person in people}.values())
