"""The search: what is published is found however it is spelt, and what is not published never is."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions import operations as decisions
from ledger.operations import black_out
from meetings import operations as meetings
from register import search
from tests.conftest import set_clock
from tests.factories import issue_all
from tests.pages import text_of
from tests.register.proving import SECRET, Vote
from tests.register.shelves import fill

pytestmark = pytest.mark.django_db
MINUTED = "The paper on registration service operating hours came from the Café Zürich; **electronic billing** waits for DES-196, and for two SLAs."


@pytest.fixture(scope="module")
def taken(scene):
    return scene(vote_and_publish)


def vote_and_publish() -> Vote:
    """DAG-DEC01 of DAG026 with its votes, an action, and minutes; the next meeting is planned, and its item is drafted."""
    taken = Vote(set_clock)
    taken.take()
    meetings.write_paragraph(taken.item, MINUTED, by=taken.pmo)
    meetings.raise_action(taken.meeting, "Publish the redline of CR018, as its SLA has it", owner="Zoë Zielinski", due_kind="asap", item=taken.item, by=taken.pmo)
    taken.publish()
    issue_all("group", "seat")
    return taken


@pytest.fixture
def vote(taken, db) -> Vote:
    return taken()


def found(client, query: str, **also) -> set[str]:
    answer = client.get("/search/", {"q": query, **also})
    assert answer.status_code == 200, answer.get("Location")
    return {hit["row"].reference for hit in answer.context.get("hits", [])}


# --- references


@pytest.mark.parametrize(
    ("query", "address"),
    [
        *((query, "/decisions/DAG-DEC01/") for query in ("DAG-DEC01", "dag-dec01", "dagdec01", "DAG DEC 01", "DAG-DEC1", "dag dec1", " DAG-DEC001 ")),
        *((query, "/actions/DAG26-01/") for query in ("DAG26-01", "DAG026-01", "dag26-1", "DAG 26-01", "dag026-001")),
        *((query, "/meetings/DAG026/") for query in ("DAG026", "DAG26", "dag 26", "DAG-26")),
        ("dag", "/groups/DAG/"),
    ],
)
def test_a_reference_in_any_spelling_leads_straight_to_its_page(vote, client, query, address):
    answer = client.get("/search/", {"q": query})
    assert (answer.status_code, answer.get("Location")) == (302, address)


@pytest.mark.parametrize("query", ["CR018", "CR18", "cr18", "CR-018", "CR 18", "cr0018"])
def test_what_has_no_page_is_found_where_it_is_spoken_of_in_any_spelling(vote, client, query):
    assert {"DAG-DEC01", "DAG026", "DAG26-01"} <= found(client, query)
    assert found(client, query.replace("8", "9")) == set()


@pytest.mark.parametrize("query", ["DES-196", "DES196", "des 196"])
def test_a_document_is_found_in_any_spelling(vote, client, query):
    assert found(client, query) == {"DAG026"}


def test_a_reference_among_other_words_is_one_of_them(vote, client):
    assert found(client, "cr18 redline") == {"DAG26-01", "DAG026"}


# --- words


@pytest.mark.parametrize("query", ["café", "cafe", "CAFÉ", "Zurich", "zürich"])
def test_accents_make_no_difference(vote, client, query):
    assert found(client, query) == {"DAG026"}


@pytest.mark.parametrize("query", ["zoe", "Zoë Zielinski", "zielinski"])
def test_who_owes_an_action_is_found_by_name(vote, client, query):
    assert "DAG26-01" in found(client, query)


@pytest.mark.parametrize("query", ["SLA", "SLAs", "sla", "slas", '"SLAs"', "Zoe SLAs"])
def test_a_short_word_of_capitals_is_found_as_one_and_as_many(vote, client, query):
    assert found(client, query) == ({"DAG26-01"} if "Zoe" in query else {"DAG26-01", "DAG026"})


def test_what_is_to_be_left_out_is_left_out_as_one_and_as_many(vote, client):
    assert found(client, "redline -SLA") == found(client, "redline") - found(client, "SLA")


@pytest.mark.parametrize(
    ("address", "queries", "reference"),
    [
        ("/actions/", ("SLA", "SLAs", "zoe", "Zoë", "ZOE", "CR18", "cr-018", "DAG26-01", "DAG026-01", "dag 26-1"), "DAG26-01"),
        ("/meetings/", ("SLA", "SLAs", "DES-196", "DES196", "DES 196", "DAG026", "dag26", "Zurich", "Zürich"), "DAG026"),
        ("/decisions/", ("DAG-DEC01", "dagdec1", "DAG DEC 01", "CR18", "CR-018"), "DAG-DEC01"),
    ],
)
def test_a_list_is_searched_in_the_same_spellings_and_so_are_its_files(vote, client, address, queries, reference):
    for query in (*queries, "DES-197"):
        there = query in queries
        assert (address + reference + "/" in client.get(address, {"q": query}).content.decode()) is there, query
        assert (reference in client.get(f"{address.rstrip('/')}.csv", {"q": query}).content.decode()) is there, query


@pytest.mark.parametrize("query", ["24/7", "out of hours", "registration hours", "e-billing"])
def test_what_means_the_same_is_found(vote, client, query):
    assert found(client, query) == {"DAG026"}


def test_what_stands_in_minutes_reasons_comments_and_seats_is_found(vote, client):
    assert found(client, "billing") == {"DAG026"}
    assert "DAG-DEC01" in found(client, "raised in February")
    assert "DAG-DEC01" in found(client, '"quoted"')
    assert "DAG-DEC01" in found(client, "IPA view")
    assert "DAG/constituency-1-representative" in found(client, vote.members[1].person.name)


def test_quotes_or_and_minus_mean_what_they_do_elsewhere(vote, client):
    assert found(client, '"electronic billing"') == {"DAG026"}
    assert found(client, '"billing electronic"') == set()
    assert found(client, "billing OR zielinski") == {"DAG026", "DAG26-01"}
    assert found(client, "redline -billing") == {"DAG26-01"}


def test_the_words_that_were_found_are_marked_and_nothing_else_is_markup(vote, client):
    page = client.get("/search/?q=cafe").content.decode()
    assert "<mark>Café</mark>" in page
    assert "**" not in re.search(r"<main.*</main>", page, re.S)[0]
    fill(1, title="<b>Zebra</b>")
    assert "<b>" not in client.get("/search/?q=zebra").content.decode()
    odd = client.get("/search/?q=%22%3E%3Cscript%3Ealert").content.decode()
    assert "<script>alert" not in odd


def test_where_nothing_is_found_the_page_says_what_to_try(vote, client):
    page = text_of(client.get("/search/?q=zebra"))
    assert "Nothing on record says that" in page
    assert "References are found in any spelling." in page


def test_without_a_question_the_page_says_what_is_searched(vote, client):
    for query in ("", "?q=", "?q=+++", "?q=%00"):
        assert "are searched, as they read now" in text_of(client.get(f"/search/{query}"))


@pytest.mark.parametrize("query", ["q=" + "a" * 5000, "q=%22unclosed", "q=%26|!", "q=-", "q=the", "q=a&kind=maybe", "q=a&page=99999999999999999999", "q=a&page=-1", "q=%EE%80%80", "q=" + "24/7+" * 40])
def test_odd_questions_are_answered_and_never_an_error(vote, client, query):
    assert client.get(f"/search/?{query}").status_code == 200


# --- what is not published


def test_a_word_that_is_not_published_is_never_found(vote, client, clock):
    clock("2023-07-20 10:00")
    draft = decisions.draft(vote.group, "Zebras", "The SRO approved zebras", by=vote.pmo)
    question = decisions.open_question(decisions.put_question(vote.group, "Zebras?", subject="CR777", version="1.0", by=vote.pmo), by=vote.pmo)
    decisions.cast_vote(question.roll.order_by("order").first(), "reject", comment="No zebras", by=vote.users[0])
    for query in ("zebras", "zebra", "CR777", SECRET, f"{SECRET} wording of the draft"):
        assert found(client, query) == set()
        for kind in search_kinds():
            assert found(client, query, kind=kind) == set()
    answer = client.get("/search/", {"q": draft.reference})
    assert answer.status_code == 200
    assert (answer.context["total"], answer.context["hits"]) == ("", [])


def search_kinds() -> list[str]:
    return ["decision", "meeting", "action", "group", "seat"]


def test_a_word_that_was_withdrawn_is_no_longer_found(vote, client):
    assert found(client, "Zürich") == {"DAG026"}
    black_out("Café Zürich", why="It is private", ordered_by="the data protection officer", by=vote.pmo)
    assert found(client, "Zürich") == set()
    assert "Zürich" not in text_of(client.get("/search/?q=billing"))


# --- kinds, order and cost


def test_hits_are_counted_by_kind_and_one_kind_can_be_chosen(vote, client):
    page = client.get("/search/?q=CR018")
    assert {each["kind"]: each["count"] for each in page.context["counts"]} == {"decision": "1", "meeting": "1", "action": "1"}
    assert page.context["total"] == "3"
    assert "Everything 3 Decisions 1 Meetings and minutes 1 Actions 1" in text_of(page)
    only = client.get("/search/?q=CR018&kind=action")
    assert [hit["row"].reference for hit in only.context["hits"]] == ["DAG26-01"]
    assert only.context["total"] == "3"
    assert 'href="?q=CR018&amp;kind=action"' in page.content.decode()


def test_a_title_that_says_it_comes_before_a_text_that_does(client):
    fill(1, title="Other", summary="A zebra is spoken of")
    fill(1, title="Zebra", summary="Of something else")
    hits = client.get("/search/?q=zebra").context["hits"]
    assert [hit["row"].title for hit in hits] == ["Zebra 1", "Other 1"]


def test_only_the_newest_hits_are_ranked_and_none_beyond_them_counted(client, monkeypatch):
    monkeypatch.setattr(search, "MOST", 30)
    monkeypatch.setattr(search, "COUNTED", 29)
    fill(60, title="Zebra", a_day=1)
    first = client.get("/search/?q=zebra")
    second = client.get("/search/?q=zebra&page=2")
    numbers = [int(hit["row"].title.split()[1]) for page in (first, second) for hit in page.context["hits"]]
    assert numbers == list(range(60, 30, -1))
    assert first.context["total"] == "more than 29"
    assert 'rel="next" href="?q=zebra&amp;page=2"' in first.content.decode()
    assert 'rel="next"' not in second.content.decode()


def test_what_the_newest_hits_of_one_kind_leave_out_is_counted_beside_them(client, monkeypatch):
    monkeypatch.setattr(search, "MOST", 30)
    monkeypatch.setattr(search, "COUNTED", 29)
    fill(2, title="Zebra", noun="action")  # older than all of the others
    fill(40, title="Zebra", a_day=1)
    everything, actions = client.get("/search/?q=zebra").context, client.get("/search/?q=zebra&kind=action").context
    assert [(each["kind"], each["count"]) for each in everything["counts"]] == [("decision", "more than 29"), ("action", "2")]
    assert everything["counts"] == actions["counts"]


def test_a_search_asks_as_often_whatever_it_finds(vote, client):
    asked = []
    for count in (1, 500):
        fill(count, title="Redline")
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get("/search/?q=redline&kind=decision").context["hits"]) == min(count, 20)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 6  # one of them counts, each kind no further than it is told
    with CaptureQueriesContext(connection) as queries:
        client.get("/search/?q=redline+OR+CR018")
    assert len(queries) <= 11  # one for each kind of record among those shown
