"""Reads the roll of votes: ticks, letters or words, each constituency's choice and comment; advice, never an outcome."""

from __future__ import annotations

import re

from .choices import ABSENT, STRUCK, UNCLEAR, beside_the_choice, choice_said
from .document import fold
from .marks import SOLE_MARK, TICK, Marks, marked, marks_of
from .questions import named, put_the_other_way, put_the_question, sentences, tally, under
from .result import Block, Decision, Item, Vote, VoteRow
from .rolls import CHOICES, COMMENTS, heading_word, is_constituency, is_one_column, table_kind
from .told import said_of_the_roll, set_aside
from .told import tells_of_a_vote as tells_of_a_vote

OF_A_NAME = re.compile(r"\b(?:name|representative|rep|member|attendee|initials|voter|organisation|alternate|held by|seat)\b")
ONLY_ABSENT = re.compile(rf"(?:{ABSENT})(?: .{{1,24}})?")


def read_votes(item: Item, decisions: list[Decision], warnings: list[str]) -> list[Vote]:
    """Read every roll of votes of an agenda item, with its question, comments and tally."""
    votes = []
    places = [place for place, block in enumerate(item.blocks) if block.kind == "vote"]
    for order, place in enumerate(places):
        before = item.blocks[places[order - 1] + 1 if order else 0 : place]
        until = places[order + 1] if order + 1 < len(places) else len(item.blocks)
        after = item.blocks[place + 1 : until]
        if said := set_aside(after, first=order == 0 and len(places) > 1, later=item.blocks[until + 1 :]):
            _leave_as_text(item, [item.blocks[place], *(block for block in after if block.kind == "comments")])
            warnings.append(f"A vote {under(item)} does not count ('{said}'): it stays as text.")
            continue
        vote = Vote(item_number=item.number)
        asked = put_the_question(vote, before, item, decisions, warnings)
        turned = put_the_other_way(asked)
        if turned:
            warnings.append(f"The question put to the vote {under(item)} is not plainly whether to approve ('{turned}'): who was for and who against is left undecided.")
        rows = item.blocks[place].rows
        reader = _RollReader(marks_of(rows, [*before, *after]), vote, warnings, turned=bool(turned))
        vote.rows = reader.read(rows)
        warnings += [
            f"Of the vote {under(item)} it is said: '{said}'; what that does to the roll is not decided, and the roll is recorded as printed."
            for said in said_of_the_roll(before, after, {bare_seat(row.constituency) for row in vote.rows}, another=until < len(item.blocks))
        ]
        warnings += [
            f"A vote on {' and '.join(sorted({mention.cr for mention in named(sentence)}))} is told of {under(item)} in words ('{sentence}'), beside a roll on {vote.on or 'something else'}: it stays as text."
            for sentence in sentences(before)
            if tells_of_a_vote(sentence) and sentence not in asked and (crs := {mention.cr for mention in named(sentence)}) and vote.on not in crs
        ]
        for block in after:
            if block.kind == "comments":
                _attach_comments(vote, block, warnings)
        vote.tally_sentence = next((sentence for sentence in sentences([*before, *after]) if len(tally(sentence)) >= 2), None)
        votes.append(vote)
    return votes


def _leave_as_text(item: Item, blocks: list[Block]) -> None:
    """Keep a table where it stands, as a table and no more."""
    for block in item.blocks:
        if any(block is each for each in blocks):
            block.kind = "paragraph"


