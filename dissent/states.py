"""The life of a concern or referral: what became of it step by step, whose turn it is, and until when. Read-only.

Told from the rows of its history, so that page, register and record agree. What was carried or passed up is part of the
same life. Who in person did what is told to those who may read it on the desk (`names`), and not to the public.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils.text import capfirst

from decisions.models import Decision
from dissent.due import carry_by, say_by
from dissent.lifecycle import ReferralStatus
from dissent.models import Referral
from groups.calendar import Counting
from records.dates import as_day

Kind, Status = Referral.Kind, ReferralStatus
VERBED = {
    Kind.RECOMMENDATION: "Recommended to {to} by {source}",
    Kind.ESCALATION: "Escalated to {to} by {source}",
    Kind.CONCERN: "Raised with {to} by {seat}",
}
STANDS = {True: "The decision stands meanwhile.", False: "The decision does not take effect until this is answered.", None: ""}


@dataclass(frozen=True)
class Step:
    """One thing that happened to it."""

    at: datetime
    title: str
    text: str = ""
    by: str = ""  # in person; empty where that is not told
    note: str = ""


class Turn(NamedTuple):
    """Who is to do something next, what, and by the end of which day (London)."""

    who: str
    what: str
    until: date | None


def the(group) -> str:
    """ "the DAG", but "Ofgem"."""
    return group.code if group.level == 1 else f"the {group.code}"


def told_by(referral: Referral) -> str:
    """Who raised it: "the DNO Representative"."""
    return f"the {referral.raised_by_seat.label}" if referral.raised_by_seat else the(referral.from_group)


def raised_against(decision: Decision) -> list[Referral]:
    """What was raised from a decision, as it was prefetched. Whatever was carried up is of the same decision, and so among these: nothing more is asked."""
    raised = list(decision.referrals.all())
    by_pk = {r.pk: r for r in raised}
    for referral in raised:
        if referral.carried_to_id in by_pk:
            referral.carried_to = by_pk[referral.carried_to_id]
    return raised


def carried(raised: Iterable[Referral]) -> set[int]:
    """The keys of what others were carried up as."""
    return {r.carried_to_id for r in raised if r.carried_to_id}


def histories(referrals: Iterable[Referral]) -> dict[int, list]:
    """The rows of each one's history, oldest first, in one query; in none, if there are none."""
    pks, told = [r.pk for r in referrals], dict[int, list]()
    if not pks:
        return told
    rows = Referral.history.filter(id__in=pks).select_related("owner", "history_user__person")
    for row in rows.order_by("history_date", "history_id"):
        told.setdefault(row.id, []).append(row)
    return told


def life_of(referral: Referral, told: dict[int, list], *, names: bool = False) -> list[Step]:
    """Every step from when it was raised, oldest first; on through what it was carried or passed up as."""
    steps, before = [], None
    for row in told.get(referral.pk, []):
        steps += _steps(referral, row, before, names)
        before = row
    return steps + (life_of(referral.carried_to, told, names=names)[1:] if referral.carried_to else [])


def _steps(referral: Referral, row, before, names: bool) -> list[Step]:
    by = str(row.history_user) if names and row.history_user else ""
    if before is None:
        return [_raised(referral, row, by)]
    steps = []
    if row.owner_id != before.owner_id or row.stands_meanwhile != before.stands_meanwhile:
        who = f"{row.owner} answers for {the(referral.to_group)}" if names and row.owner else f"Taken on by {the(referral.to_group)}"
        steps.append(Step(row.history_date, who, STANDS[row.stands_meanwhile] if referral.kind == Kind.CONCERN else "", by))
    if row.due_on != before.due_on:
        steps.append(Step(row.history_date, f"An answer is due by {as_day(row.due_on)} now", row.history_change_reason or "", by))
    if row.status != before.status:
        steps.append(_moved(referral, row, by))
    return steps


def _raised(referral: Referral, row, by: str) -> Step:
    title = VERBED[Kind(referral.kind)].format(to=the(referral.to_group), source=the(referral.from_group), seat=told_by(referral))
    return Step(row.history_date, title, referral.text, by, _terms(referral))


def _terms(referral: Referral) -> str:
    return f"Rests on: {referral.clause}".rstrip(".") if referral.clause else ""


def _moved(referral: Referral, row, by: str) -> Step:
    to, at = the(referral.to_group), row.history_date
    match Status(row.status):
        case Status.ANSWERED:
            how = f": {referral.answer_in_words[0].lower()}{referral.answer_in_words[1:]}" if referral.answer_outcome else ""
            return Step(at, f"{to[0].upper()}{to[1:]} answered{how}", referral.answer, by)
        case Status.ACCEPTED:
            return Step(at, "The answer satisfies", "", by)
        case Status.NOT_SATISFIED:
            return Step(at, "The answer does not satisfy", referral.not_satisfied_why, by)
        case Status.CARRIED_UP:
            through = f", through the {referral.carrier.label} there" if referral.carrier else ""
            where = f" to {the(referral.carried_to.to_group)}" if referral.carried_to else " up"
            return Step(at, f"Carried{where}{through}", "", by)
        case _:
            return Step(at, "Withdrawn", row.history_change_reason or "", by)


# --- as it stands


def turn_of(referral: Referral, on: date, counting: Counting | None = None) -> Turn | None:
    """Whose turn it is; None where nobody owes anything any more."""
    lies = referral.last
    to, seats = the(lies.to_group), " or ".join(f"the {seat.label}" for seat in lies.seats)
    if lies.status == Status.RAISED:
        if lies.owner:
            return Turn(str(lies.owner), f"answers for {to}", lies.due_on)
        return Turn(capfirst(to), "says who answers, or answers", lies.due_on)
    if lies.kind != Kind.CONCERN:
        return None
    if lies.status == Status.ANSWERED:
        last = say_by(lies, counting)
        return Turn(capfirst(seats), "says whether the answer satisfies", last) if last and on <= last else None
    if lies.status == Status.NOT_SATISFIED and (above := lies.to_group.parent):
        who = "The SRO or the Independent Programme Assurance" if above.level == 1 else f"{seats}, or {to}"
        return Turn(capfirst(who), f"carries it to {the(above)}", carry_by(lies, counting))
    return None


def state_of(referral: Referral) -> tuple[str, str]:
    """Its state in words and the tone of its tag, as it lies now."""
    lies = referral.last
    where = f" by {the(lies.to_group)}" if lies is not referral else ""
    match Status(lies.status):
        case Status.RAISED:
            return (f"Carried to {the(lies.to_group)}", "purple") if where else ("Waiting for an answer", "blue")
        case Status.ANSWERED | Status.ACCEPTED:
            return f"Answered{where}", "green"
        case Status.NOT_SATISFIED:
            return f"Answered{where}, not satisfied", "yellow"
    return "Withdrawn", "grey"
