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
from meetings.operations.agenda import (
    add_standing_item,
    change_item,
    defer_item,
    discuss_item,
    drop_standing_item,
    move_item,
    publish_agenda,
    table_item,
    table_offered,
    take_off,
)
from meetings.operations.attendance import add_attendee, record_attendance, record_attendances, take_report
from meetings.operations.commenting import answer_comment, comment_on
from meetings.operations.meetings import (
    announce_next,
    cancel,
    change_meeting,
    hold,
    invite,
    move,
    schedule,
    schedule_series,
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
    "Change", "Differs", "add_attendee", "add_standing_item", "announce_next", "answer_comment", "approve", "cancel", "change_action", "change_item",
    "change_meeting", "change_minute", "circulate", "clear", "comment_on",
    "complete_action", "defer_item", "discuss_item", "drop_action", "drop_standing_item", "drop_what_is_not_in", "hold", "invite",
    "issue_edition", "jot", "keep_idle", "meet_the_publication_deadline", "move", "move_item", "move_publication", "publish", "publish_agenda", "raise_action",
    "record_attendance", "record_attendances", "record_past_action", "record_past_attendance", "record_past_edition", "record_past_item",
    "record_past_meeting", "record_past_paragraph", "remind_of_publication", "reopen_action", "review_action", "schedule",
    "schedule_series", "send_back", "store_pdf", "table_item", "table_offered", "take_off", "take_off_action", "take_report", "turn_into", "write_paragraph",
]  # fmt: skip
