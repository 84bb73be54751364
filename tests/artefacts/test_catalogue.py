"""What the catalogue says of an artefact beside its versions: by hand, and many at once from a table."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from artefacts import operations as artefacts
from artefacts.models import Artefact
from groups.models import User
from ledger.verifying import faults
from records.rules import Refused
from rehearsal.past import PLANNED
from tests.artefacts.libraries import Desk
from tests.factories import GroupFactory
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
HEAD = "number,name,kind,phase,streams,other names\n"


@pytest.fixture
def desk(clock):
    return Desk(clock)


def load(desk, lines: str, **told):
    return artefacts.load_catalogue(desk.group, HEAD + lines, by=User.objects.the_archivist(), **told)


def test_the_secretariat_says_what_it_is_and_number_and_name_stay(desk):
    visitor = Visitor(desk.secretary)
    assert "Describe it in the catalogue" in text_of(visitor.opens(f"/desk/artefacts/{desk.artefact.slug}/"))
    page = visitor.opens(f"/desk/artefacts/{desk.artefact.slug}/describe/")
    assert "D-Flow and Interface Mapping" in text_of(page)
    sent = visitor.sends(page, {"sub_type": "Interface specification", "phase": "physical", "streams": ["Design"], "aliases": ["The mapping"]})
    assert "The catalogue describes DES-196 D-Flow and Interface Mapping so now." in text_of(sent)
    assert (desk.body["phase"], desk.body["sub_type"], desk.body["aliases"]) == ("physical", "Interface specification", ["The mapping"])
    assert desk.body["cited"] == "DES-196 D-Flow and Interface Mapping"
    assert "The mapping" in text_of(Visitor(None).opens("/search/?q=mapping"))
    assert list(faults()) == []
    with pytest.raises(Refused):
        artefacts.describe_artefact(desk.artefact, sub_type="", phase="other", streams=[], aliases=[], by=desk.owner)


def test_a_table_adds_what_is_not_there_and_fills_in_what_is_and_the_same_again_changes_nothing(desk):
    lines = "DES-196,D-Flow and Interface Mapping,Mapping,Physical design,Design; Testing,The mapping\n,Event List,,logical,,\n"
    told = load(desk, lines)
    assert [line.cited for line in told.added] == ["Event List"]
    assert told.in_words("loaded") == "2 lines: 1 added; 1 described anew."
    assert (desk.body["phase"], desk.body["streams"], desk.body["aliases"]) == ("physical", ["Design", "Testing"], ["The mapping"])
    page = text_of(Visitor(None).opens("/artefacts/event-list/"))
    assert "Logical design" in page
    editions = desk.artefact.editions.count()
    assert load(desk, lines).in_words("loaded") == "2 lines: as on record."
    assert desk.artefact.editions.count() == editions
    load(desk, ",D-Flow and Interface Mapping,,,,Flows\n")
    assert (desk.body["phase"], desk.body["aliases"]) == ("physical", ["The mapping", "Flows"])
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("DES-8,,Mapping,,,", "It does not name the artefact."),
        (",Event List,,sideways,,", "“sideways” is no phase"),
        (",Event List,,,,\n,Event List,,,,", "Event List stands in the table more than once."),
        ("DES-7,Bare,,,,", "Bare is in the catalogue without the number DES-7: under what an artefact is cited stays as it is."),
        (f",{'x' * 201},,,,", "What stands under “name” is longer than 200 characters."),
        (",Event List,,,,,too,many", "cells"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why_and_nothing_is(desk, line, says):
    artefacts.add_artefact(desk.group, "Bare", by=desk.secretary)
    before = Artefact.objects.count()
    told = load(desk, line + "\n,Volume Model,,logical,,\n")
    assert says in " ".join(told.refused[0].refusals)
    assert Artefact.objects.count() == before
    load(desk, line + "\n,Volume Model,,logical,,\n", skip_refused=True)
    assert Artefact.objects.filter(name="Volume Model").exists()


def test_the_command_looks_first_and_the_programmes_own_list_is_taken_whole(db, tmp_path):
    group, out = GroupFactory(code="DAG"), StringIO()
    call_command("load_catalogue", str(PLANNED), "--group", "DAG", stdout=out)
    assert "35 lines: 35 to be added." in out.getvalue()
    assert not group.artefacts.exists()
    call_command("load_catalogue", str(PLANNED), "--group", "DAG", "--load", stdout=out)
    assert group.artefacts.filter(phase="physical").count() == 11
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"\x00\x01\xff\xfe")
    with pytest.raises(CommandError, match="not text"):
        call_command("load_catalogue", str(bad), "--group", "DAG", stdout=out)
