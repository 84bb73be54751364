"""What follows here when the verb of a lower app runs: who is invited is told how to come in, and who stands in for whom."""

from django.conf import settings

from groups.accounts import AccountMail, invitation_path
from groups.models import Alternate, Appointment, ErasureRequest, Holding, Person, User
from groups.scopes import scopes_in_words
from notifications.models import Notice
from notifications.operations import write_down
from notifications.outbox import tell, tell_address
from records.clock import portal_today
from records.hooks import effects_of


@effects_of("groups.invite")
def tell_who_is_invited(user: User, *, by: User) -> None:
    days = settings.PASSWORD_RESET_TIMEOUT // 86400
    invited = [user.person] if user.person else []
    tell(invited, key=f"invitation-{user.pk}", template="invitation", by=by, path=invitation_path(user), days=days)


@effects_of("groups.account_mail")
def tell_of_the_account(mail: AccountMail) -> None:
    write_down(mail)


@effects_of("groups.name_alternate")
def ask_for_the_approval(alternate: Alternate, *, by: User) -> None:
    """The PMO, who records the constituency's approval."""
    _tell(_the_pmo(), "named", alternate, by=by)


@effects_of("groups.approve_alternate")
def tell_of_the_approval(alternate: Alternate, *, by: User) -> None:
    """The alternate, and the holder they stand in for."""
    has_account = User.objects.filter(person=alternate.person_id).exists()
    _tell([*_holding(alternate), alternate.person], "approved", alternate, by=by, has_account=has_account)


@effects_of("groups.revoke_alternate")
def tell_of_the_revoking(alternate: Alternate, *, by: User, why: str) -> None:
    """The alternate and the holder; where nothing was approved yet, the holder and the PMO, who need not ask any more."""
    others = [alternate.person] if alternate.approved_on else _the_pmo()
    _tell([*_holding(alternate), *others], "revoked", alternate, by=by, why=why)


@effects_of("groups.end_alternate")
def tell_of_the_end(alternate: Alternate, *, by: User, why: str) -> None:
    """The alternate: the holder leaves with it, and is told of that."""
    _tell([alternate.person], "ended", alternate, by=by, why=why)


# --- seats and appointments: whoever is concerned is told, unless the programme file says so, or it is over already


@effects_of("groups.appoint")
def tell_who_is_seated(holding: Holding, *, by: User) -> None:
    if by.person and not _is_over(holding):
        tell(
            [holding.person], key=f"holding-{holding.pk}-taken", template="seat_taken", reference=f"{holding.seat}"[:120], by=by,
            holding=holding, seat=holding.seat, has_account=_has_account(holding.person),
        )  # fmt: skip


@effects_of("groups.end_holding")
def tell_who_leaves(holding: Holding, *, by: User) -> None:
    key = f"holding-{holding.pk}-until-{holding.last_day}"
    tell([holding.person], key=key, template="seat_left", reference=f"{holding.seat}"[:120], by=by, holding=holding, seat=holding.seat)


@effects_of("groups.give_appointment")
def tell_who_is_appointed(appointment: Appointment, *, by: User) -> None:
    tell(
        [appointment.person], key=f"appointment-{appointment.pk}-given", template="appointment_given", reference=f"{appointment}"[:120], by=by, scopes=scopes_in_words([appointment.scope]),
        appointment=appointment, has_account=_has_account(appointment.person),
    )  # fmt: skip


@effects_of("groups.end_appointment")
def tell_whose_appointment_ends(appointment: Appointment, *, by: User, why: str) -> None:
    key = f"appointment-{appointment.pk}-until-{appointment.last_day}"
    tell([appointment.person], key=key, template="appointment_ended", reference=f"{appointment}"[:120], by=by, appointment=appointment, why=why, scopes=scopes_in_words([appointment.scope]))


@effects_of("groups.correct_person")
def tell_who_is_corrected(person: Person, *, before: Person, by: User, why: str) -> None:
    """At both addresses: whoever did not ask for it hears of it where they are."""
    if before.email != person.email:
        _tell_corrected(Person(name=person.name, email=before.email), person, before, by=by, why=why)
    _tell_corrected(person, person, before, by=by, why=why)


def _tell_corrected(reader: Person, now: Person, before: Person, *, by: User, why: str) -> None:
    if reader.email:
        tell_address(
            reader.email, key=f"person-{now.pk}-{now.revision}", template="person_corrected", by=by, now=now, before=before, why=why, person=reader,
            has_account=_has_account(now),
        )  # fmt: skip


@effects_of("groups.ask_for_erasure")
def tell_of_the_request(request: ErasureRequest, *, by: User) -> None:
    tell(_the_pmo(), key=f"erasure-{request.pk}-asked", template="erasure_asked", by=by, request=request)


@effects_of("groups.answer_erasure")
def tell_of_the_answer(request: ErasureRequest, *, by: User) -> None:
    tell([request.person], key=f"erasure-{request.pk}-answered", template="erasure_answered", by=by, request=request)


def _has_account(person: Person) -> bool:
    return User.objects.filter(person=person).exists()


def _is_over(holding: Holding) -> bool:
    return holding.last_day is not None and holding.last_day < portal_today()


def _tell(people: list[Person], what: str, alternate: Alternate, *, by: User, **context) -> list[Notice]:
    seat = alternate.seat
    return tell(
        people, key=f"alternate-{alternate.pk}-{what}", template=f"alternate_{what}", reference=f"{seat}"[:120], by=by,
        alternate=alternate, seat=seat, **context,
    )  # fmt: skip


def _the_pmo() -> list[Person]:
    """The PMO of the whole programme, who runs the membership."""
    serving = Appointment.objects.on(portal_today()).filter(kind=Appointment.Kind.PMO, group=None)
    return list(Person.objects.filter(appointments__in=serving).distinct())


def _holding(alternate: Alternate) -> list[Person]:
    return list(Person.objects.filter(holdings__in=Holding.objects.on(portal_today()).filter(seat=alternate.seat_id)))
