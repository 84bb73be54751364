"""Reads the tables of actions and decisions, drawn as tables or run down the page one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .document import fold, is_row, is_wrapped, plain, unbalanced
from .due import due_on, is_due
from .references import ACTION_REF, DECISION_REF, same_meeting, written_action_ref, written_decision_ref
from .result import Action, Decision, Header, Item
from .sections import Section, heading_words, is_heading
from .standing import is_open, says_its_end, speaks_of_an_end
from .tables import COLUMNS, cell, column_names, gathered, without_repeats

PREVIOUS = re.compile(
    r"^(?:previous|prior|earlier|carried forward|outstanding|open)\b.*\b(?:meetings?|actions?)\b|^previous$", re.IGNORECASE
)
RAISED = {"raised", "date raised", "raised on", "opened", "date opened", "opened on", "logged", "date logged"}
CLOSED = re.compile(r"^(?:recently )?(?:closed|completed?|withdrawn|discharged)\b", re.IGNORECASE)
NOTHING = re.compile(
    r"^\W*(?:none|nil|n/?a|no (?:new |outstanding |further )?(?:actions|decisions)\b.{0,60}|there were no .{0,60})?\W*$",
    re.IGNORECASE,
)


def read_actions(sections: list[Section], header: Header, unread: list[str]) -> list[Action]:
    """Read every table of actions."""
    actions: list[Action] = []
    for section in sections:
        previous = bool(PREVIOUS.match(heading_words(section.heading)))
        for rows, names, previous_here, closed in _tables(section, "action", ACTION_REF, unread, previous):
            found = _actions(rows, names, header, previous_here)
            for action in found:
                action.status += [closed] if closed else []
            actions += found
    return actions


def read_decisions(sections: list[Section], header: Header, unread: list[str]) -> list[Decision]:
    """Read every table of decisions."""
    decisions: list[Decision] = []
    for section in sections:
        for rows, names, _, _ in _tables(section, "decision", DECISION_REF, unread, previous=False):
            decisions += _decisions(rows, names, header)
    return decisions


def actions_in_items(items: list[Item], header: Header, known: list[Action]) -> list[Action]:
    """Read the tables of actions that stand inside agenda items, less those the summary table already has."""
    refs = {action.ref for action in known}
    found = []
    for item in items:
        for rows, names in _tables_inside(item, "action"):
            for action in _actions(rows, names, header, previous=False):
                action.area = action.area or item.title or None
                action.body_text, action.item_number, action.item_title = action.text, item.number, item.title
                action.status += [item.title] if CLOSED.match(item.title) else []
                found += [action] if action.ref not in refs else []
    return found


def decisions_in_items(items: list[Item], header: Header, known: list[Decision]) -> list[Decision]:
    """Read the tables of decisions that stand inside agenda items, less those the summary table already has."""
    refs = {decision.ref for decision in known}
    found = []
    for item in items:
        for rows, names in _tables_inside(item, "decision"):
            for decision in _decisions(rows, names, header):
                decision.area = decision.area or item.title or None
                decision.body_text, decision.item_number, decision.item_title = decision.text, item.number, item.title
                found += [decision] if decision.ref not in refs else []
    return found


def _tables_inside(item: Item, kind: str) -> Iterator[tuple[list[list[str]], dict[str, int]]]:
    """Give the tables of an item that have a column of references and one of actions, or of decisions."""
    for block in item.blocks:
        names = column_names(block.rows[0]) if block.kind == "paragraph" and block.rows else {}
        if "ref" in names and kind in names:
            yield block.rows[1:], names


def _tables(
    section: Section, kind: str, ref: re.Pattern, unread: list[str], previous: bool
) -> list[tuple[list[list[str]], dict[str, int], bool, str]]:
    """Collect the rows of one section with their columns, and the heading that says they are closed; lines that are no row stay as text."""
    tables: list[tuple[list[list[str]], dict[str, int], bool, str]] = []
    closed = section.heading if CLOSED.match(heading_words(section.heading)) else ""
    loose: list[str] = []
    strays: list[str] = []
    place = 0
    names: dict[str, int] = {}
    previous_throughout = previous
    while place < len(section.lines):
        line = section.lines[place]
        if not is_row(line):
            previous = _now_previous(line, previous)
            if line.strip():
                loose.append(line)
                closed = plain(line.strip("# ")) if CLOSED.match(heading_words(line)) else "" if is_heading(line) else closed
            place += 1
            continue
        rows, place = gathered(section.lines, place, is_heading, wrapped=is_wrapped(section.lines))
        rows = _rejoined(without_repeats(rows), ref)
        heading = column_names(rows[0]) if rows else {}
        if (heading and kind not in heading and "ref" not in heading) or (
            not heading and not names and not any(ref.search(text) for row in rows for text in row)
        ):
            strays += [" | ".join(text for text in row if text) for row in rows]
            continue
        names = heading or names or _guessed_columns(rows, kind, ref)
        tables.append((rows[1:] if heading else rows, names, previous, closed))
    if not tables:
        rows = _run_down(loose, kind, ref)
        if rows:
            tables.append((rows, {"area": 0, "ref": 1, kind: 2, "owner": 3, "due": 4, "update": 5}, previous_throughout, closed))
            loose = []
    unread += [
        plain(line)
        for line in [*loose, *strays]
        if not NOTHING.match(plain(line)) and not is_heading(line) and not PREVIOUS.match(plain(line))
    ]
    return tables


def _now_previous(line: str, previous: bool) -> bool:
    """Follow the headings between tables that part new actions from earlier ones."""
    words = heading_words(line)
    if PREVIOUS.match(words):
        return True
    return False if re.match(r"^new\b", words) else previous


def _guessed_columns(rows: list[list[str]], kind: str, ref: re.Pattern) -> dict[str, int]:
    """Find the columns of a table that lost its heading, by where its references stand."""
    for row in rows:
        for place, text in enumerate(row):
            if (found := ref.search(text)) and len(found.group(0)) >= len(text) - 2:
                names = {"ref": place, kind: place + 1, "owner": place + 2, "due": place + 3}
                return {"area": place - 1, **names} if place else names
    return {}


def _rejoined(rows: list[list[str]], ref: re.Pattern) -> list[list[str]]:
    """Put back a row that was broken inside a cell, so that its second half has no reference and too few cells."""
    if not rows:
        return rows
    width = len(rows[0])
    joined: list[list[str]] = []
    for row in rows:
        broken = (
            joined
            and len(joined[-1]) < width
            and any(ref.search(text) for text in joined[-1])
            and not any(ref.fullmatch(text) for text in row)
        )
        if broken and len(joined[-1]) + len(row) - 1 == width and row[0]:
            joined[-1] = [*joined[-1][:-1], f"{joined[-1][-1]} {row[0]}", *row[1:]]
        else:
            joined.append(row)
    return joined


def _run_down(lines: list[str], kind: str, ref: re.Pattern) -> list[list[str]]:
    """Rebuild the rows of a table that was run down the page, from one reference to the next."""
    headings = set().union(*COLUMNS.values())
    texts = [plain(line) for line in lines]
    words = {fold(text).strip(".") for text in texts}
    undated = bool(words & RAISED) and not words & COLUMNS["due"]  # its days are those on which actions were raised
    texts = [text for text in _unwrapped(texts) if fold(text) not in headings and fold(text).strip(".") not in RAISED]
    places = [place for place, text in enumerate(texts) if ref.fullmatch(text)]
    rows = []
    area = texts[places[0] - 1] if places and places[0] else ""
    for order, place in enumerate(places):
        last = order + 1 == len(places)
        chunk = texts[place + 1 : None if last else places[order + 1]]
        row, next_area = _action_chunk(chunk, last, undated=undated) if kind == "action" else _decision_chunk(chunk, last)
        rows.append([area, texts[place], *row])
        area = next_area
    return rows


def _unwrapped(texts: list[str]) -> list[str]:
    """Join lines that were wrapped: the first is open, the second begins in lower case."""
    joined: list[str] = []
    for text in texts:
        if joined and (text[:1].islower() or unbalanced(joined[-1])) and len(joined[-1]) > 8:
            joined[-1] = f"{joined[-1]} {text}"
        elif text:
            joined.append(text)
    return joined


def _action_chunk(chunk: list[str], last: bool, *, undated: bool = False) -> tuple[list[str], str]:
    """Part what follows an action's reference into text, owner, due and the area of the next action.

    Of several days one behind the other the last is the one it is due: before it stands the day on which it was raised.
    """
    due = next(
        (place for place, text in enumerate(chunk) if place and is_due(text)),
        None,
    )
    if due is not None:
        after = next((place for place in range(due + 1, len(chunk)) if not is_due(chunk[place])), len(chunk))
        chunk = [*chunk[:due], "" if undated else chunk[after - 1], *chunk[after:]]
        beyond = chunk[due + 1 :]
        area = beyond[-1] if beyond and not last else ""
        update = " ".join(beyond if last else beyond[:-1])
        return [" ".join(chunk[: max(due - 1, 1)]), chunk[due - 1] if due > 1 else "", chunk[due], update], area
    area = chunk[-1] if len(chunk) > 1 and not last else ""
    kept = chunk[:-1] if area else chunk
    return [kept[0] if kept else "", " ".join(kept[1:]), "", ""], area


def _decision_chunk(chunk: list[str], last: bool) -> tuple[list[str], str]:
    """Part what follows a decision's reference into its text and the area of the next decision."""
    area = chunk[-1] if len(chunk) > 1 and not last else ""
    return [" ".join(chunk[:-1] if area else chunk), "", "", ""], area


