"""How a decision came about, as the text around it tells: objections, votes, authority, reasons, an addendum; and what was said of it afterwards."""

from __future__ import annotations

import re
from datetime import date

from .dates import printed_dates
from .document import plain
from .ends import DECIDING, OF_THE_DECISION, TURNING
from .outcomes import OTHER
from .questions import sentences
from .references import change_requests
from .result import Block, Decision
from .votes import tells_of_a_vote

ASKED = (
    r"(?:when\s)?(?:the\s)?(?:chair|sro|programme|pmo)\s(?:then\s|also\s)?(?:asked|invited|called)\s(?:(?:members|the \w+)\s)?(?:(?:for|if there were|whether there were|if anybody had|if members had)\s)?"
    r"(?:any\s)?objections?(?:\s(?:to|about|on)\s[^.;]{1,160}?)?(?:[,;]|,?\sand)\s(?:there were\s|to which\s)?"
)
RAISED = r"(?:(?:was|were)\s)?(?:received|raised|made|noted|voiced|forthcoming|heard)"
TO_WHAT = r"(?:\s(?:by|from)\s(?:members|anyone|anybody|the \w+))?(?P<to>\sto\s[^.;]{1,160}?)?(?:\sat\sthe\smeeting)?\s*[.;]?"
NO_OBJECTIONS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:{ASKED})?(?:there were\s)?(?:no\s(?:\w+\s)?objections?|none)(?:\s{RAISED})?{TO_WHAT}",
        rf"(?:members|the \w+|dag members|nobody|no one|no-one)\s(?:(?:had|raised|made|voiced|expressed|have|has)\sno\s(?:\w+\s)?objections?|objected){TO_WHAT}",
    )
]
OBJECTED = re.compile(r"\bobject(?:ed|s)\b|\bobjections?\s(?:was|were|has been|have been)\b", re.IGNORECASE)
DELEGATED = re.compile(
    r"\bacting (?:with|under) (?:the )?delegated authority (?:from|of) (?:the )?[A-Z][\w ]{1,60}(?:\([A-Z]+\))?"
)
# of what was before the group: "the Chair approved the agenda" says nothing of a decision
DETERMINED = re.compile(
    r"\b(?:[Tt]he )?(?P<who>(?:[A-Z]{2,6} )?Chair|SRO)\b(?:, acting [^.]{0,140}?,)?\s+(?:has |had |also )?(?:determined|decided|(?:approved|rejected|deferred)(?:\sthat)?"
    r"\s(?:it|them|this|both|all|CRs?\b|CR\d|Change Requests?|DES\b|v\d|version|the\s(?:change|document|request|baselin|decision|approval|rejection|withdrawal|artefact|version|issu|recommendation))\w*)"
)
AGAINST = re.compile(r"\b(?:by|of|from)\s(?:the\s|those\s)?(?:members?|those|constituenc\w+|representatives?)\b|\boppos\w*|\bobject\w*|\bput\s(?:forward\s)?by\b|\bagainst\b", re.IGNORECASE)
REFUSING, ACCEPTING = re.compile(r"\b(?:reject|refus|declin)\w*", re.IGNORECASE), re.compile(r"\b(?:approv|accept|support)\w*", re.IGNORECASE)
# what is said of a decision afterwards
AFTERWARDS = re.compile(r"\b(?:post[- ]meeting|update|erratum|errata|corrigendum|correction|since|later|subsequently|afterwards|end of the meeting|above)\b", re.IGNORECASE)
OF_IT = re.compile(rf"\b(?:this|that|the|its|their|both)\s(?:\w+\s)?{OF_THE_DECISION}\b|\bfor\s.{{1,40}}\sread\b|\b(?:it|this)\s(?:was|is|has)\b", re.IGNORECASE)
TAKING_BACK = re.compile(
    r"\b(?:rescind\w*|revok\w*|revers(?:ed|es|ing)|overturn\w*|overrul\w*|set aside|annul\w*|quash\w*|void|veto\w*|undid|undone|retract\w*|recalled|struck|superseded|withdrew|(?:in|by) (?:error|mistake)|mistaken\w*"
    r"|(?:took|taken) (?:\w+ )?back|no longer (?:stands?|holds?|valid)|invalid\w*|wrongly|erratum|for \S+ read)\b",
    re.IGNORECASE,
)
EX_COMMITTEE = re.compile(
    r"\b(?:approved|agreed|made|taken|decided|rejected|determined|reached|obtained|confirmed|issued|baselined)\b(?:\W+\w+){0,3}?\W+ex[- ]?committee\b"
    r"|\bex[- ]?committee\b(?:\W+\w+){0,3}?\W+(?:was|were|approved|rejected|agreed|made|taken|obtained|received|confirmed|on \d)\b",
    re.IGNORECASE,
)
FUTURE = re.compile(r"\b(?:will|would|to be|shall|may|should)\b", re.IGNORECASE)
TOLD = re.compile(r"\b(?:notified|informed|e-?mail|communicated|determined|decision|decided|approved)\b", re.IGNORECASE)


