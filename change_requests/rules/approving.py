"""Whether an organisation's answers are approved by a second of its people, who puts one forward and who approves it. Read-only: nothing here writes."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from change_requests.models import AnsweringRule, AssessmentRow, Colleague, ResponseDraft
from change_requests.rules.responding import refusals_of_time, refusals_to_respond
from groups.models import Organisation, Person
from groups.recipients import respondents_for
from groups.standing import Standing
from records.rules import Refusal


def answering_with_account(organisation: int) -> list[Person]:
    """Who can sign in and answer for it."""
    people = respondents_for(organisation)
    known = set(Person.objects.filter(pk__in=[person.pk for person in people], user__is_active=True).values_list("pk", flat=True))
    return [person for person in people if person.pk in known]


def who_approves(row: AssessmentRow, put_forward_by: int | None) -> list[Person]:
    """Everybody who can, but for whoever has put it forward."""
    return [person for person in answering_with_account(row.organisation_id) if person.pk != put_forward_by]


def draft_of(row: AssessmentRow) -> ResponseDraft | None:
    return getattr(row, "draft", None)


def waits_for_approval(draft: ResponseDraft | None) -> bool:
    return draft is not None and draft.put_forward_at is not None


def refusals_to_run_answers(organisation: Organisation, standing: Standing) -> Iterator[Refusal]:
    """For whoever does not answer for it there is no such page."""
    if organisation.pk not in standing.answers_for:
        yield Refusal("There is no such organisation.", status=404)


def wants_approval(organisation: Organisation) -> bool:
    return AnsweringRule.objects.filter(organisation=organisation, needs_approval=True).exists()


def refusals_to_want_approval(organisation: Organisation, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_run_answers(organisation, standing)
    if wants_approval(organisation):
        yield Refusal(f"{organisation} has its answers approved by a second person already.", code="state")
    if len(answering_with_account(organisation.pk)) < 2:
        yield Refusal(f"Two people who answer for {organisation} need an account: one puts an answer forward, another approves it. The PMO appoints and invites them.")


def refusals_to_need_no_approval(organisation: Organisation, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_run_answers(organisation, standing)
    if not wants_approval(organisation):
        yield Refusal(f"{organisation} has not asked for its answers to be approved.", code="state")


def refusals_to_put_forward(row: AssessmentRow, draft: ResponseDraft | None, standing: Standing | None, colleague: Colleague | None, now: datetime) -> Iterator[Refusal]:
    """Whoever signs in for it, or a colleague by the link of their own: by the link of all, nobody would know whose approval is another's."""
    yield from refusals_of_time(row, now) if standing is None else refusals_to_respond(row, standing, now)
    if not row.needs_approval:
        yield Refusal(f"{row.organisation_name} has not asked for its answers to be approved: send it.")
    if standing is None and colleague is None:
        yield Refusal("By this link an answer can be written and kept: somebody who answers for the organisation signs in to put it forward.")
    if draft is None:
        yield Refusal("Write the answer first.")
    elif waits_for_approval(draft):
        yield Refusal(f"{draft.put_forward_name} has put it forward already.", code="state")
    if not who_approves(row, standing.user.person_id if standing else None):
        yield Refusal(f"Nobody else who answers for {row.organisation_name} has an account: the PMO appoints and invites somebody who approves it.")


def refusals_to_approve(row: AssessmentRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Another person of the organisation than has put it forward."""
    yield from refusals_to_respond(row, standing, now)
    draft = draft_of(row)
    if draft is None or not waits_for_approval(draft):
        yield Refusal(f"No answer of {row.organisation_name} waits for approval.", code="state")
    elif draft.put_forward_by_id == standing.user.person_id:
        yield Refusal(f"You have put it forward: somebody else who answers for {row.organisation_name} approves it.")


def refusals_of_sending(rows: Sequence[AssessmentRow], draft: ResponseDraft | None, person: int | None, revision: int | None) -> Iterator[Refusal]:
    """Whether an answer for these may be given by that person, as far as the organisations want it approved. `revision` is the draft's that was looked at."""
    first, *others = rows
    for each in others:
        if each.organisation_id != first.organisation_id and each.needs_approval:
            yield Refusal(f"{each.organisation_name} has its answers approved by a second person: answer for it on its own page.", field="also")
    if not first.needs_approval:
        return
    wants = f"{first.organisation_name} has its answers approved by a second person"
    if person is None:
        yield Refusal(f"{wants}, who signs in to do so: by a link it is not sent.")
    elif draft is None or not waits_for_approval(draft):
        yield Refusal(f"{wants}: put it forward first.")
    elif draft.put_forward_by_id == person:
        yield Refusal(f"{wants}: you have put it forward, and somebody else sends it.")
    elif revision is not None and revision != draft.revision:
        yield Refusal("It has been changed since you looked at it, so nothing was sent.", code="stale")
