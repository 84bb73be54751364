"""What a decision in published minutes settles, as Settlement rows: subjects, versions and outcomes as printed."""

import re

from decisions.models import AS_WORDED, Outcome, Settlement
from decisions.subjects import Subject
from minutes_reader import ChangeRequestOutcome, DocumentOutcome, Reading
from minutes_reader import Decision as ReadDecision

OUTCOMES: dict[str, str] = {
    "approved": Outcome.APPROVED,
    "baselined": Outcome.BASELINED,
    "rejected": Outcome.REJECTED,
    "issued to Impact Assessment": Outcome.ISSUED,
    "withdrawn": Outcome.WITHDRAWN,
    "deferred": Outcome.DEFERRED,
}
Kind = Settlement.SubjectKind


def subjects_of(decision: ReadDecision, reading: Reading) -> list[Subject]:
    """Every change request and document the decision names; the minutes it approves. Empty where nothing can be told apart.

    What the reader does not know for an outcome stays as it is worded: it is no outcome that anybody might take it for.
    """
    found = [
        Subject(
            Kind.CHANGE_REQUEST, cr.cr, _outcome(cr, decision, reading), title_of(cr.cr, decision.text),
            cr.version or Settlement.NOT_STATED, cr.condition,
        )
        for cr in decision.crs
    ]  # fmt: skip
    found += [
        Subject(Kind.ARTEFACT, d.name, _plainly(d), version=d.version or Settlement.NOT_STATED, conditions=d.condition)
        for d in decision.documents
    ]
    if not found and decision.minutes:
        found = [Subject(Kind.MINUTES, "Minutes", _plainly(decision.minutes), conditions=decision.minutes.condition)]
    return found


def _plainly(said: ChangeRequestOutcome | DocumentOutcome) -> str:
    if said.outcome == "approved" and said.condition:
        return Outcome.APPROVED_SUBJECT_TO
    return OUTCOMES.get(said.outcome, AS_WORDED)


def _outcome(said: ChangeRequestOutcome, decision: ReadDecision, reading: Reading) -> str:
    if said.outcome == "rejected" and _excluded_by_another(decision, reading):
        return Outcome.REJECTED_AS_EXCLUDED
    return _plainly(said)


def _excluded_by_another(decision: ReadDecision, reading: Reading) -> bool:
    """The minutes say so themselves: another of its change requests is approved, and the two exclude each other."""
    if "approved" not in {cr.outcome for cr in decision.crs}:
        return False
    item = next((i for i in reading.items if i.number == decision.item_number), None)
    told = [decision.text, *(b.text for b in item.blocks if b.kind == "post_meeting_update")] if item else [decision.text]
    return any(re.search(r"mutually exclusive|exclud", text, re.I) for text in told)


def title_of(ref: str, text: str) -> str:
    """The title printed in brackets right after the reference and its version: CR018 version 1.8 (Registration …)."""
    start = re.search(re.escape(ref) + r"(?:\s+v(?:ersion)?\s*[\d.]+)?\s*\(", text, re.I)
    if not start:
        return ""
    depth = 1
    for n, letter in enumerate(text[start.end() :]):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return text[start.end() : start.end() + n].strip()
    return ""
