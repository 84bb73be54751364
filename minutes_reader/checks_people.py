"""Doubts about people: initials that name two or nobody, alternates, seats that cannot be told apart, spellings."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from .document import fold, plain
from .names import INITIALS, LETTER, UPPER
from .result import Attendee, Item, Reading

SAYING = (
    "advised|highlighted|confirmed|queried|believed|expressed|suggested|commented|replied|noted|asked|stated|said|agreed|provided|requested|responded|explained|approved"
    "|rejected|abstained|added|raised|opined|questioned|outlined|presented|felt|acknowledged|welcomed|observed|proposed|thought|reported|mentioned|clarified|emphasised|reiterated"
    "|recommended|thanked|sought|considered|supported|objected|challenged|introduced|summarised|informed|described|answered|echoed|shared|invited|wished|wanted|took|was comfortable"
    "|was supportive|was concerned|disagreed|enquired|remarked|argued|accepted|voted|preferred|committed|invited|recapped|updated|warned|pointed out|indicated|offered|apologised"
)
SPEAKING = r"(?<![\w&/.-])(?P<{0}>[" + UPPER + "][" + LETTER + "]{{1,5}})"
SPEAKER = re.compile(
    SPEAKING.format("one")
    + r"(?:\s(?:and|&)\s(?P<two>[A-ZÀ-Þ][A-Za-zÀ-ÿ]{1,5}))?(?:\s\([^()]{1,60}\)|,\s(?:the|for|representing)\s[^,.;]{3,60},)?\s(?:also\s|then\s|further\s|both\s|again\s)?(?:"
    + SAYING
    + r")\b"
)
ARTICLE = re.compile(r"\b(?:the|an?|this|that|each|any|by)\s$", re.IGNORECASE)
NOT_PEOPLE = {
    "IA",
    "CR",
    "CRS",
    "IR",
    "OC",
    "UK",
    "GB",
    "EU",
    "IT",
    "PM",
    "AM",
    "HH",
    "BP",
    "QA",
    "TA",
    "PA",
    "SI",
    "BA",
    "DB",
    "MP",
    "DP",
}
MIXED = re.compile(r"(?<![\w&/.@-])[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?![\w@-])")


def people_doubts(reading: Reading) -> list[str]:
    """List what is doubtful about the attendance list itself."""
    return [
        *_shared_initials(reading),
        *_initials_against_names(reading),
        *_alternates(reading),
        *_present_and_absent(reading),
        *_seats(reading),
    ]


def _shared_initials(reading: Reading) -> list[str]:
    """Say where two people have the same initials: which is meant is never decided here."""
    holders: dict[str, list[str]] = defaultdict(list)
    for person in reading.present:
        if person.initials and person.name not in holders[person.initials]:
            holders[person.initials].append(person.name)
    return [
        f"{_number(len(names))} attendees share the initials {initials}: {_listed(names)}; whom '{initials}' means in the text is not resolved."
        for initials, names in holders.items()
        if len(names) > 1
    ]


def _initials_against_names(reading: Reading) -> list[str]:
    """Say where the initials printed after a name are not that name's."""
    return [
        f"The attendance list prints the initials {person.initials} for {person.name}, which do not match the name."
        for person in reading.present
        if person.initials and not _initials_fit(person.initials, person.name)
    ]


def _initials_fit(initials: str, name: str) -> bool:
    """Say whether initials can be a name's: the first name's letter, then letters that begin its other parts."""
    bare = re.sub(r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Baroness|Rev|Cllr)\.?\s", "", _unaccented(name))
    words = [word for word in re.split(r"[\s'.-]+", bare) if word]
    capitals = [letter for letter in _unaccented(initials) if letter.isupper()]
    if len(words) < 2 or not capitals:
        return True
    later = [word[0].casefold() for word in words[1:]] + [
        letter.casefold() for word in words[1:] for letter in word[1:] if letter.isupper()
    ]
    return capitals[0].casefold() == words[0][0].casefold() and all(letter.casefold() in later for letter in capitals[1:])


def _alternates(reading: Reading) -> list[str]:
    """Say where an alternate's principal sent no apologies."""
    sent = {fold(person.name) for person in reading.apologies}
    return [
        f"{person.name} attended on behalf of {person.on_behalf_of}, who is missing from the apologies."
        for person in reading.present
        if person.on_behalf_of and fold(person.on_behalf_of) not in sent
    ]


def _present_and_absent(reading: Reading) -> list[str]:
    """Say where somebody is both listed as attending and among the apologies."""
    present = {fold(person.name) for person in reading.present}
    return [
        f"{person.name} is listed both as attending and among the apologies."
        for person in reading.apologies
        if fold(person.name) in present
    ]


