"""Finds what running text tells of votes: of one that has no roll, and of a roll, whether it still stands."""

from __future__ import annotations

import re

from .document import plain
from .questions import QUESTION, named, sentences, tally
from .result import Block, Item
from .rolls import looks_like_votes

SET_ASIDE = re.compile(
    r"\b(?:roll|votes?|ballot|poll|count|table)\b(?! not)(?:(?!\bnot\b)[^.;]){0,60}?\b(?:set aside|void(?:ed)?|annulled|disregarded|discounted|(?:declared |was |were )invalid|re-?run|re-?taken|taken again|repeated|struck out"
    r"|cancelled|superseded|withdrawn|abandoned|(?:not|never) (?:be )?counted|does not count|do not count|did not count|no longer counts?|does not stand)\b",
    re.IGNORECASE,
)
OF_THE_FIRST = re.compile(r"\b(?:first|earlier|initial|original|previous) (?:\w+ )?(?:roll|vote|votes|ballot|poll|count|table)\b", re.IGNORECASE)
VOTED = re.compile(
    r"\bvoted (?:to (?:approve|reject|abstain|accept|support)|for|against|in favour|on|by|unanimously|(?:yes|no)\b)|\b(?:vote|ballot|poll|show of hands) (?:was|were) (?:taken|held|carried|lost|unanimous)"
    r"|\b(?:representatives?|constituenc\w+|members?|[A-Z]{2,4}) (?:\w+ )?abstained\b|\bvotes (?:cast|were)\b|\b\w+ votes (?:to|for|against)\b"
    r"|\b(?:on|by|after) a show of hands\b|\bnem\.? con\b|\bcasting vote\b|\bcarried by\b",
    re.IGNORECASE,
)
ABOUT_VOTING = re.compile(r"\b(?:previous(?:ly)?|earlier|last|next) (?:meeting|DAG|group|week|month)|\b(?:would|will|to be|had) (?:be )?(?:vot|taken)|\bhad voted\b|\?", re.IGNORECASE)
# what may be the telling of a vote, and is doubted as such, without being believed to be one
PERHAPS = re.compile(
    r"\b(?:show of hands|straw poll|(?:all|none) (?:of )?(?:the |\w+ )?(?:members|representatives|constituencies) (?:approved|rejected|opposed|supported|voted|abstained)|the ayes|ayes? \d|noes? \d|dissent(?:ed|s|ing)?|motion (?:was |is )?(?:carried|lost|fell|passed|defeated)|majority (?:of \w+ )?(?:in favour|for|against|supported|opposed|approved|rejected)"
    r"|split (?:\w+ )?(?:to|-) ?\w+|result ?(?:was|:)? ?\d{1,2} ?[-–:] ?\d{1,2}|(?:took|taking) the voices"
    r"|(?:was|were|all|are) (?:all |both |unanimously |evenly )?(?:against|opposed|in favour)\b(?! of (?:\w+ing|a further|more|this approach))"
    r"|(?:was|were) for(?= it\b|[,;.]| and\b| the change\b| CR|$)|(?:only|all but) (?:the )?[A-Z]\w+ (?:\w+ )?(?:opposed|supported|approved|rejected|abstained|objected|agreed))",
    re.IGNORECASE,
)
COUNTED = re.compile(r"\b(?:for|against|approve[ds]?|reject(?:ed|s)?|abstain(?:ed)?|abstentions?|ayes?|noes?)\s?[:=-]?\s?(?:\d{1,2}|none|nil)\b", re.IGNORECASE)
LISTED = re.compile(r"^\W*(?:approve[ds]?|for|in favour|against|reject(?:ed|s)?|abstain(?:ed)?|abstentions?|supported|opposed|ayes?|noes?)\s?[:–-]\s?[A-Z]", re.IGNORECASE)
CHOSE = r"(?:approved|rejected|opposed|supported|backed|dissented|abstained|objected|disagreed|(?:was|were|is|are) (?:for|against|in favour)|said (?:yes|no)|voted|did not (?:approve|support)|(?:approve|reject|abstain|support|oppose)s?|(?:for|against)\W*$)"
CHOSEN_BY = re.compile(r"^[^:]{2,60}:\s?(?:approve[ds]?|reject(?:ed|s)?|abstain(?:ed|s)?|for|against|yes|no|support(?:ed|s)?|oppose[ds]?)\s?(?:[;,.(]|$)", re.IGNORECASE)
# what is said about a roll: any of it but the shapes below is doubted
OF_THE_ROLL = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|roll|ballots?|poll\w*|the count|recount\w*|tally|(?:this|that) table|(?:the )?table (?:above|is|was|has|should)|columns?|(?:the|this|its) result(?! of (?!the (?:vote|roll|ballot|voting)))|errat(?:um|a)|corrigend\w+|transposed|in error|by mistake|mistak\w+"
    r"|recorded as|(?:chang|switch|withdr)\w+ (?:its|their|his|her) |should (?:read|be read|have read|have been)|meant to|quash\w*|ticks?|ticked|unanimous\w*|wrong (?:way|order|column|row)|swapped|(?:the|this) (?:above|record above)|rows? (?:is|are|was|were)|not accurate|inaccurate|corrected|shown as|choices?|provisional\w*"
    r"|not (?:been )?entitled|after all|(?:asked|wished|chose|decided) to (?:change|switch|abstain|approve|reject)|not a decision|approve and reject)\b",
    re.IGNORECASE,
)
TO_VOTE = r"\b(?:approv\w*|reject\w*|abst\w*|against|in favour|oppos\w*|mind)\b"
ONLY_A_TRIAL = re.compile(r"\b(?:indicative|straw|informal|non-?binding|provisional|trial|mock|practice|unofficial)\b.{0,20}\b(?:vote|votes|poll|ballot|roll|show of hands)\b", re.IGNORECASE)
HARMLESS = re.compile(
    r"^(?:(?:the )?(?:comments?|reasons?|rationales?|explanations?|remarks?)\b.{0,60}\bvot(?:e|es|ing)\b.{0,30}|what members said of their votes|.{0,80}:"
    r"|(?:in (?:the )?light of|following|after|given|having (?:heard|noted|considered)|based on|noting|considering) (?:the|these|this|those) (?:votes?|roll|result|vote result|votes of members)(?: and [\w ]{1,40})?,? (?P<then>.*)"
    r"|the (?:chair|group|sro|programme|[A-Z]{2,4}) (?:thanked members for|noted|considered|acknowledged|would consider|will consider|wished to consider) (?:the|their|these|this) (?:votes?|result|voting|views)(?: of the (?:vote|roll|voting))?(?: and (?:the )?comments?)?"
    r"|(?:the|these|this) (?:vote|votes|roll) (?:is|are) advice(?: to the \w+)?|(?:the|a) (?:vote|roll) (?:was|is) (?:as follows|recorded (?:below|above|as follows)|set out (?:below|above)|shown (?:below|above)))\W*$",
    re.IGNORECASE,
)


