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
    defer_from,
    defer_item,
    defer_rest,
    discuss_item,
    drop_standing_item,
    move_item,
    publish_agenda,
    table_item,
    table_offered,
    take_off,
)
from meetings.operations.attendance import add_attendee, record_attendance, record_attendances, stand_in, take_report
from meetings.operations.back_plan import remind_of_step
from meetings.operations.commenting import (
    accept_comment,
    answer_comment,
    comment_on,
    have_no_comments,
    let_stand,
    take_back_disagreement,
)
from meetings.operations.drafts import bring_back, take_out
from meetings.operations.headlines import (
    move_headlines,
    note_late_headlines,
    publish_headlines,
    remind_of_headlines,
    write_headlines,
)
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
from meetings.operations.minutes import (
    approve,
    approve_as_decided,
    circulate,
    clear,
    issue_edition,
    issue_the_approved,
    publish,
    send_back,
    send_to_chair,
)
from meetings.operations.packs import make_pack
from meetings.operations.papers import (
    add_paper,
    change_paper,
    circulate_papers,
    drop_paper,
    hand_in,
    hand_in_by_link,
    note_opened,
    remind_of_paper,
)
from meetings.operations.papers_awaited import note_papers_missed, remind_of_circulating
from meetings.operations.past import (
    correct_past_action,
    correct_past_attendance,
    correct_past_item,
    drop_what_is_not_in,
    record_past_action,
    record_past_attendance,
    record_past_edition,
    record_past_item,
    record_past_meeting,
    record_past_paragraph,
    take_out_past_action,
    take_out_past_attendance,
    was_taken_out,
)
from meetings.operations.publication_deadline import meet_the_publication_deadline, move_publication, remind_of_publication
from meetings.operations.replying import ask_for_replies, reply, reply_by_link
from meetings.operations.reporting import answer_report, report_on_action
from meetings.operations.telling import tell_again
from meetings.operations.writing import Change, Differs, change_minute, jot, keep_idle, places_at, turn_into

__all__ = [
    "Change", "Differs", "accept_comment", "add_attendee", "add_paper", "add_standing_item", "announce_next", "answer_comment", "answer_report", "approve", "approve_as_decided",
    "ask_for_replies", "bring_back", "cancel", "change_action", "change_item", "change_meeting", "change_minute", "change_paper", "circulate",
    "circulate_papers", "clear", "comment_on", "complete_action", "correct_past_action", "correct_past_attendance", "correct_past_item", "defer_from", "defer_item", "defer_rest", "discuss_item", "drop_action", "drop_paper",
    "drop_standing_item", "drop_what_is_not_in", "hand_in", "hand_in_by_link", "have_no_comments", "hold", "invite", "issue_edition", "issue_the_approved", "jot", "keep_idle",
    "let_stand", "make_pack", "meet_the_publication_deadline", "move", "move_headlines", "move_item", "move_publication", "note_late_headlines", "note_opened", "note_papers_missed",
    "places_at", "publish", "publish_agenda", "publish_headlines", "raise_action", "record_attendance", "record_attendances", "record_past_action",
    "record_past_attendance", "record_past_edition", "record_past_item", "record_past_meeting", "record_past_paragraph", "remind_of_circulating", "remind_of_headlines",
    "remind_of_paper", "remind_of_publication", "remind_of_step", "reopen_action", "reply", "reply_by_link", "report_on_action", "review_action", "schedule",
    "schedule_series", "send_back", "send_to_chair", "stand_in", "table_item", "table_offered", "take_back_disagreement", "take_off",
    "take_off_action", "take_out", "take_out_past_action", "take_out_past_attendance", "take_report", "tell_again", "turn_into", "was_taken_out", "write_headlines", "write_paragraph",
]  # fmt: skip
