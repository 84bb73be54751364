"""Tells the names of people from roles and from what else stands on a line of an attendance list."""

from __future__ import annotations

import re

from .presence import is_like_a_role, presence

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚ"
LETTER = f"{UPPER}a-zß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľŀłńņňōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżžșț"
INITIALS = re.compile(rf"^(?=[^{UPPER}]*[{UPPER}][^{UPPER}]*[{UPPER}])[{UPPER}][{LETTER}]{{0,2}}[{UPPER}][{LETTER}]{{0,4}}$|^[{UPPER}]{{2,4}}$")
BRACKET = re.compile(r"\s*\(([^()]{1,120})\)")
ROLE_WORDS = re.compile(
    r"\b(?:representative|rep|team|lead|manager|management|advis[eo]r|analyst|architect|director|officer|support|secretar\w+|pmo|ipa|ofgem|elexon|eso"
    r"|supplier|programme|chair|consultant|design|delivery|governance|technical|assurance|engineer|specialist|coordinator|limited|ltd|plc|energy|networks?"
    r"|grid|dno|idno|dcc|recco|ukpn|sro|head|service|services|advice|constituency|observer|group|market|senior|principal|data|testing|mhhs|ldp|member)\b",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Baroness|Rev|Cllr)\.?\s)?[^\W\d_][\w'.-]*(?:\s(?:de|la|van|von|der|den|da|di|du|del|bin|al|O'|Mc)?\s?[^\W\d_][\w'.-]*){1,4}$"
)
ONE_NAME = re.compile(rf"^[{UPPER}][{LETTER}'-]{{2,30}}$")
SPACED_DASH = re.compile(r"\s+[-–—]\s+|,\s+|:\s+")


def is_person(text: str) -> bool:
    """Say whether a text has the look of a personal name and of no role or organisation."""
    if not PERSON.match(text) or ROLE_WORDS.search(text):
        return False
    words = text.split()
    return all(word[0].isupper() or len(word) <= 3 for word in words) and not any(
        len(word) > 2 and word.isupper() for word in words
    )


def initials_of(line: str) -> str | None:
    """Give the initials printed in brackets after a name."""
    return next((inside for inside in BRACKET.findall(line) if INITIALS.match(inside)), None)


def listed(text: str) -> list[str]:
    """Part a list of names at its commas, semicolons and 'and', but not inside brackets."""
    names, start = [], 0
    for found in re.finditer(r"\([^()]*\)|[;,]|\s(?:and|&|/)\s", text):
        if not found.group(0).startswith("("):
            names.append(text[start : found.start()])
            start = found.end()
    return [name.strip(" .") for name in [*names, text[start:]] if name.strip(" .")]


def several(text: str) -> list[str]:
    """Part a line that names several people; one that names one, or one and a role, stays whole."""
    parts = [part for part in listed(text) if part]
    named = all(is_person(bare(part)) and "(" not in bare(part) for part in parts)
    return parts if len(parts) > 1 and named and not any(presence(part).kind for part in parts) else [text]


def parted(text: str) -> tuple[str, str, str]:
    """Part a line into the name, the brackets after it, and whatever role follows on the same line."""
    if words := said_after_a_name(text):
        return text[: -len(words)].strip(" ,"), f"({words})", ""
    opened = text.find("(")
    dash = SPACED_DASH.search(text)
    if opened < 0 or (dash and dash.start() < opened):
        return (text[: dash.start()].strip(), "", text[dash.end() :].strip()) if dash else (text.strip(), "", "")
    place = opened
    while bracket := BRACKET.match(text, place):
        place = bracket.end()
    brackets, rest = text[opened:place], text[place:].strip(" ,-–—:;\t")
    if rest and presence(rest).kind:
        brackets, rest = f"{brackets} ({rest})", ""
    return text[:opened].strip(" ,-–—:"), brackets, rest


def said_after_a_name(text: str) -> str:
    """Give the words that say how somebody was there, known or not, where they follow the bare name at once: 'Ann Archer from item 4'."""
    words = text.split(" ")
    parted = [
        " ".join(words[end:])
        for end in range(2, min(6, len(words)))
        if words[end - 1][:1].isupper() and (words[end][:1].islower() or words[end][:1].isdigit()) and is_person(" ".join(words[:end]).strip(","))
    ]
    known = [rest for rest in parted if presence(rest).kind]
    return next(iter([*known, *(rest for rest in parted if not is_like_a_role(rest, ROLE_WORDS))]), "")


def names_somebody(text: str) -> bool:
    """Say whether a line without initials begins with a personal name."""
    in_brackets = BRACKET.search(text) and is_person(bare(text.split("(")[0]))
    return bool(is_person(bare(text)) or in_brackets or said_after_a_name(text) or named_with_role(text))


def named_with_role(text: str) -> bool:
    """Say whether a line names a person and, after a dash or comma, a role."""
    parts = SPACED_DASH.split(text, maxsplit=1)
    return len(parts) == 2 and is_person(parts[0].strip())


def bare(text: str) -> str:
    """Give a line without its brackets."""
    return " ".join(BRACKET.sub("", text).split())
