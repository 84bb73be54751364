"""Doubts about a roll of votes: a tally that does not add up, a comment that says otherwise, seats nobody listed held."""

from __future__ import annotations

import re
from collections import Counter

from .document import fold
from .names import INITIALS
from .questions import sentences, tally, under
from .result import Attendee, Reading, Vote, VoteRow
from .told import like_votes, told_in_words
from .votes import bare_seat, changed_cell

STANCE = re.compile(
    r"^\W*(?:(?:the )?[A-Z][\w&']*(?: (?:Representative|[A-Z][\w']+)){0,2}\s)?(?:has |have |had |they )?"
    r"(?P<stance>approved?|rejected|reject|abstained|abstains?|approves|rejects|opposed?s?|voted (?:to )?(?:approve|reject|abstain|for|against|in favour))\b(?!\s(?:that|by|the use))"
)
MISTAKEN = re.compile(
    r"\b(?:should (?:read|say|have)|should be (?:recorded|read|an? )|(?:in|an) error|mistak\w+|by accident|wrongly|incorrect\w*|misrecorded|meant|errat\w+|correction|changed|switched|withdr\w+|now|recorded as|void|not (?:a|its|their) vote)\b",
    re.IGNORECASE,
)
OF_VOTING = re.compile(r"\b(?:approve[sd]?|reject(?:s|ed)?|abst\w+|votes?|voted|recorded|marked|tick\w*)\b", re.IGNORECASE)
OPENING = re.compile(r"^\W*(?P<initials>[A-Z][A-Za-z]{1,5})\s[a-z]")


def vote_doubts(reading: Reading) -> list[str]:
    """List what is doubtful about the votes."""
    doubts: list[str] = []
    for vote in reading.votes:
        name = f"the vote on {vote.on}" if vote.on else f"the vote under item {vote.item_number}"
        doubts += [
            *_tallies(vote, reading, name),
            *_rows(vote, name),
            *_comments(vote, reading, name),
            *_held_seats(vote, reading, name),
        ]
    for item in reading.items:
        seats = {bare_seat(person.role) for person in reading.constituency_reps if person.role}
        doubts += [f"A table {under(item)} looks like votes ('{heading}') and is not read as a roll: it stays as text, and no vote is recorded from it." for heading in like_votes(item)]
        if told := told_in_words(item, seats):
            doubts.append(f"A vote is told of {under(item)} in words ('{told}') and not as a roll that can be read: it stays as text, and no vote is recorded from it.")
    return doubts


def _tallies(vote: Vote, reading: Reading, name: str) -> list[str]:
    """Compare every sentence that gives the count with the roll."""
    items = [
        item for item in reading.items if item.number == vote.item_number and any(block.kind == "vote" for block in item.blocks)
    ]
    several = sum(other.item_number == vote.item_number for other in reading.votes) > 1
    claims = (
        [vote.tally_sentence]
        if several
        else [sentence for item in items for sentence in sentences(item.blocks) if len(tally(sentence)) >= 2]
    )
    doubts = []
    for sentence in claims:
        for choice, number in tally(sentence or "").items():
            if number != vote.count(choice):
                doubts.append(
                    f"The text counts {number} as '{choice}' in {name} ('{sentence}'), but the table has {vote.count(choice)}."
                )
    return doubts


def _rows(vote: Vote, name: str) -> list[str]:
    """Say where a constituency stands twice on the roll."""
    counted = Counter(fold(row.constituency) for row in vote.rows)
    printed = {fold(row.constituency): row.constituency for row in vote.rows}
    return [f"{printed[seat]} has {count} rows in {name}." for seat, count in counted.items() if count > 1]


