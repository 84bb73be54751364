"""Whether the words of a decision say what is decided. Read-only: nothing here writes."""

import re
from collections.abc import Iterator

from decisions.rules.replies import AGAINST
from decisions.sentences import ACCEPTED
from decisions.subjects import Terms
from records.rules import Refusal

_MAKER = r"\b(?:SRO|Chair|group|DAG|PSG|Ofgem|Programme)\s+(?:has\s+|have\s+|hereby\s+)?"
ACCEPTS = re.compile(_MAKER + r"(?:approved?|approves|baselined?|baselines|accept(?:s|ed)?)\b", re.I)
REJECTS = re.compile(_MAKER + r"(?:reject(?:s|ed)?|refused?|refuses|declined?|declines|did not (?:approve|baseline|accept))\b", re.I)


def refusals_of_contradiction(terms: Terms) -> Iterator[Refusal]:
    """What is published says what was decided: a wording that opens with the other verdict is refused."""
    outcomes = {subject.outcome for subject in terms.subjects}
    if not outcomes & set(ACCEPTED) and (found := ACCEPTS.search(terms.wording)):
        yield Refusal(f"The wording says “{found[0]}”, but nothing is approved. Leave it empty to have it made from the outcomes.", field="wording", code="contradiction")
    if outcomes and not outcomes & AGAINST and outcomes <= set(ACCEPTED) and (found := REJECTS.search(terms.wording)):
        yield Refusal(f"The wording says “{found[0]}”, but nothing is rejected. Leave it empty to have it made from the outcomes.", field="wording", code="contradiction")
