"""The verbs of meetings, minutes and actions: the only code that writes here."""

from meetings.operations.actions import (
    change_action,
    complete_action,
    drop_action,
    raise_action,
    reopen_action,
    review_action,
    take_off_action,
)
from meetings.operations.commenting import answer_comment, comment_on
from meetings.operations.meetings import (
    cancel,
    defer_item,
    discuss_item,
    hold,
    publish_agenda,
    record_attendance,
    schedule,
    table_item,
    write_paragraph,
)
from meetings.operations.minutes import approve, circulate, clear, issue_edition, publish, send_back, store_pdf
from meetings.operations.past import (
    drop_what_is_not_in,
    record_past_action,
    record_past_attendance,
    record_past_edition,
    record_past_item,
    record_past_meeting,
    record_past_paragraph,
)
from meetings.operations.publication_deadline import meet_the_publication_deadline, move_publication, remind_of_publication
from meetings.operations.writing import Change, Differs, change_minute, jot, keep_idle, turn_into

__all__ = [
    "Change",
    "Differs",
    "answer_comment",
    "approve",
    "cancel",
    "change_action",
    "change_minute",
    "circulate",
    "clear",
    "comment_on",
    "complete_action",
    "defer_item",
    "discuss_item",
    "drop_action",
    "drop_what_is_not_in",
    "hold",
    "issue_edition",
    "jot",
    "keep_idle",
    "meet_the_publication_deadline",
    "move_publication",
    "publish",
    "publish_agenda",
    "raise_action",
    "record_attendance",
    "record_past_action",
    "record_past_attendance",
    "record_past_edition",
    "record_past_item",
    "record_past_meeting",
    "record_past_paragraph",
    "remind_of_publication",
    "reopen_action",
    "review_action",
    "schedule",
    "send_back",
    "store_pdf",
    "table_item",
    "take_off_action",
    "turn_into",
    "write_paragraph",
]  # fmt: skip
