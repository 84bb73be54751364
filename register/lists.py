"""What is listed, by which filters, and what the files of each list hold."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from artefacts.models import Phase
from artefacts.states import CODES as ARTEFACT_STATES
from artefacts.states import RELEASE_CODES as RELEASE_STATES
from change_requests.models import Category
from change_requests.states import CODES as CHANGE_REQUEST_STATES
from decisions.models import SETTLED
from groups.models import Constituency
from records.references import key_of, keys_in
from register.listing import GROUP, WORDS, YEAR, Choices, Filter, Listing, Narrow
from register.models import Shelf
from register.shown import owners_shown


def _address(row: Shelf) -> str:
    return settings.PORTAL_BASE_URL + row.address


def _facet(name: str):
    return lambda row: row.facets.get(name)


def _having(**facets: Any) -> Q:
    return Q(facets__contains=facets)


def _naming(facet: str) -> Narrow:
    """What names this, however it is written: as a whole, by a reference in it, or by the name of the artefact that goes by it."""

    def narrow(rows: QuerySet, value: str) -> QuerySet:
        names = Shelf.objects.of("artefact").filter(key=key_of(value)).values_list("facets__name", flat=True)[:3]
        named = Q()
        for key in {key_of(value), *keys_in(value), *(key_of(name) for name in names if name)}:
            named |= _having(**{facet: [key]})
        return rows.filter(named)

    return narrow


def _outcomes(noun: str) -> Choices:
    return [(value, label) for value, label in SETTLED]


DECISIONS = Listing(
    "decision", "decision", "decisions",
    filters=(
        WORDS, GROUP, YEAR,
        Filter("outcome", "Outcome", lambda rows, value: rows.filter(_having(outcomes=[value])), _outcomes, "All outcomes"),
        Filter("about", "About", _naming("subjects"), hint="A change request or document, such as CR018"),
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


def _constituencies(noun: str) -> Choices:
    return [(name, name) for name in Constituency.objects.order_by("name").values_list("name", flat=True)]


def _raisers(noun: str) -> Choices:
    """Those who have raised one."""
    told = Shelf.objects.filter(noun=noun, facets__raiser__isnull=False).order_by().values_list("facets__raiser", flat=True).distinct()
    return [(name, name) for name in sorted(filter(None, told))]


def _releases(noun: str) -> Choices:
    """Those that are public: far fewer than what has gone out with them."""
    told = Shelf.objects.filter(noun="release").order_by("group", "order").values_list("reference", flat=True)
    return [(release, release) for release in told]


RELEASE = Filter("release", "Release", lambda rows, value: rows.filter(_having(releases=[value])), _releases, "All")


CHANGE_REQUESTS = Listing(
    "change_request", "change request", "change requests",
    filters=(
        WORDS, Filter("state", "State", _in_state, lambda _: list(CHANGE_REQUEST_STATES.items()), "All"),
        Filter("category", "Category", lambda rows, value: rows.filter(_having(category=value)), lambda _: list(Category.choices), "All"),
        Filter("raiser", "Raised by", lambda rows, value: rows.filter(_having(raiser=value)), _raisers, "Everyone"),
        Filter("constituency", "Constituency it concerns", lambda rows, value: rows.filter(_having(constituencies=[value])), _constituencies, "Every constituency"),
        Filter("frozen", "Only those raised despite a freeze", lambda rows, _: rows.filter(_having(despite_freeze=True)), tick=True),
        Filter("following", "Only those with artefacts still to follow", lambda rows, _: rows.filter(_having(to_follow=True)), tick=True),
        Filter("artefact", "Artefact it changes", _naming("artefacts"), hint="Such as DES-196"),
        RELEASE, GROUP, replace(YEAR, label="Year of its last change"),
    ),
    columns=(
        ("reference", lambda row: row.reference), ("title", _facet("title")), ("state", lambda row: CHANGE_REQUEST_STATES.get(row.state_now, row.state_now)),
        ("where_it_stands", lambda row: row.summary), ("version", _facet("version")), ("raised_by", _facet("raiser")), ("raised_on", _facet("raised_on")),
        ("category", _facet("category_in_words")), ("constituencies", _facet("constituencies")), ("decisions", _facet("decisions")),
        ("despite_freeze", lambda row: bool(row.facets.get("despite_freeze"))), ("releases", _facet("releases")), ("still_to_follow", _facet("to_follow")),
        ("group", lambda row: row.group), ("changed_on", lambda row: row.sort_on), ("address", _address),
    ),
)  # fmt: skip


def _streams(noun: str) -> Choices:
    told = {stream for streams in Shelf.objects.filter(noun=noun).values_list("facets__streams", flat=True) for stream in streams or ()}
    return [(stream, stream) for stream in sorted(told)]


ARTEFACTS = Listing(
    "artefact", "artefact", "artefacts",
    filters=(
        WORDS, Filter("state", "State", _in_state, lambda _: list(ARTEFACT_STATES.items()), "All"),
        Filter("phase", "Phase", lambda rows, value: rows.filter(_having(phase=value)), lambda _: list(Phase.choices), "All"),
        Filter("stream", "Work stream", lambda rows, value: rows.filter(_having(streams=[value])), _streams, "All"), RELEASE, GROUP, YEAR,
    ),
    columns=(
        ("reference", lambda row: row.reference), ("document_number", _facet("number")), ("name", _facet("name")),
        ("state", lambda row: ARTEFACT_STATES.get(row.state_now, row.state_now)), ("where_it_stands", lambda row: row.summary), ("version", _facet("version")),
        ("phase", _facet("phase_in_words")), ("kind", _facet("sub_type")), ("streams", _facet("streams")), ("releases", _facet("releases")), ("owners", lambda row: owners_shown(row.facets.get("owners", ()))), ("decisions", _facet("decisions")),
        ("group", lambda row: row.group), ("changed_on", lambda row: row.sort_on), ("address", _address),
    ),
)  # fmt: skip


RELEASES = Listing(
    "release", "release", "releases",
    filters=(
        WORDS, Filter("state", "State", _in_state, lambda _: list(RELEASE_STATES.items()), "All"),
        Filter("artefact", "With the artefact", _naming("artefacts"), hint="Such as DES-196"), GROUP, YEAR,
    ),
    columns=(
        ("reference", lambda row: row.reference), ("code", _facet("code")), ("title", _facet("title")),
        ("state", lambda row: RELEASE_STATES.get(row.state_now, row.state_now)), ("where_it_stands", lambda row: row.summary),
        ("issued_on", lambda row: row.sort_on), ("effective_on", _facet("effective_on")),
        ("versions", lambda row: [f"{each['cited']} {each['label']}" for each in row.facets["contents"]]), ("carries", _facet("carries")),
        ("group", lambda row: row.group), ("address", _address),
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
