"""What no form of a page leads to is sent to as well: addresses that only take, what scripts send, and the pages of the sign-in."""

import json
import re
from contextlib import suppress
from itertools import product
from uuid import uuid4
from zlib import crc32

import pytest
from django.urls import NoReverseMatch, reverse

from groups.models import Group
from meetings.models import AgendaItem, Paragraph
from tests.architecture.access_table import TABLE
from tests.architecture.listed import APPS, ROOT
from tests.architecture.test_fuzz import HOSTILE, OPENED, faults
from tests.architecture.test_shape import addresses
from tests.factories import AgendaItemFactory, GroupFactory, MeetingFactory
from tests.pages import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.undone]
TAKEN = [address for (method, address), answers in TABLE.items() if method == "POST" and address not in OPENED and set(answers) - {405}]
READ = re.compile(r"""POST(?:\.get|\.getlist)?[(\[]["']([\w-]+)["']|^    (\w+) = (?:forms\.)?\w+Field\(""", re.M)
FIELDS = sorted({name for app in APPS for path in (ROOT / app).rglob("*.py") for found in READ.findall(path.read_text()) for name in found if name})


def visitor(user) -> Visitor:
    found = Visitor(user)
    found.client.raise_request_exception = False
    return found


def some(of: str, count: int) -> list:
    """Of the hostile values: for each address others, and the same in every run."""
    start = crc32(of.encode())
    return [HOSTILE[(start + n * 7) % len(HOSTILE)] for n in range(count)]


def test_the_fields_that_are_tried_are_those_that_are_read():
    assert {"step", "revision", "why", "text", "seat", "form_key", "choice"} <= set(FIELDS)


@pytest.mark.many(16)
@pytest.mark.parametrize("address", TAKEN)
def test_nothing_sent_to_an_address_that_only_takes_breaks_it(address, people, about):
    path, found = address.format(**about), []
    for role in ("secretary", "chair", "representative"):
        sender = visitor(people[role])
        asked = [({}, "nothing"), *((dict.fromkeys(FIELDS, value), repr(value)[:30]) for value in some(address + role, 2))]
        found += faults(lambda data, sender=sender: sender.client.post(path, data), iter([(f"{address} by {role} with {what}", data) for data, what in asked]), about)
    assert found == []


# --- what the page of the minutes sends by itself

UID = "00000000-0000-0000-0000-000000000001"
SOUND = {"uid": UID, "item": 1, "text": "Members agreed.", "kind": "text", "after": None, "base": "", "placed": True, "dropped": False, "tried": ["Members"]}
WRONG = [
    "null", "true", "0", "-1", "1.5", "1e400", "-1e400", "NaN", str(2**31), str(2**63), "9" * 5000, '""', '"\\u0000"', '"\\ud800"', '"9999-12-31T00:00:00Z"', "[]", "{}", "[[[]]]",
    "[" * 900 + "]" * 900, '{"a": ' * 900 + "1" + "}" * 900, '["\\u0000", 1, null]', f'"{"x" * 20_000}"', '"\\u202e"', "{elsewhere}", f'"{UID}"',
]  # fmt: skip


def bodies() -> list[str]:
    """A sound list of changes, with one part of it replaced; and with more around it."""
    made = []
    for name, value in product(SOUND, WRONG):
        told = json.dumps({key: each for key, each in SOUND.items() if key != name})
        made.append('{"changes": [' + told[:-1] + f', "{name}": {value}' + '}]}')
    for name, value in product(("changes", "left", "line", "other"), WRONG):
        made.append('{"changes": [], "' + name + '": ' + value + "}")
    return [*made, *WRONG, '{"left": ["' + UID + '", 1, null], "changes": []}']


@pytest.mark.parametrize("part", [0, *(pytest.param(n, marks=pytest.mark.long) for n in range(1, 4))])
def test_nothing_that_a_script_could_send_to_the_minutes_breaks_them_or_reaches_another_groups(part, people, about):
    other = AgendaItemFactory(meeting=MeetingFactory(group=GroupFactory(code="PSG2", parent=Group.objects.get(code="DAG").parent)))
    sender, path = visitor(people["secretary"]), "/desk/meetings/DAG091/minute/changes/"
    mine = AgendaItem.objects.filter(meeting__code="DAG091").first()
    asked = [(each[:60], {"body": each.replace('"item": 1', f'"item": {mine.pk if mine else 1}').replace("{elsewhere}", str(other.pk))}) for each in bodies()[part::4]]
    found = faults(lambda told: sender.client.post(path, told["body"].encode(), content_type="application/json"), iter(asked), about)
    assert found == []
    for item in (other.pk, 2**31 - 1):
        told = {"changes": [SOUND | {"uid": str(uuid4()), "item": item}]}
        answer = sender.client.post(path, json.dumps(told), content_type="application/json")
        assert 400 <= answer.status_code < 500
    assert not Paragraph.objects.filter(item=other).exists()


def test_nothing_sent_to_the_notepad_breaks_it(people, about):
    sender, path = visitor(people["secretary"]), "/desk/meetings/DAG091/minute/notepad/"
    asked = [(f"{name}={value!r:.30}", {"text": "x", "reads": "x", name: value}) for name, value in product(("text", "reads", "x" * 900), HOSTILE)]
    for n, accept in enumerate(("application/json", "text/html")):
        assert faults(lambda told, accept=accept: sender.client.post(path, told, headers={"accept": accept}), iter(asked[n::2]), about) == []
    for body, kind in product((b"\xff\xfe", b"{", b"[" * 900, b'{"text": {"a": 1}}'), ("application/json", "text/plain", "multipart/form-data; boundary=x")):
        assert sender.client.post(path, body, content_type=kind).status_code < 500


# --- the pages of the sign-in, which are another project's

OF_ANOTHER = ("account_", "mfa_", "usersessions_")


def its_address(name: str) -> str:
    for named in ({}, {"pk": 1}, {"key": "x"}, {"uidb36": "1", "key": "a-b"}):
        with suppress(NoReverseMatch):
            return reverse(name, kwargs=named)
    raise AssertionError(f"{name} is named by something else")


ACCOUNTS = sorted({its_address(name) for name, _ in addresses() if name.startswith(OF_ANOTHER)})
TYPED = ("login", "password", "email", "password1", "password2", "oldpassword", "code", "next", "typed", "action_add", "action_remove", "id", "credential", "name", "state", "remember")


def test_the_pages_of_the_sign_in_are_known():
    assert {"/accounts/login/", "/accounts/password/reset/", "/accounts/email/", "/accounts/2fa/authenticate/"} <= set(ACCOUNTS)


@pytest.mark.many(8)
@pytest.mark.parametrize("address", ACCOUNTS)
def test_nothing_typed_into_a_page_of_the_sign_in_breaks_it(address, people, about):
    for somebody in (None, people["secretary"]):
        sender = visitor(somebody)
        sound = {"login": "a@example.org", "password": "x", "email": "a@example.org", "code": "1"}
        asked = [("as it should be", sound), *((f"all {value!r:.30}", dict.fromkeys(TYPED, value)) for value in some(address, 6))]
        asked += [(f"{name}={value!r:.30}", sound | {name: value}) for name in TYPED for value in some(address + name, 1)]
        assert faults(lambda told, sender=sender: sender.client.post(address, told), iter(asked), about) == []
        assert sender.client.get(address, dict.fromkeys(("next", "process", "key"), "\0")).status_code < 500
        assert sender.client.post(address, b'{"login": {"a": [1]}}', content_type="application/json").status_code < 500
