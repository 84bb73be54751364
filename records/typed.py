"""What comes with a request, read in one way: numbers are bounded, and text is what it looks like."""

import re
import unicodedata

LARGEST = 2**31 - 1  # what the database can hold of a revision, a count or a page

# What a reader cannot see: controls but for tab and new line, marks that turn the direction of reading, and what takes no room.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)

# A letter may carry some marks; a heap of them covers the lines around it.
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_HEAP = re.compile(f"({_MARK}{{4}})({_MARK}+)")

_TURNING = re.compile("[\u061c\u202a-\u202e\u2066-\u2069]")

# No letter of these can be taken for a Latin one: a name may be written in them beside Latin ones.
_UNLIKE = {"Cjk", "Ideographic", "Hiragana", "Katakana", "Katakana-hiragana", "Halfwidth", "Hangul", "Bopomofo"}

# Cyrillic and Greek letters that are drawn as Latin ones are, and those.
_TWINS = str.maketrans(
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u051b\u051d"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf",
    "ABESIJKMHOPCTYXaeopcyxijsdhqwABEZHIKMNOPTYXo",
)


_FIGURES = str.maketrans("01", "ol")


def whole_number(text: str | None, default: int = 0) -> int:
    """The number, if it is one that could be meant: plain digits, and no larger than LARGEST. Else the default."""
    if not text or len(text) > 10 or not (text.isascii() and text.isdigit()):
        return default
    return min(int(text), LARGEST)


def cleaned(text: str) -> str:
    """The text without what cannot be seen, nor more than four marks on a letter. Of what can be read, not a space is taken away."""
    return _HEAP.sub(r"\1", _UNSEEN.sub("", text))


def cleaned_but_for_turning(text: str) -> str:
    """Without what takes no room; what turns the direction of reading is left in, for whoever refuses it."""
    return _UNSEEN.sub(lambda mark: mark[0] if _TURNING.match(mark[0]) else "", text)


def turning_marks_in(text: str) -> list[str]:
    """The marks in it that turn the direction of reading, such as ["U+202E"]: what is read is then not what stands there."""
    return sorted({f"U+{ord(mark):04X}" for mark in _TURNING.findall(text)})


def marks_in(text: str) -> str:
    """What in it cannot be seen: "U+200B, U+202E"."""
    return ", ".join(sorted({f"U+{ord(mark):04X}" for mark in (*_UNSEEN.findall(text), *(mark for _, more in _HEAP.findall(text) for mark in more))}))


def shown(text: str) -> str:
    """A text of a file as it stands there, for a page: marks that turn the direction of reading are written out, so that they turn nothing."""
    return _TURNING.sub(lambda mark: f"\u27e8U+{ord(mark[0]):04X}\u27e9", text)


def scripts_of(text: str) -> set[str]:
    """Which alphabets the letters are of: {"Latin"}, {"Cyrillic", "Latin"}."""
    letters = (character for character in text if character.isalpha())
    return {unicodedata.name(letter, "unknown").split()[0].capitalize() for letter in letters if not _is_neutral(letter)}


def letters_mixed_in(text: str) -> str:
    """ "Cyrillic and Latin", where one could pass for another; else nothing."""
    found = scripts_of(text) - _UNLIKE
    return " and ".join(sorted(found)) if len(found) > 1 else ""


def twin_of(text: str) -> str:
    """For what a name could be taken of which every letter is another than it looks: "PMO", where that is three Cyrillic letters; else nothing."""
    looks = text.translate(_TWINS)
    return looks if looks != text and len(scripts_of(text)) == 1 and scripts_of(looks) == {"Latin"} else ""


def skeleton(name: str) -> str:
    """What is left of a name of which another is hardly told apart: the same of E.ON, EON and e-on, of Zoë and Zoe, of 10 and lO."""
    plain = unicodedata.normalize("NFKD", name.translate(_TWINS)).casefold().translate(_FIGURES)
    return "".join(character for character in plain if character.isalnum())


def refusal_of_letters(text: str) -> str:
    """Why it is not taken as a name or a reference, which has to be what it looks like; else nothing."""
    told = " ".join(cleaned(text).split())[:60]
    if mixed := letters_mixed_in(text):
        return f"“{told}” mixes letters that look alike ({mixed}): type it again in one alphabet."
    if looks := twin_of(text):
        return f"“{told}” looks like “{looks[:60]}”, and is written in {scripts_of(text).pop()} letters: type it again in Latin ones."
    return ""


def _is_neutral(letter: str) -> bool:
    """Of no alphabet: ordinal signs, modifiers, the letters of symbols."""
    return (unicodedata.category(letter) in ("Lm", "Lo") and ord(letter) < 0x250) or letter == "\u00b5"
