"""Whatever is sent to an address of ours, nothing breaks: it is refused or done, never a fault, and never at length."""

import re
from collections.abc import Iterator
from itertools import islice
from time import process_time
from zlib import crc32

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import QueryDict

from register.lists import ACTIONS, ARTEFACTS, CHANGE_REQUESTS, DECISIONS, GROUPS, MEETINGS, RELEASES
from tests.architecture.access_table import ROLES, TABLE
from tests.architecture.listed import APPS, ROOT
from tests.pages import Visitor, drained, forms_on

pytestmark = [pytest.mark.django_db, pytest.mark.undone]
LONGEST = 1.0  # seconds of processor time for one request
HOSTILE = [
    "", "\0", "a\0b", "9" * 5000, "abc", "-1", "0", str(2**31), str(2**63), "1e400", "NaN", "²", "9999-12-31", "0001-01-01", "2023-02-30", "\u202e",
    "\ufffe", "no-such-choice", "x" * 20_000, "{elsewhere}", ["1", "2"], ["\0"] * 300, "'\"><script>", "{{ 7 }}%s%(x)s", "1000", "x",
    "0001-01-01~\0~9999999999", "9999-12-31~~0", "2023-07-12~%s~1~", "-a OR \" or (CR018 & !", "CR" + "9" * 4999,
]  # fmt: skip
STRANGE_NAMES = ["\0", "\u202e", "x" * 900, "__class__", "form-0-id"]
STRANGE_IN_AN_ADDRESS = [str(2**31), "9" * 5000, "%00", "\u202e", "a" * 3000]
A_FEW, MANY = 2, 3  # values tried for a field, the few among the many; for each field others, so that a run tries every value many times

OPENED = {address: answers for (method, address), answers in TABLE.items() if method == "GET" and 200 in answers}
# Parameters are read by name; but for the filters of the lists, and the days of a period, which are read as a whole.
READ = {name for app in APPS for path in (ROOT / app).rglob("*.py") for name in re.findall(r'(?:\.GET|params)\.get\("([\w-]+)"', path.read_text())}
FILTERS = {each.name for listing in (DECISIONS, CHANGE_REQUESTS, ARTEFACTS, RELEASES, MEETINGS, ACTIONS, GROUPS) for each in listing.filters}
PARAMETERS = sorted(READ | FILTERS | {"first", "last", "word", "on", "since", "item", "window", "subject", "version", "title", "wording", "organisation", "kind"})
SOUND_PARAMETERS = {"first": "2023-01-01", "last": "2023-12-31"}


def visitor(address: str, people: dict) -> Visitor:
    """Somebody who may open it: the last of the table, who may do most."""
    may = [role for role, answer in zip(ROLES, OPENED[address], strict=True) if answer == 200]
    found = Visitor(people["anonymous" if "anonymous" in may else may[-1]])
    found.client.raise_request_exception = False
    return found


def tried(field: str, *, at_length: bool) -> Iterator[str | list[str]]:
    """Some hostile values: for each field others, and the same in every run."""
    start, step = crc32(field.encode()), len(HOSTILE) // MANY
    yield from (HOSTILE[(start + n * step) % len(HOSTILE)] for n in range(MANY if at_length else A_FEW))


def faults(send, asked: Iterator[tuple[str, dict]], about: dict) -> list[str]:
    found = []
    for what, data in asked:
        sent = {name: value.replace("{elsewhere}", str(about["elsewhere"])) if isinstance(value, str) else value for name, value in data.items()}
        started = process_time()
        with transaction.atomic():
            answer = drained(send(sent))
            transaction.set_rollback(True)
        took = process_time() - started
        if answer.status_code >= 500 or took > LONGEST:
            found.append(f"{what}: {answer.status_code} after {took:.1f} s")
    return found


def changed(where: str, sound: dict, *, at_length: bool) -> Iterator[tuple[str, dict]]:
    """The sound form; then, in the long run, one field after another replaced, and fields that it does not have. In the brief one all of
    its fields at once, and one of them by itself, which is looked at last where the others are sound.
    """
    yield f"{where} as it should be", sound
    if at_length:
        for name in sound:
            for value in tried(f"{where} {name}", at_length=True):
                yield f"{where} {name}={value[:20]!r}", sound | {name: value}
        for name in STRANGE_NAMES:
            yield f"{where} with a field {name[:20]!r}", sound | {name: "1"}
    elif sound:
        for values in zip(*(tried(f"{where} {name}", at_length=False) for name in sound), strict=True):
            yield f"{where} with {values!r:.80}", dict(zip(sound, values, strict=True))
        name = min(sound, key=lambda name: crc32(f"{where} {name}".encode()))
        yield f"{where} {name}", sound | {name: next(tried(f"{where} {name}", at_length=False))}


