"""What follows here when the verb of a lower app runs: who is invited is told how to come in, and who stands in for whom."""

from django.conf import settings

from groups.accounts import invitation_path
from groups.models import Alternate, Appointment, Holding, Person, User
from notifications.models import Notice
from notifications.outbox import tell
from records.clock import portal_today
from records.hooks import effects_of


@effects_of("groups.invite")
def tell_who_is_invited(user: User, *, by: User) -> None:
    days = settings.PASSWORD_RESET_TIMEOUT // 86400
    invited = [user.person] if user.person else []
    tell(invited, key=f"invitation-{user.pk}", template="invitation", by=by, path=invitation_path(user), days=days)


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
