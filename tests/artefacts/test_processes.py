"""The list of a programme's processes is loaded from a table, looked at first and as often as it changes; a public page tells which are covered."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from artefacts import operations as artefacts
from artefacts.models import Process
from records.rules import Refused
from tests.artefacts.test_artefacts import Library
from tests.factories import issue_all
from tests.pages import text_of

pytestmark = pytest.mark.django_db
HEAD = "reference,name,stream,parent,artefacts\n"
TABLE = HEAD + "P1,Registration,Registration,,DES196\nP1.1,Change of supplier,Registration,P1,DES-196; Choreography\nP2,Settlement,Settlement,,\n"


@pytest.fixture
def library(clock):
    library = Library(clock)
    artefacts.add_artefact(library.group, "Choreography", by=library.secretary)
    issue_all("group")
    return library


def load(library, table: str = TABLE):
    return artefacts.load_processes(library.group, table, by=library.secretary)


def on_record() -> list[tuple]:
    rows = Process.objects.filter(dropped=False).order_by("reference")
    return [(each.reference, each.parent and each.parent.reference, [str(d.artefact) for d in each.documents.filter(dropped=False)]) for each in rows]


def test_the_list_is_what_the_table_says_and_the_same_again_changes_nothing(library):
    assert load(library).in_words() == "3 processes in the table; 3 added (P1, P1.1, P2)."
    mapping = "DES-196 D-Flow and Interface Mapping"
    assert on_record() == [("P1", None, [mapping]), ("P1.1", "P1", [mapping, "Choreography"]), ("P2", None, [])]
    before = Process.history.count()
    assert load(library).in_words() == "3 processes in the table, as on record."
    assert Process.history.count() == before
    told = load(library, HEAD + "P1,Registration,Registration,,Choreography\nP2,Settlement,Settlement,,\n")
    assert (told.changed, told.dropped) == (["P1"], ["P1.1"])
    assert on_record() == [("P1", None, ["Choreography"]), ("P2", None, [])]
    load(library)
    assert on_record()[1] == ("P1.1", "P1", [mapping, "Choreography"])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("P1,Registration,,,DES-404", "Line 2: No artefact of the catalogue is cited as DES-404"),
        ("P1,,,,", "Line 2: A process needs a reference and a name."),
        ("P1,Registration,,P9,", "Line 2: It is part of P9, which is not in the table."),
        ("P1,Registration,,P1,", "Line 2: P1 would be part of itself."),
        ("P1,Registration,,P2,\nP2,Settlement,,P1,", "Line 3: P2 would be part of itself."),
        ("P1,Registration,,,\np1,Settlement,,,", "Line 3: p1 stands in the table more than once."),
        (f"P1,{'x' * 201},,,", "Line 2: The name has more than 200 characters."),
    ],
)
def test_a_line_that_says_what_cannot_be_is_refused_and_nothing_is_loaded(library, line, says):
    with pytest.raises(Refused, match=says):
        load(library, HEAD + line + "\n")
    assert on_record() == []


def test_the_command_only_says_what_it_would_do_until_it_is_told_to_load(library, tmp_path, capsys):
    table = tmp_path / "processes.csv"
    table.write_text("\ufeff" + TABLE, encoding="utf-8")
    call_command("load_processes", table, group=library.group.code)
    assert "3 added" in capsys.readouterr().out
    assert on_record() == []
    call_command("load_processes", table, group=library.group.code, load=True)
    assert len(on_record()) == 3
    table.write_text(HEAD + "P1,,,,\n")
    call_command("load_processes", table, group=library.group.code)
    assert "Line 2: A process needs" in capsys.readouterr().err
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_processes", table, group=library.group.code, load=True)
    with pytest.raises(CommandError, match="There is no group NONE"):
        call_command("load_processes", table, group="NONE")


def test_the_page_tells_how_many_a_baselined_artefact_covers(library, client):
    load(library)
    assert "0 of 3 have a baselined artefact." in text_of(client.get("/artefacts/processes/"))
    library.put_forward("1.0")
    library.baselined("1.0")
    page = text_of(client.get("/artefacts/processes/?now"))
    assert "2 of 3 have a baselined artefact." in page
    assert "Registration: 2 of 2" in page
    rows = list(csv.DictReader(io.StringIO(client.get("/artefacts/processes.csv").content.decode().removeprefix("\ufeff"))))
    assert [(row["process"], row["artefact"], row["covered"]) for row in rows] == [
        ("P1", "DES-196 D-Flow and Interface Mapping", "yes"), ("P1.1", "Choreography", "yes"), ("P1.1", "DES-196 D-Flow and Interface Mapping", "yes"), ("P2", "", "no"),
    ]


def test_it_takes_as_many_queries_for_many_processes_as_for_one(library, client):
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    load(library, HEAD + "P0,First,,,DES-196\n")
    of_one = queries("/artefacts/processes/")
    load(library, HEAD + "".join(f"P{n},Process {n},Stream {n % 5},,DES-196\n" for n in range(40)))
    assert queries("/artefacts/processes/?now") == of_one


def test_no_artefact_takes_the_address_of_the_page(library):
    assert artefacts.add_artefact(library.group, "Processes", by=library.secretary).slug == "processes-2"
