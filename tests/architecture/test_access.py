"""Every address asked for as every role: the answers are in the table below, to be reviewed."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from meetings.models import Meeting
from records.verbs import verbs
from tests.architecture.access_table import ROLES, TABLE
from tests.architecture.test_shape import addresses
from tests.pages import drained

pytestmark = pytest.mark.django_db
OURS = {"archive", "register", "desk", "decisions", "dissent", "artefacts", "change_requests", "assurance", "groups", "meetings"}  # the namespaces of our addresses


@pytest.mark.parametrize("role", [role if role == "anonymous" else pytest.param(role, marks=pytest.mark.long) for role in ROLES])
def test_each_role_gets_the_answers_in_the_table(role, people, about, client):
    assert not _answered_otherwise(role, list(TABLE), people, about, client)


@pytest.mark.brief
def test_a_member_gets_the_answers_in_the_table_at_one_address_in_four(people, about, client):
    assert not _answered_otherwise("representative", list(TABLE)[::4], people, about, client)


def _answered_otherwise(role: str, asked: list[tuple[str, str]], people, about, client: Client) -> dict[tuple[str, str], str]:
    if people[role]:
        client.force_login(people[role])
    found = {}
    for method, address in asked:
        got, expected = _answer(client, method, address.format(**about)), TABLE[method, address][ROLES.index(role)]
        if got != expected:
            found[method, address] = f"{got} instead of {expected}"
    return found


def _answer(client: Client, method: str, address: str) -> int:
    """What the address answers. What it changed is undone: the rows of the table know nothing of each other."""
    with transaction.atomic():
        response = drained(client.generic(method, address))
        transaction.set_rollback(True)
    return response.status_code


def _name(address: str) -> str:
    """decisions:question, or of a verb without a form, desk:do decisions.close."""
    found = resolve(re.sub(r"\{\w+\}", "1", address))
    return f"{found.view_name} {found.kwargs['name']}" if found.view_name == "desk:do" else found.view_name


def test_every_address_and_every_verb_without_a_form_is_in_the_table_opened_and_sent():
    names = {name for name, _ in addresses() if name.partition(":")[0] in OURS} - {"desk:do"}
    names |= {f"desk:do {verb.name}" for verb in verbs() if verb.act}
    listed = {(method, _name(address)) for method, address in TABLE}
    missing = sorted(f"{method} {name}" for method in ("GET", "POST") for name in names if (method, name) not in listed)
    assert not missing, f"add to a table in tests/architecture/access/ who is answered what: {missing}"


def test_every_namespace_is_ours_or_known_to_be_another_librarys():
    found = {name.partition(":")[0] for name, _ in addresses() if ":" in name}
    assert found == OURS, "name a new app in OURS, so that its addresses have to be in the table"


def test_every_row_of_the_table_has_an_answer_for_every_role():
    short = [key for key, answers in TABLE.items() if len(answers) != len(ROLES)]
    assert not short, f"one answer for each of {ROLES}: {short}"


def test_what_somebody_may_not_open_they_cannot_send_either():
    """What is wrong with a form (400) would tell them what is on it."""
    sent = {address: answers for (method, address), answers in TABLE.items() if method == "POST"}
    opened = {address: answers for (method, address), answers in TABLE.items() if method == "GET" and address in sent}
    told = [
        (role, address)
        for address, answers in opened.items()
        for role, opening, sending in zip(ROLES, answers, sent[address], strict=True)
        if opening in (403, 404) and sending not in (403, 404, 405)
    ]
    assert not told, f"refuse these before anything is read of what they sent: {told}"


def test_an_assurance_readers_reading_is_written_down(people, client):
    client.force_login(people["assurance"])
    client.get("/desk/meetings/DAG091/")
    readings = people["assurance"].person.assurance_readings.values_list("reference", flat=True)
    assert list(readings) == ["draft of DAG091"]


def test_a_form_without_its_token_does_nothing(people):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people["chair"])
    minutes = Meeting.objects.get(code="DAG091").minutes
    assert strict.post(f"/desk/do/meetings.clear/{minutes.pk}/").status_code == 403
    assert Meeting.objects.get(code="DAG091").minutes.status == "draft"
