"""What can be done about who sits where and who stands in for whom: buttons, and what waits on the desk of the PMO."""


from django.db.models import QuerySet
from django.urls import reverse

from groups import operations
from groups.models import Alternate, Appointment, ErasureRequest, Group, Holding, Person, Seat, User
from groups.rules import (
    alternates_to_approve,
    refusals_to_approve_alternate,
    refusals_to_bring_in_members,
    refusals_to_correct_person,
    refusals_to_end_appointment,
    refusals_to_end_now,
    refusals_to_give_appointment,
    refusals_to_invite_alternate,
    refusals_to_invite_person,
    refusals_to_revoke_alternate,
    refusals_to_seat,
)
from groups.rules.erasure import refusals_to_answer_erasure
from groups.standing import Standing
from records.together import together
from records.verbs import Verb, register

THE_PROGRAMME = Group(code="MHHS", name="The whole programme")  # whose business it is, where it is no one group's


def _seat(alternate: Alternate) -> str:
    return reverse("groups:seat", args=[alternate.seat_id])


def _find(pk: int, standing: Standing) -> Alternate | None:
    found = Alternate.objects.select_related("seat__group", "person").filter(pk=pk).first()
    return found if found and standing.belongs_to(found.seat.group) else None


def _invite(alternate: Alternate, *, by: User) -> User:
    return operations.invite(alternate.person, by=by)


@together
def _asked_to_erase(standing: Standing) -> QuerySet[ErasureRequest] | None:
    return ErasureRequest.objects.filter(answered_at=None).select_related("person").order_by("asked_at") if standing.is_pmo else None


@together
def _waiting(standing: Standing) -> QuerySet[Alternate] | None:
    return alternates_to_approve(standing) if standing.is_pmo else None


def _person_page(person: Person) -> str:
    return reverse("groups:person", args=[person.pk])


def _find_person(pk: int, standing: Standing) -> Person | None:
    return Person.objects.filter(pk=pk).first() if standing.is_pmo else None


def _after_inviting(person: Person) -> list[str]:
    return [
        f"{person} is sent an invitation to {person.email} with the next post, in a few minutes. By its link they choose a password.",
        "An account gives no right by itself: what somebody may do comes from their seats and appointments, day by day.",
    ]


def _invite_person(person: Person, *, by: User) -> User:
    return operations.invite(person, by=by)


register(
    Verb(
        name="groups.approve_alternate", of=Alternate, rule=refusals_to_approve_alternate, label="Record the approval", waits=_waiting,
        group=lambda alternate: alternate.seat.group, at=lambda alternate: reverse("groups:approve_alternate", args=[alternate.pk]),
        title=lambda alternate: f"Record the approval of {alternate.person} as alternate for {alternate.seat.label}",
    ),
    Verb(
        name="groups.invite_alternate", of=Alternate, rule=refusals_to_invite_alternate, label="Send an invitation", at=_seat, look="secondary",
        act=_invite, find=_find, done=lambda alternate: f"An invitation goes to {alternate.person.email} with the next post, in a few minutes.",
    ),
    Verb(
        name="groups.revoke_alternate", of=Alternate, rule=refusals_to_revoke_alternate, label="Revoke", look="link",
        at=lambda alternate: reverse("groups:revoke_alternate", args=[alternate.pk]),
    ),
    Verb(
        name="groups.seat", of=Seat, rule=refusals_to_seat, label="Seat somebody", at=lambda seat: reverse("groups:seat_somebody", args=[seat.pk]), look="secondary",
    ),
    Verb(
        name="groups.end_holding", of=Holding, rule=refusals_to_end_now, label="End it", look="link", group=lambda holding: holding.seat.group,
        at=lambda holding: reverse("groups:end_holding", args=[holding.pk]),
    ),
    Verb(
        name="groups.give_appointment", of=Group, rule=refusals_to_give_appointment, label="Appoint somebody", look="secondary", group=lambda group: group,
        at=lambda group: reverse("groups:give_appointment", args=[group.code]),
    ),
    Verb(
        name="groups.bring_in_members", of=Group, rule=refusals_to_bring_in_members, label="Bring in a membership list", look="link", group=lambda group: group,
        at=lambda group: reverse("groups:bring_in_members", args=[group.code]),
    ),
    Verb(
        name="groups.end_appointment", of=Appointment, rule=refusals_to_end_appointment, label="End it", look="link",
        at=lambda appointment: reverse("groups:end_appointment", args=[appointment.pk]),
    ),
    Verb(
        name="groups.invite_person", of=Person, rule=refusals_to_invite_person, label="Send an invitation", at=_person_page, look="secondary",
        act=_invite_person, find=_find_person, confirms=_after_inviting,
        done=lambda person: f"An invitation goes to {person.email} with the next post, in a few minutes.",
        then=lambda user: _person_page(user.person),
    ),
    Verb(
        name="groups.correct_person", of=Person, rule=refusals_to_correct_person, label="Correct the name or address", look="link",
        at=lambda person: reverse("groups:correct_person", args=[person.pk]),
    ),
    Verb(
        name="groups.answer_erasure", of=ErasureRequest, rule=refusals_to_answer_erasure, label="Answer", waits=_asked_to_erase, group=lambda request: THE_PROGRAMME,
        at=lambda request: reverse("groups:answer_erasure", args=[request.pk]), title=lambda request: f"Answer {request.person}, who asks to have something erased",
    ),
)  # fmt: skip
