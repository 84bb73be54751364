"""What is listed, by which filters, and what the files of each list hold."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from decisions.models import Outcome
from records.references import key_of
from register.listing import GROUP, WORDS, YEAR, Choices, Filter, Listing
from register.models import Shelf


def _address(row: Shelf) -> str:
    return settings.PORTAL_BASE_URL + row.address


def _facet(name: str):
    return lambda row: row.facets.get(name)


def _having(**facets: Any) -> Q:
    return Q(facets__contains=facets)


def _outcomes(noun: str) -> Choices:
    return [(value, label) for value, label in Outcome.choices]


DECISIONS = Listing(
    "decision", "decision", "decisions",
    filters=(
        WORDS, GROUP, YEAR,
        Filter("outcome", "Outcome", lambda rows, value: rows.filter(_having(outcomes=[value])), _outcomes, "All outcomes"),
        Filter("about", "About", lambda rows, value: rows.filter(_having(subjects=[key_of(value)])), hint="A change request or document, such as CR018"),
        Filter("against", "Against the balance of advice", lambda rows, _: rows.filter(_having(against=True)), tick=True),
    ),
    columns=(
        ("reference", lambda row: row.reference), ("decided_on", lambda row: row.sort_on), ("group", lambda row: row.group),
        ("meeting", _facet("meeting")), ("title", lambda row: row.title), ("sentence", lambda row: row.summary),
        ("outcomes", lambda row: [f"{each['subject']}: {each['words']}" for each in row.facets["settlements"]]),
        ("against_advice", _facet("against")), ("state", lambda row: row.state_now), ("address", _address),
    ),
)  # fmt: skip


MEETING_STATES = {"planned": "To come", "held": "Held, minutes awaited", "published": "Minutes published", "cancelled": "Cancelled"}


def _in_state(rows: QuerySet, state: str) -> QuerySet:
    return rows.filter(state_now=state)


MEETINGS = Listing(
    "meeting", "meeting", "meetings",
    filters=(WORDS, GROUP, YEAR, Filter("state", "State", _in_state, lambda _: list(MEETING_STATES.items()), "All")),
    columns=(
        ("reference", lambda row: row.reference), ("held_on", lambda row: row.sort_on), ("group", lambda row: row.group), ("title", lambda row: row.title),
        ("venue", lambda row: row.summary), ("state", lambda row: row.state_now), ("published_in_time", _facet("kept")), ("address", _address),
    ),
)  # fmt: skip


ACTION_STATES = {"open": "Open", "overdue": "Overdue", "closed": "Done or dropped"}


def _as_it_stands(rows: QuerySet, state: str) -> QuerySet:
    """An overdue one is open, too."""
    if state == "closed":
        return rows.exclude(state_now__in=("open", "overdue"))
    return rows.filter(state_now__in=("open", "overdue") if state == "open" else ("overdue",))


ACTIONS = Listing(
    "action", "action", "actions",
    filters=(
        WORDS, Filter("state", "State", _as_it_stands, lambda _: list(ACTION_STATES.items()), "All"), GROUP, YEAR,
    ),
    columns=(
        ("reference", lambda row: row.reference), ("raised_on", lambda row: row.sort_on), ("group", lambda row: row.group), ("meeting", _facet("meeting")),
        ("action", lambda row: row.title), ("owner", lambda row: row.summary), ("due", _facet("due")), ("due_on", _facet("due_on")),
        ("state", lambda row: row.state_now), ("as_reported_on", _facet("as_reported_on")), ("closed_on", _facet("closed_on")), ("address", _address),
    ),
)  # fmt: skip


GROUPS = Listing(
    "group", "group", "groups",
    filters=(WORDS,),
    columns=(
        ("reference", lambda row: row.reference), ("name", lambda row: row.title), ("level", _facet("level")), ("reports_to", _facet("parent")),
        ("purpose", lambda row: row.summary), ("fictional", _facet("fictional")), ("closed_on", _facet("closed_on")), ("address", _address),
    ),
)  # fmt: skip
