"""Who may change the membership, and when not. Read-only: nothing here writes."""

from groups.rules.alternates import (
    alternates_to_approve,
    refusals_of_approval,
    refusals_of_revoking,
    refusals_to_approve_alternate,
    refusals_to_invite_alternate,
    refusals_to_name_alternate,
    refusals_to_revoke_alternate,
    refusals_to_run_alternates,
)
from groups.rules.appointments import refusals_of_appointment, refusals_to_end_appointment, refusals_to_give_appointment
from groups.rules.holidays import refusals_to_change_holiday, refusals_to_move_deadline
from groups.rules.membership import (
    refusals_of_last_day,
    refusals_of_person,
    refusals_of_somebody_new,
    refusals_of_why,
    refusals_to_appoint,
    refusals_to_be_first_secretary,
    refusals_to_bring_in_members,
    refusals_to_correct_person,
    refusals_to_end_holding,
    refusals_to_end_now,
    refusals_to_invite,
    refusals_to_invite_person,
    refusals_to_look_at_members,
    refusals_to_run_membership,
    refusals_to_seat,
)

__all__ = [
    "alternates_to_approve", "refusals_of_appointment", "refusals_of_approval", "refusals_of_last_day", "refusals_of_person", "refusals_of_revoking", "refusals_of_somebody_new", "refusals_of_why",
    "refusals_to_appoint", "refusals_to_approve_alternate", "refusals_to_be_first_secretary", "refusals_to_bring_in_members", "refusals_to_change_holiday",
    "refusals_to_correct_person", "refusals_to_end_appointment", "refusals_to_end_holding", "refusals_to_end_now", "refusals_to_give_appointment",
    "refusals_to_invite", "refusals_to_invite_alternate", "refusals_to_invite_person", "refusals_to_look_at_members", "refusals_to_move_deadline",
    "refusals_to_name_alternate", "refusals_to_revoke_alternate", "refusals_to_run_alternates", "refusals_to_run_membership", "refusals_to_seat",
]  # fmt: skip
