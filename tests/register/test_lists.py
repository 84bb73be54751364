"""Every list works alike: filters that can be taken off, a count, pages, and exactly that list as CSV, JSON and Atom."""

import csv
import io
import json
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.models import Shelf
from tests.factories import GroupFactory, issue_all
from tests.pages import text_of
from tests.register.shelves import fill

pytestmark = pytest.mark.django_db
LISTS = ("decisions", "meetings", "actions", "groups")
PER_PAGE, LEAFED = 25, 40


def listed(answer) -> list[str]:
    assert answer.status_code == 200
    return [row.reference for row in answer.context["list"].shown]


def in_order(**narrowed) -> list[str]:
    rows = Shelf.objects.filter(noun="decision", **narrowed).order_by("-sort_on", "-order", "-pk")
    return list(rows.values_list("reference", flat=True))


def next_of(answer) -> str | None:
    found = re.search(r'href="(\?[^"]*)" rel="next"', answer.content.decode())
    return found and found[1].replace("&amp;", "&")


def walk(client, query: str = "") -> tuple[list[str], list[str]]:
    """Every row from this page on, and the queries of the pages, following their links."""
    rows, addresses = [], []
    while query is not None:
        assert query not in addresses
        answer = client.get(f"/decisions/{query}")
        rows += listed(answer)
        addresses.append(query)
        query = next_of(answer)
    return rows, addresses


# --- pages


def test_pages_show_every_row_once_in_order_beyond_the_fortieth_by_key(client):
    fill(1100)
    rows, addresses = walk(client)
    assert rows == in_order()
    assert addresses[1:LEAFED] == [f"?page={n}" for n in range(2, LEAFED + 1)]
    assert len(addresses) == 44
    assert all(address.startswith("?after=") for address in addresses[LEAFED:])


def test_rows_that_come_and_go_while_one_leafs_by_key_lose_and_repeat_none_of_the_others(client):
    fill(1100)
    before = in_order()
    answer = client.get(f"/decisions/?page={LEAFED}")
    query = next_of(answer)
    fill(30, first=date(2024, 1, 1))
    Shelf.objects.filter(reference__in=before[:40])._raw_delete("default")
    rows, _ = walk(client, query)
    assert rows == before[LEAFED * PER_PAGE :]


def test_a_page_beyond_the_last_is_the_last(client):
    fill(60)
    assert listed(client.get("/decisions/?page=99")) == in_order()[50:]
    assert "page 3 of 3" in text_of(client.get("/decisions/?page=99"))


def test_the_first_the_last_and_those_beside_can_be_chosen(client):
    fill(300)
    page = text_of(client.get("/decisions/?page=6"))
    assert "Previous page 1 ⋯ and other pages 5 6 7 ⋯ and other pages 12 Next page" in page
    assert 'aria-label="Page 6" aria-current="page"' in client.get("/decisions/?page=6").content.decode()


def test_a_list_of_one_page_has_no_pages(client):
    fill(25)
    assert 'aria-label="Pages"' not in client.get("/decisions/").content.decode()
    assert next_of(client.get("/decisions/")) is None


def test_far_down_the_list_there_is_a_way_back_to_the_first_page_with_the_same_filters(client):
    fill(1100)
    far = client.get(f"/decisions/?q=change&after={in_order()[1030]}")
    assert far.status_code == 200  # what is no place in the list is left out
    place = next_of(client.get(f"/decisions/?q=change&page={LEAFED}"))
    page = client.get(f"/decisions/{place}").content.decode()
    assert '<a class="govuk-link" href="?q=change">Back to the first page</a>' in page
    assert "q=change&amp;after=" in page


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 decision"), (2, "2 decisions"), (999, "999 decisions"), (1000, "1,000 decisions"), (1001, "More than 1,000 decisions")]
)
def test_the_count_is_told_exactly_up_to_a_thousand(client, count, said):
    fill(count)
    shown = re.search(r'role="status">(.*?)</p>', client.get("/decisions/").content.decode(), re.S)[1]
    assert " ".join(shown.split()).split(", page")[0] == said


