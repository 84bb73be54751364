"""What a process of a crew can be sent to do. Each is a generator: ready at the first yield, and what it returns is told."""

import time
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from artefacts import operations as artefacts
from artefacts.models import ArtefactVersion, Release, Review, ReviewRow
from artefacts.operations.commenting import NewComment
from change_requests import operations as changes
from change_requests.links import rows_with_all
from change_requests.models import Assessment
from decisions import operations as decisions
from decisions.models import Cast, Decision, Outcome, Question, RollRow
from decisions.operations.voting import Answer
from decisions.subjects import Subject, Terms
from groups import operations as groups
from groups.models import Appointment, Group, Person, Seat, User
from ledger.models import BlackOut, Entry
from ledger.operations import redact
from ledger.verifying import faults
from meetings import operations as meetings
from meetings.attending import Presence
from meetings.models import AgendaItem, Meeting
from notifications.sweeping import run_and_remember
from records.clock import portal_today
from records.rules import Refused
from tests.races import failpoints


def voter(pk: int) -> User:
    return User.objects.select_related("person").get(pk=pk)


def receipt(cast: Cast) -> dict:
    return {"cast": cast.pk, "n": cast.n, "at": cast.recorded_at.isoformat(), "key": str(cast.idempotency_key)}


def refusal(refused: Refused) -> dict:
    return {"refused": [str(reason) for reason in refused.reasons], "codes": [reason.code for reason in refused.reasons]}


def vote(row: int, user: int, choice: str = "approve", key: str = "", dies: str = "", minutes_off: int = 0):
    by, row = voter(user), RollRow.objects.get(pk=row)
    failpoints.watch_is_off(minutes_off)
    yield
    failpoints.die(dies)
    try:
        cast = decisions.cast_vote(row, choice, comment="As consulted", key=UUID(key) if key else None, by=by)
    except Refused as refused:
        return refusal(refused)
    if dies == "before the answer":
        failpoints.kill()
    return receipt(cast)


def answer(rows: list[int], user: int, times: int):
    """One form with a question and what rides on it, sent so many times."""
    by, rows = voter(user), list(RollRow.objects.filter(pk__in=rows).order_by("question"))
    yield
    for _ in range(times):
        given = decisions.answer([Answer(row, "approve", "As consulted") for row in rows], by=by)
    return [receipt(cast) for cast in given]


def speak(row: int, user: int, times: int):
    """The secretariat enters a vote given aloud, so many times."""
    by, row = voter(user), RollRow.objects.get(pk=row)
    yield
    for n in range(times):
        given = decisions.record_spoken_vote(row, "abstain", comment="Said aloud", seen=n, by=by)
    return receipt(given)


def vote_in_time(question: int, seat: int, user: int, after: list[float]):
    """A vote at each of these moments (seconds after the start), on a question that is opened just before the start."""
    by = voter(user)
    yield
    began, row, came = time.monotonic(), RollRow.objects.get(question=question, seat=seat), []
    for n, moment in enumerate(after):
        time.sleep(max(0.0, began + moment - time.monotonic()))
        try:
            came.append(receipt(decisions.cast_vote(row, "approve" if n % 2 else "abstain", by=by)))
        except Refused as refused:
            came.append(refusal(refused))
    return came


def vote_through_trouble(row: int, user: int, keys: list[str], seconds: int):
    """Votes, each sent again with its key until there is a receipt; what each try came to."""
    by, row = voter(user), RollRow.objects.get(pk=row)
    yield
    tries, until = [], time.monotonic() + seconds
    for n, key in enumerate(keys):
        while not _tried(tries, row, "approve" if n % 2 else "reject", key, by):
            assert time.monotonic() < until, f"the database did not come back: {tries[-1]}"
            time.sleep(0.05)
    return tries


def _tried(tries: list, row: RollRow, choice: str, key: str, by: User) -> bool:
    try:
        decisions.cast_vote(row, choice, comment="As consulted", key=UUID(key), by=by)
    except DatabaseError as error:
        connection.close()  # as Django does at the end of a request that met one
        tries.append([key, type(error).__name__])
        return False
    tries.append([key, "receipt"])
    return True


def close(question: int, user: int):
    by, question = voter(user), Question.objects.get(pk=question)
    yield
    try:
        return {"tally": decisions.close(question, by=by).tally}
    except Refused as refused:
        return refusal(refused)


