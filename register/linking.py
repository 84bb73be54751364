"""Where references in running text lead: only to what is published."""

from decisions.models import Decision
from meetings.models import Action, Meeting
from records.references import register_kind


def _published_decisions(named: set[str]) -> dict[str, str]:
    return {d.reference: d.get_absolute_url() for d in Decision.objects.published().filter(reference__in=named).only("reference")}


def _published_actions(named: set[str]) -> dict[str, str]:
    actions = Action.objects.published().filter(reference__in=named).only("reference")
    return {a.reference: a.get_absolute_url() for a in actions}


def _published_meetings(named: set[str]) -> dict[str, str]:
    return {m.code: m.get_absolute_url() for m in Meeting.objects.public().filter(code__in=named).only("code")}


def register_kinds() -> None:
    register_kind(r"[A-Z][A-Za-z]+-DEC\d+", _published_decisions)
    register_kind(r"[A-Z][A-Za-z]+\d+(?:\.\d+)?-\d\d+", _published_actions)
    register_kind(r"[A-Z]{2,}\d{3}(?:\.\d+)?", _published_meetings)
