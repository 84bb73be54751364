"""Minutes on paper: reasons are numbered, nothing runs off the sheet, and no row of a table stands on one alone."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from django.template.loader import render_to_string

from archive.operations import import_minutes
from groups.models import User
from meetings.models import MinutesEdition
from meetings.printing import pdf_of
from records.printing import pdf
from tests.factories import GroupFactory

MM = 72 / 25.4
LINK = "https://www.example.org/api/documentlibrary/Design%20Documents/MHHS-DES138-Interface%20Catalogue%20v6.6%20with%20tracked%20changes.xlsx"
WORD = "MHHS-DEL1234_Redlined_Operational_Choreography_v2.3_with_comments_of_all_participants_and_of_the_programme.docx"
OWNER = "Programme_Design_Team_and_the_Large_Supplier_constituency_together"
REASONS = [f"That reason number {n} of them holds" for n in ("one", "two", "three", "four", "five", "six")]
MINUTES = f"""## MHHS Design Advisory Group (DAG) Minutes and Actions

**Issue date: 16/10/2024**

Meeting number **DAG041**

Venue **Virtual – MS Teams**

Date and time **9 October 2024 10:00-12:00**

Classification **Public**

### Attendees:

#### **Chair**

Wilma Croft (Chair)

#### **Role**

Chair

#### **Industry Representatives**

Alma Reed (AR)

DNO Representative

## New / Outstanding Actions

Area	Ref	Action	Owner	Due
<b>CR054</b>	DAG41-01	Read {LINK}	{OWNER}	13/11/2024
<b>{WORD}</b>	DAG41-02	Read {WORD} and say what is wrong with it	Programme (PMO)	14/11/2024

## Decisions

Area	Dec Ref	Decision
<b>CR054</b>	DAG-DEC80	The SRO approved CR054 v1.0

## Minutes

### 1. **CR054**

The redlined document is at {LINK} and members were asked to read {WORD}.

**DECISION DAG-DEC80: The SRO approved CR054 v1.0**

The reasons for the decision are:

{"".join(f"{n}. {text}{chr(10)}{chr(10)}" for n, text in enumerate(REASONS, 1))}
**ACTION DAG41-01: Read {LINK}**

**Dates of next meeting:**

**13 November 2024 10am**
"""


def words_of(page: pypdfium2.PdfPage) -> list[tuple[str, float, float]]:
    """Each stretch of text on a sheet, with its left and right edge in millimetres."""
    text = page.get_textpage()
    found = []
    for n in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(n)
        found.append((text.get_text_bounded(left, bottom, right, top), left / MM, right / MM))
    return found


@pytest.fixture
def paper(db, clock) -> pypdfium2.PdfDocument:
    clock("2024-10-16 12:00")
    GroupFactory(code="DAG")
    import_minutes(MINUTES.encode(), "minutes.md", by=User.objects.the_archivist())
    made = pypdfium2.PdfDocument(pdf_of(MinutesEdition.objects.get()))
    yield made
    made.close()


def all_text(paper: pypdfium2.PdfDocument) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in paper).split())


def test_six_reasons_are_numbered_one_to_six(paper):
    said = all_text(paper)
    found = [re.search(rf"(\d)\.? {re.escape(reason)}", said) for reason in REASONS]
    assert [each and each[1] for each in found] == ["1", "2", "3", "4", "5", "6"], said


def test_long_words_and_links_stay_on_the_sheet_and_so_do_the_columns_beside_them(paper):
    for page in paper:
        for words, left, right in words_of(page):
            assert 17 <= left < right <= 193, words
    said = all_text(paper)
    assert "Owner Due" in said
    assert "13/11/2024" in said
    assert "14/11/2024" in said
    unbroken = re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in paper)).replace("\ufffe", "-")
    assert unbroken.count(LINK) >= 3, "no letter of it is lost"
    assert WORD in unbroken
    assert OWNER in unbroken


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Decisions</title></head><body><h1>Minutes</h1>
<table class="register"><caption>Decisions</caption><thead><tr><th scope="col">Ref</th><th scope="col" class="wide">Decision</th></tr></thead>
<tbody>{}</tbody></table></body></html>"""


def rows_by_sheet(count: int) -> list[int]:
    rows = "".join(f"<tr><th scope='row'>R{n:03}</th><td>The SRO approved it</td></tr>" for n in range(count))
    made = pypdfium2.PdfDocument(pdf(PAGE.format(rows), render_to_string("pdf/minutes.css"), made_at=datetime(2023, 7, 19, tzinfo=UTC)))
    found = [len(re.findall(r"\bR\d{3}\b", page.get_textpage().get_text_range())) for page in made]
    made.close()
    return found


def test_no_row_of_a_table_stands_on_a_sheet_alone():
    first, second, *_ = rows_by_sheet(100)
    for count in (first, first + 1, first + second + 1, first + second + 2):
        sheets = rows_by_sheet(count)
        assert sum(sheets) == count
        assert min(sheets) >= 2, sheets


TRIAL = Path(__file__).resolve().parents[3] / "shared" / "trials" / "13_long_link_in_pdf.md"


def test_the_paper_whose_owners_once_ran_off_the_sheet_does_no_more(db, clock):
    if not TRIAL.exists():
        pytest.skip(f"{TRIAL} is not to hand")
    clock("2024-10-16 12:00")
    GroupFactory(code="DAG")
    import_minutes(TRIAL.read_bytes(), TRIAL.name, by=User.objects.the_archivist())
    made = pypdfium2.PdfDocument(pdf_of(MinutesEdition.objects.get()))
    assert all(17 <= left < right <= 193 for page in made for _, left, right in words_of(page))
    assert "13 Nov 2024" in all_text(made)
    made.close()
