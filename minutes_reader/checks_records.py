"""Doubts about actions, decisions and items: two wordings of one thing, references twice or not at all, versions apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from .decided import key_of
from .document import fold, plain
from .ends import DECIDING
from .outcomes import OTHER, change_request_outcomes
from .reasons import announces_reasons
from .references import ACTION_REF, DECISION_REF, change_requests, same_meeting
from .result import Action, Decision, Reading

EMAIL = re.compile(r"(?<![\w.+-])([A-Za-z0-9][\w.+-]{0,63})@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5})")
OFFICE = re.compile(
    r"^(?:pmo|info|enquir\w*|support|help\w*|contact\w*|secretar\w*|team|admin\w*|office|programme|design|governance|noreply|no-reply|mail|press|ppc|lst|feedback|queries|service\w*|change\w*|consult\w*|mhhs\w*|dag\w*|ipa|psg)(?:[._-].*)?$",
    re.IGNORECASE,
)


def record_doubts(reading: Reading) -> list[str]:
    """List what is doubtful about the actions and the decisions."""
    new = [action for action in reading.actions if action.new]
    return [
        *(doubt for action in new for doubt in _two_wordings(action)),
        *(doubt for decision in reading.decisions for doubt in _two_wordings(decision)),
        *_carried_over(reading),
        *_without_reference(reading),
        *_only_in_one_place(reading, new),
        *_twice(reading),
        *_gaps(reading, new),
        *(doubt for decision in reading.decisions for doubt in _about_the_decision(decision)),
        *_reasons_announced(reading),
    ]


def _reasons_announced(reading: Reading) -> list[str]:
    """Say where reasons are announced, and none can be read."""
    return [
        f"Reasons are announced under '{item.title}', and none of them can be told from the text: '{plain(block.text)[:160]}'."
        for item in reading.items
        for block in item.blocks
        if block.kind == "post_meeting_update" and announces_reasons(block.text) and not any(each.kind == "reason" for each in item.blocks)
    ]


def _two_wordings(record: Action | Decision) -> list[str]:
    """Say how the table and the minutes word one record differently."""
    doubts = []
    if record.table_text and record.body_text and record.ref:
        table, body = plain(record.table_text), plain(record.body_text)
        if table != body:
            doubts.append(
                f"{record.ref} is worded differently in the table and in the minutes ({how_they_differ(table, body)}): "
                f"the table says '{table}', the minutes say '{body}'."
            )
    printed, title = record.table_area, record.item_title
    if printed and title and record.body_text and fold(printed) != fold(title) and record.ref:
        doubts.append(f"{record.ref} stands under '{plain(printed)}' in the table and under '{title}' in the minutes.")
    return doubts


def how_they_differ(one: str, other: str) -> str:
    """Say in what respect two wordings differ."""
    if one.casefold() == other.casefold():
        return "only in capital letters"
    if re.sub(r"\s+", "", one) == re.sub(r"\s+", "", other):
        return "only in spacing"
    if re.sub(r"[\W_]+", "", one).casefold() == re.sub(r"[\W_]+", "", other).casefold():
        return "only in punctuation, dashes or spacing"
    if Counter(re.findall(r"\w+", one.casefold())) == Counter(re.findall(r"\w+", other.casefold())):
        return "in the order of the words"
    return "in wording"


def _carried_over(reading: Reading) -> list[str]:
    """Say where only its reference shows that an action comes from an earlier meeting."""
    return [
        f"{action.ref} is not printed under a previous meeting, but its reference was given at another meeting; it is read as an earlier action."
        for action in reading.actions
        if action.earlier_by_ref
    ]


def _without_reference(reading: Reading) -> list[str]:
    """List the actions and decisions that have no reference."""
    kinds = (("action", reading.actions, ACTION_REF), ("decision", reading.decisions, DECISION_REF))
    return [
        f"{'An' if kind == 'action' else 'A'} {kind} has no reference that can be read: '{plain(record.text)}'."
        for kind, records, pattern in kinds
        for record in records
        if not record.ref or not pattern.search(record.ref)
    ]


def _only_in_one_place(reading: Reading, new: list[Action]) -> list[str]:
    """List the references that the table has and the minutes lack, or the other way round."""
    if not any(item.number for item in reading.items) and not any(
        block.kind in ("action", "decision") for item in reading.items for block in item.blocks
    ):
        return []
    doubts = []
    for kind, records in (("actions", new), ("decisions", reading.decisions)):
        printed = [record for record in records if record.ref]
        stated = {key_of(record.ref) for record in printed if record.ref and record.body_text}
        has_table = any(record.table_text is not None for record in records)
        for record in printed:
            if record.table_text is not None and key_of(record.ref or "") not in stated:
                doubts.append(f"{record.ref} is in the table of {kind} but not in the minutes.")
            elif record.table_text is None and has_table:
                doubts.append(f"{record.ref} is in the minutes but not in the table of {kind}.")
    return doubts


def _twice(reading: Reading) -> list[str]:
    """List the references that are given to two actions or two decisions."""
    doubts = []
    for kind, records in (("action", reading.actions), ("decision", reading.decisions)):
        in_table = Counter(record.ref for record in records if record.ref and record.table_text is not None)
        in_body = Counter(block.ref for item in reading.items for block in item.blocks if block.kind == kind and block.ref)
        doubts += [
            f"The reference {ref} is given {_times(count)} in the table of {kind}s."
            for ref, count in in_table.items()
            if count > 1
        ]
        doubts += [f"The reference {ref} is given {_times(count)} in the minutes." for ref, count in in_body.items() if count > 1]
    return doubts


def _times(count: int) -> str:
    """Write how often as English does."""
    return "twice" if count == 2 else f"{count} times"


def _gaps(reading: Reading, new: list[Action]) -> list[str]:
    """Say where the numbering of decisions, or of this meeting's actions, leaves a number out."""
    header = reading.header
    decided = [
        (match.group("group") or header.group, int(match.group("number")))
        for decision in reading.decisions
        if decision.ref and (match := DECISION_REF.search(decision.ref))
    ]
    doubts = []
    for owner in dict.fromkeys(owner for owner, _ in decided):
        numbers = sorted({number for other, number in decided if other == owner})
        doubts += [f"The numbering of decisions leaves out {owner}-DEC{number:02d}." for number in _missing(numbers, numbers[0])]
    acted = {
        int(match.group("number")): action.ref
        for action in new
        if action.ref and (match := ACTION_REF.search(action.ref)) and same_meeting(action.ref, header.group, header.meeting_no)
    }
    if acted:
        stem = next(iter(acted.values())).rsplit("-", 1)[0]  # type: ignore[union-attr]
        doubts += [
            f"The numbering of this meeting's actions leaves out {stem}-{number:02d}." for number in _missing(sorted(acted), 1)
        ]
    return doubts


