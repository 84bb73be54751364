"""Assessments of the time before the portal come in from a spreadsheet: as it states them, once, and nothing is invented."""

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assurance.change_requests import listed, table
from change_requests.loading import COLUMNS
from change_requests.models import ChangeRequest, PastAnswer, PastAssessment
from decisions import operations as decisions
from decisions.models import Outcome
from decisions.subjects import Subject, Terms
from files.models import Blob
from ledger.verifying import faults
from records.rules import Refused
from tests.change_requests.offices import Office
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
OF_CR018 = {"change request": "CR018", "title": "Registration hours", "version": "v1.1", "kind": "Impact assessment", "opened": "12/05/2023", "closed": "26/05/2023", "working days": "10"}


class Sheet:
    """A spreadsheet, and the command that loads it."""

    def __init__(self, folder: Path, office: Office):
        self.folder, self.office, self.rows = folder, office, []

    def line(self, organisation: str, **cells) -> "Sheet":
        self.rows.append(OF_CR018 | {"organisation": organisation} | {name.replace("_", " "): cell for name, cell in cells.items()})
        return self

    def run(self, *options: str) -> tuple[str, str]:
        written = StringIO(newline="")
        writer = csv.DictWriter(written, COLUMNS)
        writer.writeheader()
        writer.writerows(self.rows)
        path = self.folder / "answers 2023.csv"
        path.write_text(written.getvalue(), encoding="utf-8")
        out, err = StringIO(), StringIO()
        try:
            call_command("load_assessments", str(path), "--group", self.office.group.code, *options, stdout=out, stderr=err)
        except CommandError as error:
            err.write(str(error))
        return out.getvalue(), err.getvalue()


@pytest.fixture
def office(clock):
    return Office(clock)


@pytest.fixture
def sheet(tmp_path, office):
    return Sheet(tmp_path, office)


def two_answers(sheet: Sheet) -> Sheet:
    sheet.line("Fenmoor Networks", constituency="DNO", position="Object", impact="high", comments="Staff at night", by="A. Somebody", late="no", confidential="no")
    sheet.line("Marlpit Energy", constituency="Supplier", position="support", cost="Two million", confidential="yes", late="yes")
    sheet.line("Otterburn Supply", constituency="Supplier", position="no impact")
    return sheet.line("Peatling Power", constituency="Supplier", answered="no").line("Quorn Metering", constituency="")


def body() -> dict:
    return ChangeRequest.objects.get(reference="CR018").editions.latest("n").body


def test_a_preview_writes_nothing_and_loading_tells_what_the_table_states_and_no_more(sheet):
    out, err = two_answers(sheet).run()
    assert "1 assessment of 1 change request, with 5 organisations, can be loaded." in out
    assert not err
    assert not ChangeRequest.objects.exists()
    assert not Blob.objects.exists()
    assert "loaded." in sheet.run("--load")[0]
    (told,) = body()["past_assessments"]
    assert (told["version"], told["opened_on"], told["closed_on"], told["days"]) == ("v1.1", "2023-05-12", "2023-05-26", 10)
    assert told["source"]["sha256"] == PastAssessment.objects.get().source.sha256
    assert [(each["organisation"], dict(each["said"])["Comments"]) for each in told["answers"]] == [("Fenmoor Networks", "Staff at night")]
    supplier = told["counts"][1]
    assert (supplier["asked"], supplier["answered"], supplier["late"], supplier["positions"]) == (3, 1, 1, [["confidential", 1]])
    assert told["counts"][2]["unknown"] == 1
    assert told["counts"][2]["constituency"] == "Constituency not stated"
    answers = {each.organisation: (each.answered, each.late, each.confidential) for each in PastAnswer.objects.all()}
    assert answers["Otterburn Supply"] == (True, None, None)
    assert answers["Peatling Power"][0] is False
    assert answers["Quorn Metering"][0] is None
    assert body()["state_in_words"] == "Assessed in version 1.1, as its source states"
    assert list(faults()) == []


def test_who_may_read_all_answers_reads_them_and_the_public_none_that_may_be_in_confidence(sheet, office):
    two_answers(sheet).run("--load")
    request = ChangeRequest.objects.get()
    public, inside = (office.reads(who, address) for who, address in ((None, request.get_absolute_url()), (office.secretary, f"/desk/change-requests/{request.pk}/")))
    assert "How it was assessed before the portal" in public
    assert "The portal did not ask: this is loaded from answers 2023.csv" in public
    assert "Staff at night" in public
    assert "A. Somebody" not in public
    assert "Two million" not in public
    assert "Marlpit" not in public
    assert "Otterburn" not in public
    assert all(words in inside for words in ("Two million", "A. Somebody", "Peatling Power", "It did not answer.", "Whether it answered is not stated."))
    seat = text_of(Visitor(office.holders[0]).opens(f"/desk/change-requests/{request.pk}/"))
    assert "Staff at night" in seat
    assert "Two million" not in seat
    assert "Otterburn" not in seat


