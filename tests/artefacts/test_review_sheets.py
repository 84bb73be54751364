"""A comment log goes out and comes in as a spreadsheet: no row is lost, none is doubled, and nothing hostile gets in."""

import csv
from io import StringIO
from time import process_time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from artefacts import operations as artefacts
from artefacts import sheets
from artefacts.models import Comment, Resolution, Weight
from artefacts.operations.commenting import NewComment
from ledger.verifying import faults
from records.exporting import csv_safe
from records.importing import MOST_LINES, as_written, table_in
from records.rules import Refused
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db
HEAD = "section,weight,comment\r\n"
STRANGE = ["=SUM(A1:A9)", "+44 20 7946 0000", "-1 day", "@all", "'=quoted", "''+twice", "two\nlines", "three\n\nlines", 'a "quoted" word', "comma, semicolon; tab\there", "Zürich, ½ £", "'tis"]


@pytest.fixture
def row(desk):
    return desk.place(desk.review(), 0)


def refused(match: str):
    return pytest.raises(Refused, match=match)


def as_file(content: bytes, name: str = "comments.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


class ASheet:
    """The page of a sheet, as somebody uses it: look, then do."""

    def __init__(self, user, address: str):
        self.visitor, self.address = Visitor(user), address

    def looks(self, text: str = "", file=None):
        sent = {"sheet": text, "step": "look"} | ({"file": file} if file else {})
        return self.visitor.client.post(self.address, sent)

    def does(self, page):
        (form,) = forms_on(page)
        return self.visitor.client.post(self.address, dict(form["data"]) | {"step": "do"}, follow=True)


@pytest.fixture
def sheet(desk, row) -> ASheet:
    return ASheet(desk.holders[0], f"/desk/artefacts/reviews/rows/{row.pk}/sheet/")


@pytest.fixture
def answers(desk, row) -> ASheet:
    return ASheet(desk.owner, f"/desk/artefacts/reviews/{row.review_id}/resolve/")


def two_hundred() -> list[NewComment]:
    """With line breaks, formula cells, quotes, and whatever else a spreadsheet holds."""
    weights = Weight.values
    return [NewComment(f"{n}.{n % 7}" if n % 5 else STRANGE[n % 4], f"{STRANGE[n % len(STRANGE)]} ({n})" if n % 3 else f"{STRANGE[n % len(STRANGE)]}\nNo. {n}", weights[n % len(weights)]) for n in range(200)]


def log_of(user, review) -> str:
    return Visitor(user).client.get(f"/desk/artefacts/reviews/{review.pk}/log.csv").content.decode()


class TestComments:
    def test_two_hundred_comments_come_in_and_go_out_and_in_again_without_a_row_lost(self, desk, row, sheet):
        said, text = two_hundred(), StringIO()
        csv.writer(text).writerows([["section", "weight", "comment"], *([csv_safe(cell) for cell in (each.section, each.weight, each.text)] for each in said)])
        page = sheet.looks(file=as_file(b"\xef\xbb\xbf" + text.getvalue().encode()))
        assert "200 comments can be added." in text_of(page)
        assert not Comment.objects.exists()  # looking adds nothing
        assert "200 comments are added." in text_of(sheet.does(page))
        kept = [NewComment(each.section, each.text, each.weight) for each in Comment.objects.order_by("n")]
        assert kept == said
        taken_away = log_of(desk.holders[0], row.review)
        assert [NewComment(each["section"], each["text"], each["weight"]) for each in read_back(taken_away)] == said
        assert not [cell for line in csv.reader(StringIO(taken_away.removeprefix("\ufeff"))) for cell in line if cell.startswith(("=", "+", "-", "@"))]
        again = sheet.looks(taken_away)
        assert "0 comments can be added; 200 lines are passed over." in text_of(again)
        assert Comment.objects.count() == 200
        assert not list(faults())

    def test_the_same_file_twice_adds_nothing_twice(self, desk, sheet, row):
        text = HEAD + "4.2,must,Flow D0300 is missing\r\n,should,Say why\r\n4.2,must,Flow D0300 is missing\r\n"
        page = sheet.looks(text)
        assert "2 comments can be added; 1 line is passed over." in text_of(page)
        sheet.does(page)
        again = sheet.does(page)  # gone back to, and sent again
        assert "0 comments can be added; 3 lines are passed over." in text_of(again)
        assert Comment.objects.count() == 2
        assert artefacts.add_comments(row, [NewComment(" 4.2 ", "Flow D0300 is missing\n", "must")], by=desk.holders[0]) == []

    def test_a_log_that_was_taken_away_comes_back_with_new_lines(self, desk, sheet, row):
        desk.say(row.review, 0)
        taken_away = log_of(desk.holders[0], row.review) + ",,,5.1,Must,New,,,\r\n"
        sheet.does(sheet.looks(taken_away))
        assert [each.text for each in Comment.objects.order_by("n")] == ["Flow D0300 is missing.", "New"]

    def test_what_has_a_number_cannot_be_written_anew(self, desk, sheet, row):
        desk.say(row.review, 0)
        page = sheet.looks("number,section,weight,comment\nR1-1-1,4.2,should,Flow D0300 is there.\n")
        assert "a comment stays as it was made" in text_of(page)
        assert page.status_code == 400

    def test_nothing_is_done_while_a_line_cannot_be_taken_and_what_was_typed_stays(self, sheet):
        page = sheet.looks(HEAD + "1,must,Sound\r\n2,enormous,Unsound\r\n3,must,\r\n")
        said = text_of(page)
        assert "1 comment can be added; 2 lines cannot be taken." in said
        assert "Say how much it weighs" in said
        assert "Write the comment" in said
        assert "2,enormous,Unsound" in page.content.decode()  # in the box, to be mended
        assert not [name for name, value in forms_on(page)[0]["buttons"] if value == "do"]
        sheet.does(page)
        assert not Comment.objects.exists()

    def test_only_what_was_looked_at_is_done(self, sheet):
        page = sheet.looks(HEAD + "1,must,Looked at\r\n")
        (form,) = forms_on(page)
        other = sheet.visitor.client.post(sheet.address, dict(form["data"]) | {"step": "do", "sheet": HEAD + "1,must,Another\r\n"})
        assert "1 comment can be added." in text_of(other)
        assert not Comment.objects.exists()

    def test_a_comment_typed_meanwhile_is_not_doubled(self, desk, sheet, row):
        page = sheet.looks(HEAD + "4.2,should,Flow D0300 is missing.\r\n")
        desk.say(row.review, 0)
        assert "passed over" in text_of(sheet.does(page))
        assert Comment.objects.count() == 1

    def test_it_is_for_whoever_speaks_for_the_seat_and_in_time(self, desk, sheet, row, clock):
        page = sheet.looks(HEAD + "1,must,In time\r\n")
        assert ASheet(desk.holders[1], sheet.address).looks(HEAD + "1,must,Not mine\r\n").status_code == 404
        clock("2023-07-26 17:00")
        assert "It closed at 17:00" in text_of(sheet.does(page))
        assert not Comment.objects.exists()


def read_back(text: str) -> list[dict[str, str]]:
    return [line.cells | {"text": line.cells["comment"]} for line in table_in(text.removeprefix("\ufeff"), sheets.COLUMNS, ("comment",))]


class TestWhatSpreadsheetsWrite:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_it_is_read_in_every_usual_writing(self, sheet, encoding, delimiter):
        text = delimiter.join(["Section", " WEIGHT", "Comment"]) + "\r\n" + delimiter.join(["4.2", "Must", '"Für £5,\r\nor; less"']) + "\r\n"
        sheet.does(sheet.looks(file=as_file(text.encode(encoding))))
        made = Comment.objects.get()
        assert (made.section, made.weight, made.text) == ("4.2", "must", "Für £5,\nor; less")

    def test_cells_copied_from_a_spreadsheet_are_pasted(self, sheet):
        sheet.does(sheet.looks('section\tweight\tcomment\n4.2\tmust\t"Two\nlines"\n'))
        assert Comment.objects.get().text == "Two\nlines"

    def test_a_line_that_names_the_separator_is_passed_over(self):
        assert [(each.n, each.cells["comment"]) for each in table_in("sep=;\nweight;comment\nmust;One\n", ("weight", "comment"), ())] == [(3, "One")]

    @pytest.mark.parametrize(
        ("content", "match"),
        [
            (b"", "The file is empty|empty"), (b"section,weight,comment\n1,must,a\0b\n", "This is no text"), (b"\x89PNG\r\n\x1a\n\0\0", "This is no text"), (b"a,b\n1,2\n", "Missing: weight, comment. It reads: a, b"),
            (b"weight,weight,comment\nmust,must,One\n", "Two columns are called weight"), (b'weight,comment\nmust,"never closed\n', "Line 2 cannot be read as part of a table"),
            (b"weight,comment\nmust,one,two\n", "It has more cells than there are headings"), (b"\xef\xbb\xbf", "Hand in a table"),
            (b"weight,comment\n" + b"must,One\n" * (MOST_LINES + 1), "It has more than 2,000 lines"), (b"weight,comment\n" + b"must,One\n" * 10_000, "more than 2,000 lines"),
            (b"weight,comment\nmust," + b"x" * 600_000, "at most 500,000"), (b"x" * 2_000_001, "at most 500,000"), (b"weight,comment\nmust," + b"x" * 140_000, "cannot be read as part of a table"),
        ],
    )  # fmt: skip
    def test_what_is_no_such_table_is_refused_in_words_and_at_once(self, sheet, content, match):
        started = process_time()
        page = sheet.looks(file=as_file(content))
        assert process_time() - started < 5
        assert page.status_code == 400
        assert any(each in text_of(page) for each in match.split("|"))
        assert not Comment.objects.exists()

    @pytest.mark.parametrize("name", ["comments.xlsx", "comments.exe", "comments"])
    def test_only_text_is_taken(self, sheet, name):
        assert sheet.looks(file=as_file(b"weight,comment\nmust,One\n", name)).status_code == 400

    def test_what_cannot_be_seen_does_not_come_in(self, sheet):
        sheet.does(sheet.looks(file=as_file(f"{HEAD}4.2,must,Pay \u200bone\u00ad now\r\n".encode())))
        assert Comment.objects.get().text == "Pay one now"
        assert "turn the direction of reading (U+202C, U+202E)" in text_of(sheet.looks(file=as_file(f"{HEAD}4.2,must,Pay \u202eeno\u202c now\r\n".encode())))

    def test_formulas_are_text(self, sheet):
        sheet.does(sheet.looks(HEAD + "'=1+1,must,\"=HYPERLINK(\"\"http://x.example.org\"\")\"\r\n"))
        made = Comment.objects.get()
        assert (made.section, made.text) == ("=1+1", '=HYPERLINK("http://x.example.org")')
        assert "<a " not in made.text

    @given(st.text(alphabet=st.sampled_from("'=+-@a \n\"")))
    def test_whatever_is_made_safe_is_read_as_it_was(self, text):
        text = text.strip()
        safe = csv_safe(text)
        assert not safe.startswith(("=", "+", "-", "@"))
        assert as_written(safe) == text


class TestResolutions:
    @pytest.fixture
    def comments(self, desk, row) -> list[Comment]:
        return [desk.say(row.review, 0), desk.say(row.review, 0, "Say\nwhy", "must"), desk.say(row.review, 2, "=1", "question")]

    def filled(self, desk, row, *words: tuple[str, str]) -> str:
        """The log, with the last two columns filled in."""
        lines = list(csv.reader(StringIO(log_of(desk.owner, row.review).removeprefix("\ufeff"))))
        text = StringIO()
        csv.writer(text).writerows([lines[0], *([*line[:-2], *told] for line, told in zip(lines[1:], words, strict=True))])
        return text.getvalue()

    def test_a_sheet_that_comes_back_says_what_becomes_of_each(self, desk, row, answers, comments):
        page = answers.looks(self.filled(desk, row, ("Accepted", ""), ("not accepted", "As agreed"), ("", "")))
        assert "2 resolutions can be recorded; 1 line is passed over." in text_of(page)
        assert not Resolution.objects.exists()
        assert "2 resolutions are recorded." in text_of(answers.does(page))
        assert [(each.comment, each.outcome, each.why) for each in Resolution.objects.order_by("pk")] == [(comments[0], "accepted", ""), (comments[1], "not_accepted", "As agreed")]
        again = answers.looks(log_of(desk.owner, row.review))
        assert "0 resolutions can be recorded; 3 lines are passed over." in text_of(again)
        assert not list(faults())

    @pytest.mark.parametrize(
        ("sheet", "match"),
        [
            ("number,resolution,why\nR1-9-9,accepted,\n", "No comment of this review has the number"), ("number,resolution,why\nR1-1-1,perhaps,\n", "Say what becomes of it"),
            ("number,resolution,why\nR1-1-1,not accepted,\n", "Say why it is not accepted"), ("number,resolution,why\nR1-1-1,,Because\n", "Say what becomes of it"),
            ("number,resolution,why\nR1-1-1,accepted,\nr1-1-1,in part,\n", "Another line has this number"),
            ("number,comment,resolution,why\nR1-1-1,Say why,accepted,\n", "was one column sorted without the others?"), ("a,b\n1,2\n", "Missing: number, resolution"),
        ],
    )  # fmt: skip
    def test_what_it_does_not_fit_is_refused_and_nothing_is_recorded(self, answers, comments, sheet, match):
        page = answers.looks(sheet)
        assert page.status_code == 400
        assert match in text_of(page)
        answers.does(page)
        assert not Resolution.objects.exists()

    def test_it_is_the_owners_and_the_secretariats(self, desk, answers, comments):
        sheet = "number,resolution\nR1-1-1,accepted\n"
        told = {name: ASheet(getattr(desk, name), answers.address).looks(sheet).status_code for name in ("secretary", "chair", "reader", "stranger")}
        assert told == {"secretary": 200, "chair": 403, "reader": 403, "stranger": 404}

    def test_what_is_left_is_listed_to_be_resolved_one_by_one(self, desk, answers, comments):
        artefacts.resolve(comments[0], "accepted", by=desk.owner)
        page = text_of(answers.visitor.opens(answers.address))
        assert "R1-1-2" in page
        assert "R1-1-1" not in page

    def test_two_hundred_go_out_and_come_back(self, desk, row, answers):
        artefacts.add_comments(row, two_hundred(), by=desk.holders[0])
        text = self.filled(desk, row, *[("Accepted", "") if n % 2 else ("Answered", f"=See {n},\nand “{n}”") for n in range(200)])
        answers.does(answers.looks(file=as_file(text.encode("utf-16"))))
        assert Resolution.objects.count() == 200
        assert Resolution.objects.filter(comment__n=1).get().why == "=See 0,\nand “0”"
