"""Who may do what to a meeting, its agenda, its minutes and its actions, and why not. Read-only: nothing here writes.

A rule has two parts. `refusals_to_X(record, standing, now)` looks at what exists: it shows or withholds the button.
`refusals_of_X(…)` looks at what was typed. The operation requires both.
"""

from meetings.rules.actions import (
    may_read_actions,
    refusals_of_action,
    refusals_of_change,
    refusals_to_change_action,
    refusals_to_move_action,
    refusals_to_review_action,
    refusals_to_take_off_action,
)
from meetings.rules.agenda import (
    refusals_of_deferring,
    refusals_of_item,
    refusals_of_place,
    refusals_to_change_item,
    refusals_to_defer,
    refusals_to_drop_standing_item,
    refusals_to_move_item,
    refusals_to_order,
    refusals_to_publish_agenda,
    refusals_to_table,
    refusals_to_take_off,
    refusals_to_write_in,
)
from meetings.rules.attendance import (
    refusals_of_attendee,
    refusals_of_initials,
    refusals_of_part,
    refusals_of_seat,
    refusals_of_standing_in,
    refusals_to_record_attendance,
)
from meetings.rules.comments import (
    refusals_of_answer,
    refusals_of_comment,
    refusals_to_accept_comment,
    refusals_to_answer_comment,
    refusals_to_comment,
    refusals_to_comment_for,
    refusals_to_comment_on,
    refusals_to_have_none,
    silent_seats,
)
from meetings.rules.headlines import refusals_of_headlines, refusals_to_publish_headlines
from meetings.rules.meetings import (
    refusals_of_closed_group,
    refusals_of_move,
    refusals_of_next_meeting,
    refusals_of_number,
    refusals_of_reason,
    refusals_of_series,
    refusals_of_times,
    refusals_once_published,
    refusals_to_announce_next,
    refusals_to_cancel,
    refusals_to_change_meeting,
    refusals_to_hold,
    refusals_to_invite,
    refusals_to_keep_the_record,
    refusals_to_move,
    refusals_to_schedule,
)
from meetings.rules.minutes import (
    initials_known,
    may_read_minutes,
    not_reached,
    refusals_of_edition,
    refusals_of_paragraph,
    refusals_of_sending_back,
    refusals_of_speakers,
    refusals_to_approve,
    refusals_to_circulate,
    refusals_to_clear,
    refusals_to_defer_from,
    refusals_to_defer_rest,
    refusals_to_drop_paragraph,
    refusals_to_issue,
    refusals_to_minute,
    refusals_to_publish,
    refusals_to_send_back,
    refusals_to_send_to_chair,
    what_forbids_publishing,
)
from meetings.rules.papers import (
    refusals_of_asking_for,
    refusals_of_circulating,
    refusals_of_handing_in,
    refusals_of_paper,
    refusals_to_add_paper,
    refusals_to_change_paper,
    refusals_to_circulate_papers,
    refusals_to_hand_in_by_link,
)
from meetings.rules.preflight import findings_before_publishing
from meetings.rules.telling import refusals_of_dead_links, refusals_to_send_again

__all__ = [
    "findings_before_publishing", "initials_known", "may_read_actions", "may_read_minutes", "not_reached", "refusals_of_action", "refusals_of_answer", "refusals_of_asking_for", "refusals_of_attendee",
    "refusals_of_change", "refusals_of_circulating", "refusals_of_closed_group", "refusals_of_comment", "refusals_of_dead_links", "refusals_of_deferring",
    "refusals_of_edition", "refusals_of_handing_in", "refusals_of_headlines", "refusals_of_initials", "refusals_of_item", "refusals_of_move",
    "refusals_of_next_meeting", "refusals_of_number", "refusals_of_paper", "refusals_of_paragraph", "refusals_of_part", "refusals_of_place",
    "refusals_of_reason", "refusals_of_seat", "refusals_of_sending_back", "refusals_of_series", "refusals_of_speakers", "refusals_of_standing_in", "refusals_of_times",
    "refusals_once_published",
    "refusals_to_accept_comment", "refusals_to_add_paper", "refusals_to_announce_next", "refusals_to_answer_comment", "refusals_to_approve",
    "refusals_to_cancel", "refusals_to_change_action", "refusals_to_change_item", "refusals_to_change_meeting", "refusals_to_change_paper",
    "refusals_to_circulate", "refusals_to_circulate_papers", "refusals_to_clear", "refusals_to_comment", "refusals_to_comment_for", "refusals_to_comment_on",
    "refusals_to_defer", "refusals_to_defer_from", "refusals_to_defer_rest", "refusals_to_drop_paragraph", "refusals_to_drop_standing_item",
    "refusals_to_hand_in_by_link", "refusals_to_have_none", "refusals_to_hold", "refusals_to_invite", "refusals_to_issue", "refusals_to_keep_the_record",
    "refusals_to_minute", "refusals_to_move", "refusals_to_move_action", "refusals_to_move_item", "refusals_to_order", "refusals_to_publish",
    "refusals_to_publish_agenda", "refusals_to_publish_headlines", "refusals_to_record_attendance", "refusals_to_review_action", "refusals_to_schedule",
    "refusals_to_send_again", "refusals_to_send_back", "refusals_to_send_to_chair", "refusals_to_table", "refusals_to_take_off", "refusals_to_take_off_action",
    "refusals_to_write_in", "silent_seats", "what_forbids_publishing",
]  # fmt: skip