def test_loaded_again_nothing_comes_twice_however_it_is_sorted_and_other_answers_are_refused(sheet):
    two_answers(sheet).run("--load")
    sheet.rows.reverse()
    assert "0 assessments of 0 change requests, with 0 organisations, loaded; 5 lines are there already." in sheet.run("--load")[0]
    assert (PastAssessment.objects.count(), PastAnswer.objects.count(), ChangeRequest.objects.count()) == (1, 5, 1)
    sheet.rows[0]["position"] = "support"
    assert "was loaded before with other answers or facts" in sheet.run("--load")[1]


BAD = [
    ({"change request": "The one on hours"}, "“The one on hours” is no change request: write CR018."),
    ({"organisation": ""}, "It does not name the organisation that was asked."),
    ({"version": "latest"}, "“latest” is no version"),
    ({"position": "maybe"}, "“maybe” stands under “position”, which may be: support, support with comments, object, no impact on us, abstain; or empty."),
    ({"late": "perhaps"}, "“perhaps” stands under “late”, which may be: yes, no; or empty."),
    ({"closed": "1/5/2023"}, "It closed before it was opened."),
    ({"closed": "1/5/2033"}, "A day is still to come"),
    ({"opened": "soon"}, "“soon” is no day that can be read"),
    ({"answered": "no", "position": "object"}, "It says that there was no answer, and what was answered."),
]


def test_each_line_that_cannot_be_taken_is_refused_with_a_sentence_and_nothing_is_loaded(sheet):
    sheet.line("Fenmoor Networks", position="support")
    for n, (cells, _) in enumerate(BAD):
        sheet.rows.append(OF_CR018 | {"change request": f"CR{n + 20:03}", "organisation": "Marlpit Energy"} | cells)
    out, err = sheet.run("--load")
    said = dict(line.removeprefix("Line ").split(": ", 1) for line in err.splitlines() if line.startswith("Line "))
    assert [sentence in said[str(n)] for n, (_, sentence) in enumerate(BAD, 3)] == [True] * len(BAD), err
    assert "Nothing is loaded" in out
    assert not PastAssessment.objects.exists()
    assert "1 assessment of 1 change request, with 1 organisation, loaded; 9 lines are refused." in sheet.run("--load", "--skip-refused")[0]


def test_an_organisation_named_twice_is_refused_with_all_of_its_assessment(sheet):
    sheet.line("Fenmoor Networks", constituency="DNO").line("FENMOOR networks", constituency="DNO").line("Fenmoor Networks", constituency="Supplier")
    err = sheet.run("--load", "--skip-refused")[1]
    assert "Fenmoor Networks is named 2 times for the same constituency: which one counts?" in err
    assert "Line 4: Line 2, of the same assessment, is refused" in err
    assert not PastAssessment.objects.exists()


def test_beside_what_the_portal_has_put_to_assessment_itself_nothing_is_loaded(sheet, office):
    request = office.assessed().version.change_request
    office.drafted("Not raised")
    sheet.rows.append(OF_CR018 | {"change request": request.reference, "version": "1.0", "organisation": "Fenmoor Networks"})
    assert f"The portal itself has put {request.reference} version 1.0 to assessment" in sheet.run("--load")[1]
    sheet.rows[0]["version"] = "0.9"
    assert "1 assessment" in sheet.run("--load")[0]  # one of an earlier version, before the portal


def test_assurance_reads_in_which_version_it_was_assessed_and_decided_on_another(sheet, office):
    two_answers(sheet).line("Fenmoor Networks", version="", kind="information request", opened="", closed="", working_days="").run("--load")
    decision = decisions.table(decisions.draft(office.group, "Hours", "The SRO approved it", by=office.secretary), by=office.secretary)
    terms = Terms([Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")], reasons=["It is right."])
    with pytest.raises(Refused, match=r"was assessed in version 1\.1, and version 1.8 is decided: a reason has to say why"):
        decisions.determine(decision, terms, by=office.chair)
    decisions.publish(decisions.determine(decision, replace(terms, reasons=["The changes since version 1.1 are editorial."]), by=office.chair), by=office.secretary)
    head, *rest = table(office.group, listed(office.group))
    information, impact = sorted((dict(zip(head, line, strict=True)) for line in rest), key=lambda line: str(line["opened"]), reverse=True)
    assert (impact["assessed"], impact["same version throughout"]) == ("version not stated; version 1.1", "no")
    assert (impact["asked"], impact["answered in time"], impact["late"], impact["with something in confidence"]) == (5, "1; of 1 more it is not stated", 1, 1)
    assert (information["opened"], information["working days"], information["asked"]) == ("not stated", "not stated", 1)
    page = office.reads(office.reader, f"/desk/groups/{office.group.code}/process/change-requests/")
    assert "loaded from answers 2023.csv, and as that states it" in page
    assert "Not stated to not stated" in page


def test_a_fictional_group_takes_none_from_elsewhere_that_would_use_up_the_programmes_numbers(sheet, office):
    office.group.fictional = True
    office.group.save_by(office.pmo)
    assert "The portal does not know CR018" in sheet.line("Fenmoor Networks").run("--load")[1]
    assert not ChangeRequest.objects.exists()
    assert not Blob.objects.exists()
