"""The step of "Was process followed?" that what was said against a decision answers: procedural concerns and significant concerns."""

from collections.abc import Iterator

from decisions.process import Seen
from dissent.lifecycle import ConcernStatus
from dissent.states import carried, raised_against
from records.process import NO, YES, Line, step


@step("concerns")
def _concerns(seen: Seen) -> Iterator[Line]:
    concerns = list(seen.decision.procedural_concerns.all())
    open_ones = [c for c in concerns if c.status != ConcernStatus.RULED_ON]
    if concerns:
        yield Line("Were concerns about procedure ruled on?", NO if open_ones else YES, f"{len(concerns) - len(open_ones)} of {len(concerns)} were ruled on by the Chair.")
    referrals = raised_against(seen.decision)
    if raised := [r for r in referrals if r.kind == "concern" and r.pk not in carried(referrals)]:
        still = [r for r in raised if r.is_open]
        yield Line("Are significant concerns closed?", NO if still else YES, f"{len(raised) - len(still)} of {len(raised)} are answered.", "ToR: concerns")
