"""Lays the tables and the minutes side by side: one action, one decision, with both wordings and its circumstances."""

from __future__ import annotations

import re
from datetime import date

from .dates import printed_dates
from .document import fold, plain
from .outcomes import OTHER, change_request_outcomes, document_outcomes, minutes_outcome
from .questions import sentences
from .result import Action, Block, Decision, Header, Item
from .votes import tells_of_a_vote

NO_OBJECTIONS = re.compile(
    r"\bobjections?\b[^.]{0,160}\b(?:none|no)\b[^.]{0,40}\b(?:received|raised|made|noted|forthcoming)|\bno\s(?:\w+\s){0,2}objections?\b[^.]{0,40}\b(?:were|was|received|raised|made|noted)?",
    re.IGNORECASE,
)
DELEGATED = re.compile(
    r"\bacting (?:with|under) (?:the )?delegated authority (?:from|of) (?:the )?[A-Z][\w ]{1,60}(?:\([A-Z]+\))?"
)
DETERMINED = re.compile(
    r"\b(?:[Tt]he )?(?P<who>(?:[A-Z]{2,6} )?Chair|SRO)\b(?:, acting [^.]{0,140}?,)?\s+(?:has |had |also )?(?:approved|rejected|determined|decided|deferred)\b"
)
SRO = re.compile(
    r"\b(?:MHHS )?(?:SRO|Senior Responsible Owner)\b(?: \(SRO\))?\s+(?:has |also |formally )?(?:approved|rejected|agreed|decided|deferred|withdrew|noted|determined|endorsed|accepted)\b|\b(?:approved|rejected|agreed|decided|deferred) by the (?:MHHS )?SRO\b",
    re.IGNORECASE,
)
EX_COMMITTEE = re.compile(
    r"\b(?:approved|agreed|made|taken|decided|rejected|determined|reached|obtained|confirmed|issued|baselined)\b(?:\W+\w+){0,3}?\W+ex[- ]?committee\b"
    r"|\bex[- ]?committee\b(?:\W+\w+){0,3}?\W+(?:was|were|approved|rejected|agreed|made|taken|obtained|received|confirmed|on \d)\b",
    re.IGNORECASE,
)
FUTURE = re.compile(r"\b(?:will|would|to be|shall|may|should)\b", re.IGNORECASE)
TOLD = re.compile(r"\b(?:notified|informed|e-?mail|communicated|determined|decision|decided|approved)\b", re.IGNORECASE)


def place_actions(actions: list[Action], items: list[Item]) -> list[Action]:
    """Give each action of the table its place and wording in the minutes, and add those only the minutes have."""
    by_ref: dict[str, Action] = {}
    for action in actions:
        if action.ref:
            by_ref.setdefault(key_of(action.ref), action)
    placed = list(actions)
    for item in items:
        for block in item.blocks:
            if block.kind != "action":
                continue
            found: Action | None = by_ref.get(key_of(block.ref)) if block.ref else _same_wording(actions, block.text)
            action = found or Action(ref=block.ref, area=item.title or None, text=block.text)
            if found is None:
                placed.append(action)
                if block.ref:
                    by_ref[key_of(block.ref)] = action
            if action.body_text is None:
                action.body_text, action.item_number, action.item_title = block.text, item.number, item.title
    return placed


def place_decisions(decisions: list[Decision], items: list[Item], header: Header) -> list[Decision]:
    """Give each decision of the table its place, wording and circumstances in the minutes, and add the others."""
    by_ref: dict[str, Decision] = {}
    for decision in decisions:
        if decision.ref:
            by_ref.setdefault(key_of(decision.ref), decision)
    placed = list(decisions)
    for item in items:
        start = 0
        for place, block in enumerate(item.blocks):
            if block.kind != "decision":
                continue
            found: Decision | None = by_ref.get(key_of(block.ref)) if block.ref else _same_wording(decisions, block.text)
            decision = found or Decision(ref=block.ref, area=item.title or None, text=block.text)
            if found is None:
                placed.append(decision)
                if block.ref:
                    by_ref[key_of(block.ref)] = decision
            if decision.body_text is None:
                decision.body_text, decision.item_number, decision.item_title = block.text, item.number, item.title
                _circumstances(decision, item.blocks[start:place], _until_next(item.blocks, place))
            start = place + 1
    for decision in placed:
        _read_wording(decision, header)
    return placed


def end_where_the_table_does(records: list[Action] | list[Decision], items: list[Item]) -> None:
    """Part running text from an action or decision it was joined to, where the table shows the wording to end."""
    wordings = {key_of(record.ref): fold(record.table_text) for record in records if record.ref and record.table_text}
    for item in items:
        for place, block in reversed(list(enumerate(item.blocks))):
            wording = wordings.get(key_of(block.ref)) if block.ref else None
            end = next((end for end in block.joins if fold(block.text[:end]) == wording), None) if wording else None
            if end is not None:
                item.blocks.insert(place + 1, Block("paragraph", block.text[end:].strip()))
                block.text = block.text[:end]