def set_aside(after: list[Block], *, first: bool, later: list[Block]) -> str | None:
    """Give the sentence that says of a roll that it does not count: one after it, or one further on about the first of several."""
    said = [sentence for sentence in sentences(after) if SET_ASIDE.search(sentence) and not OF_THE_FIRST.search(sentence)]
    if first:
        said += [sentence for sentence in sentences([*after, *later]) if SET_ASIDE.search(sentence) and OF_THE_FIRST.search(sentence)]
    return said[0] if said else None


def said_of_the_roll(before: list[Block], after: list[Block], seats: set[str], *, another: bool) -> list[str]:
    """List the sentences about a roll that are of no shape known to leave it as it is."""
    said = [sentence for sentence in sentences(before) if ONLY_A_TRIAL.search(sentence) or SET_ASIDE.search(sentence)]
    names = "|".join(re.escape(seat) for seat in seats if 2 < len(seat) < 80)
    by_a_seat = re.compile(rf"\b(?:{names})\b.*{TO_VOTE}|{TO_VOTE}.*\b(?:{names})\b", re.IGNORECASE) if names else None
    for sentence in sentences(after):
        puts_the_next = another and QUESTION.search(sentence) and bool(named(sentence)) and not re.search(r"\bagain\b|\bre-", sentence)
        of_it = OF_THE_ROLL.search(sentence) or PERHAPS.search(sentence) or VOTED.search(sentence) or (by_a_seat and by_a_seat.search(sentence[:1000]))
        if of_it and not puts_the_next and not _is_harmless(sentence):
            said.append(sentence)
    return said


def _is_harmless(sentence: str) -> bool:
    """Say whether a sentence about a roll counts it, introduces it or only mentions it."""
    found = HARMLESS.match(sentence)
    if found:
        return not OF_THE_ROLL.search(found.groupdict().get("then") or "")
    counted = re.sub(r"\bnot (?:in attendance|present|represented)\b", " ", sentence)
    return len(tally(sentence)) >= 2 and not re.search(r"\b(?:not|should|error|mistak\w+|chang\w+|later|again|withdr\w+)\b", counted)


def told_in_words(item: Item, seats: set[str]) -> str | None:
    """Give the sentence that tells of a vote, or may, where the item prints no roll that could be read."""
    if any(block.kind == "vote" for block in item.blocks):
        return None
    voices = _by_a_seat(seats)
    whole = [plain(block.text) for block in item.blocks if block.kind in ("paragraph", "list_item") and not block.rows]
    told = [sentence for sentence in sentences(item.blocks) if tells_of_a_vote(sentence) or _may_tell(sentence, voices)]
    return next(iter([*told, *(text for text in whole if len(text) < 400 and (LISTED.match(text) or CHOSEN_BY.match(text)))]), None)


def tells_of_a_vote(sentence: str) -> bool:
    """Say whether a sentence tells of a vote of this meeting, or counts one."""
    return not ABOUT_VOTING.search(sentence) and bool(VOTED.search(sentence) or len(tally(sentence)) >= 2)


def _may_tell(sentence: str, voices: re.Pattern | None) -> bool:
    """Say whether a sentence may be telling of a vote."""
    if ABOUT_VOTING.search(sentence) or len(sentence) > 1000:
        return False
    return bool(PERHAPS.search(sentence) or COUNTED.search(sentence) or (voices and voices.search(sentence)))


def _by_a_seat(seats: set[str]) -> re.Pattern | None:
    """Match what a seat is said to have chosen; the seats are those of the attendance list."""
    names = "|".join(re.escape(seat) for seat in sorted(seats, key=len, reverse=True) if 2 < len(seat) < 80)
    return re.compile(rf"\b(?:{names})(?: representatives?)?(?: \([^()]{{2,40}}\))?(?: and (?:the )?[\w ]{{2,30}})? (?:\w+ly |all |both )?{CHOSE}\b", re.IGNORECASE) if names else None


def like_votes(item: Item) -> list[str]:
    """Give the headings of the tables of an item that look like votes and are no roll."""
    return [
        " | ".join(cell for cell in block.rows[0] if cell) or " | ".join(cell for cell in block.rows[-1] if cell)
        for block in item.blocks
        if block.kind == "paragraph" and block.rows and looks_like_votes(block.rows)
    ]
