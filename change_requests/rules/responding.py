"""Who may answer an assessment, when, and why not. Read-only: nothing here writes."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from change_requests.lifecycle import MOST_ANSWERS_A_DAY, AssessmentStatus
from change_requests.models import Assessment, AssessmentRow, Audience, Response
from groups.models import Person, Seat
from groups.recipients import respondents_of
from groups.standing import Standing
from meetings.rules import refusals_to_keep_the_record
from records.rules import Refusal
from records.windows import closing

LONGEST_NAME = 160
Leave = AssessmentRow.Leave


def refusals_to_see(row: AssessmentRow, standing: Standing) -> Iterator[Refusal]:
    """For whoever does not answer for the organisation there is no such form."""
    if row.organisation_id not in standing.answers_for:
        yield Refusal("There is no such assessment.", status=404)


def refusals_to_respond(row: AssessmentRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_see(row, standing)
    yield from refusals_of_time(row, now)


def refusals_of_time(row: AssessmentRow, now: datetime) -> Iterator[Refusal]:
    """In its window, or late by the secretariat's leave."""
    assessment = row.assessment
    if assessment.status == AssessmentStatus.WITHDRAWN:
        yield Refusal(f"The {assessment} was withdrawn: {assessment.withdrawn_why}", code="over")
    elif assessment.results_published_at:
        yield Refusal("What came of it is published: no more answers are taken.", code="over")
    elif not assessment.is_open(now) and row.late_leave != Leave.GIVEN:
        yield Refusal(f"It closed at {closing(assessment)}: ask the secretariat for leave to answer late.", code="over")


def refusals_of_response(row: AssessmentRow, said: dict[str, Any], name: str, *, written_down: bool = False) -> Iterator[Refusal]:
    """`written_down`: by the secretariat, of what somebody else has answered. It is told so in its own words."""
    position = said.get("position", "")
    if position not in Response.Position.values:
        yield Refusal("Choose their position." if written_down else "Choose the position of your organisation.", field="position")
    if said.get("impact") and said["impact"] not in Response.Impact.values:
        yield Refusal("Choose how large the impact is.", field="impact")
    if position in (Response.Position.OBJECT, Response.Position.WITH_COMMENTS) and not said.get("comments", "").strip():
        yield Refusal("Say what they object to, or comment on." if written_down else "Say what you object to, or comment on.", field="comments")
    if row.assessment.question and position not in ("", Response.Position.NO_IMPACT) and not said.get("answer", "").strip():
        yield Refusal("Answer the question that is asked in particular; “none” is an answer.", field="answer")
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        yield Refusal("Give the name of whoever answered." if written_down else "Give your name.", field="name")
    if any(audience not in Audience.values or field not in Response.FIELDS for field, audience in said.get("confidence", {}).items()):
        yield Refusal("Choose who may read it.", field="confidence")


def refusals_of_many(row: AssessmentRow, person: Person | None, now: datetime) -> Iterator[Refusal]:
    """Each answer is sealed, kept for good, and mailed to everybody who answers for the organisation: a link in a script's hands ends here.

    Whoever is signed in is counted by themselves: they can answer still, when somebody has made too much use of a link.
    """
    given = row.responses.filter(submitted_by=person, submitted_at__gt=now - timedelta(days=1)).count()
    if given >= MOST_ANSWERS_A_DAY:
        yield Refusal(
            f"{row.organisation_name} was answered for {given} times within a day {'by you' if person else 'by its links'}, and the last answer counts. "
            "If that one is wrong, write to the secretariat.", code="enough",
        )  # fmt: skip


def may_answer_too(row: AssessmentRow, standing: Standing | None) -> list[AssessmentRow]:
    """The other rows for which an answer may stand: of the organisations that the person was appointed for; by a link, of the same organisation."""
    others = row.assessment.roll.exclude(pk=row.pk).prefetch_related("responses").order_by("order")
    return list(others.filter(organisation__in=standing.answers_for if standing else [row.organisation_id]))


def refusals_of_also(row: AssessmentRow, also: Iterable[AssessmentRow], may: Iterable[AssessmentRow]) -> Iterator[Refusal]:
    known = {each.pk for each in may}
    for each in also:
        if each.pk not in known:
            yield Refusal(f"You may not answer for {each.organisation_name} ({each.constituency_name}) with this.", field="also", status=403)


