"""The next key date of a change request, in a sentence: by what its edition says and by the clock, never by what is only planned."""

from datetime import date, datetime

from records.clock import LONDON
from records.dates import as_day, as_moment
from records.editions import Body


def next_key_date(body: Body, meetings: dict[str, date], now: datetime) -> str:
    """`meetings`: on which day each that is public is. Empty where nothing more is to happen to it."""
    today = now.astimezone(LONDON).date()
    if body["state"] in ("rejected", "withdrawn", "on_hold", "named"):
        return ""
    if closing := _closes(body, now):
        return f"Next, answers are due: {closing}."
    if body["settled"]:
        return _implemented(body, today)
    if told := _meeting(body["for_decision"] and body["for_decision"]["meeting"], meetings, today):
        return f"Next, it is for decision at {told}."
    if told := _meeting(body["target_meeting"], meetings, today):
        return f"Next, it aims to be decided at {told}."
    return "No date is set for what comes next."


def _closes(body: Body, now: datetime) -> str:
    """Of the assessment that runs: by when."""
    running = [datetime.fromisoformat(each["closes_at"]) for each in body["assessments"] if each["status"] == "open"]
    until = max((moment for moment in running if moment > now), default=None)
    return as_moment(until) if until else ""


def _meeting(code: str | None, meetings: dict[str, date], today: date) -> str:
    on = meetings.get(code or "")
    return f"{code} on {as_day(on)}" if on and on >= today else ""


def _implemented(body: Body, today: date) -> str:
    """From when it is in force; nothing more once that day has come, and where no artefact has to follow."""
    if body["in_force_on"]:
        on = date.fromisoformat(body["in_force_on"])
        return f"Next, it is in force from {as_day(on)}." if on > today else ""
    return "Its implementation date is to be decided." if body["implementations"] else ""
