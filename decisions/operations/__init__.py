"""The verbs of decisions and questions: the only code that writes here."""

from decisions.operations.decisions import (
    defer,
    determine,
    draft,
    hold_back,
    publish,
    publish_when_due,
    record_past_decision,
    release,
    release_when_due,
    table,
    withdraw,
)
from decisions.operations.questions import (
    cast_vote,
    close,
    close_when_due,
    correct_past_question,
    mark_absent,
    open_question,
    put_question,
    record_past_question,
    withdraw_question,
)

__all__ = [
    "cast_vote", "close", "close_when_due", "correct_past_question", "defer", "determine", "draft", "hold_back", "mark_absent", "open_question",
    "publish", "publish_when_due", "put_question", "record_past_decision", "record_past_question", "release", "release_when_due", "table",
    "withdraw", "withdraw_question",
]  # fmt: skip
