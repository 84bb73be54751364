"""References in running text: which patterns there are, and where each leads.

An app registers, for its kind of reference, a pattern and a function that takes the references found
and says which of them may be shown to the public and where: one query a kind, whatever the length of
the text. What is not published is not linked.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from django.urls import register_converter


class NameInAddress:
    """What a code or reference may be made of in an address; anything else is no address of ours."""

    regex = r"[A-Za-z0-9.-]{1,64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NameInAddress, "name")  # <name:code> in every urls.py


class Kind(NamedTuple):
    pattern: re.Pattern
    addresses: Callable[[set[str]], dict[str, str]]


_kinds: list[Kind] = []


def register_kind(pattern: str, addresses: Callable[[set[str]], dict[str, str]]) -> None:
    """Say that text matching `pattern` is a reference, and how to find the addresses of those published."""
    kind = Kind(re.compile(rf"(?<![\w./-])(?:{pattern})(?![\w-])"), addresses)
    if kind.pattern not in [known.pattern for known in _kinds]:
        _kinds.append(kind)


def addresses_in(texts: Iterable[str]) -> dict[str, str]:
    """Every published reference named in the texts, with its address."""
    whole = "\n".join(texts)
    found: dict[str, str] = {}
    for kind in _kinds:
        if named := _named(kind.pattern, whole):
            found |= kind.addresses(set(named))
    return found


@lru_cache(maxsize=128)
def _named(pattern: re.Pattern, text: str) -> frozenset[str]:
    """Kept, since what is published is frozen: the same text is searched again and again."""
    return frozenset(pattern.findall(text))


# --- in any spelling: DES-196, DES196 and "DES 196" are one; so are DAG026-01 and DAG26-01, CR18 and CR018

LOOKS_LIKE_ONE = re.compile(r"\b[A-Za-z]{2,12}(?:-[A-Za-z]{2,12})?[ -]?\d{1,5}(?:[.-]\d{1,4})*\b")


def key_of(reference: str) -> str:
    """ "DAG26.1" of DAG026-01: letters and numbers, however they are set apart and padded."""
    plain = [str(int(part)) if part.isdigit() else part for part in re.findall(r"[A-Z]+|[0-9]+", reference.upper())]
    return "".join(f".{part}" if n and part.isdigit() and plain[n - 1].isdigit() else part for n, part in enumerate(plain))


def keys_in(text: str) -> list[str]:
    """The keys of everything in the text that looks like a reference."""
    return list(dict.fromkeys(key_of(found) for found in LOOKS_LIKE_ONE.findall(text)))


def keys_of(name: str) -> set[str]:
    """The keys by which something cited so is looked for: all of it, each reference in it, and what is left without them."""
    return {key for key in (key_of(name), *keys_in(name), key_of(LOOKS_LIKE_ONE.sub(" ", name))) if key}