def _forms(address: str, people: dict, about: dict, *, at_length: bool) -> list[str]:
    somebody, found = visitor(address, people), []
    path = address.format(**about)
    for n, form in enumerate(forms_on(drained(somebody.client.get(path)))):
        sound = {name: value for name, value in form["data"] if value}
        sound = {name: value for name, value in (form["sound"] | sound).items() if name != "csrfmiddlewaretoken"}
        action = form["action"] or path
        found += faults(
            lambda data, action=action: somebody.client.post(action, data, follow=True), changed(f"{address} form {n}", sound, at_length=at_length), about
        )
    return found


@pytest.mark.many(20)
@pytest.mark.brief
@pytest.mark.parametrize("address", OPENED)
def test_nothing_typed_into_a_form_breaks_its_page(address, people, about):
    assert not _forms(address, people, about, at_length=False)


@pytest.mark.long
@pytest.mark.parametrize("address", OPENED)
def test_nothing_in_any_field_of_a_form_breaks_its_page(address, people, about):
    assert not _forms(address, people, about, at_length=True)


@pytest.fixture
def asked_for(monkeypatch) -> set[str]:
    """The parameters that pages ask for as they are made, by name: no other can break them, unless by being there."""
    names: set[str] = set()

    class Watched(QueryDict):
        def __getitem__(self, name):
            names.add(name)
            return super().__getitem__(name)

        def __contains__(self, name):
            names.add(name)
            return super().__contains__(name)

        def getlist(self, name, default=None):
            names.add(name)
            return super().getlist(name, default)

    monkeypatch.setattr(WSGIRequest, "GET", property(lambda request: Watched(request.META.get("QUERY_STRING", ""), encoding=request.encoding)))
    return names


def test_it_is_known_what_a_page_asks_for(client, asked_for):
    client.get("/meetings/")
    assert {each.name for each in MEETINGS.filters} | {"page"} <= asked_for
    assert "outcome" not in asked_for


def all_at_once(address: str) -> Iterator[tuple[str, dict]]:
    yield from ((f"{address} all {value[:20]!r}", dict.fromkeys(PARAMETERS, value)) for value in tried(address, at_length=False))


@pytest.mark.brief
def test_no_parameter_of_an_address_breaks_its_page(people, about):
    found = []
    for address in list(OPENED)[::4]:
        somebody, path = visitor(address, people), address.format(**about)
        found += faults(lambda data, path=path, somebody=somebody: somebody.client.get(path, data), islice(all_at_once(address), 1), about)
    assert not found


@pytest.mark.long
@pytest.mark.parametrize("address", OPENED)
def test_nothing_in_any_parameter_breaks_its_page(address, people, about, asked_for):
    somebody, path = visitor(address, people), address.format(**about)

    def send(data):
        return somebody.client.get(path, data)

    found, known = faults(send, iter([(address, {}), (f"{address} with days", SOUND_PARAMETERS), *all_at_once(address)]), about), set()
    while names := sorted(asked_for - known):  # what is asked for may depend on what was answered
        known.update(names)
        asked = ((f"{address} {name}={value[:20]!r}", SOUND_PARAMETERS | {name: value}) for name in names for value in islice(tried(f"{address} {name}", at_length=False), 1))
        found += faults(send, asked, about)
    assert not found


@pytest.mark.parametrize("day", ["9999-12-31", pytest.param("0001-01-01", marks=pytest.mark.long)])
def test_no_day_in_a_parameter_breaks_a_page_for_everybody(day, people, about):
    found = []
    for address in (each for each, answers in OPENED.items() if answers[ROLES.index("anonymous")] == 200):
        somebody, path = visitor(address, people), address.format(**about)
        found += faults(lambda data, path=path, somebody=somebody: somebody.client.get(path, data), iter([(f"{address} {day}", {"as-at": day})]), about)
    assert not found


@pytest.mark.parametrize("instead", [str(2**63), *(pytest.param(text, marks=pytest.mark.long) for text in ("0", *STRANGE_IN_AN_ADDRESS))])
def test_no_number_or_name_in_an_address_breaks_its_page(instead, people, about):
    found = []
    for address in OPENED:
        path = re.sub(r"\{\w+\}|DAG091|\bDAG\b", instead, address)
        if path != address:
            somebody = visitor(address, people)
            found += faults(lambda data, path=path, somebody=somebody: somebody.client.get(path), iter([(path[:60], {})]), about)
    assert not found


def test_the_parameters_that_are_tried_are_those_that_are_read():
    named = {"q", "page", "after", "edition", "as-at", "from", "to", "kind", "outcome", "about", "against", "year", "seat", "as", "state"}
    assert named <= set(PARAMETERS)
