"""Versions as people write them, and in the order they mean: 8.10 comes after 8.9, a draft before what it is a draft of.

What was written is kept: "v1.2", "version one", "1.0 draft 2". Its key sorts and compares: the numbers without trailing zeros, then 0,
or -1 and the number of the draft. "Not stated" has no key, and equals nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from records.typed import LARGEST

NOT_STATED = "not stated"
_FINAL, _DRAFT = 0, -1
_NUMBERS = {name: n for n, name in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])}
_WRITTEN = re.compile(
    r"(?:v(?:ersion)?\.?\s*)?(?P<numbers>\d{1,9}(?:\.\d{1,9}){0,7}|" + "|".join(_NUMBERS) + r")(?P<draft>\s*[-,(]?\s*draft(?:\s*(?P<n>\d{1,9}))?\s*\)?)?",
    re.IGNORECASE | re.ASCII,
)

Key = list[int]
AVersion = TypeVar("AVersion", bound="Versioned")


def key_of_version(written: str) -> Key | None:
    """[1, 2, 0] of "v1.2", [1, -1, 3] of "1.0 draft 3"; none where no version can be read."""
    found = _WRITTEN.fullmatch(" ".join(written.split()))
    if found is None:
        return None
    told = found["numbers"].lower()
    numbers = [_NUMBERS[told]] if told in _NUMBERS else [int(part) for part in told.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    end = [_DRAFT, int(found["n"] or 0)] if found["draft"] else [_FINAL]
    return [*numbers, *end] if max([0, *numbers]) <= LARGEST else None


def is_same_version(one: str, other: str) -> bool:
    """ "v1.2" is 1.2, and 1.0 is "version one"; what is not stated is the same as nothing."""
    return (key := key_of_version(one)) is not None and key == key_of_version(other)


def is_draft(key: Key | None) -> bool:
    return key is not None and _DRAFT in key


def in_words(label: str) -> str:
    """ "version 1.8", whether it was written 1.8, v1.8 or "version 1.8"."""
    bare = re.sub(r"^v(?:ersion)?\.?\s*", "", label.strip(), flags=re.IGNORECASE)
    return f"version {bare}" if key_of_version(label) else label


def two_of(known: Sequence[str], asked: Mapping[str, str], made_from: Mapping[str, str]) -> tuple[str, str] | None:
    """Which two of these, the oldest first, a page compares: `from` and `to`, else the newest and what it was made from, or the one before it.

    None if there are no two. Raises KeyError for one that is not known.
    """
    if len(known) < 2:
        return None
    other = asked.get("to") or known[-1]
    before = known[known.index(other) - 1] if other in known[1:] else known[0]
    one = asked.get("from") or (made_from[other] if made_from.get(other) in known else before)
    for each in (one, other):
        if each not in known:
            raise KeyError(each)
    return one, other


def named_or_newest(label: str, versions: Iterable[AVersion]) -> AVersion | None:
    """Of versions that are fixed: the one that goes by that label; else the newest."""
    known = sorted(versions, key=lambda each: each.place)
    return next((each for each in known if label and is_same_version(each.label, label)), known[-1] if known else None)


class Versioned(models.Model):
    """What one version of a thing has: its label as it was written, and the key by which it is found and sorted."""

    label = models.CharField(max_length=40, help_text="as it was written")
    key = ArrayField(models.IntegerField(), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = key_of_version(self.label)
        super().save(*args, **kwargs)

    @property
    def place(self) -> Key:
        """By which it is sorted among others."""
        return self.key or []

    @property
    def called(self) -> str:
        return in_words(self.label)
