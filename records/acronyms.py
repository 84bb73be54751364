"""The short words of the programme, from one reviewed file: what they stand for."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Term(NamedTuple):
    short: str
    long: str
    meaning: str

    @property
    def anchor(self) -> str:
        return self.short.lower()


@cache
def terms() -> list[Term]:
    told = tomllib.loads(Path(__file__).with_name("acronyms.toml").read_text())["term"]
    return sorted((Term(**each) for each in told), key=lambda term: term.short.casefold())