def _seats(reading: Reading) -> list[str]:
    """Say where two people are printed in one seat, or one in none."""
    holders: dict[str, list[Attendee]] = defaultdict(list)
    for person in reading.constituency_reps:
        holders[fold(person.role or "")].append(person)
    doubts = [
        f"{_number(len(people))} attendees are printed as '{people[0].role}': {_listed([person.name for person in people])}; which of them held which seat cannot be told."
        for seat, people in holders.items()
        if seat and len(people) > 1
    ]
    return doubts + [
        f"No seat is printed for {person.name} among the representatives."
        for person in reading.constituency_reps
        if not person.role
    ]


def initials_doubts(reading: Reading) -> list[str]:
    """Say where the text cites initials that nobody listed has, or has in another spelling."""
    known = {person.initials: person for person in reading.present if person.initials}
    if not known:
        return []
    text = "\n".join(plain(block.text) for item in reading.items for block in item.blocks)
    elsewhere = _other_meanings(reading, text)
    doubts: dict[str, str] = {}
    for item in reading.items:
        for token in _cited(item):
            if token in known or token in doubts:
                continue
            if near := _near(token, known):
                doubts[token] = (
                    f"The text cites '{token}' (under {place_of(item)}) where the attendance list has {near.name} ({near.initials})."
                )
            elif re.fullmatch(r"[A-Z]{2}|[A-Z]{1,2}[a-z]{1,3}[A-Z]?", token) and INITIALS.match(token) and token not in elsewhere:
                doubts[token] = (
                    f"The text cites '{token}' (under {place_of(item)}), initials that nobody on the attendance list has.{_maybe(token, reading)}"
                )
    return list(doubts.values())


def _cited(item: Item) -> Iterator[str]:
    """Give each token an item uses as the initials of somebody who said something."""
    for block in item.blocks:
        text = plain(block.text.replace("|", " ").replace("\n", " "))
        for found in SPEAKER.finditer(text):
            if ARTICLE.search(text[max(0, found.start() - 6) : found.start()]):
                continue
            yield from (token for token in (found.group("one"), found.group("two")) if token and INITIALS.match(token))


def _near(token: str, known: dict[str, Attendee]) -> Attendee | None:
    """Find the one person whose printed initials differ only in case, or only in how much of the surname they take."""
    same = [person for initials, person in known.items() if initials.casefold() == token.casefold()]
    if not same and any(letter.islower() for letter in token):
        same = [
            person
            for initials, person in known.items()
            if any(letter.islower() for letter in initials)
            and (initials.startswith(token) or token.startswith(initials))
            and _unaccented(person.name.split()[-1]).casefold().startswith(token[1:].casefold())
        ]
    return same[0] if len(same) == 1 else None


def _other_meanings(reading: Reading, text: str) -> set[str]:
    """Gather the short forms that stand for something other than a person."""
    defined = set(re.findall(r"\(([A-Z][A-Za-z]{1,5})\)", text))
    places = " ".join(
        filter(
            None,
            [person.role for person in [*reading.present, *reading.apologies]] + [action.owner for action in reading.actions],
        )
    )
    return NOT_PEOPLE | defined | set(re.findall(r"[A-Z][A-Za-z]{1,5}", places)) | {reading.header.group or ""}


def _maybe(token: str, reading: Reading) -> str:
    """Name the one person whose name the letters would fit, without deciding for them."""
    fitting = [person for person in reading.present if len(token) == 2 and _letters(person.name) == token]
    if len(fitting) != 1:
        return ""
    return (
        f" The list has {fitting[0].name} ({fitting[0].initials or 'no initials'}); whether that is who is meant is not decided."
    )


def _letters(name: str) -> str:
    """Give the first letters of a first name and a surname."""
    words = _unaccented(name).split()
    return (words[0][0] + words[-1][0]).upper() if len(words) > 1 else ""


def spelling_doubts(reading: Reading, lines: list[str]) -> list[str]:
    """Say where one organisation's name is printed in several cases: RECCo and RECCO."""
    initials = {person.initials.casefold() for person in reading.present if person.initials}
    spellings: dict[str, dict[str, int]] = defaultdict(dict)
    for line in lines:
        for word in MIXED.findall(line[:20000]):
            if len(word) >= 4 and word.casefold() not in initials and not word.endswith(("s", "S")):
                counts = spellings[word.casefold()]
                counts[word] = counts.get(word, 0) + 1
    return [
        f"A name is printed in several ways: {_listed([repr(word) for word in counts])}."
        for counts in spellings.values()
        if len(counts) > 1 and any(not word.isupper() for word in counts)
    ]


def place_of(item: Item) -> str:
    """Say which item: by its number where it has one."""
    return f"item {item.number}" if item.number else f"'{item.title}'"


def _unaccented(text: str) -> str:
    """Take the accents off a name, so that É begins with E."""
    return "".join(character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character))


def _number(count: int) -> str:
    """Write a small number as a word."""
    return {2: "Two", 3: "Three", 4: "Four", 5: "Five"}.get(count, str(count))


def _listed(parts: list[str]) -> str:
    """Join parts as English does."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
