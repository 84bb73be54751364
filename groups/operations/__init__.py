"""Everything that changes who may do what. Views, commands and the programme file's loader call these."""

from groups.operations.alternates import approve_alternate, name_alternate, revoke_alternate
from groups.operations.appointments import end_appointment, give_appointment
from groups.operations.erasure import answer_erasure, ask_for_erasure
from groups.operations.holdings import appoint, end_holding
from groups.operations.holidays import change_holiday
from groups.operations.own_address import move_to_address
from groups.operations.people import correct_person, first_secretary, invite, known_or_new
from groups.operations.readings import log_reading

__all__ = [
    "answer_erasure", "appoint", "approve_alternate", "ask_for_erasure", "change_holiday", "correct_person", "end_appointment", "end_holding", "first_secretary", "give_appointment", "invite",
    "known_or_new", "log_reading", "move_to_address", "name_alternate", "revoke_alternate",
]  # fmt: skip