def _actions(rows: list[list[str]], names: dict[str, int], header: Header, previous: bool) -> list[Action]:
    """Make an action of each row; a row with nothing but text continues the one above."""
    actions: list[Action] = []
    area = ""
    for row in rows:
        ref, text, owner, due = (cell(row, names, name) for name in ("ref", "action", "owner", "due"))
        found = ACTION_REF.search(ref)
        if not found and NOTHING.match(text or " ".join(row)):
            continue
        if not found and not (text and (owner or due)) and actions and not PREVIOUS.match(" ".join(part for part in row if part)):
            _continue_action(actions[-1], row, names)
            continue
        area = cell(row, names, "area") or area
        if not found and not text:
            area = " ".join(part for part in row if part)
            previous = bool(PREVIOUS.match(area)) or (previous and not re.match(r"^new\b", area, re.IGNORECASE))
            continue
        written = written_action_ref(found) if found else ref or None
        by_heading = bool(PREVIOUS.match(area)) or previous
        by_ref = bool(found and header.meeting_no and not same_meeting(ref, header.group, header.meeting_no))
        actions.append(
            Action(
                ref=written,
                area=area or None,
                text=text,
                owner=owner or None,
                due=due_on(due)[0],
                due_text=due or None,
                new=not (by_heading or by_ref),
                earlier_by_ref=by_ref and not by_heading,
                status=_how_it_stands(row, names, found, area),
                table_text=text,
                table_area=area or None,
            )
        )
    return actions