def read_circumstances(decision: Decision, before: list[Block]) -> None:
    """Read how a decision came about from what stands before it: objections, votes, authority, an addendum."""
    texts = [plain(block.text) for block in before if not block.rows]
    said = " ".join(texts)
    objection = nobody_objected(sentences(before))
    voted = any(block.kind == "vote" for block in before) or any(tells_of_a_vote(sentence) for sentence in sentences(before))
    decision.basis = "vote" if voted else "no_objections" if objection else "not_stated"
    if authority := [found.group(0) for found in DELEGATED.finditer(said)]:
        decision.authority_text = authority[-1]
    if who := [found.group("who") for text in texts for found in DETERMINED.finditer(text)]:
        decision.determined_by = "the Chair" if who[-1] == "Chair" else "the SRO" if who[-1] == "SRO" else who[-1]
    updates = [n for n, block in enumerate(before) if block.kind == "post_meeting_update" and TOLD.search(block.text)]
    if updates:
        decision.made_where = "post meeting"
        decision.made_on = day_of_it(" ".join(plain(block.text) for block in before[updates[-1] :] if block.kind != "reason"))
    elif any(
        EX_COMMITTEE.search(sentence) and not FUTURE.search(sentence)
        for sentence in re.split(r"(?<=[.;])\s", " ".join([*texts[-2:], decision.body_text or ""]))
    ):
        decision.made_where = "ex-committee"
        decision.made_on = day_of_it(" ".join([*texts[-2:], decision.body_text or ""]))


def nobody_objected(said: list[str]) -> bool:
    """Say whether a whole sentence says so, and none after it that somebody did."""
    none = [n for n, sentence in enumerate(said) if _says_nobody_objected(sentence.strip())]
    return bool(none) and not any(OBJECTED.search(sentence) for sentence in said[none[-1] + 1 :])


def _says_nobody_objected(sentence: str) -> bool:
    return any((found := shape.fullmatch(sentence)) and not TURNING.search(found.group("to") or "") for shape in NO_OBJECTIONS)


def reasons_given(decision: Decision, blocks: list[Block]) -> list[str]:
    """Give the reasons among some blocks, unless they are announced as those of whoever wanted it otherwise."""
    first = next((n for n, block in enumerate(blocks) if block.kind == "reason"), 0)
    announced = plain(blocks[first - 1].text) if first else ""
    outcomes = {outcome.outcome for outcome in decision.crs} | {outcome.outcome for outcome in decision.documents}
    others = (REFUSING.search(announced) and "rejected" not in outcomes) or (ACCEPTING.search(announced) and outcomes == {"rejected"})
    return [] if re.search(r"\breasons?\b", announced, re.IGNORECASE) and (others or AGAINST.search(announced)) else _reasons(blocks)


def leave_undecided_what_is_taken_back(decision: Decision, after: list[Block]) -> None:
    """Believe no outcome that words after the decision may take back."""
    decision.taken_back = _taking_back(decision, after)
    if not decision.taken_back:
        return
    for change_request in decision.crs:
        change_request.outcome, change_request.condition = OTHER, ""
    for document in [*decision.documents, *([decision.minutes] if decision.minutes else [])]:
        document.outcome, document.condition = OTHER, ""


def _taking_back(decision: Decision, after: list[Block]) -> str:
    """Give the sentence that may take a decision back, among those after it: it speaks of the decision, and turns it or decides otherwise."""
    of_it = {outcome.cr for outcome in decision.crs}
    for block in after:
        if block.kind in ("action", "vote") or block.rows:
            continue
        labelled = block.kind == "post_meeting_update" or bool(AFTERWARDS.match(plain(block.text)))
        for sentence in re.split(r"(?<=[.;])\s+", plain(block.text)):
            named = of_it & {mention.cr for mention in change_requests(sentence)}
            spoken_of = bool(OF_IT.search(sentence)) or bool(named) or bool(decision.ref and decision.ref in sentence)
            turns = TAKING_BACK.search(sentence) or ((labelled or AFTERWARDS.search(sentence)) and _otherwise(decision, sentence, named))
            if spoken_of and turns:
                return sentence
    return ""


def _otherwise(decision: Decision, sentence: str, named: set[str]) -> bool:
    """Say whether it decides something else of what was decided than the decision does."""
    kinds = {outcome.outcome for outcome in decision.crs if outcome.cr in named}
    word = DECIDING.search(sentence)
    return bool(kinds and word and OTHER not in kinds and not any(kind[:6] == word.group(0).lower()[:6] for kind in kinds))


def _reasons(blocks: list[Block]) -> list[str]:
    """Give the reasons among some blocks: each with what is within it, under the heading it stands under, by its own number."""
    found: list[str] = []
    numbers: list[str] = []
    heading = ""
    for block in blocks:
        if block.kind == "subheading":
            heading = f"{plain(block.text).strip(' :')}: "
        elif block.kind == "reason":
            found.append(heading + plain(block.text))
            numbers.append(block.number or "")
            heading = ""
        elif block.within and found:
            found[-1] = f"{found[-1]} {_point(block)}"
    as_counted = [str(n) for n in range(1, len(found) + 1)]
    if all(number.isdigit() for number in numbers) and numbers != as_counted:
        return [f"({number}) {text}" for number, text in zip(numbers, found, strict=True)]
    return found


def _point(block: Block) -> str:
    """Write on one line what is within a reason: a table, or a point of a list."""
    if block.rows:
        return "; ".join(" – ".join(cell for cell in row if cell) for row in block.rows)
    return f"({block.number}) {plain(block.text)}" if block.number else f"– {plain(block.text)}"


def day_of_it(text: str) -> date | None:
    """Give the day an addendum says the decision was made or told; none where it prints two and points at neither."""
    days = [found.day for found in printed_dates(text) if found.day]
    if len(set(days)) <= 1:
        return days[0] if days else None
    told = [
        found.day
        for sentence in re.split(r"(?<=[.:])\s", text)
        if re.search(r"\b(?:notified|informed|e-?mail)", sentence, re.IGNORECASE)
        for found in printed_dates(sentence)
        if found.day
    ]
    return told[0] if len(set(told)) == 1 else None
