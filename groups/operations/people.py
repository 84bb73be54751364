"""People: the first secretary, who gets an account, and what somebody is called."""

from django.db.models import Q

from groups.accounts import sign_in_by
from groups.models import Appointment, Person, Seat, User
from groups.operations.addresses import hold_addresses
from groups.rules import (
    refusals_of_person,
    refusals_of_why,
    refusals_to_be_first_secretary,
    refusals_to_correct_person,
    refusals_to_invite,
    refusals_to_run_membership,
)
from groups.standing import Standing
from ledger.operations import seal
from records.clock import portal_now, portal_today
from records.editions import issue
from records.hooks import effects_above
from records.locks import locked
from records.operations import operation
from records.periods import period
from records.rules import require


@operation
def first_secretary(name: str, email: str) -> User:
    """Appoint the portal's first secretary, from whom every other right comes. Refused once there is one."""
    today, installer = portal_today(), User.objects.the_installer()
    require(refusals_to_be_first_secretary(today))
    person = Person.objects.filter(email__iexact=email).first() or Person(name=name, email=email).save_by(installer)
    appointment = Appointment(person=person, kind=Appointment.Kind.PMO, during=period(today)).save_by(
        installer, "the first secretary"
    )
    seal("appointed", appointment, by=installer)
    return _account_for(person, email, by=installer)


@operation
def invite(person: Person, *, email: str = "", by: User) -> User:
    """Give a person an account, and tell them how to choose a password. Rights come from their seats, not from this."""
    require(refusals_to_run_membership(Standing(by, portal_today())))
    return _account_for(person, email, by=by)


def _account_for(person: Person, email: str, *, by: User) -> User:
    hold_addresses(email)
    person = locked(Person.objects).get(pk=person.pk)
    email = email or person.email or ""
    require(refusals_to_invite(person, email))
    if person.email != email:
        person.email = email
        person.save_by(by, "invited")
    user = User.objects.create_user(username=email, email=email, password=None, person=person)
    effects_above("groups.invite", user, by=by)
    return user


@operation
def correct_person(person: Person, *, name: str, email: str, why: str, by: User) -> Person:
    """Say otherwise what somebody is called, or where they are reached. Whoever has an account signs in by the new address."""
    hold_addresses(email)
    person, now = locked(Person.objects).get(pk=person.pk), portal_now()
    require(refusals_to_correct_person(person, Standing.at(by, now), now), refusals_of_person(person, name, email), refusals_of_why(why))
    before = Person(name=person.name, email=person.email)
    person.name, person.email = name.strip(), email or None
    person.save_by(by, why.strip(), at=now)
    if before.email != person.email and (account := User.objects.filter(person=person).first()):
        sign_in_by(account, email)
    effects_above("groups.correct_person", person, before=before, by=by, why=why.strip())
    if before.name != person.name:
        for pk in _seats_naming(person):
            issue("seat", pk, f"The name of {person} was corrected.", by=by, at=now)
    return person


def _seats_naming(person: Person) -> list[int]:
    named = Seat.objects.filter(Q(holdings__person=person) | Q(alternates__person=person))
    return sorted(set(named.values_list("pk", flat=True)))


def known_or_new(name: str, email: str) -> Person:
    """The person with that address, under the name the portal knows; else somebody new, not yet written down."""
    return Person.objects.filter(email__iexact=email.strip()).first() or Person(name=" ".join(name.split()), email=email.strip())
