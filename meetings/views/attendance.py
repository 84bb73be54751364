"""Who came: the grid of seats, somebody added by name, and the report of a call."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from files.door import takes_files
from groups.models import Person
from groups.models.people import normalised
from groups.sending import form_page, sent, sent_files, tried
from groups.signed_in import SignedIn
from meetings import operations, teams
from meetings.attending import PRESENT, Presence, Room, outstanding, room_of
from meetings.forms import AttendanceForm, AttendeeForm, ReportForm
from meetings.models import Meeting
from meetings.rules import refusals_to_record_attendance
from meetings.verbs import attendance_page
from meetings.views.finding import beside, meeting_for
from records.clock import portal_now
from records.dates import as_seconds
from records.opened import Stale
from records.rules import Refusal, Refused, require

form_view = require_http_methods(["GET", "HEAD", "POST"])


def _meeting_for(request: SignedIn, code: str) -> Meeting:
    meeting, standing = meeting_for(request, code)
    require(refusals_to_record_attendance(meeting, standing, portal_now()))
    return meeting


@form_view
def attendance(request: SignedIn, code: str) -> HttpResponse:
    """One row a seat, all saved at once; or one of them alone, as it is ticked."""
    meeting = _meeting_for(request, code)
    room = room_of(meeting)
    form = AttendanceForm(room, sent(request))
    if request.method == "POST" and request.headers.get("Accept") == "application/json":
        return _row(request, meeting, form)

    def act(_: dict[str, Any]) -> Meeting:
        rest = PRESENT if request.POST.get("step") == "rest" else ""
        return operations.record_attendances(meeting, form.typed(rest=rest), initials=form.initials(), rows_seen=_rows_seen(request, room), by=request.user)

    if tried(request, form, act):
        found = room_of(meeting)
        messages.success(request, f"Saved: {found.how_many}.")
        return redirect(attendance_page(meeting))
    sections = form.sections(_rows_seen(request, room) if request.method == "POST" and not form.stale else room.seen_by_row())
    return form_page(request, form, "meetings/attendance.html", **beside(meeting), meeting=meeting, room=room, sections=sections)


def _rows_seen(request: SignedIn, room: Room) -> dict[str, str]:
    """What the form knew of each row that was sent."""
    return {key: request.POST[f"seen-{key}"] for key in room.seen_by_row() if f"seen-{key}" in request.POST}


def _row(request: SignedIn, meeting: Meeting, form: AttendanceForm) -> JsonResponse:
    """The row that was sent, written down alone: when it was saved, and how many constituencies are represented; or why not, and what is recorded there."""
    if not form.is_valid():
        return JsonResponse({"refused": [str(error) for errors in form.errors.values() for error in errors]}, status=400)
    try:
        operations.record_attendances(meeting, form.typed(), initials=form.initials(), rows_seen=_rows_seen(request, form.room), by=request.user)
    except Stale:
        return JsonResponse({"recorded": _recorded(room_of(meeting), form.typed())}, status=409)
    except Refused as refused:
        return JsonResponse({"refused": [str(reason) for reason in refused.reasons]}, status=refused.status)
    room = room_of(meeting)
    return JsonResponse({"at": as_seconds(portal_now()), "seen": {key: told for key, told in room.seen_by_row().items() if key in form.typed()}, "represented": room.how_many})


def _recorded(room: Room, asked: Collection[str]) -> dict[str, dict[str, str]]:
    """What stands in these rows now, in words, and by whom."""
    now = AttendanceForm(room)
    return {key: {"seen": seen, "choice": now[key].initial or "", "words": now.in_words(key), "by": room.recorded_by(key)} for key, seen in room.seen_by_row().items() if key in asked and key in now.fields}


def _beside_attendance(meeting: Meeting) -> dict[str, Any]:
    return beside(meeting) | {"parent_url": attendance_page(meeting), "parent_label": f"Who came to {meeting}"}


@form_view
def add_attendee(request: SignedIn, code: str) -> HttpResponse:
    """Without a seat, or for one: "Somebody else stands in" in a row of the grid leads here."""
    meeting = _meeting_for(request, code)
    form = AttendeeForm(_people_called(request.POST.get("name", "")), room_of(meeting), sent(request), initial={"seat": request.GET.get("seat", "")})

    def act(said: dict[str, Any]):
        if seat := said["seat"]:
            return operations.stand_in(meeting, seat, said["name"], person=form.person, of=said["role"], initials=said["initials"], by=request.user)
        return operations.add_attendee(
            meeting, said["name"], said["section"], person=form.person, role=said["role"], initials=said["initials"], by=request.user
        )

    if made := tried(request, form, act):
        where = f" for {made.seat.label}" if made.seat else ""
        messages.success(request, f"{made.printed_name} is recorded as present{where}, and known as {made.initials}.")
        return redirect(attendance_page(meeting))
    return form_page(request, form, title="Add somebody who came", button="Add them", **_beside_attendance(meeting))


def _people_called(name: str) -> list[Person]:
    """Of that name, however it is written; the ones with an address first."""
    wanted = normalised(name[:160])
    last = wanted.rpartition(" ")[2]
    if not last:
        return []
    likely = Person.objects.filter(name__icontains=last).select_related("organisation").order_by("email", "pk")[:200]
    return [person for person in likely if normalised(person.name) == wanted][:10]


# --- the report of a call

LEAVE_OUT, NEWCOMER = "", "new"


@takes_files
@form_view
def report(request: SignedIn, code: str) -> HttpResponse:
    """The report is handed in; then a page says whom each of its names matches; then what is said of them is written down."""
    meeting = _meeting_for(request, code)
    form = ReportForm(sent(request), sent_files(request))
    room = room_of(meeting)
    step, rows = request.POST.get("step"), _read(form, meeting) if request.method == "POST" and form.is_valid() else []
    chosen = {n: request.POST.get(f"who-{n}", LEAVE_OUT) for n in range(len(rows))}

    def act(_: dict[str, Any]) -> Meeting:
        said, newcomers, for_seats = _said(room, rows, chosen)
        return operations.take_report(meeting, said, newcomers, for_seats=for_seats, seen=request.POST.get("seen", ""), by=request.user)

    if rows and step == "take" and tried(request, form, act):
        messages.success(request, "What the report says is written down. Look it over, and save what else there is to say.")
        return redirect(attendance_page(meeting))
    context = _beside_attendance(meeting) | {"meeting": meeting}
    if not rows or step == "back":
        return form_page(request, form, title="Take over the report of a call", button="See whom it names", **context)
    seen = request.POST.get("seen", "") if step == "take" and not form.stale else room.seen
    told = _matched(room, rows, chosen if step == "take" else None)
    return form_page(request, form, "meetings/report_check.html", **context, seen=seen, text=_text(form), rows=told)


def _text(form: ReportForm) -> str:
    file = form.cleaned_data.get("file")
    if file is None:
        return form.cleaned_data["report"]
    if file.size > teams.LARGEST:
        raise Refused([Refusal("This is larger than any report of a call: is it the right file?", field="file")])
    file.seek(0)
    return teams.decoded(file.read())


def _read(form: ReportForm, meeting: Meeting) -> list[teams.Joined]:
    """Everybody in it; what cannot be read is said on the form."""
    try:
        return teams.read(_text(form), meeting.held_on)
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(reason.field or None, str(reason))
        return []


def _candidates(room: Room) -> dict[str, tuple[str, Person]]:
    """Whoever could be meant: "seat-3", "seat-3 alternate-7", "other-9" -> what they are called on the page, and who they are."""
    found = {}
    for place in room.places:
        if place.holder:
            found[f"{place.key} {PRESENT}"] = (f"{place.holder.name}, {place.seat.label}", place.holder)
        for each in place.standing_in if place.holder else []:
            missing = f", {outstanding(each)}" if each in place.named else ""
            found[f"{place.key} alternate-{each.pk}"] = (f"{each.person.name}, alternate for {place.seat.label}{missing}", each.person)
    for row in room.others:
        found[f"other-{row.pk} {PRESENT}"] = (row.printed_name, row.person)
    return found


def _matched(room: Room, rows: list[teams.Joined], chosen: dict[int, str] | None) -> list[dict[str, Any]]:
    candidates = _candidates(room)
    by_name = {normalised(person.name): key for key, (_, person) in reversed(candidates.items())}
    by_mail = {(person.email or "").casefold(): key for key, (_, person) in reversed(candidates.items())}
    options = [(LEAVE_OUT, "Leave out"), *((key, called) for key, (called, _) in candidates.items()), (NEWCOMER, "Somebody else: add among Other Attendees")]
    for_seats = [(f"{place.key} {NEWCOMER}", f"For {place.seat.label}") for place in room.places if place.holder]
    ended_at, told = teams.end_of(rows), []
    for n, row in enumerate(rows):
        match = (row.mail and by_mail.get(row.mail.casefold())) or by_name.get(normalised(teams.plain_name(row.name)), LEAVE_OUT)
        part = teams.was_there_for_part(row, room.meeting.starts_at, ended_at)
        told.append({"n": n, "row": row, "part": part, "matched": bool(match), "chosen": match if chosen is None else chosen[n], "options": options, "for_seats": for_seats})
    return told


def _said(room: Room, rows: list[teams.Joined], chosen: dict[int, str]) -> tuple[dict[str, Presence], list[tuple[str, Presence]], dict[str, tuple[str, Presence]]]:
    """What the report says of each seat, of newcomers, and of newcomers who came for a seat. May raise Refused: one seat, one person."""
    candidates, ended_at = _candidates(room), teams.end_of(rows)
    strangers = {f"{place.key} {NEWCOMER}" for place in room.places if place.holder}
    meant: dict[str, dict[tuple[str, str], list[teams.Joined]]] = defaultdict(lambda: defaultdict(list))
    for n, row in enumerate(rows):
        if chosen[n] in candidates or chosen[n] in strangers:
            key, _, choice = chosen[n].partition(" ")
            meant[key][choice, teams.plain_name(row.name)[:160] if choice == NEWCOMER else ""].append(row)
    labels = {place.key: place.seat.label for place in room.places}
    if twice := [labels.get(key, key) for key, choices in meant.items() if len(choices) > 1]:
        raise Refused([f"Two people came for one seat ({', '.join(twice)}): leave one of them out, or add them among Other Attendees."])

    def said(choice: str, row: teams.Joined) -> Presence:
        return Presence(choice, teams.was_there_for_part(row, room.meeting.starts_at, ended_at), joined_at=row.joined_at, left_at=row.left_at)

    known, for_seats = {}, {}
    for key, choices in meant.items():
        for (choice, name), found in choices.items():
            if choice == NEWCOMER:
                for_seats[key] = (name, said(PRESENT, teams.together(found)))
            else:
                known[key] = said(choice, teams.together(found))
    return known, [(teams.plain_name(row.name)[:160], said(PRESENT, row)) for n, row in enumerate(rows) if chosen[n] == NEWCOMER], for_seats