def _missing(numbers: list[int], first: int) -> list[int]:
    """List the numbers left out, unless so many that they are no mere gap."""
    missing = sorted(set(range(first, numbers[-1])) - set(numbers))
    return missing if len(missing) <= 12 else []


def _about_the_decision(decision: Decision) -> list[str]:
    """List what is doubtful about one decision by itself."""
    name = decision.ref or f"The decision '{plain(decision.text)[:80]}'"
    doubts = []
    if decision.item_title and re.search(r"\bnext steps\b", decision.item_title, re.IGNORECASE):
        doubts.append(f"{name} was taken under an item titled '{decision.item_title}', which announces no decision.")
    if decision.made_on is None and decision.made_where != "meeting":
        doubts.append(
            f"{name} was made {'ex-committee' if decision.made_where == 'ex-committee' else 'after the meeting'}, but no one date of it can be read."
        )
    doubts += [
        f"What {name} settles about {said} is none of the outcomes the reader knows."
        for said in [
            *(outcome.cr for outcome in decision.crs if outcome.outcome == OTHER),
            *(document.name for document in decision.documents if document.outcome == OTHER),
            *(["the minutes"] if decision.minutes and decision.minutes.outcome == OTHER else []),
        ]
    ]
    if not decision.crs and not decision.documents and not decision.minutes and DECIDING.search(decision.text):
        doubts.append(f"What {name} settles cannot be read from its wording, which stays as it is: '{plain(decision.text)}'.")
    if decision.taken_back:
        doubts.append(f"What is said after {name} may take it back, so that nothing is read as decided: '{decision.taken_back}'")
    if decision.table_text and decision.body_text:
        stated = {outcome.cr: outcome for outcome in change_request_outcomes(decision.body_text)}
        for outcome in change_request_outcomes(decision.table_text):
            other = stated.get(outcome.cr)
            if other and other.outcome != outcome.outcome:
                doubts.append(f"{name}: the table says {outcome.cr} is {outcome.outcome}, the minutes say it is {other.outcome}.")
    return doubts


def change_request_doubts(reading: Reading) -> list[str]:
    """Say where one Change Request is named in several versions."""
    texts = [block.text for item in reading.items for block in item.blocks]
    texts += [action.table_text or "" for action in reading.actions]
    texts += [decision.table_text or "" for decision in reading.decisions]
    versions: dict[str, dict[str, str]] = defaultdict(dict)
    for text in texts:
        for mention in change_requests(plain(text)):
            if mention.version:
                versions[mention.cr].setdefault(re.sub(r"(?:\.0)+$", "", mention.version), mention.version)
    return [
        f"{cr} is named in differing versions: {' and '.join(printed.values())}."
        for cr, printed in versions.items()
        if len(printed) > 1
    ]


def item_doubts(reading: Reading, lines: list[str]) -> list[str]:
    """Say where the items' numbering has a gap, and where somebody's own e-mail address is printed."""
    numbers = [item.number for item in reading.items if item.number]
    doubts = (
        [f"The numbering of the agenda items leaves out {number}." for number in _missing(sorted(set(numbers)), 1)]
        if numbers
        else []
    )
    doubts += [f"Two agenda items are numbered {number}." for number, count in Counter(numbers).items() if count > 1]
    addresses = dict.fromkeys(
        found.group(0) for line in lines for found in EMAIL.finditer(line[:20000]) if not OFFICE.match(found.group(1))
    )
    return doubts + [f"An e-mail address that appears to be personal is printed: {address}." for address in addresses]
