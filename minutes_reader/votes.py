"""Reads the roll of votes: ticks, letters or words, each constituency's choice and comment; advice, never an outcome."""

from __future__ import annotations

import re

from .choices import STRUCK, UNCLEAR, WORDS, choice_in_words, choice_said
from .document import fold
from .questions import put_the_question, sentences, tally, under
from .result import Block, Decision, Item, Vote, VoteRow

CONSTITUENCY = {
    "constituency",
    "constituencies",
    "representative",
    "constituency representative",
    "member",
    "dag member",
    "seat",
    "organisation",
    "party",
    "voter",
}
CHOICES = {
    "approve": re.compile(r"^(?:approved?|approves|approval|for|in favour|support(?:s|ed)?|accept(?:s|ed)?|agree[ds]?|yes)$"),
    "reject": re.compile(r"^(?:reject(?:s|ed|ion)?|against|object(?:s|ed|ion)?|oppose[ds]?|not? approved?|disagree[ds]?|no)$"),
    "abstain": re.compile(r"^(?:abstain(?:s|ed)?|abstentions?|abstained? s?)$"),
    "vacant": re.compile(r"^vacant$"),
    "absent": re.compile(r"^(?:absent|not in attendance|not present|not represented|did not attend|no representative)$"),
}
ONE_COLUMN = {
    "vote",
    "votes",
    "voting",
    "choice",
    "position",
    "response",
    "vote cast",
    "view",
    "recommendation",
    "approve/reject/abstain",
    "vote approve/reject/abstain",
    "member vote",
    "voted",
    "decision",
}
TICK = re.compile(r"^\W*(?:[✓✔☑✅√🗸☒■●]|x|y|yes|1|tick|a|r|ab|f|ü|þ)\W*$", re.IGNORECASE)
CROSS = re.compile(r"^\W*[✗✘×❌✕]\W*$")
NO_MARK = re.compile(r"^\W*(?:-|–|n|no|0|☐|□|n/?a)?\W*$", re.IGNORECASE)
COLUMN_LETTERS = {"R": "reject", "AB": "abstain", "F": "approve"}  # a letter in a column that is not its own says two things
LEGEND = re.compile(r"\b(A|R|AB|F|Y|N)\s?=\s?(approve|reject|abstain|for|against|yes|no|absent)", re.IGNORECASE)


SET_ASIDE = re.compile(
    r"\b(?:roll|votes?|ballot|poll|count|table)\b(?! not)(?:(?!\bnot\b)[^.;]){0,60}?\b(?:set aside|void(?:ed)?|annulled|disregarded|discounted|(?:declared |was |were )invalid|re-?run|retaken|taken again|repeated|struck out"
    r"|cancelled|superseded|withdrawn|abandoned|(?:not|never) (?:be )?counted|does not count|do not count|did not count|no longer counts?|does not stand)\b",
    re.IGNORECASE,
)
OF_THE_FIRST = re.compile(r"\b(?:first|earlier|initial|original|previous) (?:\w+ )?(?:roll|vote|votes|ballot|poll|count|table)\b", re.IGNORECASE)
VOTED = re.compile(
    r"\bvoted (?:to (?:approve|reject|abstain|accept|support)|for|against|in favour|on|by|unanimously|(?:yes|no)\b)|\b(?:vote|ballot|poll|show of hands) (?:was|were) (?:taken|held|carried|lost|unanimous)"
    r"|\b(?:representatives?|constituenc\w+|members?|[A-Z]{2,4}) (?:\w+ )?abstained\b|\bvotes (?:cast|were)\b|\b\w+ votes (?:to|for|against)\b",
    re.IGNORECASE,
)
ABOUT_VOTING = re.compile(r"\b(?:previous(?:ly)?|earlier|last|next) (?:meeting|DAG|group|week|month)|\b(?:would|will|to be|had) (?:be )?(?:vot|taken)|\bhad voted\b|\?", re.IGNORECASE)


def table_kind(heading: list[str]) -> str | None:
    """Say whether a table with this heading row is a roll of votes or the comments on one."""
    words = [fold(cell) for cell in heading]
    choices = {choice for word in words for choice, pattern in CHOICES.items() if pattern.match(word)}
    if not any(is_constituency(word) for word in words) and not (words and not words[0] and len(choices) >= 2):
        return None
    if len(choices) >= 2 or any(_is_one_column(word) for word in words):
        return "vote"
    return "comments" if any("comment" in word or "rationale" in word for word in words) else None


def is_constituency(word: str) -> bool:
    """Say whether a folded heading is that of the constituencies' column."""
    return word in CONSTITUENCY or (bool(re.search(r"\bconstituenc(?:y|ies)\b", word)) and len(word) < 40)


