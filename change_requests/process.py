"""The steps of "Was process followed?" that a change request answers: how it was assessed, and whether what was decided is that."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import prefetch_related_objects

from change_requests.finding import reference_of
from change_requests.lifecycle import AssessmentStatus
from change_requests.models import Assessment, AssessmentKind, AssessmentRow, ChangeRequest, Determination, PastAssessment
from change_requests.silence import Silence, bounced_among, how_silent
from change_requests.states import approves
from decisions.lifecycle import QuestionStatus
from decisions.rules import ACCEPTING, REFUSING
from records.clock import london_date
from records.dates import as_day
from records.models import Origin
from records.process import NO, UNKNOWN, YES, Line, lines_of_window, step
from records.versions import in_words, is_same_version

CLAUSE = "Change control"


class SeenOfRequest:
    """What the lines about one change request are computed from: what is public of it, and behind the lines who it was."""

    def __init__(self, request: ChangeRequest, everything: bool):
        self.request, self.imported = request, request.origin == Origin.IMPORTED
        self.bounced: set[int] = set()  # rows whose mails came back: known behind the lines only
        found = [each for version in request.versions.all() for each in version.assessments.all() if each.status != AssessmentStatus.WITHDRAWN]
        self.assessments = sorted(found, key=lambda each: each.n)
        self.past = sorted(request.past_assessments.all(), key=lambda each: each.n)
        told = [made for made in request.determinations.all() if everything or made.settlement.decision.published_at]
        told.sort(key=lambda made: (made.settlement.decision.decided_on or date.min, made.settlement.decision.number or 0, made.pk))
        self.decided = next((made for made in reversed(told) if made.settlement.outcome in ACCEPTING | REFUSING), None)

    @property
    def decided_on(self) -> date:
        """Of what is not dated, no assessment came too late."""
        return (self.decided.settlement.decision.decided_on if self.decided else None) or date.max

    @property
    def impact(self) -> list[Assessment]:
        return [each for each in self.assessments if each.kind == AssessmentKind.IMPACT]

    @property
    def voted(self) -> list[str]:
        """The versions that seats voted on before that decision."""
        if self.decided is None or self.decided.settlement.decision.origin == Origin.IMPORTED:
            return []
        closed = sorted((each for each in self.decided.settlement.decision.questions.all() if each.status == QuestionStatus.CLOSED), key=lambda each: each.pk)
        return [each.version for each in closed if each.version and reference_of(each.subject) == self.request.reference]


READ = (
    "versions__attachments", "versions__assessments__roll__responses", "versions__assessments__extensions", "determinations__version", "past_assessments__answers", "past_assessments__version",
    "determinations__settlement__decision__questions", "determinations__settlement__decision__reasons", "implementations__artefact", "implementations__version",
)  # fmt: skip


def seen_of_requests(requests: Sequence[ChangeRequest], *, everything: bool) -> list[SeenOfRequest]:
    """In so many queries, however many they are. `everything`: with decisions that are not public yet."""
    prefetch_related_objects(requests, *READ)
    seen = [SeenOfRequest(request, everything) for request in requests]
    if everything:
        silent = (row for each in seen for assessment in each.assessments for row in assessment.roll.all() if row.counted is None)
        bounced = bounced_among(silent)
        for each in seen:
            each.bounced = bounced
    return seen


@step("assessed", of="change_request")
def _assessed(seen: SeenOfRequest) -> Iterator[Line]:
    if seen.decided is None:
        yield from _being_assessed(seen)
        return
    question = "Was it assessed before it was decided?"
    before = [each for each in seen.impact if each.opens_at and london_date(each.opens_at) <= seen.decided_on]
    if before:
        yield Line(question, YES, " ".join(map(_counted, before)), CLAUSE, private=_behind(seen))
    elif loaded := [each for each in seen.past if each.kind != AssessmentKind.INFORMATION and (each.opened_on is None or each.opened_on <= seen.decided_on)]:
        yield Line(question, YES, " ".join(map(_loaded, loaded)), CLAUSE)
    else:
        how = (UNKNOWN, "No assessment is on record.") if seen.imported else (NO, "No impact assessment was opened before the decision.")
        yield Line(question, *how, CLAUSE, private=_behind(seen))


def _being_assessed(seen: SeenOfRequest) -> Iterator[Line]:
    """Of one that is not decided."""
    if seen.assessments:
        is_over = all(each.status == AssessmentStatus.CLOSED for each in seen.assessments)
        text = " ".join(map(_counted, seen.assessments))
        yield Line("Was it assessed?", YES if is_over else UNKNOWN, text, CLAUSE, "" if is_over else "Not yet", private=_behind(seen))


def _behind(seen: SeenOfRequest) -> tuple[str, ...]:
    return tuple(f"{_called(each)}: {told}" for each in seen.assessments for told in _each_of(each, seen.bounced))


def _called(assessment: Assessment) -> str:
    return f"{assessment.get_kind_display()} {assessment.n} of {assessment.version.called}"


def _counted(assessment: Assessment) -> str:
    """How many answered is not told before the results are published."""
    rows = list(assessment.roll.all())
    asked = f"{_called(assessment)}: {len(rows)} {'was' if len(rows) == 1 else 'were'} asked"
    if assessment.results_published_at is None:
        return f"{asked}; how many answered is told when the results are published."
    answers = [row.counted for row in rows if row.counted]
    late = sum(answer.late for answer in answers)
    return f"{asked}, {len(answers) - late} answered in time{f', {late} late' if late else ''}."


def _loaded(assessment: PastAssessment) -> str:
    """As the table states it from which it was loaded: the portal asked nobody."""
    answers = list(assessment.answers.all())
    answered = sum(bool(each.answered) for each in answers)
    return f"{assessment.kind_in_words}, before the portal, as {assessment.source_name} states: {len(answers)} asked, {answered} answered."


def _each_of(assessment: Assessment, bounced: set[int]) -> Iterator[str]:
    for row in assessment.roll.all():
        answer = row.counted
        if answer:
            yield f"{_place(row)} answered on {as_day(answer.submitted_at)}{', late' if answer.late else ''}"
        else:
            yield f"{_place(row)} is silent: {IN_SHORT[how_silent(row, before=False, bounced=bounced)]}"


IN_SHORT = {Silence.OPENED: "told, opened", Silence.UNOPENED: "told, not opened", Silence.BOUNCED: "the mail came back", Silence.NO_CONTACT: "nobody told"}


def _place(row: AssessmentRow) -> str:
    return f"{row.organisation_name} ({row.constituency_name})"


@step("attachments", of="change_request")
def _attachments(seen: SeenOfRequest) -> Iterator[Line]:
    for each in seen.assessments:
        named = [attachment.n for attachment in each.version.attachments.all() if not attachment.dropped]
        sent = {told["n"] for told in each.sends if told["sha256"]}
        question, missing = "Were its attachments complete when it went out?", [str(n) for n in named if n not in sent]
        if missing:
            yield Line(question, NO, f"{_called(each)}: attachment {', '.join(missing)} of {len(named)} did not go out with it.", CLAUSE)
        elif named:
            yield Line(question, YES, f"{_called(each)}: all {len(named)} that it names went out with it, each with its hash." if len(named) > 1 else f"{_called(each)}: the one that it names went out with it, with its hash.", CLAUSE)
        else:
            yield Line(question, YES, f"{_called(each)}: it names none.", CLAUSE)


@step("window", of="change_request")
def _window(seen: SeenOfRequest) -> Iterator[Line]:
    for each in seen.assessments:
        yield from lines_of_window(each, f"{each.get_kind_display().lower()} {each.n}", CLAUSE)


@step("late", of="change_request")
def _late(seen: SeenOfRequest) -> Iterator[Line]:
    told = [each for each in seen.assessments if each.results_published_at]
    if not told:
        return
    answers = [row.counted for each in told for row in each.roll.all() if row.counted]
    late = sum(answer.late for answer in answers)
    leave = [row for each in told for row in each.roll.all() if row.late_leave]
    private = tuple(f"{_place(row)}: leave {row.get_late_leave_display().lower()}: {row.late_why}" for row in leave)
    text = f"{late} of {len(answers)} came after the close, by the secretariat’s leave. What is late is marked, and counted apart." if late else f"None of {len(answers)} came after the close."
    yield Line("Did all answers come in time?", NO if late else YES, text, CLAUSE, private=private)


@step("results", of="change_request")
def _results(seen: SeenOfRequest) -> Iterator[Line]:
    if seen.decided is None or not seen.impact:
        return
    question = "Was it public before the decision what was answered?"
    on = {each.n: london_date(each.results_published_at) if each.results_published_at else None for each in seen.impact}
    late = [n for n, day in on.items() if day is None or day > seen.decided_on]
    text = " ".join(f"The results of impact assessment {n} were published on {as_day(day)}." if day else f"The results of impact assessment {n} are not published." for n, day in on.items())
    yield Line(question, NO if late else YES, text, CLAUSE)


@step("versions", of="change_request")
def _versions(seen: SeenOfRequest) -> Iterator[Line]:
    made, question = seen.decided, "Is what was decided the version that was assessed and voted on?"
    if made is None:
        return
    if made.version is None:
        yield Line(question, UNKNOWN, "Which version was decided is not stated.", CLAUSE)
        return
    loaded = [each.version.label for each in seen.past if each.kind == AssessmentKind.IMPACT and each.version]
    assessed, voted, decided = ([each.version.label for each in seen.impact] or loaded)[-1:], seen.voted[-1:], made.version
    if not assessed and not voted:
        yield Line(question, UNKNOWN, f"{decided.called.capitalize()} was decided. Which was assessed is not recorded.", CLAUSE)
        return
    said = [f"{in_words(assessed[0])} was assessed" if assessed else "", f"{in_words(voted[0])} voted on" if voted else "", f"{decided.called} decided"]
    text = _sentence([each for each in said if each])
    if all(is_same_version(label, decided.label) for label in (*assessed, *voted)):
        yield Line(question, YES, text, CLAUSE)
    else:
        yield Line(question, NO, f"{text} {_why(made, [*assessed, *voted])}", CLAUSE)


def _sentence(parts: list[str]) -> str:
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _why(made: Determination, labels: Iterable[str]) -> str:
    """The published reasons that name the version which was assessed or voted on."""
    decision = made.settlement.decision
    named = [label.lstrip("vV ") for label in labels if made.version and not is_same_version(label, made.version.label)]
    reasons = [] if decision.origin == Origin.IMPORTED else sorted(decision.reasons.all(), key=lambda reason: reason.n)
    found = [reason for reason in reasons if any(re.search(rf"(?<![\d.]){re.escape(label)}(?!\d|\.\d)", reason.text) for label in named)]
    if not found:
        return "No reason of the decision says why."
    return "The reason published: " + " ".join(f"“{reason.text}” ({decision.reference}, reason {reason.n})." for reason in found)


@step("followed", of="change_request")
def _followed(seen: SeenOfRequest) -> Iterator[Line]:
    """What is approved comes back as a version of each artefact that it alters."""
    rows = sorted(seen.request.implementations.all(), key=lambda each: (each.artefact.name.casefold(), each.pk))
    if seen.decided is None or not approves(seen.decided.settlement) or not rows:
        return
    there = [f"{each.followed_in} carries it." for each in rows if each.followed_in]
    left = [str(each.artefact) for each in rows if each.followed_in is None]
    text = " ".join([*there, f"Still to come: {', '.join(left)}." if left else ""]).strip()
    yield Line("Has each artefact that it alters come back with it?", UNKNOWN if left else YES, text, CLAUSE, "Not yet" if left else "")
