"""What is handed to `determine`: one subject and its outcome. It becomes a Settlement row."""

from typing import NamedTuple

from decisions.models import Settlement


class Subject(NamedTuple):
    """CR018 v1.8, approved. A version nobody stated stays "not stated"."""

    kind: str
    ref: str
    outcome: str
    title: str = ""
    version: str = Settlement.NOT_STATED
    conditions: str = ""
