"""Who is told what about change requests and their assessments."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from change_requests.became import answered_rows, decided_on, themes_of
from change_requests.links import colleague_token, token_for
from change_requests.models import (
    AnsweringRule,
    Assessment,
    AssessmentRow,
    ChangeRequest,
    Clarification,
    Colleague,
    Response,
    ResponseDraft,
)
from change_requests.rules.approving import draft_of, waits_for_approval, who_approves
from groups.models import Appointment, Person, User
from groups.recipients import respondents_for, respondents_of, secretariat_of
from notifications.models import Notice
from notifications.outbox import tell, tell_address
from records.clock import london_date, portal_today
from records.models import Origin


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


def _with_drafts(rows: Iterable[AssessmentRow]) -> list[dict]:
    """The same, and where a draft waits for approval, who put it forward and whose approval it waits for."""
    return [each | _waits(each["row"]) for each in _links(rows)]


def _waits(row: AssessmentRow) -> dict:
    draft = draft_of(row)
    if draft is None or not waits_for_approval(draft):
        return {"put_forward_by": ""}
    return {"put_forward_by": draft.put_forward_name, "approvers": [person.name for person in who_approves(row, draft.put_forward_by_id)]}


def assessment_opened(assessment: Assessment, rows: list[AssessmentRow], *, by: User) -> list[Notice]:
    """Whoever answers for an organisation on the roll, once, with a link for each of its rows; and whoever raised the change request."""
    request = assessment.version.change_request
    told = [
        notice
        for person, own in _answering(rows)
        for notice in tell(
            [person], key=opened_key(assessment.pk), template="assessment_opened", reference=request.reference, by=by, assessment=assessment,
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
    told: list[Notice] = []
    for person in answering_for_the_silent(assessment):
        own = Appointment.objects.on(portal_today()).filter(kind=Appointment.Kind.RESPONDENT, person=person).values("organisation")
        waiting = AssessmentRow.objects.filter(organisation__in=own, responses=None, assessment__status="open", assessment__closes_at__gt=now)
        rows = waiting.select_related("draft", "assessment__version__change_request__group").order_by("assessment__closes_at", "pk")
        told += tell([person], key=waiting_key(now), template="assessments_waiting", by=by, links=_with_drafts(rows))
    return told


def answering_for_the_silent(assessment: Assessment) -> list[Person]:
    return [person for person, _ in _answering(assessment.roll.filter(responses=None).select_related("assessment"))]


def waiting_key(now: datetime) -> str:
    """By which the mails of a day are known that remind of what waits."""
    return f"assessments-waiting-{london_date(now)}"


def to_be_reminded(assessment: Assessment, now: datetime) -> list[Person]:
    """Whoever answers for a silent organisation, and was not reminded today."""
    people = [person for person in answering_for_the_silent(assessment) if person.email]
    told = set(Notice.objects.filter(key=waiting_key(now), address__in=[person.email for person in people]).values_list("address", flat=True))
    return [person for person in people if person.email not in told]


def clarification_asked(clarification: Clarification, *, by: User) -> list[Notice]:
    """Whoever can answer it, the secretariat and the raiser; not who asked."""
    request = clarification.assessment.version.change_request
    return tell(
        [*secretariat_of(request.group), *raisers_of(request)], key=f"clarification-{clarification.pk}-asked", new_key=True, template="clarification_asked",
        reference=request.reference, by=by, clarification=clarification, assessment=clarification.assessment, request=request,
    )  # fmt: skip


def clarifications_told(assessment: Assessment, answered: list[Clarification], *, by: User) -> list[Notice]:
    """Whoever answers for an organisation on the roll, once, with the links; who asked is not said."""
    request = assessment.version.change_request
    return [
        notice
        for person, own in _answering(assessment.roll.all())
        for notice in tell(
            [person], key=f"assessment-{assessment.pk}-clarified-{answered[0].n}", template="clarifications_told", reference=request.reference, by=by,
            assessment=assessment, request=request, answered=answered, links=_links(own),
        )
    ]  # fmt: skip


def leave(row: AssessmentRow, *, by: User) -> list[Notice]:
    """Whoever answers for the organisation: that it may answer late, or not."""
    people = respondents_for(row.organisation_id)
    request = row.assessment.version.change_request
    return tell(
        people, key=f"assessment-row-{row.pk}-leave", template="assessment_leave", reference=request.reference, by=by, row=row, request=request, token=token_for(row)
    )


def opened_key(assessment: int) -> str:
    """By which the mails are known that told of an assessment."""
    return f"assessment-{assessment}-opened"


def link_key(row: AssessmentRow) -> str:
    """By which the mail is known that brought the link that is good now."""
    return f"assessment-row-{row.pk}-link-{row.nonce.hex}"


def link(row: AssessmentRow, people: list[Person], *, by: User) -> list[Notice]:
    """Whoever answers for the organisation: the new link, and that the one before leads nowhere."""
    request = row.assessment.version.change_request
    return tell(
        people, key=link_key(row), template="assessment_link", reference=request.reference, by=by, row=row, request=request,
        token=token_for(row),
    )  # fmt: skip


def answered(responses: list[Response], *, by: User, colleague: Colleague | None = None, sent_from: str = "") -> list[Notice]:
    """Everybody who answers for the organisations, whoever of them did: nobody speaks for a firm unseen. One mail each, of all that was given at once.

    So is the colleague who answered by a link of their own, and the address that a mailed answer was sent from.
    """
    first, of_row = responses[0], {response.row_id: response for response in responses}
    request = first.row.assessment.version.change_request
    answering = _answering(response.row for response in responses)
    told = [
        notice
        for person, own in answering
        for notice in tell(
            [person], key=f"response-{first.pk}", template="response_receipt", reference=request.reference, by=by, response=first, row=own[0],
            request=request, given=[{"response": of_row[row.pk], "row": row, "token": token_for(row)} for row in own],
        )
    ]  # fmt: skip
    known = {(person.email or "").lower() for person, _ in answering}
    beside: dict[str, Any] = {"template": "response_receipt_beside", "by": by, "responses": responses, "response": first, "row": first.row, "request": request}
    if colleague and colleague.address.lower() not in known:
        told += tell_address(colleague.address, key=f"response-{first.pk}", colleague=colleague, token=colleague_token(colleague), **beside)
    if sent_from and sent_from.lower() not in known:
        told += tell_address(sent_from, key=f"response-{first.pk}", **beside)
    return told


def colleague_named(colleague: Colleague, *, by: User) -> list[Notice]:
    """The colleague, with a link of their own; and everybody who is appointed to answer for the organisation, that there is one now."""
    row, request = colleague.row, colleague.row.assessment.version.change_request
    about: dict[str, Any] = {"by": by, "colleague": colleague, "row": row, "request": request, "assessment": row.assessment}
    people = respondents_for(row.organisation_id)
    told = tell(people, key=f"colleague-{colleague.pk}-named", template="colleague_named", reference=request.reference, **about)
    return told + tell_address(colleague.address, key=f"colleague-{colleague.pk}-link", template="colleague_link", token=colleague_token(colleague), **about)


def answer_put_forward(row: AssessmentRow, draft: ResponseDraft, *, by: User) -> list[Notice]:
    """Whoever can approve it."""
    request = row.assessment.version.change_request
    return tell(
        who_approves(row, draft.put_forward_by_id), key=f"response-draft-{draft.pk}-{draft.revision}", template="answer_put_forward", reference=request.reference, by=by,
        row=row, draft=draft, request=request,
    )  # fmt: skip


def answering_rule(rule: AnsweringRule, *, by: User) -> list[Notice]:
    """Everybody who answers for the organisation: whether one person answers alone."""
    people = respondents_for(rule.organisation_id)
    others = [person for person in people if person.pk != by.person_id]
    return tell(others, key=f"answering-rule-{rule.pk}-{rule.revision}", template="answering_rule", by=by, rule=rule, organisation=rule.organisation)


def results_published(assessment: Assessment, *, by: User) -> list[Notice]:
    return _everybody(assessment, "results", "assessment_results", by=by, themes=[theme for theme in assessment.themes.all() if not theme.dropped])


def what_became(request: ChangeRequest, *, by: User) -> list[Notice]:
    """Whoever answered, once, of all their organisations: when what came of the assessment and the decision are both public.

    Of what was decided before there was a portal, and is written down now, nobody waits to hear.
    """
    determination = decided_on(request)
    if determination is None or determination.settlement.decision.origin != Origin.PORTAL:
        return []
    return [
        notice
        for person, own in _answering(answered_rows(request))
        for notice in tell(
            [person], key=f"change-request-{request.pk}-became", template="answer_became", reference=request.reference, by=by, request=request,
            determination=determination, settlement=determination.settlement, answers=[{"row": row, "themes": themes_of(row), "token": token_for(row)} for row in own],
        )
    ]  # fmt: skip
