"""What comes with a request, read in one way: numbers are bounded, and text is what it looks like."""

import re
import unicodedata

LARGEST = 2**31 - 1  # what the database can hold of a revision, a count or a page

# What a reader cannot see: controls but for tab and new line, marks that turn the direction of reading, and what takes no room.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)

_TURNING = re.compile("[\u061c\u202a-\u202e\u2066-\u2069]")


def whole_number(text: str | None, default: int = 0) -> int:
    """The number, if it is one that could be meant: plain digits, and no larger than LARGEST. Else the default."""
    if not text or len(text) > 10 or not (text.isascii() and text.isdigit()):
        return default
    return min(int(text), LARGEST)


def cleaned(text: str) -> str:
    """The text without what cannot be seen. Of what can be seen, not a space is taken away."""
    return _UNSEEN.sub("", text)


def turning_marks_in(text: str) -> list[str]:
    """The marks in it that turn the direction of reading, such as ["U+202E"]: what is read is then not what stands there."""
    return sorted({f"U+{ord(mark):04X}" for mark in _TURNING.findall(text)})


def scripts_of(text: str) -> set[str]:
    """Which alphabets the letters are of: {"Latin"}, {"Cyrillic", "Latin"}."""
    letters = (character for character in text if character.isalpha())
    return {unicodedata.name(letter, "unknown").split()[0].capitalize() for letter in letters if not _is_neutral(letter)}


def _is_neutral(letter: str) -> bool:
    """Of no alphabet: ordinal signs, modifiers, the letters of symbols."""
    return unicodedata.category(letter) in ("Lm", "Lo") and ord(letter) < 0x250