def _is_one_column(word: str) -> bool:
    """Say whether a folded heading is that of one column holding every choice: 'Vote', 'Approve/Reject/Abstain'."""
    bare = re.sub(r"\b(?:a/r/ab|approve/reject.*|y/n.*)$", "", word).strip()
    return bare in ONE_COLUMN or word in ONE_COLUMN or bool(re.search(r"\bapprove\b.*\breject\b", word))


def read_votes(item: Item, decisions: list[Decision], warnings: list[str]) -> list[Vote]:
    """Read every roll of votes of an agenda item, with its question, comments and tally."""
    votes = []
    places = [place for place, block in enumerate(item.blocks) if block.kind == "vote"]
    for order, place in enumerate(places):
        before = item.blocks[places[order - 1] + 1 if order else 0 : place]
        until = places[order + 1] if order + 1 < len(places) else len(item.blocks)
        after = item.blocks[place + 1 : until]
        if said := _set_aside(after, first=order == 0 and len(places) > 1, later=item.blocks[until + 1 :]):
            _leave_as_text(item, [item.blocks[place], *(block for block in after if block.kind == "comments")])
            warnings.append(f"A vote {under(item)} does not count ('{said}'): it stays as text.")
            continue
        vote = Vote(item_number=item.number, rows=_rows(item.blocks[place].rows, warnings))
        put_the_question(vote, before, item, decisions, warnings)
        for block in after:
            if block.kind == "comments":
                _attach_comments(vote, block, warnings)
        vote.tally_sentence = next((sentence for sentence in sentences([*before, *after]) if len(tally(sentence)) >= 2), None)
        votes.append(vote)
    return votes


def _set_aside(after: list[Block], *, first: bool, later: list[Block]) -> str | None:
    """Give the sentence that says of a roll that it does not count: one after it, or one further on about the first of several."""
    said = [sentence for sentence in sentences(after) if SET_ASIDE.search(sentence) and not OF_THE_FIRST.search(sentence)]
    if first:
        said += [sentence for sentence in sentences([*after, *later]) if SET_ASIDE.search(sentence) and OF_THE_FIRST.search(sentence)]
    return said[0] if said else None


def _leave_as_text(item: Item, blocks: list[Block]) -> None:
    """Keep a table where it stands, as a table and no more."""
    for block in item.blocks:
        if any(block is each for each in blocks):
            block.kind = "paragraph"


def told_in_words(item: Item) -> str | None:
    """Give the sentence that tells of a vote, or counts one, where the item prints no roll that could be read."""
    if any(block.kind == "vote" for block in item.blocks):
        return None
    return next((sentence for sentence in sentences(item.blocks) if tells_of_a_vote(sentence)), None)


def tells_of_a_vote(sentence: str) -> bool:
    """Say whether a sentence tells of a vote of this meeting, or counts one."""
    return not ABOUT_VOTING.search(sentence) and bool(VOTED.search(sentence) or len(tally(sentence)) >= 2)


def _rows(rows: list[list[str]], warnings: list[str]) -> list[VoteRow]:
    """Read each row by the heading above it; a page break may have repeated the heading."""
    heading: list[str] = []
    read: list[VoteRow] = []
    letters = _letters(rows)
    for row in rows:
        if table_kind(row) == "vote":
            heading = [fold(cell) for cell in row]
            continue
        seat, cells = _seat(row, heading)
        if not seat and read and any(cells):
            _add_comment(read[-1], " ".join(cell for cell in cells if cell))
        elif seat and fold(seat) not in ("total", "totals"):
            read.append(_row(seat, row, heading, letters, warnings))
    return read


def _seat(row: list[str], heading: list[str]) -> tuple[str, list[str]]:
    """Part a row into the constituency and the other cells."""
    place = next((place for place, word in enumerate(heading) if is_constituency(word)), 0)
    return (row[place] if place < len(row) else ""), [cell for number, cell in enumerate(row) if number != place]


