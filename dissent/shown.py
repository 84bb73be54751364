"""What the pages of concerns and referrals show to whom. Read-only."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from decisions.models import Decision, Delegation
from decisions.rules.delegations import refusals_to_delegate
from dissent.models import ProceduralConcern, Referral
from dissent.rules.referrals import kinds_for, may_read, records_for, speaks_for
from dissent.states import STANDS, Step, Turn, histories, life_of, state_of, the, told_by, turn_of
from groups.models import Group, Seat
from groups.standing import Standing
from records.clock import LONDON
from records.templatetags.portal import day, moment
from records.verbs import offers


def chain_of(referral: Referral) -> list[Referral]:
    """It, what it was carried or passed up from, and what it was carried or passed up as."""
    found = [*referral.earlier, referral]
    while found[-1].carried_to:
        found.append(found[-1].carried_to)
    return found


def referral_page(referral: Referral, standing: Standing, now: datetime) -> dict:
    chain = chain_of(referral)
    lies, counting = chain[-1], standing.counting
    words, tone = state_of(referral)
    return {
        "referral": referral,
        "the_group": the(referral.to_group),
        "told_by": told_by(chain[0]),
        "state": {"label": words, "tone": tone},
        "turn": turn_in_words(turn_of(referral, standing.on, counting), standing),
        "stands": STANDS[lies.stands_meanwhile] if lies.kind == Referral.Kind.CONCERN and lies.is_open else "",
        "steps": timeline(life_of(chain[0], histories(chain), names=True)),
        "offers": offers(referral, standing, now),
        "elsewhere": [other for other in chain if other.pk != referral.pk and may_read(other, standing)],
        "records": records_for(referral, standing),
        "about": decision_link(referral.origin_decision, standing),
        "parent": _above(referral, standing),
        "answered_with": decision_link(referral.answer_decision, standing),
    }


def _above(referral: Referral, standing: Standing) -> dict:
    """Where one goes back to: the concerns of one's own seats, or the referrals of the group in which one has a place."""
    if speaks_for(referral, standing):
        return {"url": reverse("dissent:concerns"), "label": "My concerns"}
    group = next(group for group in (referral.to_group, *referral.groups) if standing.belongs_to(group))
    return {"url": reverse("dissent:referrals", args=[group.code]), "label": f"Referrals of {group}"}


def decision_link(decision: Decision | None, standing: Standing) -> dict | None:
    """A decision by name; linked to the desk of its group for those in it, to the register for others once it is public."""
    if decision is None:
        return None
    url = decision.get_absolute_url() if decision.published_at else ""
    if standing.belongs_to(decision.group):
        url = reverse("decisions:decision", args=[decision.pk])
    return {"text": f"{decision}: {decision.title}", "url": url}


def timeline(steps: Iterable[Step]) -> list[dict]:
    """For components/timeline.html: the last step is the current one."""
    told = [
        {"date": " ".join(filter(None, [f"{moment(step.at)}", f"by {step.by}" if step.by else ""])), "title": step.title, "text": step.text, "note": step.note}
        for step in steps
    ]
    return [*told[:-1], *[last | {"current": True} for last in told[-1:]]]


def turn_in_words(turn: Turn | None, standing: Standing) -> dict | None:
    """ "The DAG says who answers, or answers", "Wed 26 Jul 2023", "3 working days left"."""
    if turn is None:
        return None
    left = standing.counting.days.between(standing.on, turn.until) if turn.until else None
    return {"who": turn.who, "what": turn.what, "until": turn.until, "left": left, "overdue": left is not None and left < 0, "days": abs(left or 0)}


# --- the person's own


def concerns_page(standing: Standing, now: datetime) -> dict:
    """What the person's seats raised, about procedure and with decisions; what was carried up is told with what it came from."""
    seats = Seat.objects.filter(pk__in=standing.voting_seat_ids).select_related("group").order_by("group", "order")
    procedural = ProceduralConcern.objects.filter(seat__in=seats).select_related("seat__group", "decision__group", "ruling").order_by("-pk")
    raised = _referrals().filter(kind=Referral.Kind.CONCERN, raised_by_seat__in=seats)
    mine = list(raised)
    told_elsewhere = {concern.carried_to_id for concern in mine}
    return {
        "seats": list(seats),
        "groups": groups_of(standing),
        "concerns": [_concern(c, standing, now) for c in mine if c.pk not in told_elsewhere],
        "procedural": [{"concern": c, "about": decision_link(c.decision, standing)} for c in procedural],
    }


def groups_of(standing: Standing) -> list[Group]:
    """The groups whose referrals the person may read."""
    return list(Group.objects.all() if standing.reads_everywhere else Group.objects.filter(pk__in=standing.readable_group_ids))


def _concern(concern: Referral, standing: Standing, now: datetime) -> dict:
    chain = chain_of(concern)
    return _row(concern, standing) | {
        "about": decision_link(concern.origin_decision, standing),
        "answers": [{"who": the(link.to_group), "text": link.answer, "on": link.answered_at.astimezone(LONDON).date()} for link in chain if link.answered_at],
        "offers": [offer for link in chain for offer in offers(link, standing, now)],
        "stands": STANDS[chain[-1].stands_meanwhile] if chain[-1].is_open else "",
    }


# --- a group's


def group_page(group: Group, standing: Standing, now: datetime) -> dict:
    delegated = Delegation.objects.filter(Q(to_group=group) | Q(from_group=group)).select_related("from_group", "to_group")
    came, went = _referrals().filter(to_group=group), _referrals().filter(from_group=group).exclude(to_group=group)
    return {
        "group": group,
        "came": [_row(r, standing) for r in came],
        "went": [_row(r, standing) for r in went],
        "may_refer": bool(kinds_for(group, standing)),
        "may_delegate": not any(refusals_to_delegate(group, standing, now)),
        "delegations": [{"delegation": d, "label": d.state_on(standing.on)[0], "tone": d.state_on(standing.on)[1]} for d in delegated],
    }


def _referrals() -> QuerySet:
    return Referral.objects.select_related(
        "from_group", "to_group__parent", "raised_by_seat", "owner", "origin_decision__group", "carrier",
        "carried_to__to_group__parent", "carried_to__raised_by_seat", "carried_to__owner", "carried_to__carried_to",
    ).with_what_it_came_from().order_by("-pk")  # fmt: skip


def _row(referral: Referral, standing: Standing) -> dict:
    words, tone = state_of(referral)
    return {
        "referral": referral,
        "told_by": told_by(referral),
        "to": the(referral.to_group),
        "state": {"label": words, "tone": tone},
        "turn": turn_in_words(turn_of(referral, standing.on, standing.counting), standing),
        "raised": day(referral.raised_at),
        "open": referral.is_open,
    }
