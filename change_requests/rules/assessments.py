"""Who may put a change request to assessment, give it more time, write themes and publish what came of it; when, and why not."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Q, prefetch_related_objects

from change_requests.finding import reference_of
from change_requests.lifecycle import ASSESSMENT, AssessmentStatus, RequestStatus, VersionStatus
from change_requests.models import Assessment, AssessmentKind, AssessmentRow, ChangeRequestVersion, Response, Theme
from change_requests.notices import answering_for_the_silent, to_be_reminded
from change_requests.roll import organisations_asked
from change_requests.rules.freezing import refusals_while_frozen
from change_requests.rules.requests import keeps, what_is_missing
from change_requests.states import is_settled
from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.models import Question
from decisions.rules.questions import refusals_to_put_question
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group, refusals_to_keep_the_record
from records.dates import as_day
from records.models import Origin
from records.rules import Refusal
from records.windows import over, refusals_of_days


def refusals_to_assess(version: ChangeRequestVersion, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Only a fixed version, with everything it says is attached."""
    yield from refusals_to_keep_the_record(standing, version.group)
    request = version.change_request
    if request.status != RequestStatus.RAISED:
        yield Refusal(f"{request} is {request.get_status_display().lower()}: nothing is asked about it.", code="state")
    if version.status != VersionStatus.FIXED:
        yield Refusal(f"{version} is a draft: what is assessed has to stay as it is. Fix it first.", code="state")
    elif version.origin == "imported":
        yield Refusal(f"The portal does not hold {version}: there is nothing to assess.")
    else:
        yield from what_is_missing(version)
    yield from refusals_while_frozen(request, standing)
    yield from _refusals_beside_a_vote(version, standing, now)