def _how_it_stands(row: list[str], names: dict[str, int], ref: re.Match | None, area: str) -> list[str]:
    """List what a row says of how its action stands: a status as a whole, other cells where they speak of an end."""
    status = cell(row, names, "status")
    beside_the_ref = cell(row, names, "ref").replace(ref.group(0), "").strip(" ()[]:–-") if ref else ""
    others = [area if CLOSED.match(area) or says_its_end(area) else "", beside_the_ref, cell(row, names, "owner"), cell(row, names, "due"), cell(row, names, "update")]
    unnamed = [text for place, text in enumerate(row) if place not in names.values()]
    return [*([status] if status and not is_open(status) else []), *(text for text in [*others, *unnamed] if speaks_of_an_end(text))]


def _continue_action(action: Action, row: list[str], names: dict[str, int]) -> None:
    """Add the second half of a row that a page break parted."""
    action.text = action.table_text = f"{action.text} {cell(row, names, 'action')}".strip()
    if more := cell(row, names, "area"):
        action.area = action.table_area = f"{action.area or ''} {more}".strip()
    action.status += _how_it_stands(row, names, None, "")
    if more := cell(row, names, "owner"):
        action.owner = f"{action.owner or ''} {more}".strip()
    if more := cell(row, names, "due"):
        action.due_text = f"{action.due_text or ''} {more}".strip()
        action.due = due_on(action.due_text)[0]


def _decisions(rows: list[list[str]], names: dict[str, int], header: Header) -> list[Decision]:
    """Make a decision of each row; a row without a reference continues the one above where its area is empty."""
    decisions: list[Decision] = []
    area = ""
    for row in rows:
        ref, text, printed_area = (cell(row, names, name) for name in ("ref", "decision", "area"))
        found = DECISION_REF.search(ref)
        if not found and NOTHING.match(text or " ".join(row)):
            continue
        if not found and decisions and (not printed_area or not text):
            last = decisions[-1]
            last.text = last.table_text = f"{last.text} {text}".strip()
            if printed_area:
                last.area = last.table_area = f"{last.area or ''} {printed_area}".strip()
            continue
        area = printed_area or area
        if text or found:
            decisions.append(
                Decision(
                    ref=written_decision_ref(found, header.group) if found else ref or None,
                    area=area or None,
                    text=text,
                    table_text=text,
                    table_area=area or None,
                )
            )
    return decisions
