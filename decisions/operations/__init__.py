"""The verbs of decisions and questions, and of what is said beside them: the only code that writes here."""

from decisions.operations.advice import record_advice
from decisions.operations.announcing import Confirmed, announce, confirm_announced
from decisions.operations.approving_minutes import approve_minutes, issue_approved_minutes
from decisions.operations.consulting import ask, consult, reply, use_the_replies
from decisions.operations.decisions import defer, determine, draft, promise, say_why_untabled, state_level, table, withdraw
from decisions.operations.delegations import delegate, withdraw_delegation
from decisions.operations.papers import add_question_paper, circulate_question_papers, drop_question_paper, make_question_pack
from decisions.operations.past import (
    can_be_corrected,
    correct_past_decision,
    correct_past_question,
    correct_past_vote,
    record_past_decision,
    record_past_question,
    take_out_past_decision,
    take_out_past_question,
)
from decisions.operations.preparing import prepare, share_draft, stop_sharing_draft
from decisions.operations.publication import embargo, move_publication, publish, publish_when_due, release, release_when_due
from decisions.operations.questions import (
    change_question,
    close,
    close_when_due,
    open_question,
    put_again,
    put_question,
    withdraw_question,
)
from decisions.operations.telling import tell_again
from decisions.operations.voting import (
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
    "Answer",
    "Confirmed",
    "add_question_paper",
    "announce",
    "answer",
    "answer_for",
    "approve_minutes",
    "ask",
    "can_be_corrected",
    "cast_vote",
    "change_question",
    "circulate_question_papers",
    "close",
    "close_when_due",
    "confirm_announced",
    "consult",
    "correct_past_decision",
    "correct_past_question",
    "correct_past_vote",
    "correct_silence",
    "defer",
    "delegate",
    "determine",
    "draft",
    "drop_question_paper",
    "embargo",
    "issue_approved_minutes",
    "make_question_pack",
    "mark_absent",
    "mark_present",
    "move_publication",
    "open_question",
    "prepare",
    "promise",
    "publish",
    "publish_when_due",
    "put_again",
    "put_question",
    "record_advice",
    "record_past_decision",
    "record_past_question",
    "record_spoken_vote",
    "release",
    "release_when_due",
    "reply",
    "say_why_untabled",
    "share_draft",
    "state_level",
    "stop_sharing_draft",
    "table",
    "take_out_past_decision",
    "take_out_past_question",
    "take_position",
    "tell_again",
    "use_the_replies",
    "withdraw",
    "withdraw_delegation",
    "withdraw_question",
]  # fmt: skip