@pytest.mark.parametrize(
    "query", ["after=x", "after=~~", "after=2020-01-01~%00~1", "after=2020-01-01~1~99999999999999999999", "after=0001-01-01~~1", "after=9999-12-31~" + "9" * 99 + "~9", "page=0", "page=41", "page=1&after=2020-01-05~1~1"]
)  # fmt: skip
@pytest.mark.parametrize("name", LISTS)
def test_odd_places_are_answered_and_never_an_error(client, name, query):
    fill(3)
    for end in ("/", ".csv", ".json", ".atom"):
        assert client.get(f"/{name}{end}?{query}").status_code == 200


# --- filters


@pytest.fixture
def several(db):
    for code in ("DAG", "PSG"):
        GroupFactory(code=code, name=f"The {code}")
    issue_all("group")
    facets = {"meeting": None, "against": False, "outcomes": ["approved"], "subjects": ["CR18"], "votes": [], "settlements": []}
    fill(2, title="Registration hours", facets=json.dumps(facets))
    fill(3, title="Dumb meters", group="PSG", first=date(2022, 5, 1), facets=json.dumps(facets | {"outcomes": ["rejected"], "against": True}))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 5), ("q=registration", 2), ("q=meter", 3), ("group=PSG", 3), ("group=psg", 3), ("year=2020", 2), ("year=2022", 3), ("outcome=approved", 2),
        ("about=CR018", 5), ("about=cr+18", 5), ("about=CR019", 0), ("against=1", 3), ("group=PSG&outcome=approved", 0), ("group=PSG&year=2022&against=1&q=dumb", 3),
        ("group=NONE", 5), ("year=1066", 5), ("outcome=maybe", 5), ("q=+", 5), ("somethingelse=1", 5),
    ],
)  # fmt: skip
def test_filters_narrow_the_list_and_what_they_do_not_know_is_left_out(several, client, query, count):
    assert len(listed(client.get(f"/decisions/?{query}"))) == count
    assert client.get(f"/decisions.json?{query}").json()["count"] == f"{count} decisions"


def test_each_filter_in_force_is_a_chip_in_words_which_takes_off_itself_alone(several, client):
    answer = client.get("/decisions/?q=dumb&group=psg&year=2022&outcome=rejected&about=CR018&against=1&page=1")
    chips = {chip["label"]: chip["remove_url"] for chip in answer.context["list"].chips}
    assert list(chips) == ["“dumb”", "Group: PSG", "Year: 2022", "Outcome: Rejected", "About: CR018", "Against the balance of advice"]
    assert chips["Year: 2022"] == "?q=dumb&group=PSG&outcome=rejected&about=CR018&against=1"
    page = text_of(answer)
    assert "Remove filter: Group: PSG" in page
    assert "Clear all filters" in page
    for query in chips.values():
        assert len(client.get(f"/decisions/{query}").context["list"].chips) == 5


def test_the_form_shows_what_was_asked_for_and_the_choices_there_are(several, client):
    page = " ".join(client.get("/decisions/?q=dumb&group=psg&year=2022&against=1").content.decode().split())
    for said in ('value="dumb"', 'value="PSG" selected', 'value="2022" selected', 'value="2021"', 'name="against" type="checkbox" value="1" checked'):
        assert said in page
    assert 'value="2019"' not in page


def test_what_was_asked_for_is_never_markup(several, client):
    page = client.get("/decisions/?q=%22%3E%3Cscript%3E&about=%3Cimg%3E").content.decode()
    assert "<script>&" not in page
    assert "&lt;img&gt;" in page
    assert "<img>" not in page


