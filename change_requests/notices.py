"""Who is told what about change requests and their assessments."""

from collections.abc import Iterable
from datetime import datetime

from change_requests.links import token_for
from change_requests.models import Assessment, AssessmentRow, ChangeRequest, Response
from groups.models import Appointment, Person, User
from groups.recipients import respondents_of, secretariat_of
from notifications.models import Notice
from notifications.outbox import tell
from records.clock import london_date, portal_today


def raisers_of(request: ChangeRequest) -> list[Person]:
    """Whoever raised it, and whoever raises change requests for that organisation today."""
    appointed = Appointment.objects.on(portal_today()).filter(kind=Appointment.Kind.RAISER, organisation=request.raised_by_id or 0)
    people = [*Person.objects.filter(appointments__in=appointed).order_by("pk"), *([request.raised_by_person] if request.raised_by_person else [])]
    return list({person.pk: person for person in people}.values())


def _tell(request: ChangeRequest, people: list[Person], event: str, template: str, *, by: User, **context) -> list[Notice]:
    """One mail each, but to whoever did it. The revision lets the same happen again."""
    others = [person for person in people if person.pk != by.person_id]
    return tell(
        others, key=f"change-request-{request.pk}-{event}-{request.revision}", template=template, reference=request.reference, by=by,
        request=request, **context,
    )  # fmt: skip


def raised(request: ChangeRequest, *, by: User) -> list[Notice]:
    """The secretariat, who has it put to the group, and whoever raises for the organisation."""
    return _tell(request, [*secretariat_of(request.group), *raisers_of(request)], "raised", "change_request_raised", by=by)


def moved(request: ChangeRequest, what: str, *, by: User) -> list[Notice]:
    """Both, that it was put on hold, taken up again, or withdrawn."""
    return _tell(request, [*secretariat_of(request.group), *raisers_of(request)], what, "change_request_moved", by=by, what=what)


# --- assessments


def _answering(rows: Iterable[AssessmentRow]) -> list[tuple[Person, list[AssessmentRow]]]:
    """Each person who answers for some of these, with the rows that are theirs."""
    rows = list(rows)
    people = respondents_of({row.organisation_id for row in rows})
    told: dict[int, tuple[Person, list[AssessmentRow]]] = {}
    for row in rows:
        for person in people.get(row.organisation_id, []):
            told.setdefault(person.pk, (person, []))[1].append(row)
    return list(told.values())


def _links(rows: Iterable[AssessmentRow]) -> list[dict]:
    return [{"row": row, "token": token_for(row)} for row in rows]


def assessment_opened(assessment: Assessment, rows: list[AssessmentRow], *, by: User) -> list[Notice]:
    """Whoever answers for an organisation on the roll, once, with a link for each of its rows; and whoever raised the change request."""
    request = assessment.version.change_request
    told = [
        notice
        for person, own in _answering(rows)
        for notice in tell(
            [person], key=f"assessment-{assessment.pk}-opened", template="assessment_opened", reference=request.reference, by=by, assessment=assessment,
            request=request, links=_links(own),
        )
    ]  # fmt: skip
    others = [person for person in raisers_of(request) if person.pk != by.person_id]
    return told + tell(
        others, key=f"assessment-{assessment.pk}-issued", template="assessment_issued", reference=request.reference, by=by, assessment=assessment,
        request=request, asked=len(rows),
    )  # fmt: skip


def _everybody(assessment: Assessment, event: str, template: str, *, by: User, **context) -> list[Notice]:
    """Whoever answers for an organisation on the roll, the secretariat, and whoever raised it."""
    request = assessment.version.change_request
    people = [*(person for person, _ in _answering(assessment.roll.all())), *secretariat_of(request.group), *raisers_of(request)]
    others = {person.pk: person for person in people if person.pk != by.person_id}
    return tell(
        others.values(), key=f"assessment-{assessment.pk}-{event}", template=template, reference=request.reference, by=by, assessment=assessment,
        request=request, **context,
    )  # fmt: skip


def assessment_extended(assessment: Assessment, why: str, *, by: User) -> list[Notice]:
    return _everybody(assessment, f"extended-{assessment.revision}", "assessment_extended", by=by, why=why)


def assessment_withdrawn(assessment: Assessment, *, by: User) -> list[Notice]:
    return _everybody(assessment, "withdrawn", "assessment_withdrawn", by=by)


def assessment_closed(assessment: Assessment, *, by: User) -> list[Notice]:
    """The secretariat and whoever raised it: how many answered."""
    request = assessment.version.change_request
    rows = list(assessment.roll.prefetch_related("responses"))
    return tell(
        [*secretariat_of(request.group), *raisers_of(request)], key=f"assessment-{assessment.pk}-closed", template="assessment_closed",
        reference=request.reference, by=by, assessment=assessment, request=request, asked=len(rows), answered=sum(row.counted is not None for row in rows),
    )  # fmt: skip


def waiting_for_answers(assessment: Assessment, now: datetime, *, by: User) -> list[Notice]:
    """Whoever answers for a silent organisation: one mail a day, of every assessment that waits for them, however many there are."""
    silent = assessment.roll.filter(responses=None).select_related("assessment")
    told: list[Notice] = []
    for person, _ in _answering(silent):
        own = Appointment.objects.on(portal_today()).filter(kind=Appointment.Kind.RESPONDENT, person=person).values("organisation")
        waiting = AssessmentRow.objects.filter(organisation__in=own, responses=None, assessment__status="open", assessment__closes_at__gt=now)
        rows = waiting.select_related("assessment__version__change_request__group").order_by("assessment__closes_at", "pk")
        told += tell([person], key=f"assessments-waiting-{london_date(now)}", template="assessments_waiting", by=by, links=_links(rows))
    return told


def leave(row: AssessmentRow, *, by: User) -> list[Notice]:
    """Whoever answers for the organisation: that it may answer late, or not."""
    people = respondents_of([row.organisation_id]).get(row.organisation_id, [])
    request = row.assessment.version.change_request
    return tell(
        people, key=f"assessment-row-{row.pk}-leave", template="assessment_leave", reference=request.reference, by=by, row=row, request=request, token=token_for(row)
    )


def link(row: AssessmentRow, people: list[Person], *, by: User) -> list[Notice]:
    """Whoever answers for the organisation: the new link, and that the one before leads nowhere."""
    request = row.assessment.version.change_request
    return tell(
        people, key=f"assessment-row-{row.pk}-link-{row.revision}", template="assessment_link", reference=request.reference, by=by, row=row, request=request,
        token=token_for(row),
    )  # fmt: skip


def answered(response: Response, *, by: User) -> list[Notice]:
    """Everybody who answers for the organisation, whoever of them did: nobody speaks for a firm unseen."""
    row = response.row
    people = respondents_of([row.organisation_id]).get(row.organisation_id, [])
    request = row.assessment.version.change_request
    return tell(
        people, key=f"response-{response.pk}", new_key=True, template="response_receipt", reference=request.reference, by=by, response=response, row=row,
        request=request, token=token_for(row),
    )  # fmt: skip


def results_published(assessment: Assessment, *, by: User) -> list[Notice]:
    return _everybody(assessment, "results", "assessment_results", by=by, themes=[theme for theme in assessment.themes.all() if not theme.dropped])
