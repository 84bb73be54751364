"""A36, A38, A39, A51, A52: what is made up in an address or a form reaches no column, no other reference, and no calendar, and deletes nothing."""

import pytest
from django import forms
from django.db import connection
from django.urls import get_resolver

from records.clock import portal_now, portal_today
from records.forms import Form
from records.guards import APP_ROLE, MAY_BE_EMPTIED
from tests.architecture.test_shape import addresses
from tests.factories import DecisionFactory, GroupFactory, UserFactory, issue_all
from tests.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.forged]


@pytest.fixture
def decided():
    DecisionFactory(group=GroupFactory(code="DAG"), reference="DAG-DEC60", number=60, status="determined", decided_on=portal_today(), published_at=portal_now(), published_by=UserFactory())
    issue_all("decision")


@pytest.mark.parametrize(
    "made_up",
    [
        "order_by=password", "sort=-recorded_by__password", "filter[user__password__startswith]=a", "group__seats__holdings__person__email__startswith=a", "published_by__password__regex=^a",
        "q=1);DROP TABLE groups_user;--", "group=DAG' OR '1'='1", "per_page=1000000000", "page=99999999",
    ],
)  # fmt: skip
def test_a36_what_no_filter_is_called_filters_and_sorts_nothing(client, decided, made_up):
    """A word that is looked for may find nothing; nothing else changes what is listed, and no fault is told of."""
    answer = client.get(f"/decisions/?{made_up}")
    assert answer.status_code == 200
    if not made_up.startswith("q="):
        assert "DAG-DEC60" in text_of(answer)
    assert client.get("/decisions/?group=DAG").status_code == 200


def everything_below(model: type) -> set[type]:
    return {each for below in model.__subclasses__() for each in (below, *everything_below(below))}


def test_a38_no_form_of_ours_is_made_from_a_model():
    """So that it has the fields that are written in it, and no column that somebody adds to what they send."""
    get_resolver().url_patterns  # noqa: B018 - loads every view, and so every form
    ours = {each for each in everything_below(forms.BaseForm) if each.__module__.split(".")[0] in ("archive", "artefacts", "assurance", "change_requests", "decisions", "desk", "dissent", "files", "groups", "meetings", "register")}
    assert len(ours) > 50
    assert not [each for each in ours if issubclass(each, forms.models.BaseModelForm)]
    columns = {"is_staff", "is_superuser", "is_active", "published_at", "published_by", "recorded_by", "recorded_at",}
    assert not {(each.__qualname__, name) for each in ours for name in getattr(each, "base_fields", {}) if name in columns}
    assert {each.__name__ for each in ours if not issubclass(each, Form)} == {"NewLink", "NewAddress", "CodeAfterThePassword", "CodeOnceMore"}  # allauth's


@pytest.mark.parametrize("hyphen", ["\u2010", "\u2011", "\u2013", "\u2014", "\u2212", "\u00ad-", "\u200b-", " "])
def test_a39_a_reference_is_found_whatever_hyphen_it_is_typed_with(client, decided, hyphen):
    assert client.get("/search/", {"q": f"DAG{hyphen}DEC60"}).get("Location") == "/decisions/DAG-DEC60/"


@pytest.mark.parametrize("passes_for_it", ["D\u0410G-DEC60", "DAG-D\u0415C60", "DAG-DEC6\u041e"])
def test_a39_what_only_looks_like_a_reference_leads_nowhere(client, decided, passes_for_it):
    assert client.get(f"/decisions/{passes_for_it}/").status_code == 404
    assert client.get("/search/", {"q": passes_for_it}).status_code == 200


def test_a51_there_is_no_calendar_by_an_address_that_could_be_passed_on():
    """An invitation is one meeting's, and mailed; on a page an entry is taken by who is signed in. Nothing is subscribed to."""
    calendars = {name for name, pattern in addresses() if "ics" in str(pattern.pattern) or "calendar" in str(pattern.pattern)}
    assert all(getattr(pattern.callback, "login_required", True) for name, pattern in addresses() if name in calendars)
    assert not [name for name in calendars if "token" in name]


def test_a52_the_portal_cannot_delete_what_is_on_record():
    """There is nothing to undo and nobody to ask twice: what is taken off stays, and the role of the web, the worker and the clock has no right to delete."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, has_table_privilege(%s, quote_ident(tablename), 'DELETE, TRUNCATE') FROM pg_tables WHERE schemaname = 'public'", [APP_ROLE])
        may = dict(cursor.fetchall())
    assert len(may) > 150
    assert [table for table, deletes in may.items() if deletes and not table.startswith(MAY_BE_EMPTIED)] == []
