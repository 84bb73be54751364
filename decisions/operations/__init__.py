"""The verbs of decisions and questions, and of what is said beside them: the only code that writes here."""

from decisions.operations.consulting import ask, consult, reply, use_the_replies
from decisions.operations.decisions import defer, determine, draft, promise, state_level, table, withdraw
from decisions.operations.delegations import delegate, withdraw_delegation
from decisions.operations.past import correct_past_question, record_past_decision, record_past_question
from decisions.operations.preparing import prepare, share_draft, stop_sharing_draft
from decisions.operations.publication import hold_back, publish, publish_when_due, release, release_when_due
from decisions.operations.questions import (
    change_question,
    close,
    close_when_due,
    open_question,
    put_again,
    put_question,
    withdraw_question,
)
from decisions.operations.referrals import (
    accept_answer,
    answer_referral,
    carry_up,
    dispute_answer,
    raise_concern,
    refer,
    take_on,
    withdraw_referral,
)
from decisions.operations.said import raise_procedural_concern, record_advice, rule_on, state_position
from decisions.operations.votes import (
    Answer,
    answer,
    answer_for,
    cast_vote,
    correct_silence,
    mark_absent,
    mark_present,
    record_spoken_vote,
    take_position,
)

__all__ = [
    "Answer", "accept_answer", "answer", "answer_for", "answer_referral", "ask", "carry_up", "cast_vote", "change_question", "close",
    "close_when_due", "consult", "correct_past_question", "correct_silence", "defer", "delegate", "determine", "dispute_answer", "draft", "hold_back",
    "mark_absent", "mark_present", "open_question", "prepare", "promise", "publish", "publish_when_due", "put_again",
    "put_question", "raise_concern", "raise_procedural_concern", "record_advice", "record_past_decision",
    "record_past_question", "record_spoken_vote", "refer", "release", "release_when_due", "reply", "rule_on", "share_draft",
    "state_level", "state_position", "stop_sharing_draft", "table", "take_on", "take_position", "use_the_replies", "withdraw",
    "withdraw_delegation", "withdraw_question", "withdraw_referral",
]  # fmt: skip
