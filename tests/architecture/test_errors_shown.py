"""What is wrong with a form is said at its head: each error once, and each that is about a field is a link to it."""

import re
from html import unescape
from zlib import crc32

import pytest
from django.db import transaction

from tests.architecture.access_table import ROLES, TABLE
from tests.pages import Visitor, drained, forms_on

pytestmark = [pytest.mark.django_db, pytest.mark.undone]
OPENED = {address: answers for (method, address), answers in TABLE.items() if method == "GET" and 200 in answers}
KEPT = {"revision", "form_key", "key", "csrfmiddlewaretoken", "next"}
SUMMARY = re.compile(r'<div class="govuk-error-summary".*?</ul>', re.S)
LINE = re.compile(r"<li>(.*?)</li>", re.S)
IN_A_FIELD = re.compile(r'<p id="[^"]*" class="govuk-error-message"[^>]*>(.*?)</p>|<p class="govuk-error-message"[^>]*>(.*?)</p>', re.S)


def words(markup: str) -> str:
    text = re.sub(r'<span class="govuk-visually-hidden">Error:</span>', "", markup)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def wrong_with(page: str) -> list[str]:
    """What is not as it should be with the errors on the page."""
    found, told = [], []
    beside = [words(each[1] or each[2]) for each in IN_A_FIELD.finditer(page)]
    for summary in SUMMARY.findall(page):
        for line in LINE.findall(summary):
            told.append(said := words(line))
            to = re.search(r'<a [^>]*href="#([^"]+)"', line)
            if to and f'id="{unescape(to[1])}"' not in page:
                found.append(f"“{said}” leads to #{to[1]}, which is not there")
            if not to and "<a " not in line and said in beside:
                found.append(f"“{said}” is about a field, and no link to it")
    twice = {each for each in told if told.count(each) > 1 and "choose something that is offered" not in each}  # what no page offers, nobody chooses
    found += [f"“{each}” is said {told.count(each)} times" for each in sorted(twice)]
    found += [f"“{each}” is said beside its field, and not at the head" for each in beside if each and not any(said.endswith(each) for said in told)]
    return found


def answers(visitor: Visitor, path: str):
    """What comes back for each form of the page, with nothing filled in, and with too much."""
    for form in forms_on(drained(visitor.client.get(path))):
        names = [name for name in form["sound"] if name not in KEPT and not name.endswith("_FORMS")]
        kept = {name: value for name, value in form["data"] if name not in names}
        for value in ("", "x" * 20_000):
            with transaction.atomic():
                answer = drained(visitor.client.post(form["action"] or path, kept | dict.fromkeys(names, value), follow=True))
                transaction.set_rollback(True)
            if not answer.streaming and answer["Content-Type"].startswith("text/html"):
                yield answer.content.decode()


def sampled() -> list:
    """One in four, by default."""
    return [pytest.param(each, marks=() if crc32(each.encode()) % 4 == 0 else pytest.mark.long) for each in OPENED]


@pytest.mark.many(20)
@pytest.mark.parametrize("address", sampled())
def test_every_error_is_said_once_and_leads_to_its_field(address, people, about):
    may = [role for role, answer in zip(ROLES, OPENED[address], strict=True) if answer == 200]
    visitor = Visitor(people["anonymous" if "anonymous" in may else may[-1]])
    assert [fault for page in answers(visitor, address.format(**about)) for fault in wrong_with(page)] == []


def test_it_is_seen_where_an_error_is_said_twice_leads_nowhere_or_is_missed_at_the_head():
    page = '<div class="govuk-error-summary"><ul><li><a href="#id_a">No day.</a></li><li>No day.</li><li>No name.</li></ul></div><p class="govuk-error-message">No hour.</p><p class="govuk-error-message">No name.</p>'
    assert wrong_with(page) == [
        "“No day.” leads to #id_a, which is not there", "“No name.” is about a field, and no link to it", "“No day.” is said 2 times",
        "“No hour.” is said beside its field, and not at the head",
    ]  # fmt: skip