def close_when_due(question: int, times: int):
    question = Question.objects.get(pk=question)
    yield
    closed = [decisions.close_when_due(question) for _ in range(times)]
    return [[each.status, each.tally] for each in closed]


def determine(pairs: list[list], user: int):
    """Each decision in turn, at the same instant as the other who does; with which outcome."""
    by = voter(user)
    connection.ensure_connection()
    yield
    came = []
    for decision, outcome in pairs:
        decision = Decision.objects.get(pk=decision)
        yield
        subject = Subject("change_request", "CR018", Outcome(outcome))
        try:
            decisions.determine(decision, Terms([subject], reasons=[f"Because it is {outcome}, says {by}."]), by=by)
            came.append({"won": True})
        except Refused as refused:
            came.append(refusal(refused))
    return came


def approve(decision: int, reference: str, user: int):
    """A change request is approved in its version 1.0."""
    by, decision = voter(user), Decision.objects.get(pk=decision)
    yield
    decisions.determine(decision, Terms([Subject("change_request", reference, Outcome.APPROVED, version="1.0")], reasons=["It was weighed."]), by=by)


def put_forward(version: int, user: int):
    by, version = voter(user), ArtefactVersion.objects.get(pk=version)
    yield
    artefacts.put_forward(version, by=by)


def put_in(release: int, version: int, user: int):
    by, release, version = voter(user), Release.objects.get(pk=release), ArtefactVersion.objects.get(pk=version)
    yield
    try:
        return {"in": artefacts.put_in(release, version, by=by).version_id}
    except Refused as refused:
        return refusal(refused)


def issue_release(release: int, user: int):
    by, release = voter(user), Release.objects.get(pk=release)
    yield
    try:
        return {"issued": artefacts.issue_release(release, by=by).status}
    except Refused as refused:
        return refusal(refused)


def erase(black_out: int, user: int, dies: str = ""):
    by, black_out = voter(user), BlackOut.objects.get(pk=black_out)
    yield
    failpoints.die(f"erase: {dies}" if dies else "")
    return "erased" if redact(black_out, by=by) else "before"


def sweep(dies: str = "", mail_port: int = 0, minutes_off: int = 0):
    if mail_port:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", mail_port
    connection.ensure_connection()
    failpoints.watch_is_off(minutes_off)
    yield
    failpoints.die(dies)
    run = run_and_remember()
    return {"done": run.done, "failures": run.failures}


def sweep_until_closed(question: int):
    """Sweep after sweep, until the question is closed."""
    connection.ensure_connection()
    yield
    sweeps = 0
    while Question.objects.get(pk=question).status == "open":
        assert not (failures := run_and_remember().failures), failures
        sweeps += 1
    return sweeps


def tell_the_time(minutes_off: int):
    """How far what Django takes for now is from the machine's clock, in seconds."""
    right = time.time
    failpoints.watch_is_off(minutes_off)
    yield
    before, told, after = right(), (time.time(), timezone.now().timestamp()), right()
    assert all(before - 0.001 <= each - minutes_off * 60 <= after + 0.001 for each in told)
    return told[0] - before


def fill_a_hall(seats: int):
    """On a database that holds nothing yet."""
    from tests.races.halls import Hall

    yield
    hall = Hall(seats)
    question = hall.ask()
    rows = question.roll.order_by("order").values_list("pk", flat=True)
    return {"question": question.pk, "voters": [[row, user.pk] for row, user in zip(rows, hall.voters, strict=True)]}


def look(question: int):
    """What is on record."""
    yield
    return {
        "keys": [str(key) for key in Cast.objects.values_list("idempotency_key", flat=True)],
        "entries": Entry.objects.filter(kind__in=["voted", "changed vote"]).count(),
        "counted": sum(Question.objects.get(pk=question).recount().values()),
        "faults": list(faults()),
    }


def respond(row: int, user: int, position: str, times: int = 1):
    """Somebody answers an assessment for an organisation, so many times."""
    by, row = voter(user), rows_with_all().get(pk=row)
    yield
    came = []
    for _ in range(times):
        try:
            given = changes.submit(row, {"position": position, "comments": "As asked"}, name=str(by), by=by)
            came.append({"n": given.n, "receipt": given.receipt, "late": given.late})
        except Refused as refused:
            came.append(refusal(refused))
    return came