def key_of(ref: str) -> str:
    """Compare references without their case or leading zeros."""
    return re.sub(r"(?<=\D)0+(?=\d)", "", ref.casefold())


def _same_wording(records: list, text: str):
    """Find the one record of the table with exactly this wording, where no reference joins the two."""
    same = [record for record in records if record.body_text is None and plain(record.text).casefold() == plain(text).casefold()]
    return same[0] if len(same) == 1 else None


def _until_next(blocks: list[Block], place: int) -> list[Block]:
    """List the blocks after a decision, up to the next decision."""
    end = next((n for n in range(place + 1, len(blocks)) if blocks[n].kind == "decision"), len(blocks))
    return blocks[place + 1 : end]


def _circumstances(decision: Decision, before: list[Block], after: list[Block]) -> None:
    """Read how a decision came about from what stands before it: objections, votes, authority, an addendum."""
    texts = [plain(block.text) for block in before if not block.rows]
    said = " ".join(texts)
    objection = any(NO_OBJECTIONS.search(text) for text in texts)
    voted = any(block.kind == "vote" for block in before) or any(tells_of_a_vote(sentence) for sentence in sentences(before))
    decision.basis = "vote" if voted else "no_objections" if objection else "not_stated"
    if authority := [found.group(0) for found in DELEGATED.finditer(said)]:
        decision.authority_text = authority[-1]
    if who := [found.group("who") for text in texts for found in DETERMINED.finditer(text)]:
        decision.determined_by = "the Chair" if who[-1] == "Chair" else "the SRO" if who[-1] == "SRO" else who[-1]
    updates = [n for n, block in enumerate(before) if block.kind == "post_meeting_update" and TOLD.search(block.text)]
    if updates:
        decision.made_where = "post meeting"
        decision.made_on = _day_of(" ".join(plain(block.text) for block in before[updates[-1] :] if block.kind != "reason"))
    elif any(
        EX_COMMITTEE.search(sentence) and not FUTURE.search(sentence)
        for sentence in re.split(r"(?<=[.;])\s", " ".join([*texts[-2:], decision.body_text or ""]))
    ):
        decision.made_where = "ex-committee"
        decision.made_on = _day_of(" ".join([*texts[-2:], decision.body_text or ""]))
    decision.reasons = _reasons(before) or _reasons(after)


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


def _day_of(text: str) -> date | None:
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


def _read_wording(decision: Decision, header: Header) -> None:
    """Read what the wording itself says: who decided, what of, outside the meeting or in it."""
    wording = " ".join(dict.fromkeys(text for text in (decision.table_text, decision.body_text) if text))
    decision.maker = (
        "SRO"
        if SRO.search(wording)
        else "DAG"
        if re.search(
            r"\b(?:the )?DAG\b(?: members)? (?:has |have |also |unanimously )?(?:approved|agreed|rejected|decided|deferred|endorsed|determined|accepted|noted)\b",
            wording,
        )
        else None
    )
    if decision.made_where == "meeting":
        if EX_COMMITTEE.search(wording) or re.search(r"^ex[- ]?committee", decision.area or "", re.IGNORECASE):
            decision.made_where, decision.made_on = "ex-committee", _day_of(wording)
        elif re.search(r"\bpost[- ]meeting\b|\bafter the meeting\b", wording, re.IGNORECASE):
            decision.made_where, decision.made_on = "post meeting", _day_of(wording)
        else:
            decision.made_on = header.date
    decision.crs = change_request_outcomes(decision.text, header.group)
    seen = {outcome.cr: outcome for outcome in decision.crs}
    for outcome in change_request_outcomes(decision.body_text or "", header.group):
        if known := seen.get(outcome.cr):
            known.version = known.version or outcome.version
            known.outcome = known.outcome if known.outcome == outcome.outcome else OTHER  # table and minutes differ: neither is believed
    decision.documents = document_outcomes(plain(decision.text), "", header.group)
    decision.minutes = minutes_outcome(plain(decision.text), header.group)


def version_documents(decisions: list[Decision], items: list[Item], header: Header) -> None:
    """Give baselined documents the version the paragraph after the decision says they become."""
    by_ref = {key_of(decision.ref): decision for decision in reversed(decisions) if decision.ref}
    for item in items:
        for place, block in enumerate(item.blocks):
            if block.kind != "decision":
                continue
            decision = by_ref.get(key_of(block.ref or ""))
            if decision and any(document.outcome == "baselined" for document in decision.documents):
                following = " ".join(plain(after.text) for after in _until_next(item.blocks, place) if not after.rows)
                decision.documents = document_outcomes(plain(decision.text), following, header.group)
