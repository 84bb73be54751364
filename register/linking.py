"""Where references in running text lead: only to what is published."""

from django.db.models import CharField, F, Value
from django.urls import reverse

from decisions.models import Decision
from meetings.models import Action, Meeting
from records.references import register_kind

REFERENCE = r"[A-Z][A-Za-z]+-DEC\d+|[A-Z][A-Za-z]+\d+(?:\.\d+)?-\d\d+|[A-Z]{2,}\d{3}(?:\.\d+)?"


def published(named: set[str]) -> dict[str, str]:
    """The addresses of those decisions, actions and meetings that anyone may see, in one query."""
    decisions = _found(Decision.objects.published().filter(reference__in=named), "decision", "reference")
    actions = _found(Action.objects.published().filter(reference__in=named), "action", "reference")
    meetings = _found(Meeting.objects.public().filter(code__in=named), "meeting", "code")
    return {ref: _address(kind, ref) for kind, ref in decisions.union(actions, meetings, all=True)}


def _found(queryset, kind: str, field: str):
    return queryset.order_by().values_list(Value(kind, CharField()), F(field))


def _address(kind: str, ref: str) -> str:
    if kind == "action":
        return f"{reverse('register:actions')}#{ref}"
    return reverse(f"register:{kind}", args=[ref])


def register_kinds() -> None:
    register_kind(REFERENCE, published)
