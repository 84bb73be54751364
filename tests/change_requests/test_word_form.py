"""The raiser's form goes out as a Word document and comes back: what was read is shown before it is taken, and what is not sound is said."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from change_requests import operations as changes
from change_requests.models import ChangeRequestVersion
from change_requests.word_form import document
from files.reading.fields import read
from tests.change_requests.offices import SAID, Office
from tests.conftest import set_clock
from tests.files.samples import office as office_file
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db

SAYS = {
    "label": "1.1", "what_changed": "Less of it.", "issue": "Messages wait.\n\n- for an hour\n- or two", "solution": "Answer them at once <now> & then.\nYes.", "benefits": "",
    "cost": "", "plan_impact": "", "artefacts": [], "constituencies": [], "attachments": ["Message formats", "Costs"],
}  # fmt: skip


class Desk:
    """A draft, and its raiser, who brings forms."""

    def __init__(self, office: Office):
        self.office, self.request = office, office.drafted()
        self.raiser, self.at = Visitor(office.raiser), f"/desk/change-requests/{self.request.pk}/form/"

    def brings(self, content: bytes, name: str = "form.docx"):
        return self.raiser.client.post(self.at, {"file": SimpleUploadedFile(name, content)})

    @property
    def version(self) -> ChangeRequestVersion:
        return self.request.versions.get()


@pytest.fixture(scope="module")
def stage(scene):
    return scene(lambda: Desk(Office(set_clock)))


@pytest.fixture
def desk(stage):
    return stage()


def changed(content: bytes, *changes: tuple[str, str]) -> bytes:
    """The document with its text written anew: each change is a pattern and what takes its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = before.read(name).decode()
            for pattern, instead in changes if name == "word/document.xml" else ():
                part, n = re.subn(pattern, lambda _, instead=instead: instead, part, flags=re.DOTALL)
                assert n, f"{pattern} is not in the form"
            after.writestr(name, part)
    return out.getvalue()


def box(name: str) -> str:
    return rf'<w:sdt><w:sdtPr><w:alias w:val="[^"]*"/><w:tag w:val="dag-portal:{name}"/>(?:(?!<w:sdt>).)*</w:sdt>'


def test_what_goes_out_comes_back_as_it_was():
    told = {each["tag"].removeprefix("dag-portal:"): each["text"] for each in read(document(SAYS))["fields"]}
    lists = {name: "\n\n".join(said) if isinstance(said, list) else said for name, said in SAYS.items()}
    assert {name: "" if told[name] == "Write here." else told[name] for name in SAYS} == lists


class TestBroughtBack:
    def test_it_is_shown_first_and_taken_only_then(self, desk):
        page = desk.brings(document(SAYS, desk.request))
        shown = text_of(page)
        assert page.status_code == 200
        assert "Nothing of this is saved yet" in shown
        assert "Answer them at once <now> & then." in shown
        assert desk.version.solution == "Answer them at once."
        desk.raiser.sends(page)
        assert (desk.version.label, desk.version.issue) == ("1.1", SAYS["issue"])
        assert [each.title for each in desk.version.attachments.all()] == ["Message formats", "Costs"]

    def test_the_draft_that_was_changed_meanwhile_is_not_written_over(self, desk):
        page = desk.brings(document(SAYS, desk.request))
        changes.change_version(desk.version, "1.0", by=desk.office.raiser, **SAID | {"issue": "Another one."})
        answered = desk.raiser.sends(page)
        assert answered.status_code == 409
        assert desk.version.issue == "Another one."
        assert SAYS["solution"] in answered.content.decode().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    @pytest.mark.parametrize(
        ("changes_made", "sentence"),
        [
            ([(box("solution"), "")], "The form has no box any more for: The solution"),
            ([('w:val="dag-portal:benefits"', 'w:val="gains"')], "none of its own: Benefits"),
            ([("Messages wait.", '</w:t></w:r><w:ins w:id="1"><w:r><w:t>Now.</w:t></w:r></w:ins><w:r><w:t>')], "The form has tracked changes"),
        ],
    )  # fmt: skip
    def test_a_form_that_is_not_whole_is_refused_in_words(self, desk, changes_made, sentence):
        page = desk.brings(changed(document(SAYS, desk.request), *changes_made))
        assert page.status_code == 400
        assert sentence in text_of(page)

    def test_a_second_copy_of_a_field_is_asked_about(self, desk):
        content = document(SAYS, desk.request)
        twice = re.search(box("issue"), zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode(), re.DOTALL)
        page = desk.brings(changed(content, ("<w:sectPr>", f"{twice[0]}<w:sectPr>")))
        assert "The form has two boxes for: The issue. Which one counts?" in text_of(page)

    def test_what_stands_outside_the_fields_is_shown_and_not_taken(self, desk):
        beside = "<w:p><w:r><w:t>One more thing.</w:t></w:r></w:p><w:sectPr>"
        page = desk.brings(changed(document(SAYS, desk.request), ("<w:sectPr>", beside)))
        assert "in none of its boxes, and is not taken" in text_of(page)
        assert "One more thing." in text_of(page)
        assert "Accept or reject all tracked changes" not in text_of(page)

    def test_a_field_of_ten_thousand_words_is_kept_on_the_page_beside_what_is_wrong_with_it(self, desk):
        long = "word " * 10_000
        page = desk.brings(document(SAYS | {"issue": long}, desk.request))
        assert page.status_code == 400
        assert "Keep it under 10,000 characters." in text_of(page)
        assert page.content.decode().count("word word") > 5_000

    def test_what_the_catalogue_does_not_know_and_a_form_of_another_request_are_said(self, desk):
        other = desk.office.drafted("Another")
        told = text_of(desk.brings(document(SAYS | {"artefacts": ["Nobody’s"], "constituencies": [desk.office.seats[0].constituency.name.upper()]}, other)))
        assert "“Nobody’s” is not in the portal’s list" in told
        assert f"taken out for another change request than {desk.request.called}" in told
        assert desk.office.seats[0].constituency.name in told

    @pytest.mark.parametrize(
        ("content", "name", "sentence"),
        [
            (b"", "form.docx", "The file is empty."), (b"MZ\0\0", "form.docx", "The file is a program"), (b"plain", "form.docx", "is not .docx"),
            (b"a;b", "form.csv", "What can be handed in here: Word document"), (office_file("docm"), "form.docx", "holds macros"), (office_file(), "form.docx", "This is not the form"),
            (office_file(main="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "form.docx", "document type or entities"),
        ],
    )  # fmt: skip
    def test_a_wrong_or_hostile_file_is_refused_in_words(self, desk, content, name, sentence):
        page = desk.brings(content, name)
        assert page.status_code == 400
        assert sentence in text_of(page)


def test_only_whoever_may_write_it_takes_the_form_out_and_brings_it(desk):
    stranger = Visitor(desk.office.respondents[0])
    assert stranger.client.get(desk.at).status_code == 404
    assert stranger.client.get(desk.at.replace("/form/", "/form.docx")).status_code == 404
    taken = desk.raiser.client.get(desk.at.replace("/form/", "/form.docx"))
    assert "attachment" in taken["Content-Disposition"]
    assert "Messages wait." in [each["text"] for each in read(b"".join(taken.streaming_content))["fields"]]