def _row(seat: str, row: list[str], heading: list[str], letters: dict[str, str], warnings: list[str]) -> VoteRow:
    """Read one constituency's row; nothing is guessed where it says two things or none."""
    said: list[tuple[str, str]] = []
    comment = ""
    columns = {place: choice for place, word in enumerate(heading) for choice, pattern in CHOICES.items() if pattern.match(word)}
    several = len(set(columns.values())) >= 2
    marks = []
    struck = []
    one_column = any(_is_one_column(word) for word in heading)
    for place, cell in enumerate(row):
        word = heading[place] if place < len(heading) else ""
        if not cell or is_constituency(word) or (place == 0 and not word):
            continue
        if "comment" in word or "rationale" in word:
            comment = cell
        elif several and place in columns:
            struck += [f"A mark under '{columns[place]}' was struck out."] if STRUCK.search(cell) else []
            marks.append((columns[place], STRUCK.sub(" ", cell).strip()))
        elif one_column and word and not _is_one_column(word):
            continue  # another column, such as the representative's name
        elif (choice := choice_said(cell, letters)[0]) is not None:
            said.append((choice, cell))
        elif not NO_MARK.match(cell) and not TICK.match(cell):
            comment = f"{comment} {cell}".strip()
    said += _marked(marks)
    choices = {choice for choice, _ in said}
    choice = said[0][0] if len(choices) == 1 and UNCLEAR not in choices else None
    printed = " | ".join(cell for cell in row if cell)
    if choice is None:
        why = "marks more than one choice" if len(choices) > 1 else "says two things" if choices else "marks no choice that can be read"
        warnings.append(f"The vote of {seat} cannot be read: its row {why} ('{printed}').")
    elif struck or any(changed_cell(cell) for _, cell in said):
        warnings.append(f"The vote of {seat} was changed in its row ('{printed}'): it is read as '{choice}'.")
    kept = _beyond_the_choice(said) if choice else " ".join(cell for read, cell in said if read == UNCLEAR)
    comment = " ".join(part for part in (*struck, kept, comment) if part)
    if choice == "absent" and said and re.match(r"^(?:no response|did not (?:vote|respond)|no vote)", fold(said[0][1])):
        warnings.append(f"The row of {seat} says '{said[0][1]}'; it is recorded as absent, which is not the same thing.")
    return VoteRow(seat, choice, None if _is_absence(comment) else comment or None)


def changed_cell(cell: str) -> bool:
    """Say whether a cell's choice took the place of another."""
    return choice_said(cell, {})[1]


def _marked(marks: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the choices that are marked in a row's columns; a cross beside a tick says no."""
    away = [(said, cell) for _, cell in marks if len(cell) > 3 and (said := choice_said(cell, {})[0]) in ("absent", "vacant")]
    ticks = [(choice, cell) for choice, cell in marks if TICK.match(cell) or _says(choice, cell)]
    ticks += [(letter, cell) for choice, cell in ticks if (letter := COLUMN_LETTERS.get(cell.upper(), choice)) != choice]
    if away:
        return [*away, *ticks]
    crosses = [(choice, cell) for choice, cell in marks if CROSS.match(cell)]
    others = [
        (choice, cell)
        for choice, cell in marks
        if not TICK.match(cell) and not CROSS.match(cell) and not NO_MARK.match(cell) and not _says(choice, cell)
    ]
    started = [(_ticked(choice, cell), cell) for choice, cell in others if re.match(r"^\W*[✓✔☑✅√]", cell)]
    return ticks + started or (crosses if not others else [])


def _ticked(choice: str, cell: str) -> str:
    """Give the choice of a cell that begins with a tick and says more."""
    return choice_said(f"{choice} {cell.lstrip('✓✔☑✅√ ')}", {})[0] or choice


def _says(choice: str, cell: str) -> bool:
    """Say whether a cell repeats in words the choice its column stands for."""
    return choice_in_words(cell, {}) == choice and len(cell) > 2


def _letters(rows: list[list[str]]) -> dict[str, str]:
    """Learn what the letters of one column stand for from the company they keep; a lone A says nothing certain."""
    legend = {letter.upper(): meaning for row in rows[:1] for cell in row for letter, meaning in LEGEND.findall(cell)}
    if legend:
        named = {"for": "approve", "yes": "approve", "against": "reject", "no": "reject"}
        return {letter: named.get(meaning.lower(), meaning.lower()) for letter, meaning in legend.items()}
    used = {cell.strip(" .()").upper() for row in rows[1:] for cell in row[1:] if 0 < len(cell.strip(" .()")) <= 3}
    abstain = {"AB": "abstain", "ABS": "abstain"}
    if used & {"Y", "N"}:
        return {"Y": "approve", "N": "reject", "A": "abstain"} | abstain
    if "R" in used:
        return {"A": "approve", "R": "reject"} | abstain
    if "F" in used:
        return {"F": "approve"} | abstain | ({"A": "reject"} if used & set(abstain) else {})
    return {"A": "approve"} | abstain if used & set(abstain) else {}


def _beyond_the_choice(said: list[tuple[str, str]]) -> str:
    """Keep what a cell adds to its choice: 'Approve subject to …' keeps 'subject to …'."""
    kept = []
    for choice, cell in said:
        if choice in ("absent", "vacant"):
            continue
        if changed_cell(cell):
            kept.append(STRUCK.sub(r"\1 (struck out),", cell))
            continue
        rest = re.sub(r"^\W*(?:[✓✔☑✅√]|[A-Za-z]+)\W*", "", cell) if len(cell) > 3 else ""
        if len(rest.split()) >= 2:
            kept.append(rest.strip(" ()"))
    return " ".join(kept)


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
    found = dict(WORDS)["absent"].match(fold(text)) if text else None
    return found is not None and len(fold(text)) <= len(found.group(0)) + 24


def _add_comment(row: VoteRow, text: str) -> None:
    """Add to a row's comment."""
    row.comment = f"{row.comment} {text}" if row.comment else text
