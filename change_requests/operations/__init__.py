"""The verbs of change requests, of their assessments, and of where they are implemented."""

from change_requests.operations.approving import need_no_approval, put_forward, want_approval
from change_requests.operations.assessing import (
    close_when_due,
    extend,
    give_leave,
    move_close,
    open_assessment,
    publish_results,
    refuse_leave,
    remind,
    remind_now,
    reply_to_theme,
    send_link,
    withdraw_assessment,
    write_theme,
)
from change_requests.operations.clarifying import ask, clarify, tell_clarifications
from change_requests.operations.colleagues import end_colleague, name_colleague
from change_requests.operations.decided import determine, make_public, record_past_determination, record_past_request
from change_requests.operations.freezing import declare_freeze, end_freeze
from change_requests.operations.implementing import (
    begin_to_implement,
    implement,
    note_came_back,
    note_carried,
    note_changed,
    note_released,
)
from change_requests.operations.loading import load_assessments, look_at_assessments
from change_requests.operations.requests import (
    attach,
    change,
    change_version,
    detach,
    draft,
    draft_version,
    exclude,
    fix,
    hold,
    raise_request,
    resume,
    withdraw,
)
from change_requests.operations.responding import answer_off_roll, confirm, keep_draft, note_opening, record_mailed, submit

__all__ = [
    "answer_off_roll", "ask", "attach", "begin_to_implement", "change", "change_version", "clarify", "close_when_due", "confirm", "declare_freeze",
    "detach", "determine", "draft", "draft_version", "end_colleague", "end_freeze", "exclude", "extend", "fix", "give_leave", "hold", "implement",
    "keep_draft", "load_assessments", "look_at_assessments", "make_public", "move_close", "name_colleague", "need_no_approval", "note_came_back",
    "note_carried", "note_changed", "note_opening", "note_released", "open_assessment", "publish_results", "put_forward", "raise_request", "record_mailed",
    "record_past_determination", "record_past_request", "refuse_leave", "remind", "remind_now", "reply_to_theme", "resume", "send_link", "submit", "tell_clarifications",
    "want_approval", "withdraw", "withdraw_assessment", "write_theme",
]  # fmt: skip
