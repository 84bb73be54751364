"""Text that is not what it looks like is refused or doubted wherever it is read in, and whatever way it came, nothing is put down that cannot be seen."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from archive.by_hand import source_of
from archive.operations import import_minutes, read_only
from artefacts.catalogue import catalogue_in
from artefacts.loading import library_in
from artefacts.process_list import list_in
from artefacts.sheets import comments_on, resolutions_in
from change_requests.loading import spreadsheet_in
from change_requests.word_form import document
from decisions.models import Decision
from files.filled import filled_in
from files.reading import read
from groups.models import Group, Person, User
from groups.programme import load
from groups.sheets import looked_at
from meetings import teams
from records.forms import NameField
from records.rules import Refused
from records.typed import refusal_of_letters, scripts_of, twin_of
from tests.artefacts.libraries import Desk
from tests.change_requests.test_word_form import changed
from tests.factories import GroupFactory, a_pmo
from tests.files.samples import office

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
TURNED, MIXED, TWIN = "ap\u202edevorp", "\u0421R018", "\u0420\u041c\u041e"
UNSEEN = "ap\u200bproved"


# --- letters


@pytest.mark.parametrize("name", ["王小明", "王小明 (David Wang)", "山田 たろう", "김철수", "Анна", "Ελένη", "Łukasz Żółć", "5 µm"])
def test_a_name_may_be_written_in_any_alphabet_and_in_chinese_beside_latin(name):
    assert NameField().clean(name) == name


@pytest.mark.parametrize(("name", "says"), [(MIXED, "Cyrillic and Latin"), (TWIN, "looks like “PMO”, and is written in Cyrillic letters"), ("\u0395\u039a\u039f", "“EKO”"), ("\U0001d400da", "Latin and Mathematical")])
def test_a_name_that_passes_for_another_is_refused(name, says):
    assert says in refusal_of_letters(name)
    assert not refusal_of_letters("Анна")
    assert (twin_of("PMO"), scripts_of("PMO")) == ("", {"Latin"})


# --- every table that is brought in


def catalogue(text: str):
    return catalogue_in(text, Group.objects.first())


def processes(text: str):
    return list_in(text, Group.objects.first())


def library(text: str):
    return library_in(text, ROOT / "docs", Group.objects.first())


def assessments(text: str):
    return spreadsheet_in(text, Group.objects.first(), date(2023, 7, 12))


def members(text: str):
    return looked_at(Group.objects.first(), text, by=a_pmo())


TABLES = {
    "artefacts/catalogue.py": (catalogue, "name,kind\n{},Mapping\n"),
    "artefacts/process_list.py": (processes, "reference,name\nP1,{}\n"),
    "artefacts/loading.py": (library, "name,version,note\n{},1.0,x\n"),
    "change_requests/loading.py": (assessments, "change request,organisation\nCR018,{}\n"),
    "groups/sheets.py": (members, "constituency,name\nDNO,{}\n"),
}


def refusals_in(told) -> str:
    lines = getattr(told, "lines", told)
    return " ".join(str(reason) for line in lines for reason in line.refusals)


@pytest.mark.parametrize("module", TABLES)
def test_a_line_that_is_not_what_it_looks_like_is_refused(module):
    GroupFactory(code="DAG")
    brought, table = TABLES[module]
    assert "turn the direction of reading (U+202E)" in refusals_in(brought(table.format(TURNED)))
    assert "mixes letters that look alike (Cyrillic and Latin)" in refusals_in(brought(table.format(MIXED)))
    assert "is written in Cyrillic letters" in refusals_in(brought(table.format(TWIN)))
    told = brought(table.format(UNSEEN))
    assert "letters" not in refusals_in(told)
    assert "\u200b" not in repr(told)


def test_a_sheet_of_comments_is_refused_where_it_turns(clock):
    desk = Desk(clock)
    review = desk.review()
    row, comment = desk.place(review, 0), desk.say(review, 0)
    (line,) = comments_on(row, f"weight,comment\nmust,{TURNED}\n")
    assert "turn the direction of reading" in line.refusals[0]
    (line,) = resolutions_in(type(review).objects.get(pk=review.pk), f"number,resolution,why\n{comment.number},rejected,{TURNED}\n")
    assert "turn the direction of reading" in line.refusals[0]


def test_no_table_is_brought_in_by_another_door():
    """Whoever reads a table for the record is above, or says here why not."""
    others = {
        "artefacts/sheets.py": "the test above", "groups/programme.py": "below", "meetings/teams.py": "below", "files/reading/texts.py": "below", "records/importing.py": "the door",
        "register/search.py": "a file of the project", "records/acronyms.py": "a file of the project",
    }  # fmt: skip
    ours = [app.label for app in apps.get_app_configs() if Path(app.path).parent == ROOT]
    sources = {str(path.relative_to(ROOT)): path.read_text() for app in ours for path in (ROOT / app).rglob("*.py")}
    readers = {name for name, source in sources.items() if re.search(r"\btable_in\(|csv\.(reader|DictReader)\(|tomllib\.load", source)}
    assert {*TABLES, "artefacts/sheets.py", "groups/programme.py"} <= readers <= {*TABLES, *others}


# --- everything else that is read in


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (f'name = "{TURNED}"', "cannot be seen, or turn the direction of reading (U+202E)"), (f'name = "{UNSEEN}"', "(U+200B)"),
        (f'name = "{MIXED}"', "mixes letters that look alike"), (f'name = "{TWIN}"', "looks like “PMO”"), (f'name = "x"\npurpose = "{TURNED}"', "under “purpose”"),
    ],
)  # fmt: skip
def test_a_programme_file_is_refused_with_the_entry_named(tmp_path, line, says):
    file = tmp_path / "programme.toml"
    file.write_text(f'[[group]]\ncode = "XYZ"\nlevel = 3\n{line}\n', encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load(file)
    assert says in str(refused.value)
    assert "[[group]] XYZ: " in str(refused.value)
    assert not Group.objects.filter(code="XYZ").exists()


def test_a_paper_whose_references_are_of_other_letters_is_read_with_a_doubt():
    paper = (ROOT / "archive/samples").glob("*.md")
    text = next(paper).read_text(encoding="utf-8")
    assert not [each for each in read_only(text.encode(), "x.md", "DAG").reading.warnings if "other alphabets" in each]
    (doubt,) = [each for each in read_only(text.replace("CR018", MIXED).encode(), "x.md", "DAG").reading.warnings if "other alphabets" in each]
    assert f"“{MIXED}”" in doubt


@pytest.mark.forged
def test_beside_a_correction_by_hand_the_paper_is_shown_as_it_stands():
    load(ROOT / "programme/mhhs.toml")
    text = (ROOT / "archive/samples/DAG026.md").read_text(encoding="utf-8")
    import_minutes(text.replace("CR018", "&#x202E;CR018").encode(), "turned.md", group_code="DAG", by=User.objects.the_archivist())
    printed = [piece for decision in Decision.objects.all() for piece in source_of(decision)]
    assert any("⟨U+202E⟩CR018" in piece for piece in printed)
    assert not any("\u202e" in piece for piece in printed)


def test_the_report_of_a_call_is_refused_where_it_turns():
    with pytest.raises(Refused, match="turn the direction of reading"):
        teams.read(f"Name\tFirst Join\tLast Leave\n{TURNED}\t12/07/2023, 10:00:00\t12/07/2023, 11:00:00\n", date(2023, 7, 12))


SAYS = {"label": "1.0", "issue": "It waits.", "solution": "It is approved.", "artefacts": [], "constituencies": [], "attachments": []}
RUN = r"<w:r><w:t [^>]*>It is approved\.</w:t></w:r>"


@pytest.mark.parametrize(
    ("instead", "says"),
    [
        ("<w:r><w:t>It is \u202edevorppa\u202c.</w:t></w:r>", "turn the direction of reading (U+202C, U+202E)"),
        ('<w:bdo w:val="rtl"><w:r><w:t>It is approved.</w:t></w:r></w:bdo>', "run from right to left"),
        ("<w:r><w:t>It is </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>not </w:t></w:r><w:r><w:t>approved.</w:t></w:r>", "hidden in Word"),
    ],
)
def test_a_word_document_brought_back_is_refused_where_it_turns_or_hides(instead, says):
    with pytest.raises(Refused, match=re.escape(says)):
        filled_in(SimpleUploadedFile("form.docx", changed(document(SAYS), (RUN, instead))))
    (said,) = [each["text"] for each in filled_in(SimpleUploadedFile("form.docx", document(SAYS)))["fields"] if each["tag"].endswith(":solution")]
    assert said == "It is approved."


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("txt", f"{TURNED}\n"), ("md", f"# {TURNED}\n"), ("csv", f"{TURNED},b\n{TURNED},2\n"), ("json", f'{{"{TURNED}": "{TURNED}"}}'), ("yaml", f"a: {TURNED}\n"),
    ],
)  # fmt: skip
def test_of_a_file_that_is_compared_the_mark_is_written_out(kind, content):
    told = repr(read(kind, content.encode()))
    assert "ap⟨U+202E⟩devorp" in told
    assert "\u202e" not in told
    assert "ap⟨U+202E⟩devorp" in read("docx", office(main=WORD.format(TURNED))).passages[0].text


WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>'


# --- whatever way it came


def test_nothing_is_put_down_that_cannot_be_seen_and_what_stands_stays_as_it_was_sealed(as_owner):
    person = Person(name=f"Ada {TURNED}\u200b").save_by(User.objects.the_installer())
    assert Person.objects.get().name == person.name == "Ada apdevorp"
    as_owner("UPDATE groups_person SET name = %s", UNSEEN)
    stands = Person.objects.get()
    stands.affiliation = TURNED
    stands.save_by(User.objects.the_installer())
    assert (Person.objects.get().name, Person.objects.get().affiliation) == (UNSEEN, "apdevorp")


@pytest.mark.parametrize("command", [("first_secretary", MIXED, "ada@example.org"), ("invite", TWIN, "--email", "ada@example.org", "--new", "--by", "pmo@example.org")])
def test_a_command_refuses_a_name_that_passes_for_another(command):
    if command[0] == "invite":
        User.objects.filter(pk=a_pmo().pk).update(email="pmo@example.org")
    with pytest.raises(CommandError, match=r"look.? (alike|like)"):
        call_command(*command)
    assert not Person.objects.filter(email="ada@example.org").exists()