def refusals_to_confirm(row: AssessmentRow, earlier: Response | None, now: datetime) -> Iterator[Refusal]:
    yield from refusals_of_time(row, now)
    if earlier is None:
        yield Refusal(f"{row.organisation_name} has given no answer before that could be confirmed.")
    elif row.assessment.question.strip() not in ("", earlier.row.assessment.question.strip()):
        yield Refusal("Another question is asked in particular than before: answer that one.")
    if row.counted:
        yield Refusal(f"{row.organisation_name} has answered already.")
    if row.needs_approval:
        yield Refusal(f"{row.organisation_name} has its answers approved by a second person: the form starts from the earlier answer, and is put forward.")


def refusals_of_sender(address: str) -> Iterator[Refusal]:
    """From which address a mailed answer came; nothing need be said."""
    try:
        if address.strip():
            validate_email(address.strip())
    except ValidationError:
        yield Refusal("Give the address from which it came, such as name@example.org.", field="sent_from")


def refusals_to_record_mailed(row: AssessmentRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, row.group)
    yield from refusals_of_time(row, now)


def refusals_to_answer_off_roll(assessment: Assessment, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Whoever has a place in the group that is no constituency's, such as one of the Programme's; or the secretariat, for anybody, and late, too."""
    own = {place.what for place in standing.places if place.group_id == assessment.group.pk and place.via != "appointment"}
    keeps = standing.is_secretary_of(assessment.group)
    if not keeps and not own & {Seat.Role.PROGRAMME, Seat.Role.OBSERVER}:
        yield Refusal("Only the Programme’s seats in the group, its observers and the secretariat answer off the roll.", status=403)
    if keeps and not assessment.is_open(now) and assessment.status != AssessmentStatus.WITHDRAWN and not assessment.results_published_at:
        return
    yield from refusals_of_time(AssessmentRow(assessment=assessment), now)


def refusals_of_team(assessment: Assessment, team: str, standing: Standing) -> Iterator[Refusal]:
    """Nobody but the secretariat answers anew for whom somebody else has answered."""
    before = assessment.off_roll.filter(team__iexact=team.strip()).order_by("n").last()
    if not team.strip():
        yield Refusal("Say for whom it is answered.", field="team")
    elif before and before.submitted_by_id != standing.user.person_id and not standing.is_secretary_of(assessment.group):
        yield Refusal(f"{before.submitted_name} has answered for {before.team} already: the secretariat records another answer.", field="team")
    elif assessment.roll.filter(organisation_name__iexact=team.strip()).exists():
        yield Refusal(f"{team.strip()} is on the roll: it answers as an organisation that was asked.", field="team")


def refusals_to_send_link(row: AssessmentRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """While it can be answered, and somebody is known to send it to: for another person, or when the link came into wrong hands."""
    yield from refusals_to_keep_the_record(standing, row.group)
    yield from refusals_of_time(row, now)
    if not any(person.email for person in _answering(row.assessment, standing).get(row.organisation_id, [])):
        yield Refusal(f"Nobody is known who answers for {row.organisation_name}, so nobody would be sent anything: appoint somebody first, on the page of members.")


def _answering(assessment: Assessment, standing: Standing) -> dict[int, list[Person]]:
    """Who answers for each organisation on the roll. Asked for once a page."""
    roll = AssessmentRow.objects.filter(assessment=assessment.pk).values_list("organisation", flat=True)
    return standing.once(f"who answers in assessment {assessment.pk}", lambda: respondents_of(roll))


def refusals_to_give_leave(row: AssessmentRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, row.group)
    assessment = row.assessment
    if assessment.is_open(now):
        yield Refusal(f"The {assessment} is open: nobody needs leave.", code="state")
    elif assessment.status == AssessmentStatus.WITHDRAWN or assessment.results_published_at:
        yield from refusals_of_time(row, now)
    if row.late_leave:
        yield Refusal(f"Leave to answer late was {row.get_late_leave_display().lower()} already: {row.late_why}")