class _RollReader:
    """Reads the rows of one roll, each by the heading above it; nothing is guessed where a row says two things or none."""

    def __init__(self, marks: Marks, vote: Vote, warnings: list[str], *, turned: bool) -> None:
        self.marks = marks
        self.vote = vote
        self.warnings = warnings
        self.turned = turned  # the question was the other way round, so that for and against say nothing of the change
        self.heading: list[str] = []

    def read(self, rows: list[list[str]]) -> list[VoteRow]:
        """Read each row; a page break may have repeated the heading."""
        read: list[VoteRow] = []
        for row in rows:
            if table_kind(row) == "vote":
                self.heading = [heading_word(cell) for cell in row]
                continue
            seat, cells = _seat(row, self.heading)
            if not seat and read and any(cells):
                _add_comment(read[-1], " ".join(cell for cell in cells if cell))
            elif seat and fold(seat) not in ("total", "totals"):
                read.append(self._row(seat, row))
        return read

    def _row(self, seat: str, row: list[str]) -> VoteRow:
        """Read one constituency's row."""
        said, struck, comment = self._said(row)
        choices = {choice for choice, _ in said}
        choice = said[0][0] if len(choices) == 1 and UNCLEAR not in choices else None
        printed = " | ".join(cell for cell in row if cell)
        if choice in ("approve", "reject") and self._is_of_another(said):
            choice, choices = None, {UNCLEAR}
        if choice is None:
            why = "marks more than one choice" if len(choices) > 1 else "says two things" if choices else "marks no choice that can be read"
            self.warnings.append(f"The vote of {seat} cannot be read: its row {why} ('{printed}').")
        elif struck or any(changed_cell(cell) for _, cell in said):
            self.warnings.append(f"The vote of {seat} was changed in its row ('{printed}'): it is read as '{choice}'.")
        if self.turned and choice in ("approve", "reject"):
            return VoteRow(seat, None, " ".join(part for part in (self._printed(choice, said), comment) if part))
        kept = _beyond_the_choice(said) if choice else " ".join(dict.fromkeys(cell for read, cell in said if read == UNCLEAR or len(cell) > 3))
        comment = " ".join(part for part in (*struck, kept, comment) if part)
        if choice == "absent" and said and re.match(r"^(?:no response|did not (?:vote|respond)|no vote)", fold(said[0][1])):
            self.warnings.append(f"The row of {seat} says '{said[0][1]}'; it is recorded as absent, which is not the same thing.")
        return VoteRow(seat, choice, None if _is_absence(comment) else comment or None)

    def _said(self, row: list[str]) -> tuple[list[tuple[str, str]], list[str], str]:
        """Give what the cells of a row say, which marks were struck out, and the comment."""
        said: list[tuple[str, str]] = []
        marks: list[tuple[str, str]] = []
        struck: list[str] = []
        comment = ""
        columns = {place: choice for place, word in enumerate(self.heading) for choice, pattern in CHOICES.items() if pattern.match(word)}
        several = len(set(columns.values())) >= 2
        one_column = any(is_one_column(word) for word in self.heading)
        for place, cell in enumerate(row):
            word = self.heading[place] if place < len(self.heading) else ""
            if not cell or is_constituency(word) or (place == 0 and not word):
                continue
            if COMMENTS.search(word):
                comment = cell
            elif several and place in columns:
                struck += [f"A mark under '{columns[place]}' was struck out."] if STRUCK.search(cell) else []
                marks.append((columns[place], STRUCK.sub(" ", cell).strip()))
            elif word and not is_one_column(word):
                said += _in_another_column(cell, word)
                comment += "" if one_column or said else f" {cell}"
            elif (choice := choice_said(cell, self.marks.letters)[0]) is not None:
                said.append((choice, cell))
            elif SOLE_MARK.match(cell) and several:
                said.append((UNCLEAR, cell))
            elif not TICK.match(cell):
                comment = f"{comment} {cell}".strip()
        return said + marked(marks, mixed=self.marks.mixed and not struck), struck, comment.strip()

    def _is_of_another(self, said: list[tuple[str, str]]) -> bool:
        """Say whether a cell names a Change Request or version that is not the one voted on."""
        text = " ".join(cell for _, cell in said)
        crs = {int(number) for number in re.findall(r"\bCR[ -]?(\d{1,4})\b", text, re.IGNORECASE)}
        versions = {number.removesuffix(".0") for number in re.findall(r"\b(?:v|version )\.? ?(\d{1,2}(?:\.\d{1,2})*)", text, re.IGNORECASE)}
        ours = {int(number) for number in re.findall(r"^CR(\d+)$", self.vote.on or "")}
        return bool((crs and crs != ours) or (versions and self.vote.version and versions != {self.vote.version.removesuffix(".0")}))

    def _printed(self, choice: str, said: list[tuple[str, str]]) -> str:
        """Give the words in which a choice is printed: those of its cell, or the heading it is marked under."""
        if any(not SOLE_MARK.match(cell) and len(cell) > 1 for _, cell in said):
            return " ".join(cell for _, cell in said)
        return next((word.capitalize() for word in self.heading if CHOICES[choice].match(word)), said[0][1])