def _comments(vote: Vote, reading: Reading, name: str) -> list[str]:
    """Say where the comments table lacks a row, or a comment's own words say another choice than the roll."""
    doubts = []
    if vote.comments_printed and vote.comments_printed != len(vote.rows):
        doubts.append(f"{name[0].upper()}{name[1:]} has {len(vote.rows)} rows, but its comments have {vote.comments_printed}.")
    speakers = {person.initials: person for person in reading.constituency_reps if person.initials}
    for row in vote.rows:
        stance = _stance(row.comment)
        if row.choice and (own := _of_a_mistake(row.comment)):
            doubts.append(f"The comment of {row.constituency} may say that its vote is another than the one recorded ('{own}'); the roll stands with '{row.choice}'.")
        if stance and row.choice and stance != row.choice:
            doubts.append(
                f"The comment of {row.constituency} begins as if the vote were '{stance}' ('{_first_sentence(row.comment)}'), but the roll records '{row.choice}'; the roll stands."
            )
        doubts += _another_speaker(row, speakers, reading)
    return doubts


def _of_a_mistake(comment: str | None) -> str | None:
    """Give the sentence of a comment that may say its vote was changed or wrongly recorded; a change read from the cell is doubted already."""
    if changed_cell(comment or ""):
        return None
    told = re.split(r"(?<=[.!?])\s", comment or "")
    return next((sentence for sentence in told if len(sentence) < 120 and MISTAKEN.search(sentence) and OF_VOTING.search(sentence)), None)


def _stance(comment: str | None) -> str | None:
    """Give the choice a comment's opening claims of itself."""
    found = STANCE.match(comment or "")
    if not found:
        return None
    words = found.group("stance").lower()
    return "abstain" if "abst" in words else "reject" if "reject" in words or "against" in words or "oppose" in words else "approve"


def _first_sentence(text: str | None) -> str:
    """Give the first sentence of a comment."""
    return re.split(r"(?<=[.!?])\s", text or "")[0]


def _another_speaker(row: VoteRow, speakers: dict[str, Attendee], reading: Reading) -> list[str]:
    """Say where a comment opens with the initials of somebody who sits for another constituency."""
    found = OPENING.match(row.comment or "")
    initials = found.group("initials") if found else ""
    holders = [person for person in reading.present if person.initials == initials]
    person = speakers.get(initials)
    if (
        not person
        or len(holders) != 1
        or not INITIALS.match(initials)
        or not person.role
        or _same_seat(person.role, row.constituency)
    ):
        return []
    return [f"The comment of {row.constituency} opens with {initials}, but {person.name} is listed as '{person.role}'."]


def _held_seats(vote: Vote, reading: Reading, name: str) -> list[str]:
    """Compare the seats of the roll with those printed in the attendance list."""
    listed = [person for person in reading.constituency_reps if person.role]
    if not listed:
        return []
    doubts = []
    exact = {fold(person.role or "") for person in listed}
    for row in vote.rows:
        seat = fold(row.constituency)
        near = [person for person in listed if _same_seat(person.role or "", row.constituency)]
        if row.choice == "absent" and seat in exact:
            holder = next(person for person in listed if fold(person.role or "") == seat)
            doubts.append(
                f"{row.constituency} is recorded as absent from {name}, but {holder.name} is listed as attending in that seat{' (part meeting)' if holder.part else ''}."
            )
        elif row.choice not in ("absent", "vacant") and seat not in exact:
            printed = list(dict.fromkeys(person.role or "" for person in near))
            doubts.append(
                f"A seat is printed in several ways: '{row.constituency}' in {name}, {' and '.join(repr(role) for role in printed)} in the attendance list."
                if printed
                else f"{row.constituency} has a row in {name}, but nobody is listed as attending in that seat."
            )
    voted = [row.constituency for row in vote.rows]
    doubts += [
        f"{person.name} is listed as '{person.role}', a seat that has no row in {name}."
        for person in listed
        if not any(_same_seat(person.role or "", seat) for seat in voted)
    ]
    return doubts


def _same_seat(one: str, other: str) -> bool:
    """Say whether two printed seats agree but for what stands in brackets and the word 'Representative'."""
    return bare_seat(one) == bare_seat(other)
