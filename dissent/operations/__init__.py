"""The verbs of dissent and of what is passed between groups: the only code that writes here."""

from dissent.operations.referrals import (
    accept_answer,
    answer_referral,
    carry_up,
    dispute_answer,
    move_answer,
    raise_concern,
    refer,
    take_on,
    withdraw_referral,
)
from dissent.operations.statements import raise_procedural_concern, rule_on, state_position

__all__ = [
    "accept_answer", "answer_referral", "carry_up", "dispute_answer", "move_answer", "raise_concern", "raise_procedural_concern", "refer", "rule_on",
    "state_position", "take_on", "withdraw_referral",
]  # fmt: skip
