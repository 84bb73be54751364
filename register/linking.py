"""Where references in running text lead: only to what stands on the shelf."""

from records.references import register_kind
from register.models import Shelf

REFERENCE = r"[A-Z][A-Za-z]+-[A-Z]{1,8}\d+(?:\.\d+)*|[A-Z][A-Za-z]+\d+(?:\.\d+)?-\d\d+|[A-Z]{2,}\d{3}(?:\.\d+)?"


def published(named: set[str]) -> dict[str, str]:
    """The addresses of those decisions, actions, meetings, change requests and releases that anyone may see, in one query."""
    return dict(Shelf.objects.filter(reference__in=named, noun__in=("decision", "action", "meeting", "change_request", "release")).values_list("reference", "address"))


def register_kinds() -> None:
    register_kind(REFERENCE, published)
