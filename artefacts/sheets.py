"""A comment log as a spreadsheet: taken away, filled in elsewhere, and brought back.

A line without a number is a new comment. One with a number is there already: a sheet changes nothing of it, but may say what becomes of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from artefacts.models import Comment, ResolutionOutcome, Review, ReviewRow
from artefacts.operations.commenting import NewComment, NewResolution
from artefacts.reviewed import comments_in
from artefacts.rules.reviews import refusals_of_comment, refusals_of_resolution
from records.importing import Line, table_in

COLUMNS = ("number", "version", "from", "by", "section", "weight", "comment", "late", "resolution", "why")


@dataclass
class Read:
    """One line as it was read: what is to be done with it, if anything; and what refuses it, or why nothing is done."""

    n: int
    cells: dict[str, str]
    does: NewComment | NewResolution | None = None
    refusals: tuple[str, ...] = ()
    passed_over: str = ""


def lines_of(comments: Iterable[Comment], *, by_name: bool) -> Iterator[list[str]]:
    """The log, line by line. Who typed a comment is for those only who keep the review."""
    yield [column for column in COLUMNS if by_name or column != "by"]
    for comment in comments:
        resolution = comment.resolution
        cells = {
            "number": comment.number, "version": comment.row.review.version.label, "from": comment.row.name, "by": str(comment.said_by), "section": comment.section,
            "weight": comment.weight, "comment": comment.text, "late": "yes" if comment.late else "no",
            "resolution": resolution.get_outcome_display() if resolution else "", "why": resolution.why if resolution else "",
        }  # fmt: skip
        yield [cells[column] for column in COLUMNS if by_name or column != "by"]


def comments_on(row: ReviewRow, text: str) -> list[Read]:
    """The comments of a sheet, for a seat or an organisation. Raises Refused if it is no such table."""
    lines = table_in(text, ("number", "section", "weight", "comment"), ("weight", "comment"))
    known = {NewComment(each.section, each.text, each.weight) for each in row.comments.all()}
    return [_comment(line, known) for line in lines]


def _comment(line: Line, known: set[NewComment]) -> Read:
    cells, said = line.cells, NewComment(line.cells["section"], line.cells["comment"], line.cells["weight"].casefold())
    if line.refusal:
        return Read(line.n, cells, refusals=(line.refusal,))
    if said in known:
        return Read(line.n, cells, passed_over="It is there already.")
    if cells["number"]:
        return Read(line.n, cells, refusals=("It has a number, and is not one of yours as it stands: a comment stays as it was made. To say more, leave the number empty.",))
    if refusals := tuple(map(str, refusals_of_comment(*said))):
        return Read(line.n, cells, refusals=refusals)
    known.add(said)
    return Read(line.n, cells, does=said)


_OUTCOMES = {word.casefold(): value for value, label in ResolutionOutcome.choices for word in (value, label, value.replace("_", " "))}


def resolutions_in(review: Review, text: str) -> list[Read]:
    """What a sheet that comes back says about each comment. Reads the prefetched roll. Raises Refused if it is no such table."""
    lines = table_in(text, ("number", "comment", "resolution", "why"), ("number", "resolution"))
    comments, met = {comment.number.casefold(): comment for comment in comments_in(review)}, set[str]()
    return [_resolution(line, comments, met) for line in lines]


def _resolution(line: Line, comments: dict[str, Comment], met: set[str]) -> Read:
    cells, number = line.cells, line.cells["number"].casefold()
    comment, outcome = comments.get(number), _OUTCOMES.get(" ".join(cells["resolution"].split()).casefold(), cells["resolution"])
    if line.refusal:
        return Read(line.n, cells, refusals=(line.refusal,))
    if not cells["resolution"] and not cells["why"]:
        return Read(line.n, cells, passed_over="Nothing is said of it.")
    if comment is None:
        return Read(line.n, cells, refusals=(f"No comment of this review has the number “{cells['number']}”.",))
    if cells["comment"] and _words(cells["comment"]) != _words(comment.text):
        return Read(line.n, cells, refusals=("The comment beside this number is another on record: was one column sorted without the others?",))
    if number in met:
        return Read(line.n, cells, refusals=("Another line has this number.",))
    met.add(number)
    if refusals := tuple(map(str, refusals_of_resolution(outcome, cells["why"]))):
        return Read(line.n, cells, refusals=refusals)
    if (now := comment.resolution) and (now.outcome, now.why) == (outcome, cells["why"]):
        return Read(line.n, cells, passed_over="It stands so already.")
    return Read(line.n, cells, does=NewResolution(comment.pk, outcome, cells["why"]))


def _words(text: str) -> list[str]:
    """Spreadsheets are free with spaces and line ends."""
    return text.split()
