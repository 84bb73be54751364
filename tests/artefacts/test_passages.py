"""What is issued is held against what was put to the group: every passage that differs belongs to an agreed edit, or is listed as unexplained."""

import pytest
from django.db import DatabaseError, connection, transaction

from artefacts import operations as artefacts
from artefacts.models import ArtefactVersion, Passage
from artefacts.passages import differing
from ledger.verifying import faults
from records.rules import Refused
from tests.artefacts.test_artefacts import Library
from tests.conftest import set_clock
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
PUT = b"The first rule.\n\nThe second rule.\n\nThe third rule.\n"
MADE = b"The first rule.\n\nThe second rule, amended.\n\nThe third rule, and a slip.\n"


def build_library() -> Library:
    """0.9 was put to the group and baselined with one edit agreed; 1.0 is begun, and differs in two passages."""
    library = Library(set_clock)
    put = artefacts.draft_version(library.artefact, "0.9", by=library.owner)
    artefacts.attach(put, ("mapping.txt", PUT), form="clean", by=library.owner)
    library.put = artefacts.put_forward(put, by=library.owner)
    library.baselined("0.9")
    library.edit = artefacts.agree_edit(library.put, "Amend the second rule", agreed_where="DAG026 4.1", by=library.secretary)
    library.draft = artefacts.draft_version(library.artefact, "1.0", made_from=library.put, by=library.owner)
    library.file = artefacts.attach(library.draft, ("mapping.txt", MADE), form="clean", by=library.owner)
    artefacts.see_edit_done(library.edit, by=library.secretary)
    return library


@pytest.fixture(scope="module")
def stage(scene):
    return scene(build_library)


@pytest.fixture
def library(stage):
    return stage()


def compared(library) -> list:
    from artefacts.operations.passages import compare_with_baselined

    compare_with_baselined(library.draft, by=library.owner)
    return differing(library.draft, library.put)


def listed(library) -> list[tuple]:
    return [(each["after"], each["edit"]) for each in library.body["versions"][0]["passages"]]


def test_what_is_attached_to_an_edit_is_told_with_it_and_the_rest_as_unexplained(library, client):
    one, other = compared(library)
    artefacts.explain(library.draft, {one.key: library.edit, other.key: None}, by=library.owner)
    assert "passages" not in library.body["versions"][0] or library.body["versions"][0]["label"] == "0.9"  # a draft is nobody's to read
    artefacts.put_forward(library.draft, by=library.owner)
    assert listed(library) == [("The second rule, amended.", 1), ("The third rule, and a slip.", None)]
    page = text_of(client.get(library.artefact.get_absolute_url()))
    assert "2 passages differ from what was put to the group: 1 by agreed edits, 1 unexplained" in page
    assert "Is what was changed after the decision what was agreed?" in page
    assert "Version 1.0: 1 of 2 passages that differ belong to an agreed edit; 1 unexplained." in page
    assert not list(faults())


def test_without_a_word_of_anybody_all_is_unexplained_however_far_the_worker_is(library):
    artefacts.put_forward(library.draft, by=library.owner)
    assert [edit for _, edit in listed(library)] == [None, None]


def test_what_was_attached_stays_while_the_document_changes_around_it_and_goes_with_its_passage(library):
    one, _ = compared(library)
    artefacts.explain(library.draft, {one.key: library.edit}, by=library.owner)
    artefacts.attach(library.draft, ("mapping.txt", b"A preface.\n\n" + MADE.replace(b", and a slip", b"")), form="clean", by=library.owner)
    artefacts.put_forward(library.draft, by=library.owner)
    assert listed(library) == [("A preface.", None), ("The second rule, amended.", 1)]


def test_the_page_attaches_passages_and_keeps_what_was_chosen(library):
    one, other = compared(library)
    here = f"/desk/artefacts/versions/{library.draft.pk}/passages/"
    owner = Visitor(library.owner)
    assert "Edit 1: Amend the second rule" in text_of(owner.opens(here))
    assert "1 of 2 passages belong to an agreed edit; 1 unexplained." in text_of(owner.does(here, {one.key: "1", other.key: "none"}))
    assert list(Passage.objects.values_list("key", "edit__n")) == [(one.key, 1)]
    assert owner.does(here, {one.key: "7", other.key: "none"}).status_code == 400
    assert Visitor(library.reader).opens(here).status_code == 403


def test_what_does_not_differ_any_more_or_was_agreed_elsewhere_is_refused(library):
    one, _ = compared(library)
    with pytest.raises(Refused, match="1 of these passages does not differ any more: the files have changed"):
        artefacts.explain(library.draft, {"0" * 64: None}, by=library.owner)
    elsewhere = artefacts.add_artefact(library.group, "Elsewhere", by=library.secretary)
    other = artefacts.put_forward(artefacts.draft_version(elsewhere, "0.9", by=library.secretary), by=library.secretary)
    edit = artefacts.agree_edit(other, "Another", agreed_where="DAG026 4.2", by=library.secretary)
    with pytest.raises(Refused, match="Attach passages only to edits that were agreed for DES-196"):
        artefacts.explain(library.draft, {one.key: edit}, by=library.owner)


@pytest.mark.parametrize(("label", "says"), [("1.1", "Nothing was baselined of which"), ("1.0", "what it holds is frozen")])
def test_only_a_draft_that_is_made_for_a_baseline_is_held_against_it(library, label, says):
    version = library.draft
    if label == "1.0":
        artefacts.put_forward(version, by=library.owner)
    else:
        version = artefacts.draft_version(library.artefact, label, by=library.owner)
    with pytest.raises(Refused, match=says):
        artefacts.explain(ArtefactVersion.objects.get(pk=version.pk), {}, by=library.owner)


def test_of_a_file_that_is_not_for_everybody_no_word_is_public(library, client):
    artefacts.attach(library.draft, ("mapping.txt", MADE), form="clean", visibility="participants", by=library.owner)
    artefacts.put_forward(library.draft, by=library.owner)
    assert "amended" not in str(library.body)
    assert len(listed(library)) == 2
    assert "A passage of a file that is not for everybody." in text_of(client.get(library.artefact.get_absolute_url()))


def test_what_cannot_be_compared_is_listed_with_the_reason(library):
    artefacts.detach(library.file, by=library.owner)
    artefacts.put_forward(library.draft, by=library.owner)
    (told,) = library.body["versions"][0]["passages"]
    assert told["sentence"] == "The portal holds no document of the later version, so nothing could be compared."


@pytest.mark.forged
def test_the_database_itself_keeps_what_was_listed(library):
    artefacts.put_forward(library.draft, by=library.owner)
    with pytest.raises(DatabaseError, match="fixed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE artefacts_passage SET edit_id = NULL")
