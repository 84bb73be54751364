"""What differs between two versions of a change request: words struck and added, paragraphs that came and went, files by their hash."""

from time import process_time

import pytest

from change_requests import operations as changes
from files.comparing import IN, OUT, SAME, compared
from tests.change_requests.offices import SAID, Office
from tests.pages import text_of


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Send it five times.", "Send it three times.", [[(SAME, "Send it "), (OUT, "five "), (IN, "three "), (SAME, "times.")]]),
        ("One.\n\nTwo.", "One.\n\nTwo.\nThree.", [[(SAME, "One.")], [(SAME, "Two.")], [(IN, "Three.")]]),
        ("One.\nTwo.", "Two.", [[(OUT, "One.")], [(SAME, "Two.")]]),
        ("", "All of it.", [[(IN, "All of it.")]]),
        ("The   same\twords.", "The same words.", [[(SAME, "The same words.")]]),
        ("", "", []),
    ],
)
def test_words_are_struck_and_added_within_their_paragraph(before, after, told):
    assert [[tuple(piece) for piece in paragraph] for paragraph in compared(before, after)] == told


def test_what_stands_in_both_can_be_read_back_from_what_is_told():
    before, after = "a b c d\ne f g\nh", "a c d x\nh\ne f y g"
    told = compared(before, after)

    def read(kinds: tuple[str, ...]) -> list[str]:
        return [text for paragraph in told if (text := "".join(piece.text for piece in paragraph if piece.kind in kinds).strip())]

    assert " ".join(read((SAME, IN))).split() == after.split()
    assert " ".join(read((SAME, OUT))).split() == before.split()


@pytest.mark.parametrize("word", ["a ", "ab "])
def test_nothing_that_fits_into_a_version_takes_long(word):
    started = process_time()
    compared(word * (10_000 // len(word)), word * (9_000 // len(word)) + "b")
    assert process_time() - started < 20


@pytest.fixture
def office(clock):
    return Office(clock)


@pytest.mark.django_db
class TestThePage:
    def test_the_newest_is_shown_beside_the_one_before_and_any_beside_any(self, office, client):
        request = office.raised(attachments=["Formats"])
        for label, solution in (("1.1", "Answer them within an hour."), ("2.0", "Answer them at night.")):
            said = SAID | {"solution": solution}
            draft = changes.draft_version(request, label, what_changed="Less", constituencies=["DNO"], by=office.raiser, **said)
            changes.fix(draft, by=office.raiser)
        page = client.get("/change-requests/CR001/versions/")
        assert "From version 1.1 to 2.0" in text_of(page)
        assert "Taken out: within an hour." in text_of(page)
        assert "Put in: at night." in text_of(page)
        assert "Whom it concerns" not in text_of(page)
        first = text_of(client.get("/change-requests/CR001/versions/?from=1.0&to=2.0"))
        assert "Taken out: Formats" in first
        assert "Put in: DNO" in first
        assert "They ask for the same" in text_of(client.get("/change-requests/CR001/versions/?from=2.0&to=2.0"))
        assert "from one version to another" in text_of(client.get("/change-requests/CR001/"))

    def test_a_draft_is_no_version_to_compare(self, office, client):
        request = office.raised()
        changes.draft_version(request, "1.1", what_changed="Canary", by=office.raiser, **SAID)
        assert "There are no two versions" in text_of(client.get("/change-requests/CR001/versions/"))
        assert "Canary" not in client.get("/change-requests/CR001/versions/?from=1.0&to=1.1").content.decode()

    def test_a_version_that_there_is_not_is_not_found(self, office, client):
        request = office.raised()
        changes.fix(changes.draft_version(request, "1.1", what_changed="Less", by=office.raiser, **SAID), by=office.raiser)
        assert client.get("/change-requests/CR001/versions/?from=1.0&to=7").status_code == 404
