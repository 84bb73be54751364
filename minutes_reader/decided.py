"""Lays the tables and the minutes side by side: one action, one decision, with both wordings and its circumstances."""

from __future__ import annotations

import re

from .circumstances import EX_COMMITTEE, day_of_it, leave_undecided_what_is_taken_back, read_circumstances, reasons_given
from .document import fold, plain
from .outcomes import OTHER, change_request_outcomes, document_outcomes, minutes_outcome
from .result import Action, Block, Decision, Header, Item

SRO = re.compile(
    r"\b(?:MHHS )?(?:SRO|Senior Responsible Owner)\b(?: \(SRO\))?\s+(?:has |also |formally )?(?:approved|rejected|agreed|decided|deferred|withdrew|noted|determined|endorsed|accepted)\b|\b(?:approved|rejected|agreed|decided|deferred) by the (?:MHHS )?SRO\b",
    re.IGNORECASE,
)


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
    placed, around = list(decisions), {}
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
                around[id(decision)] = (item.blocks[start:place], _until_next(item.blocks, place))
            start = place + 1
    for decision in placed:
        before, after = around.get(id(decision), ([], []))
        read_circumstances(decision, before)
        _read_wording(decision, header)
        decision.reasons = reasons_given(decision, before) or reasons_given(decision, after)
        leave_undecided_what_is_taken_back(decision, after)
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
            decision.made_where, decision.made_on = "ex-committee", day_of_it(wording)
        elif re.search(r"\bpost[- ]meeting\b|\bafter the meeting\b", wording, re.IGNORECASE):
            decision.made_where, decision.made_on = "post meeting", day_of_it(wording)
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
