"""Files are attached to drafts, become public with their version to whom they are for, and stay as they are."""

import pytest
from django.db import DatabaseError, connection, transaction

from artefacts import operations as artefacts
from artefacts.models import ArtefactVersion
from ledger.verifying import faults
from records.rules import Refused
from rehearsal.papers import document
from tests.artefacts.test_artefacts import Library
from tests.pages import Visitor, drained, text_of

pytestmark = pytest.mark.django_db
CSV = ("catalogue.csv", b"first;second\n")


@pytest.fixture
def library(clock):
    return Library(clock)


@pytest.fixture
def draft(library) -> ArtefactVersion:
    return artefacts.draft_version(library.artefact, "0.9", by=library.owner)


def test_a_public_file_is_got_by_its_hash_from_the_moment_its_version_is_put_forward(library, draft, client):
    kept = artefacts.attach(draft, CSV, form="clean", by=library.owner)
    here = f"{library.artefact.get_absolute_url()}files/{kept.digest}/"
    assert client.get(here).status_code == 404
    artefacts.put_forward(draft, by=library.owner)
    answer = client.get(here + "?now")
    assert b"".join(answer.streaming_content) == CSV[1]
    assert answer["Content-Disposition"] == 'attachment; filename="catalogue.csv"'
    assert client.get(here + "?now", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert "catalogue.csv" in text_of(client.get(library.artefact.get_absolute_url()))
    assert not list(faults())


@pytest.mark.parametrize("visibility", ["participants", "pmo_and_assurance"])
def test_what_is_not_for_everyone_is_in_no_edition_and_at_no_public_address(library, draft, client, visibility):
    kept = artefacts.attach(draft, ("canary.csv", b"secret"), form="source", visibility=visibility, by=library.owner)
    artefacts.put_forward(draft, by=library.owner)
    assert "canary" not in str(library.body)
    assert client.get(f"{library.artefact.get_absolute_url()}files/{kept.digest}/").status_code == 404
    who = {name: drained(Visitor(getattr(library, name)).client.get(f"/desk/artefacts/files/{kept.pk}/")).status_code for name in ("owner", "secretary", "reader", "observer", "stranger")}
    assert who == {"owner": 200, "secretary": 200, "reader": 200, "observer": 200 if visibility == "participants" else 404, "stranger": 404}


def test_who_wrote_it_is_taken_out_of_what_is_handed_out(library, draft, client):
    kept = artefacts.attach(draft, ("mapping.docx", document("Ann Author", "The mapping.")), form="clean", by=library.owner)
    artefacts.put_forward(draft, by=library.owner)
    shown = text_of(client.get(library.artefact.get_absolute_url()))
    assert kept.sha256 in shown
    assert kept.digest in shown
    assert kept.sha256 != kept.digest


def test_a_newer_document_takes_the_place_of_the_one_before(library, draft):
    artefacts.attach(draft, CSV, form="clean", by=library.owner)
    artefacts.attach(draft, ("newer.csv", b"third"), form="clean", by=library.owner)
    artefacts.attach(draft, ("annex.csv", b"fourth"), form="annex", by=library.owner)
    artefacts.put_forward(draft, by=library.owner)
    assert [each["name"] for each in library.body["versions"][0]["files"]] == ["newer.csv", "annex.csv"]


def test_a_file_is_taken_off_a_draft_again_and_not_off_what_is_put_forward(library, draft):
    artefacts.detach(artefacts.attach(draft, CSV, form="annex", by=library.owner), by=library.owner)
    kept = artefacts.attach(draft, ("other.csv", b"2"), form="annex", by=library.owner)
    artefacts.put_forward(draft, by=library.owner)
    assert [each["name"] for each in library.body["versions"][0]["files"]] == ["other.csv"]
    for act in (lambda: artefacts.detach(kept, by=library.owner), lambda: artefacts.attach(draft, CSV, form="annex", by=library.owner)):
        with pytest.raises(Refused, match="is fixed: what it holds is frozen"):
            act()


@pytest.mark.forged
def test_the_database_itself_keeps_the_files_of_what_was_put_forward(library, draft):
    artefacts.attach(draft, CSV, form="clean", by=library.owner)
    artefacts.put_forward(draft, by=library.owner)
    with pytest.raises(DatabaseError, match="fixed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE artefacts_versionfile SET visibility = 'participants'")


@pytest.mark.parametrize(("name", "content", "match"), [("x.exe", b"MZ", "x.exe|kind|take"), ("x.csv", b"", "empty"), ("x.pdf", b"no pdf", "PDF|not")])
def test_what_the_portal_does_not_keep_is_refused_and_nothing_is_attached(library, draft, name, content, match):
    with pytest.raises(Refused, match=match):
        artefacts.attach(draft, (name, content), form="clean", by=library.owner)
    assert not draft.files.exists()


def test_an_altered_row_of_a_file_is_found(library, draft, as_owner):
    kept = artefacts.attach(draft, CSV, form="clean", by=library.owner)
    artefacts.put_forward(draft, by=library.owner)
    as_owner("UPDATE artefacts_versionfile SET name = 'other.csv' WHERE id = %s", kept.pk)
    assert [each for each in faults() if "other.csv" in each or "catalogue.csv" in each]
