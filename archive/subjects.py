"""What a decision in published minutes settles, as Settlement rows: subjects, versions and outcomes as printed."""

import re

from decisions.models import Outcome, Settlement
from decisions.subjects import Subject
from minutes_reader import Decision as ReadDecision
from minutes_reader import Reading

OUTCOMES = {
    "approved": Outcome.APPROVED,
    "baselined": Outcome.BASELINED,
    "rejected": Outcome.REJECTED,
    "issued to Impact Assessment": Outcome.ISSUED,
    "withdrawn": Outcome.WITHDRAWN,
    "deferred": Outcome.DEFERRED,
}
Kind = Settlement.SubjectKind


def subjects_of(decision: ReadDecision, reading: Reading) -> list[Subject]:
    """Every change request and document the decision names; the minutes it approves. Empty where nothing can be told apart."""
    conditions = conditions_in(decision.text)
    found = [
        Subject(
            Kind.CHANGE_REQUEST, cr.cr, _outcome(cr.outcome, conditions, decision, reading), title_of(cr.cr, decision.text),
            cr.version or Settlement.NOT_STATED, conditions if cr.outcome == "approved" else "",
        )
        for cr in decision.crs
    ]  # fmt: skip
    found += [
        Subject(Kind.ARTEFACT, d.name, OUTCOMES.get(d.outcome, Outcome.NOTED), version=d.version or Settlement.NOT_STATED)
        for d in decision.documents
    ]
    if not found and re.search(r"\bminutes\b", decision.text, re.I) and _plainly_approved(decision.text):
        found = [Subject(Kind.MINUTES, "Minutes", Outcome.APPROVED)]
    return found


def _plainly_approved(text: str) -> bool:
    return bool(re.search(r"\bapproved\b", text, re.I)) and not re.search(r"\bnot\s+(?:yet\s+)?approved\b", text, re.I)


def _outcome(said: str, conditions: str, decision: ReadDecision, reading: Reading) -> str:
    if said == "approved" and conditions:
        return Outcome.APPROVED_SUBJECT_TO
    if said == "rejected" and _excluded_by_another(decision, reading):
        return Outcome.REJECTED_AS_EXCLUDED
    return OUTCOMES.get(said, Outcome.NOTED)


def _excluded_by_another(decision: ReadDecision, reading: Reading) -> bool:
    """The minutes say so themselves: another of its change requests is approved, and the two exclude each other."""
    if "approved" not in {cr.outcome for cr in decision.crs}:
        return False
    item = next((i for i in reading.items if i.number == decision.item_number), None)
    told = [decision.text, *(b.text for b in item.blocks if b.kind == "post_meeting_update")] if item else [decision.text]
    return any(re.search(r"mutually exclusive|exclud", text, re.I) for text in told)


def conditions_in(text: str) -> str:
    """What follows "subject to", up to a bracketed title at the end."""
    found = re.search(r"\bsubject to\s+(.+)$", text, re.I | re.S)
    return re.sub(r"\s*\([^()]*(?:\([^()]*\)[^()]*)*\)\s*$", "", found[1]).strip(" .") if found else ""


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