def _refusals_beside_a_vote(version: ChangeRequestVersion, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """What is settled, or before the seats, is not assessed meanwhile: they would have voted on less than was known."""
    request = version.change_request
    if is_settled(sorted(request.determinations.all(), key=lambda made: made.pk)):
        yield Refusal(f"{request} is settled: what was decided of it is changed by another decision.", code="state")
    for question in _before_the_seats(standing).get(request.reference, []):
        if question.is_open(now):
            yield Refusal(f"The seats are voting on {request}: withdraw the question first, or wait for what is decided.", code="state")
        else:
            yield Refusal(f"The seats have voted on {request}, and nothing is decided yet: wait for the decision.", code="state")


def _before_the_seats(standing: Standing) -> dict[str, list[Question]]:
    """By what is voted on: the questions that are open, or closed with a decision that is still to come. Asked for once a page."""

    def found() -> dict[str, list[Question]]:
        told: dict[str, list[Question]] = {}
        rows = Question.objects.filter(origin=Origin.PORTAL).exclude(subject="")
        undecided = Q(status=QuestionStatus.CLOSED, decision__status=DecisionStatus.TABLED)
        for question in rows.filter(Q(status=QuestionStatus.OPEN) | undecided).order_by("pk"):
            told.setdefault(reference_of(question.subject), []).append(question)
        return told

    return standing.once("change requests before the seats", found)


def refusals_of_assessment(
    version: ChangeRequestVersion, kind: str, days: int, policy_days: int, days_why: str, authority: str, decision, today: date
) -> Iterator[Refusal]:  # fmt: skip
    if kind not in AssessmentKind.values:
        yield Refusal("Say whether it is an information request or an impact assessment.", field="kind")
    elif version.assessments.filter(kind=kind, status=AssessmentStatus.OPEN).exists():
        yield Refusal(f"{version} is out for {AssessmentKind(kind).is_out_for} already.", field="kind")
    yield from refusals_of_days(days, policy_days, days_why)
    if decision is None and not authority.strip():
        yield Refusal("Say under which decision it is issued, or on whose authority.", field="authority")
    if not organisations_asked(version, today):
        yield Refusal("No organisation belongs to the constituencies it concerns: there is nobody to ask.")


def may_see_answers(assessment: Assessment, standing: Standing) -> bool:
    """Every answer in full: the secretariat, the Chair, and assurance."""
    return standing.runs(assessment.group) or standing.reads_for_assurance(assessment.group)


def may_have_original(assessment: Assessment, standing: Standing) -> bool:
    """A mailed answer as it came: the secretariat, and assurance. It may say more than was written down."""
    return standing.is_secretary_of(assessment.group) or standing.reads_for_assurance(assessment.group)


def refusals_to_extend(assessment: Assessment, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, assessment.group)
    if not assessment.is_open(now):
        yield Refusal(f"The {assessment} is {over(assessment)}: it cannot be given more time. Open another one.", code="state")


def refusals_to_remind(assessment: Assessment, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """The silent, before the clock does: each person once a day, whoever reminds."""
    yield from refusals_to_keep_the_record(standing, assessment.group)
    if not assessment.is_open(now):
        yield Refusal(f"The {assessment} is {over(assessment)}: nobody is reminded of it.", code="state")
    elif not assessment.roll.filter(responses=None).exists():
        yield Refusal("Everybody who was asked has answered.", code="state")
    elif not any(person.email for person in answering_for_the_silent(assessment)):
        yield Refusal("Nobody is known who answers for those that are silent: appoint somebody first, on the page of members.")
    elif not to_be_reminded(assessment, now):
        yield Refusal("Whoever answers for those that are silent was reminded today. They can be reminded again tomorrow.")


def refusals_to_withdraw_assessment(assessment: Assessment, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, assessment.group)
    yield from ASSESSMENT.refusals(assessment, "withdraw")
    if assessment.is_past(now):
        yield Refusal(f"The {assessment} is {over(assessment)}.", code="state")


def refusals_of_why(why: str) -> Iterator[Refusal]:
    if not why.strip():
        yield Refusal("Say why.", field="why")


# --- after the close


def refusals_to_write_theme(assessment: Assessment, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, assessment.group)
    if assessment.status != AssessmentStatus.CLOSED:
        yield Refusal(f"The {assessment} is {assessment.get_status_display().lower()}: themes are written when all answers are in.", code="state")
    if assessment.results_published_at:
        yield Refusal("What came of it is published: it stays as it was.")


def refusals_of_theme(title: str, rows: Iterable[int], known: Iterable[int]) -> Iterator[Refusal]:
    if not title.strip():
        yield Refusal("Give the theme a title.", field="title")
    if not set(rows) <= set(known):
        yield Refusal("A theme is made of answers to this assessment.", field="rows")
    elif not set(rows):
        yield Refusal("Say which answers it is made of.", field="rows")


def refusals_to_reply(theme: Theme, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Whoever raised the change request replies, or the secretariat writes the reply down."""
    request = theme.assessment.version.change_request
    if not keeps(request, standing):
        yield Refusal(f"Only {request.raiser or 'whoever raised it'} or the secretariat replies to a theme.", status=403)
    yield from refusals_of_closed_group(request.group, standing)


def refusals_of_reply(text: str) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Write the reply.", field="text")


def refusals_to_publish_results(assessment: Assessment, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, assessment.group)
    if assessment.status != AssessmentStatus.CLOSED:
        yield Refusal(f"The {assessment} is {assessment.get_status_display().lower()}: nothing is published before it is closed.", code="state")
    if assessment.results_published_at:
        yield Refusal(f"What came of it was published on {as_day(assessment.results_published_at)}.")
    if outside := objections_in_no_theme(assessment):
        yield Refusal(f"{_named(outside)} object{'s' if len(outside) == 1 else ''}, and {'is' if len(outside) == 1 else 'are'} in no theme.")


def refusals_to_ask_the_seats(assessment: Assessment, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Ex-committee, when an impact assessment is closed: with no objection left in no theme, and nothing settled or asked yet."""
    version = assessment.version
    request = version.change_request
    yield from refusals_to_put_question(request.group, standing, now)
    if assessment.kind != AssessmentKind.IMPACT or assessment.status != AssessmentStatus.CLOSED:
        yield Refusal(f"The {assessment} is {assessment.get_status_display().lower()}: the seats are asked when an impact assessment is closed.", code="state")
    if request.status != RequestStatus.RAISED or is_settled(sorted(request.determinations.all(), key=lambda made: made.pk)):
        yield Refusal(f"{request} is settled, on hold or withdrawn: nothing is left to ask about it.", code="state")
    if outside := objections_in_no_theme(assessment):
        yield Refusal(f"{_named(outside)} object{'s' if len(outside) == 1 else ''}, and {'is' if len(outside) == 1 else 'are'} in no theme.")
    if Question.objects.filter(group=request.group, subject=request.reference, status__in=(QuestionStatus.DRAFT, QuestionStatus.OPEN)).exists():
        yield Refusal(f"A question about {request} is before the seats already.", code="state")


def objections_in_no_theme(assessment: Assessment) -> list[AssessmentRow]:
    placed = {pk for theme in assessment.themes.all() if not theme.dropped for pk in theme.rows}
    prefetch_related_objects([assessment], "roll__responses")
    return [row for row in assessment.roll.all() if row.counted and row.counted.position == Response.Position.OBJECT and row.pk not in placed]


def _named(rows: list[AssessmentRow]) -> str:
    names = list(dict.fromkeys(row.organisation_name for row in rows))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
