"""What was in force on any day: each artefact's version, by which decision, what came into it since, and what differs from another day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from artefacts import operations as artefacts
from decisions import operations as decisions
from register.baseline import baseline_of, differences
from tests.artefacts.test_artefacts import Library, carrying
from tests.conftest import set_clock
from tests.factories import issue_all
from tests.pages import text_of

pytestmark = pytest.mark.django_db
CSV = ("mapping.csv", b"first;second\n")


def build_library() -> Library:
    """0.9 put forward and baselined on 12 July, issued as 1.0 on the 20th; on 1 August 1.1 carried CR018."""
    library = Library(set_clock)
    library.put_forward("0.9")
    library.baselined("0.9")
    set_clock("2023-07-20 10:00")
    put = library.artefact.versions.get(label="0.9")
    draft = artefacts.draft_version(library.artefact, "1.0", made_from=put, by=library.owner)
    library.file = artefacts.attach(draft, CSV, form="clean", by=library.owner)
    artefacts.put_forward(draft, by=library.owner)
    set_clock("2023-08-01 10:00")
    library.put_forward("1.1", carries=carrying("CR018"))
    issue_all("group")
    return library


@pytest.fixture(scope="module")
def stage(scene):
    return scene(build_library)


@pytest.fixture
def library(stage):
    return stage()


def in_force(library, day: str) -> list[tuple]:
    return [(line.version, line.baselined_as, line.carries, line.note) for line in baseline_of(library.group.code, date.fromisoformat(day))]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2000-01-01", []),
        ("2023-07-19", [("0.9", "1.0", (), "As it was put to the group; version 1.0 was not issued by that day.")]),
        ("2023-07-20", [("1.0", "1.0", (), "")]),
        ("2023-08-01", [("1.1", "1.0", ("CR018",), "")]),
    ],
)
def test_each_day_has_the_version_that_was_in_force(library, day, told):
    assert in_force(library, day) == told


def test_a_draft_and_what_was_withdrawn_are_in_no_baseline(library):
    artefacts.withdraw_version(library.artefact.versions.get(label="1.1"), why="A slip", by=library.owner)
    artefacts.draft_version(library.artefact, "1.2", carries=carrying("CR019"), by=library.owner)
    assert in_force(library, "2023-08-01") == [("1.0", "1.0", (), "")]


def test_what_is_decided_and_not_public_is_in_no_baseline(clock, client):
    library = Library(clock)
    library.put_forward("0.9")
    decided = library.determined("0.9")
    issue_all("group")
    here = f"/groups/{library.group.code}/baseline/"
    assert "Nothing was baselined" in text_of(client.get(here))
    decisions.publish(decided, by=library.secretary)
    assert decided.reference in text_of(client.get(here + "?now"))


def test_two_days_differ_by_version_or_by_the_content_of_a_file(library):
    def told(one: str, other: str) -> list[tuple]:
        days = [baseline_of(library.group.code, date.fromisoformat(day)) for day in (one, other)]
        return [(was and was.version, now and now.version) for was, now in differences(*days)]

    assert told("2000-01-01", "2023-07-19") == [(None, "0.9")]
    assert told("2023-07-19", "2023-07-20") == [("0.9", "1.0")]
    assert told("2023-07-20", "2023-07-31") == []


def test_the_page_is_cited_by_its_day_and_leads_to_the_files(library, client):
    page = client.get(f"/groups/{library.group.code}/baseline/?on=2023-07-20&since=2023-07-19")
    shown = text_of(page)
    assert "The baseline on 20 Jul 2023" in shown
    assert "on=2023-07-20&since=2023-07-19" in shown
    assert "What is different since 19 Jul 2023" in shown
    assert f"/artefacts/{library.artefact.slug}/files/{library.file.digest}/" in page.content.decode()


def test_as_a_file_it_has_a_line_for_each_file_with_its_hash(library, client):
    here = f"/groups/{library.group.code}/baseline/?on=2023-07-20"
    taken = client.get(here + "&as=csv").content.decode()
    assert library.file.digest in taken
    (line,) = client.get(here + "&as=json").json()["baseline"]
    assert (line["version"], line["file"], line["sha256"], line["decided on"]) == ("1.0", "mapping.csv", library.file.digest, "2023-07-12")


@pytest.mark.parametrize(("asked", "says"), [("on=tomorrow", "Give a day"), ("on=2023-07-20&since=2023-07-21", "Give a day before the other one"), ("on=9999-12-31", "between")])
def test_a_day_that_is_none_is_said(library, client, asked, says):
    page = client.get(f"/groups/{library.group.code}/baseline/?{asked}")
    assert page.status_code == 400
    assert says in text_of(page)


def test_it_takes_as_many_queries_for_many_artefacts_as_for_one(library):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            baseline_of(library.group.code, date(2023, 8, 1))
        return len(asked)

    of_one = queries()
    for n in range(5):
        artefacts.add_artefact(library.group, f"Another {n}", by=library.secretary)
    assert queries() == of_one <= 4