def test_an_action_is_overdue_from_midnight_on_though_nobody_writes_it_down(client, clock):
    fill(2, "action", state="open", until="2023-07-13 00:00+01", then="overdue", facets='{"owner": "PMO", "due_on": "2023-07-12", "status": "Open"}')
    fill(1, "action", state="done", facets='{"owner": "PMO", "status": "Done", "closed_on": "2023-07-01"}')
    for moment, overdue in (("2023-07-12 23:59", 0), ("2023-07-13 00:00", 2)):
        clock(moment)
        assert len(listed(client.get("/actions/?state=overdue"))) == overdue
        assert len(listed(client.get("/actions/?state=open"))) == 2
        assert len(listed(client.get("/actions/?state=closed"))) == 1
        assert ("by 1 day" in text_of(client.get("/actions/"))) is bool(overdue)
        assert {row["state"] for row in client.get("/actions.json").json()["rows"]} == {"done", "overdue" if overdue else "open"}


# --- the same list as a file


def test_the_csv_opens_in_a_spreadsheet_and_no_cell_of_it_is_a_formula(client):
    for title in ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1"):
        fill(1, title=title)
    answer = client.get("/decisions.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="decisions.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 5
    assert all(cell[:1] not in tuple("=+-@\t\r") for row in rows for cell in row.values())
    assert {row["against_advice"] for row in rows} == {"no"}


def test_the_json_is_the_list_with_what_was_asked_for(several, client):
    told = client.get("/decisions.json?group=psg&page=7").json()
    assert (told["count"], told["asked"], told["next"]) == ("3 decisions", {"group": "PSG"}, None)
    assert [row["reference"] for row in told["rows"]] == in_order(group="PSG")
    assert told["rows"][0]["address"].startswith("http")
    assert "Registration hours" not in str(told)


def references_in(atom: bytes) -> list[str]:
    feed = ElementTree.fromstring(atom)  # noqa: S314 - our own
    return [entry.find("{*}id").text.rstrip("/").rpartition("/")[2] for entry in feed.findall("{*}entry")]


def test_the_atom_feed_is_exactly_the_list(several, client):
    answer = client.get("/decisions.atom?group=PSG")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert references_in(answer.content) == in_order(group="PSG")
    assert b'rel="next"' not in answer.content
    assert '/decisions.atom?group=PSG"' in client.get("/decisions/?group=PSG").content.decode()


@pytest.mark.parametrize("form", ["csv", "json", "atom"])
def test_a_file_longer_than_a_thousand_rows_says_where_it_goes_on(client, form):
    fill(2050)
    rows, address, files = [], f"/decisions.{form}?q=change", 0
    while address:
        answer = client.get(address)
        found = re.fullmatch(r'<https?://[^/]+(/[^>]*)>; rel="next"', answer.get("Link", ""))
        address, files = found and found[1], files + 1
        if form == "csv":
            rows += [row["reference"] for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))]
        elif form == "json":
            rows += [row["reference"] for row in answer.json()["rows"]]
            assert (answer.json()["next"] or "").endswith(address or "")
        else:
            rows += references_in(answer.content)
            links = {link.get("rel"): link.get("href") for link in ElementTree.fromstring(answer.content).findall("{*}link")}  # noqa: S314
            assert links.get("next", "").endswith(address or "")
    assert rows == in_order()
    assert files == 3


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_there_as_a_file_and_empty_where_nothing_is_public(client, name):
    assert client.get(f"/{name}.json").json()["rows"] == []
    assert len(client.get(f"/{name}.csv").content.decode().splitlines()) == 1
    assert references_in(client.get(f"/{name}.atom").content) == []
    assert client.get(f"/{name}.xml").status_code == 404


# --- what it costs


def asked(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("query", ["", "?page=40", "?q=change&group=DAG&year=2020", "?after=2020-02-01~00000001~1000300"])
@pytest.mark.parametrize("end", ["/", ".csv", ".json", ".atom"])
def test_a_list_asks_as_often_among_two_thousand_rows_as_among_two(client, end, query):
    fill(2)
    few = asked(client, f"/decisions{end}{query}")
    fill(2000)
    assert asked(client, f"/decisions{end}{query}") == few <= 8
