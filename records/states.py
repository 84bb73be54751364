"""Where something stands, read from what happened to it: a code for lists to go by, the words that everybody reads, and the tone they have."""

from typing import NamedTuple

TONES = {
    "approved": "green", "baselined": "green", "implemented": "green", "edits": "yellow", "issued": "blue", "raised": "blue", "forward": "blue",
    "effective": "green", "planned": "grey", "scheduled": "blue",
    "assessing": "blue", "for_decision": "purple", "assessed": "blue", "in_review": "blue", "reviewed": "blue", "rejected": "red", "open": "yellow", "on_hold": "yellow", "withdrawn": "grey", "superseded": "grey",
    "named": "grey", "draft": "grey",
}  # fmt: skip


class State(NamedTuple):
    code: str
    words: str

    @property
    def tone(self) -> str:
        return TONES[self.code]
