"""The shapes of sentence an outcome is read from: whole clauses, from whoever decides to what it was subject to.

A sentence that fits none of these is read as nothing: under a word of refusing, reversing, asking, excepting or not yet, a
verb that stands in it says the opposite as often as not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .ends import BODY, is_calm, is_known_end, is_put_to_later

ONE = r"⟦\d+⟧"  # stands for Change Requests that are named together
IMPACT_ASSESSMENT = r"(?:(?:an?|the|its|further|second|another|full|\w{3,5}|working|day|\d{1,2})\s){0,5}(?i:impact assessment|IA)\b"
ASIDE = r"(?:,\s(?i:acting|having|following|on behalf of)\s[^,.;]{2,140},)?"
WHO = rf"(?:{BODY}(?:\sand\s{BODY})?{ASIDE}\s)?"
HOW = r"(?i:(?:has|have|also|unanimously|formally|then|therefore|jointly|both|all)\s){0,3}"
BE = r"(?i:(?:is|are|was|were|has been|have been)\s)?"
TO_BE = r"(?i:(?:that\s|for\s)?)"
SHOULD_BE = r"(?i:(?:(?:should|shall|will|would|must|is to|are to|to)\s)?(?:be|is|are|was|were)\s)"
OF_IT = r"(?i:(?:(?:the|both|all|all of|of)\s){0,3}(?:(?:mhhs\s|programme\s)?change requests?\s)?(?:(?:v|version)\.?\s?\d[\d.]*\sof\s(?:the\s)?)?)"
EXCEPT = r",?\s(?i:except(?:ing)?(?: for| that)?|save(?: for)?|excluding|other than|apart from|but not|bar|with the exception of)\s"
LIST = rf"{OF_IT}(?P<what>{ONE})(?:{EXCEPT}{OF_IT}(?P<but>{ONE}),?)?(?P<bloc>,?\s(?i:en bloc|together|as a whole|unanimously)\b)?(?:{EXCEPT}{OF_IT}(?P<but2>{ONE}))?"
DONE = r"(?P<did>(?i:approved|accepted|ratified|rejected|declined|withdrew|withdrawn|deferred|postponed|(?:re-?)?issued|progressed|sent))"
BASE = r"(?P<do>(?i:approve|accept|ratify|reject|withdraw|defer|postpone|(?:re-?)?issue|progress|send))"
NOUN = r"(?P<noun>(?i:approval|acceptance|rejection|withdrawal|deferral|issuance|issuing|issue|progression))"
AGREED = r"(?i:agreed|decided|determined|resolved)"
TAIL = r"(?P<tail>.*)$"
SHAPES = [
    re.compile(pattern, re.DOTALL)
    for pattern in (
        rf"^{WHO}{HOW}{DONE}:?\s{LIST}{TAIL}",
        rf"^{WHO}{HOW}{AGREED}(?P<agreed>)\sto\s{BASE}\s{LIST}{TAIL}",
        rf"^{WHO}{HOW}{AGREED}(?P<agreed>)\s{TO_BE}{LIST}\s{SHOULD_BE}{HOW}{DONE}{TAIL}",
        rf"^{WHO}{HOW}{AGREED}\s(?:for\s)?{LIST}\s(?i:can be|to be|to proceed|should proceed|progress(?:es|ing)?)\s?(?P<goes>)(?i:issued|sent|progressed)?{TAIL}",
        rf"^{WHO}{HOW}(?:{AGREED}|(?i:approved))\s(?i:the\s)?{NOUN}\s(?i:of\s){LIST}{TAIL}",
        rf"^{WHO}{HOW}(?i:approved)\s(?i:to issue|issuing|progressing|sending|to send|to progress)\s(?P<goes>){LIST}{TAIL}",
        rf"^{WHO}{HOW}(?P<did>(?i:deferred|postponed))\s(?i:(?:the|a|any|its|their)\s)?(?i:approval|decision|determination|consideration|discussion|vote)\s(?i:of|on)\s{LIST}{TAIL}",
        rf"^{LIST},?(?:\s?[:–-])?\s{BE}{HOW}{DONE}(?:{EXCEPT}{OF_IT}(?P<but3>{ONE}))?{TAIL}",
        rf"^{LIST}\s(?i:(?:to|should|shall|will)\s(?:be\s)?)(?P<goes>)(?i:issued|issue|sent|go|proceed|progress(?:ed)?){TAIL}",
    )
]
KINDS = (
    ("approved", re.compile(r"^(?:approv|accept|ratif)", re.IGNORECASE)),
    ("rejected", re.compile(r"^(?:reject|declin)", re.IGNORECASE)),
    ("withdrawn", re.compile(r"^withdr", re.IGNORECASE)),
    ("deferred", re.compile(r"^(?:defer|postpon)", re.IGNORECASE)),
)
ISSUED = "issued to Impact Assessment"
CONDITION = re.compile(
    r"^(?P<before>.*?)(?:^|,?\s*\b)(?:subject to|conditional (?:on|upon)|on (?:the )?condition that|provided(?: that)?|providing(?: that)?|contingent (?:on|upon))\s+(?P<condition>.+)$",
    re.IGNORECASE | re.DOTALL,
)
LATER = re.compile(r"^[\s,]*(?:at|on|by|from|in|when|once|after)\b", re.IGNORECASE)  # what was agreed for then is not done yet
TO_ASSESSMENT = re.compile(rf"^[\s,]*(?:to\s)?(?:(?:be|is)\s)?(?:(?:re-?)?(?:issued?|sent|progressed?)\s)?(?:to|for|into)\s{IMPACT_ASSESSMENT}", re.IGNORECASE)
# what a condition may not say: that it was not met, or that what it was put on came to something else
UNMET = re.compile(
    r"\b(?:rescind\w*|revok\w*|overturn\w*|overrul\w*|set aside|annul\w*|quash\w*|but|however|subsequently|failing which|in default|otherwise|somebody did|lapsed?"
    r"|(?:not|never) (?:yet )?(?:been )?(?:met|satisfied|fulfilled|given|received|accepted|agreed))\b|;|\.\s",
    re.IGNORECASE,
)
CLAUSES = re.compile(
    rf"(?:,\s(?:and\s|but\s|while\s)?|\s(?:and|while|(?<!\ball )but)\s)(?=(?:{BODY}{ASIDE}\s)?{HOW}(?i:approv|accept|ratif|reject|declin|withdrew|defer|postpon|issued|agreed|decided|determined|resolved"
    rf"|noted|recommend|rescind|revok|overturn|overrul|set aside|refus|baselined|later|subsequently|did|asked)|{OF_IT}{ONE}\s(?:{BE}|(?i:to be|should be|would be)\s){HOW}(?i:not\s)?(?i:approv|accept|ratif|reject|declin|withdrawn|defer|postpon|issued|noted|to be issued))"
    r"|[;.]\s+"
)


@dataclass
class Clause:
    """What one clause of known shape says: the outcome, of which clusters, of which not, and on what condition."""

    outcome: str = ""
    of: list[int] = field(default_factory=list)
    excepted: list[int] = field(default_factory=list)
    condition: str = ""


def clauses_of(text: str) -> list[str]:
    """Part a sentence where another thing begins to be decided."""
    return [clause.strip(" ,") for clause in CLAUSES.split(text) if clause.strip(" ,.;")]


def clause_read(clause: str) -> Clause | None:
    """Give what a clause says of Change Requests; none where its whole shape is not known."""
    for shape in SHAPES:
        found = shape.match(clause)
        if found and (read := _read(found)):
            return read
    return None


def _read(found: re.Match) -> Clause | None:
    """Read a clause that begins as one of the shapes, if its end is known too."""
    said = found.groupdict()
    word = said.get("did") or said.get("do") or said.get("noun") or "issued"
    tail = said.get("tail") or ""
    outcome = next((kind for kind, pattern in KINDS if pattern.match(word)), ISSUED)
    if outcome in (ISSUED, "approved") and (assessed := TO_ASSESSMENT.match(tail)):
        return Clause(ISSUED, numbers_in(said["what"]), _excepted(said)) if is_calm(tail[assessed.end() :]) else None
    if outcome == ISSUED or (said.get("agreed") is not None and LATER.match(tail)):
        return None
    if outcome == "deferred":
        return Clause(outcome, numbers_in(said["what"]), _excepted(said)) if is_put_to_later(tail) else None
    tail, condition = parted(tail)
    return Clause(outcome, numbers_in(said["what"]), _excepted(said), condition) if is_known_end(tail) and not UNMET.search(condition) else None


def parted(tail: str) -> tuple[str, str]:
    """Part what follows a decision from the condition it was made on."""
    found = CONDITION.match(tail)
    return (found.group("before"), found.group("condition").strip(" .")) if found else (tail, "")


def is_conditional(clause: str) -> bool:
    """Say whether it names a condition: what follows may say what became of that."""
    return CONDITION.match(clause) is not None


def _excepted(said: dict[str, str | None]) -> list[int]:
    """Number the clusters that a decision names only to leave them out."""
    return [number for name in ("but", "but2", "but3") for number in numbers_in(said.get(name) or "")]


def numbers_in(text: str) -> list[int]:
    """Number the clusters of a text."""
    return [int(number) for number in re.findall(r"⟦(\d+)⟧", text)]
