"""The rules of decisions, of questions and votes, and of what is said beside them. Read-only: nothing here writes."""

from decisions.rules.decisions import (
    ACCEPTING,
    PASSING_UP,
    REFUSING,
    goes_against_the_advice,
    hold_limit,
    how_it_was_determined,
    refusals_of_determination,
    refusals_of_draft,
    refusals_of_hold,
    refusals_of_level,
    refusals_of_promise,
    refusals_to_determine,
    refusals_to_draft,
    refusals_to_hold_back,
    refusals_to_prepare,
    refusals_to_promise,
    refusals_to_publish,
    refusals_to_release,
    refusals_to_revise,
    refusals_to_share_draft,
    refusals_to_state_level,
    refusals_to_supersede,
    refusals_to_table,
    refusals_to_take_off,
    rejecting_rows,
    votes_of,
    what_forbids_publishing,
    what_it_rests_on,
    why_reasons_are_required,
)

__all__ = [
    "ACCEPTING", "PASSING_UP", "REFUSING", "goes_against_the_advice", "hold_limit", "how_it_was_determined", "refusals_of_determination", "refusals_of_draft", "refusals_of_hold",
    "refusals_of_level", "refusals_of_promise", "refusals_to_determine", "refusals_to_draft", "refusals_to_hold_back", "refusals_to_prepare", "refusals_to_promise", "refusals_to_publish", "refusals_to_release", "refusals_to_revise", "refusals_to_share_draft",
    "refusals_to_state_level", "refusals_to_supersede", "refusals_to_table", "refusals_to_take_off", "rejecting_rows", "votes_of", "what_forbids_publishing", "what_it_rests_on", "why_reasons_are_required",
]  # fmt: skip
