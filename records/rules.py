"""How a rule says no.

A rule is a generator of sentences: each one is a reason to refuse, fit to show to the person who
asked. A rule that yields nothing allows. The same sentence disables the button, fills the refusal
page and is matched in the test.
"""

from collections.abc import Iterable


class Refusal(str):
    """One reason to refuse: a sentence, the form field it is about (if any), the page where it is mended (if there is one), and the HTTP
    status it deserves.

    404 where the person has no right to know that the thing exists, 403 where they may not,
    409 where nobody may now.
    """

    field: str
    code: str
    status: int
    at: str

    def __new__(cls, sentence: str, *, field: str = "", code: str = "", status: int = 409, at: str = ""):
        refusal = super().__new__(cls, sentence)
        refusal.field, refusal.code, refusal.status, refusal.at = field, code, status, at
        return refusal


class Refused(Exception):
    """The rules say no; `reasons` says why."""

    def __init__(self, reasons: Iterable[str]):
        given = [r if isinstance(r, Refusal) else Refusal(r) for r in reasons]
        # Whoever may not do it, or not know of it, is told that and no more, but that the group is closed, which everybody knows:
        # the other reasons speak of what they may not read.
        barred = next((status for status in (404, 403) if any(r.status == status for r in given)), None)
        self.reasons = [r for r in given if barred is None or r.status == barred or (barred == 403 and r.code == "closed")]
        super().__init__(" ".join(self.reasons))

    @property
    def status(self) -> int:
        """The gravest status: what may not be known outranks what may not be done."""
        return min((r.status for r in self.reasons), key=[404, 403, 409].index, default=409)


def require(*rules: Iterable[str]) -> None:
    """Raise Refused with every reason the rules give; do nothing if there is none."""
    if reasons := [reason for rule in rules for reason in rule]:
        raise Refused(reasons)
