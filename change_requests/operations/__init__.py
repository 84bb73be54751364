"""The verbs of change requests, of their assessments, and of where they are implemented."""

from change_requests.operations.assessing import (
    close_when_due,
    extend,
    give_leave,
    move_close,
    open_assessment,
    publish_results,
    refuse_leave,
    remind,
    reply_to_theme,
    send_link,
    withdraw_assessment,
    write_theme,
)
from change_requests.operations.decided import determine, make_public, record_past_determination, record_past_request
from change_requests.operations.implementing import begin_to_implement, implement, note_carried, note_changed, note_released
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
from change_requests.operations.responding import confirm, keep_draft, note_opening, record_mailed, submit

__all__ = [
    "attach", "begin_to_implement", "change", "change_version", "close_when_due", "confirm", "detach", "determine", "draft", "draft_version", "exclude", "extend", "fix", "give_leave", "hold", "implement",
    "keep_draft", "make_public", "move_close", "note_carried", "note_changed", "note_opening", "note_released", "open_assessment", "publish_results", "raise_request", "record_mailed",
    "record_past_determination", "record_past_request", "refuse_leave", "remind", "reply_to_theme", "resume", "send_link", "submit", "withdraw", "withdraw_assessment",
    "write_theme",
]  # fmt: skip
