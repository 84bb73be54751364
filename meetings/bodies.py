"""What an edition of a meeting, of its headline report and of an action holds. The minutes have editions of their own (`meetings/editions.py`)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse

from ledger.withdrawn import without, words_withdrawn
from meetings.editions import disagreements_in, texts, updates_in
from meetings.headlines import report_of
from meetings.lifecycle import ActionStatus, MeetingStatus
from meetings.models import (
    Action,
    ActionEdition,
    ActionReview,
    Attendance,
    HeadlineReport,
    HeadlineReportEdition,
    Meeting,
    MeetingEdition,
    Minutes,
    MinutesEdition,
)
from meetings.promises import headlines_promised, kept, promise_made
from records.clock import london_date, london_moment
from records.dates import as_day
from records.editions import Body, Shelved, body_of, parts_of
from records.models import Origin


def _shelve_meeting(body: Body) -> Shelved:
    minuted = _minuted(body)
    return Shelved(
        title=body["title"], summary=body["venue"], group=body["group"], sort_on=date.fromisoformat(body["held_on"]),
        address=reverse("register:meeting", args=[body["reference"]]), order=body["starts_at"], state=_state(body),
        facets={
            "starts_at": body["starts_at"], "time_known": body["time_known"], "promise": body["promise"], "kept": kept(body["promise"]),
            "attended": body["minutes"]["attended"] if body["minutes"] else {}, "headlines": body.get("headlines"),
            "updates": _updates(body, minuted),
        },
        named=(body["number"],), words=(*(each["title"] for each in body["agenda"]), *_said_in_minutes(minuted)),
    )  # fmt: skip


def _minuted(body: Body) -> Body | None:
    """Its minutes, as they may be read: the edition names which they are."""
    if not body["minutes"]:
        return None
    edition = MinutesEdition.objects.filter(minutes__meeting__code=body["reference"], n=body["minutes"]["edition"]).first()
    return without(edition.body, words_withdrawn()) if edition else None


def _said_in_minutes(minuted: Body | None) -> list[str]:
    if minuted is None:
        return []
    return [*texts(minuted), *(person["name"] for section in minuted["attendance"] for person in section["people"])]


def _updates(body: Body, minuted: Body | None) -> list[dict[str, Any]]:
    """What its minutes say of what happened after it: pages of its decisions name them. Of papers read in nobody knows when they first said it."""
    found = updates_in(minuted) if minuted else {}
    days = _first_published(body, set(found)) if found and not body["read_in"] else {}
    return [{"item": item, "paragraph": label, "text": text, "on": days.get(label)} for label, (item, text) in found.items()]


def _first_published(body: Body, labels: set[str]) -> dict[str, str]:
    """Of each update the day of the first edition that has it."""
    editions = MinutesEdition.objects.filter(minutes__meeting__code=body["reference"], n__lte=body["minutes"]["edition"]).order_by("-n")
    return {label: london_date(each.published_at).isoformat() for each in editions for label in labels & set(updates_in(each.body))}


def _state(body: Body) -> str:
    return "published" if body["published_at"] else body["status"]


@body_of(MeetingEdition, _shelve_meeting)
def meeting_body(pk: int) -> Body | None:
    """What anybody may know of a meeting: before it is published its day, place and agenda; then that its minutes are public, and which."""
    meeting = Meeting.objects.select_related("group").get(pk=pk)
    if not meeting.is_public:
        return None
    return {
        "reference": meeting.code,
        "group": meeting.group.code,
        "title": meeting.title,
        "number": meeting.number,
        "kind": meeting.kind,
        "status": meeting.status,
        "held_on": meeting.held_on,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "time_known": meeting.time_known,
        **({"moved_from": meeting.moved_from} if meeting.moved_from else {}),
        "venue": meeting.venue,
        "classification": meeting.get_classification_display(),
        "agenda": meeting.published_agenda or [],
        "agenda_published_at": meeting.agenda_published_at,
        **_papers_out(meeting),
        "next_meeting_on": meeting.next_meeting_on if meeting.published_at else None,
        "published_at": meeting.published_at,
        "first_published_on": meeting.first_published_on,
        "read_in": meeting.origin == Origin.IMPORTED,
        "promise": promise_made(meeting),
        **_headlines(meeting),
        "minutes": _minutes(meeting),
        **parts_of("meeting", meeting),
    }


def _papers_out(meeting: Meeting) -> dict[str, Any]:
    """When its papers went out, and why late, if they were; supplements, too. Which they are stands with the items of the agenda."""
    made = [
        {"at": each.at, "working_days": each.working_days, "wanted": each.wanted, **({"why": each.why} if each.why else {})}
        for each in meeting.circulations.order_by("n")
    ]  # fmt: skip
    return {"papers_out": made} if made else {}


def _headlines(meeting: Meeting) -> dict[str, Any]:
    """Whether its headline report is public, and by when it had to be. Once the minutes are out, none is awaited any more."""
    report = report_of(meeting) if meeting.status == MeetingStatus.HELD else None
    if report is None or not (report.published_at or report.breach_recorded_at or (report.due_at and not meeting.published_at)):
        return {}
    return {"headlines": {"published_at": report.published_at, "promise": headlines_promised(report, meeting.held_on)}}


def _minutes(meeting: Meeting) -> dict[str, Any] | None:
    """Which edition of the minutes is the latest, by number and hash: the text stands there."""
    minutes = Minutes.objects.filter(meeting=meeting).first() if meeting.published_at else None
    latest = minutes.latest_edition if minutes else None
    if latest is None:
        return None
    standing = disagreements_in(latest.body)
    told = {"edition": latest.n, "kind": latest.kind, "sha256": latest.sha256, "attended": _attended(latest.body)}
    return told | ({"disagreements": standing} if standing else {})


def _attended(minuted: Body) -> dict[str, str]:
    """How each seat was there, as the minutes say: by whom, or that there were apologies."""
    came = {p["seat"]: _as_came(p) for section in minuted["attendance"] for p in section["people"] if p.get("seat")}
    return {p["seat"]: f"Apologies of {p['name']}" for p in minuted["apologies"] if p.get("seat")} | came


def _as_came(person: dict[str, Any]) -> str:
    if person["mode"] == Attendance.Mode.ABSENT:
        return f"{person['name']} was not in attendance"
    return person["name"] + (f", on behalf of {person['for']}" if person["for"] else "") + (", for part of it" if person["part"] else "")


# --- headline reports


NOT_TOLD = {"waiting": "A decision waits for the Chair", "embargoed": "A decision is under embargo"}


def _shelve_headlines(body: Body) -> Shelved:
    decided = [each["plain_title"] if each["state"] == "determined" else NOT_TOLD[each["state"]] for each in body["decisions"]]
    return Shelved(
        title=f"Headline report of {body['title']}", summary="; ".join(dict.fromkeys(decided)) or "No decision was taken.", group=body["group"],
        sort_on=date.fromisoformat(body["held_on"]), address=reverse("register:headlines", args=[body["reference"]]), known_as=f"{body['reference']} headlines",
        order=body["starts_at"], facets={"meeting": body["reference"]}, words=tuple(_said_in(body)),
    )  # fmt: skip


def _said_in(headlines: Body) -> list[str]:
    decided = [each["wording"] for each in headlines["decisions"] if each["state"] == "determined"]
    asked = [f"{each['reference']} {each['text']} {each['owner']}" for each in headlines["actions"]]
    return [headlines["words"], *decided, *asked, *(each["title"] for each in headlines["deferred"])]


@body_of(HeadlineReportEdition, _shelve_headlines)
def headlines_body(pk: int) -> Body | None:
    """As it was published last: what the record says since stands in the minutes, or in a corrected report."""
    report = HeadlineReport.objects.get(pk=pk)
    return report.told if report.published_at else None


# --- actions


def _shelve_action(body: Body) -> Shelved:
    overdue = _overdue_from(body)
    return Shelved(
        title=body["text"], summary=body["owner"], group=body["group"], sort_on=_raised_on(body),
        address=reverse("register:action", args=[body["reference"]]), order=body["raised_order"], state=_as_reported(body),
        state_until=overdue, state_then="overdue" if overdue else "",
        facets={
            "owner": body["owner"], "due": body["due"], "due_on": body["due_on"], "closed_on": body["closed_on"], "meeting": body["meeting"],
            "status": body["status_in_words"], "as_reported_on": body["as_of"] if body["read_in"] else None,
        },
        named=(body["owner"],), words=(body["area"], *(review["note"] for review in body["reviews"])),
    )  # fmt: skip


def _raised_on(body: Body) -> date:
    """Or when it was first told of; one that no public meeting tells of comes last."""
    told = body["raised_on"] or body["as_of"]
    return date.fromisoformat(told) if told else date.min


def _as_reported(body: Body) -> str:
    """Papers read in say no more than how it stood on the day of the last report; of what the portal keeps, the clock says it."""
    late = body["status"] == ActionStatus.OPEN and body["read_in"] and body["due_on"] and body["due_on"] < body["as_of"]
    return "overdue" if late else body["status"]


def _overdue_from(body: Body) -> datetime | None:
    """The first moment at which it is late: midnight in London after the last day."""
    if body["status"] != ActionStatus.OPEN or body["read_in"] or not body["due_on"]:
        return None
    return london_moment(date.fromisoformat(body["due_on"]) + timedelta(days=1), time(0))


@body_of(ActionEdition, _shelve_action)
def action_body(pk: int) -> Body | None:
    """Who was asked to do what by when, how it stands, and what was said of it at each later meeting that is public."""
    action = Action.objects.select_related("group", "meeting", "item", "paragraph").get(pk=pk)
    if not action.published_at:
        return None
    reviews = list(action.reviews.filter(meeting__published_at__isnull=False).select_related("meeting").order_by("meeting__held_on", "pk"))
    raised = action.meeting if action.meeting and action.meeting.is_public else None
    told_on = [review.meeting.held_on for review in reviews] + ([raised.held_on] if raised else [])
    return {
        "reference": action.reference,
        "raised_order": action.raised_order,
        "group": action.group.code,
        "meeting": raised.code if raised else None,
        "raised_on": raised.held_on if raised else None,
        "item": action.item.number if action.item else None,
        "paragraph": action.paragraph.label if action.paragraph else None,
        "area": action.area,
        "text": action.text,
        "owner": action.owner,
        "due": action.due_in_words,
        "due_on": action.due_on,
        **_as_raised(action),
        "status": action.status,
        "status_in_words": action.get_status_display(),
        "closed_on": action.closed_on,
        "read_in": action.origin == Origin.IMPORTED,
        "as_of": max(told_on, default=None),
        "reviews": [_review(review) for review in reviews],
    }


def _as_raised(action: Action) -> dict[str, Any]:
    """What its meeting agreed, where it was reworded since, or given to somebody else: its minutes go on saying it."""
    agreed = action.as_agreed
    return {"as_raised": agreed} if (agreed["text"], agreed["owner"]) != (action.text, action.owner) else {}


def _review(review: ActionReview) -> dict[str, Any]:
    due = review.due_as_printed or (as_day(review.due_on) if review.due_on else "")
    return {"meeting": review.meeting.code, "on": review.meeting.held_on, "status": review.get_status_display(), "due": due, "note": review.note}
