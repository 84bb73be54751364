"""Who is told what about concerns, and about what is passed between groups."""

from datetime import date

from django.urls import reverse

from dissent.due import answer_in_words, say_by
from dissent.models import ProceduralConcern, Referral
from groups.models import Person, Seat, User
from groups.recipients import answering_for, people_in, secretariat_of, sitting_in
from notifications.models import Notice
from notifications.outbox import tell
from records.templatetags.portal import day
from records.working_days import Working


def procedural_concern(concern: ProceduralConcern, *, by: User) -> list[Notice]:
    """The Chair, who rules on it, and the secretariat."""
    group = concern.decision.group
    return tell(
        answering_for(group), key=f"procedural-{concern.pk}",
        template="procedural_concern", reference=concern.decision.reference, by=by, concern=concern, decision=concern.decision,
    )  # fmt: skip


def ruled(concern: ProceduralConcern, *, by: User) -> list[Notice]:
    """Whoever raised it, and whoever sits in the seat by now."""
    return tell(
        [concern.raised_by, *sitting_in([concern.seat])], key=f"procedural-{concern.pk}-ruled", template="procedural_ruling",
        reference=concern.decision.reference, by=by, concern=concern, decision=concern.decision,
    )  # fmt: skip


def _about(referral: Referral, people, event: str, template: str, *, by: User, **context) -> list[Notice]:
    """One mail each to the people, but to whoever did it. The revision lets the same happen again."""
    others = [person for person in people if person.pk != by.person_id]
    return tell(
        others, key=f"referral-{referral.pk}-{event}-{referral.revision}", template=template, reference=f"referral {referral.pk}", by=by,
        referral=referral, **context,
    )  # fmt: skip


def referred(referral: Referral, *, by: User) -> list[Notice]:
    """Whoever answers for the group it goes to, and who sits in the seat that carries it there."""
    carrying = sitting_in([referral.raised_by_seat]) if referral.raised_by_seat and referral.from_group_id != referral.to_group_id else []
    return _about(referral, [*answering(referral), *carrying], "raised", "referral_raised", by=by)


def answering(referral: Referral) -> list[Person]:
    """The Chair and the secretariat; for a body outside the portal whoever records its answer, and for Ofgem its observers."""
    to, below = referral.to_group, [group for group in referral.groups if group != referral.to_group]
    people = answering_for(to)
    if not people_in(to, Seat.Role.CHAIR):
        people += [person for group in below for person in secretariat_of(group)]
    return [*people, *(person for group in below if to.level == 1 for person in people_in(group, Seat.Role.OBSERVER))]


def concerned(referral: Referral) -> list[Person]:
    """Who put it there: whoever raised it, or raised what it was carried from; who sits in those seats now; who answers for a group that referred it."""
    raised = [r.raised_by for r in (referral, *referral.earlier)]
    groups = {r.from_group for r in (referral, *referral.earlier) if r.from_group_id != r.to_group_id}
    return [*raised, *sitting_in(referral.seats), *(p for group in groups for p in answering_for(group))]


def taken_on(referral: Referral, *, by: User) -> list[Notice]:
    """Who is to answer, and who waits for it."""
    return _about(referral, [referral.owner, *concerned(referral)], "taken-on", "referral_taken_on", by=by)


def answered(referral: Referral, *, by: User) -> list[Notice]:
    return _about(referral, concerned(referral), "answered", "referral_answered", by=by, say_by=say_by(referral))


def not_satisfied(referral: Referral, *, by: User) -> list[Notice]:
    owner = [referral.owner] if referral.owner else []
    return _about(referral, [*owner, *answering(referral)], "not-satisfied", "referral_not_satisfied", by=by)


def withdrawn(referral: Referral, why: str, *, by: User) -> list[Notice]:
    owner = [referral.owner] if referral.owner else []
    return _about(referral, [*owner, *answering(referral)], "withdrawn", "referral_withdrawn", by=by, why=why)


def answer_moved(referral: Referral, before: date, working: Working, why: str, *, by: User) -> list[Notice]:
    """Whoever is to answer, and whoever waits for it: the seats that raised or carried it among them."""
    owner = [referral.owner] if referral.owner else []
    return tell(
        [*owner, *answering(referral), *concerned(referral)], key=f"referral-{referral.pk}-moved-{working.end}", template="deadline_moved",
        reference=f"referral {referral.pk}", by=by, group=referral.to_group, what=answer_in_words(referral), due=day(referral.due_on),
        before=before, working=working, why=why, url=reverse("dissent:referral", args=[referral.pk]),
        because="are to answer, or wait for the answer with your seat or group",
    )  # fmt: skip