def _in_another_column(cell: str, word: str) -> list[tuple[str, str]]:
    """Give what a cell says of the vote that stands in a column of no known kind: never of a column of names."""
    if OF_A_NAME.search(word) and choice_said(cell, {})[0] is None:
        return []
    choice = choice_said(cell, {})[0]
    if SOLE_MARK.match(cell):
        return [(UNCLEAR, cell)]
    return [(choice, cell)] if choice and (choice != UNCLEAR or len(cell) < 60) else []


def _seat(row: list[str], heading: list[str]) -> tuple[str, list[str]]:
    """Part a row into the constituency and the other cells."""
    place = next((place for place, word in enumerate(heading) if is_constituency(word)), 0)
    return (row[place] if place < len(row) else ""), [cell for number, cell in enumerate(row) if number != place]


def changed_cell(cell: str) -> bool:
    """Say whether a cell's choice took the place of another."""
    return choice_said(cell, {})[1]


def _beyond_the_choice(said: list[tuple[str, str]]) -> str:
    """Keep what a cell adds to its choice: 'Approve subject to …' keeps 'subject to …'."""
    kept = []
    for choice, cell in said:
        if choice in ("absent", "vacant"):
            continue
        if changed_cell(cell):
            kept.append(STRUCK.sub(r"\1 (struck out),", cell))
        elif len(cell) > 3:
            kept.append(beside_the_choice(cell))
    return " ".join(part for part in kept if part)


def _attach_comments(vote: Vote, block: Block, warnings: list[str]) -> None:
    """Lay the comments table beside the roll, seat by seat; a comment never alters a choice."""
    rows = _by_seat(vote, block)
    last: VoteRow | None = None
    for printed in block.rows:
        if table_kind(printed) == "comments":
            continue
        seat, text = printed[0], " ".join(part for part in printed[1:] if part)
        vote.comments_printed += bool(seat)
        if not seat and last:
            _add_comment(last, text)
        elif row := rows.get(fold(seat)):
            last = row
            if text and not _is_absence(text) and fold(text) not in ("", "none", "no comment", "no comments", "n/a"):
                _add_comment(row, text)
            elif _is_absence(text) and row.choice not in ("absent", None):
                warnings.append(f"The comments say {seat} was not in attendance, but the roll records the vote '{row.choice}'.")
        elif seat:
            last = None
            warnings.append(
                f"The voting comments have a row for {seat}, which is not on the roll of the vote; it stays in the text."
            )


def _by_seat(vote: Vote, block: Block) -> dict[str, VoteRow]:
    """Look the roll's rows up by seat; one printed with more or less in brackets counts where no other row can be meant."""
    rows = {fold(row.constituency): row for row in vote.rows}
    printed = [fold(row[0]) for row in block.rows if row[0] and table_kind(row) is None]
    for seat in [seat for seat in printed if seat not in rows]:
        near = [
            row for row in vote.rows if bare_seat(row.constituency) == bare_seat(seat) and fold(row.constituency) not in printed
        ]
        if len(near) == 1 and sum(bare_seat(other) == bare_seat(seat) for other in printed) == 1:
            rows[seat] = near[0]
    return rows


def bare_seat(seat: str) -> str:
    """Reduce a printed seat to its constituency: less its brackets and the word 'Representative'."""
    return " ".join(re.sub(r"\b(?:representative|rep|constituency|as .*)\b", " ", fold(re.sub(r"\([^()]*\)", " ", seat))).split())


def _is_absence(text: str) -> bool:
    """Say whether a comment only says that nobody was there."""
    return bool(text and ONLY_ABSENT.fullmatch(fold(text)) and choice_said(text, {})[0] != UNCLEAR)


def _add_comment(row: VoteRow, text: str) -> None:
    """Add to a row's comment."""
    row.comment = f"{row.comment} {text}" if row.comment else text