def close_assessment(assessment: int):
    found = Assessment.objects.get(pk=assessment)
    yield
    return changes.close_when_due(found).status


def say_in_review(row: int, user: int, text: str, times: int = 1):
    """Somebody comments on a version for a seat, so many times."""
    by, row = voter(user), ReviewRow.objects.get(pk=row)
    yield
    came = []
    for n in range(times):
        try:
            came.append({"number": artefacts.comment(row, "", f"{text} {n}", "should", by=by).number})
        except Refused as refused:
            came.append(refusal(refused))
    return came


def bring_in_comments(row: int, user: int, texts: list[str]):
    """Somebody brings in a sheet."""
    by, row = voter(user), ReviewRow.objects.get(pk=row)
    yield
    return [each.number for each in artefacts.add_comments(row, [NewComment("", text, "should") for text in texts], by=by)]


def close_review(review: int):
    found = Review.objects.get(pk=review)
    yield
    return artefacts.close_review_when_due(found).status


def extend_review(review: int, user: int, days: int):
    by, found = voter(user), Review.objects.get(pk=review)
    yield
    try:
        return {"closes_at": artefacts.extend_review(found, days, why="Holidays", by=by).closes_at.isoformat()}
    except Refused as refused:
        return refusal(refused)


def publish_log(review: int, user: int):
    by, found = voter(user), Review.objects.get(pk=review)
    yield
    try:
        return {"published": artefacts.publish_log(found, by=by).log_published_at.isoformat()}
    except Refused as refused:
        return refusal(refused)


def extend_assessment(assessment: int, user: int, days: int):
    by, found = voter(user), Assessment.objects.get(pk=assessment)
    yield
    try:
        return {"closes_at": changes.extend(found, days, why="Holidays", by=by).closes_at.isoformat()}
    except Refused as refused:
        return refusal(refused)


def move_item(item: int, user: int, by_places: int, seen: str = "", times: int = 1):
    """A secretary moves an item, so many times; in the order that was looked at, if one is given."""
    by, found = voter(user), AgendaItem.objects.get(pk=item)
    yield
    came = []
    for _ in range(times):
        try:
            came.append({"number": meetings.move_item(found, by_places, seen=seen, by=by).number})
        except Refused as refused:
            came.append(refusal(refused))
    return came


def table_offered(meeting: int, user: int, key: str):
    by, found = voter(user), Meeting.objects.get(pk=meeting)
    yield
    try:
        return {"number": meetings.table_offered(found, key, by=by).number}
    except Refused as refused:
        return refusal(refused)


def invite(meeting: int, user: int):
    by, found = voter(user), Meeting.objects.get(pk=meeting)
    yield
    try:
        return {"sequence": meetings.invite(found, by=by).calendar_sequence}
    except Refused as refused:
        return refusal(refused)


def record_attendance(meeting: int, user: int, seat: int, choice: str, seen: str):
    by, found = voter(user), Meeting.objects.get(pk=meeting)
    yield
    try:
        return {"meeting": meetings.record_attendances(found, {f"seat-{seat}": Presence(choice)}, seen=seen, by=by).code}
    except Refused as refused:
        return refusal(refused)


def give_appointment(user: int, group: int, person: int = 0, called: str = "", email: str = ""):
    by, whom = voter(user), Person.objects.filter(pk=person).first() or groups.known_or_new(called, email)
    where = Group.objects.get(pk=group)
    yield
    return made(lambda: groups.give_appointment(whom, Appointment.Kind.PMO, group=where, since=portal_today(), by=by))


def seat_somebody(user: int, seat: int, called: str, email: str, since: str):
    by, whom, where = voter(user), groups.known_or_new(called, email), Seat.objects.get(pk=seat)
    yield
    return made(lambda: groups.appoint(where, whom, since=date.fromisoformat(since), by=by))


def name_alternate(user: int, seat: int, called: str, email: str, since: str):
    by, whom, where = voter(user), groups.known_or_new(called, email), Seat.objects.get(pk=seat)
    yield
    return made(lambda: groups.name_alternate(where, whom, since=date.fromisoformat(since), by=by))


def made(do) -> dict:
    try:
        return {"made": do().pk}
    except Refused as refused:
        return refusal(refused)
