"""What whoever answers for organisations is shown of them: what they are asked, what they have answered, and who answers for them."""

from datetime import datetime
from typing import Any

from change_requests.links import rows_with_all
from change_requests.models import AssessmentRow
from change_requests.rules.approving import answering_with_account, draft_of, waits_for_approval, wants_approval
from change_requests.rules.responding import refusals_of_time
from change_requests.shown.answering import is_unsent, kept_at
from groups.models import Organisation
from groups.recipients import respondents_for
from groups.standing import Standing
from records.verbs import offers

MOST = 200  # of what was asked: the latest


def asked_of(standing: Standing, now: datetime) -> dict[str, Any]:
    """What the person's organisations are asked: what can still be answered first, then what is over. In so many queries, however much it is."""
    rows = rows_with_all().filter(organisation__in=standing.answers_for).order_by("-assessment__closes_at", "order")[:MOST]
    kept = kept_at(rows)
    told = [_row(row, standing, now) | {"unsent": is_unsent(row, kept)} for row in rows]
    return {
        "organisations": list(Organisation.objects.filter(pk__in=standing.answers_for).order_by("name")),
        "to_answer": sorted((each for each in told if not each["over"] and not each["answer"]), key=lambda each: each["row"].assessment.closes_at),
        "answered": [each for each in told if not each["over"] and each["answer"]],
        "over": [each for each in told if each["over"]],
    }


def _row(row: AssessmentRow, standing: Standing, now: datetime) -> dict[str, Any]:
    draft, over = draft_of(row), any(refusals_of_time(row, now))
    return {
        "row": row, "answer": row.counted, "over": over, "waits": waits_for_approval(draft), "is_begun": draft is not None and row.counted is None,
        "is_own": draft is not None and draft.put_forward_by_id == standing.user.person_id,
        "left": standing.counting.left(standing.on, row.assessment.closes_at) if row.assessment.is_open(now) else None,
    }  # fmt: skip


def answering_page(organisation: Organisation, standing: Standing, now: datetime) -> dict[str, Any]:
    """Who answers for an organisation, and whether a second person approves."""
    with_account = {person.pk for person in answering_with_account(organisation.pk)}
    people = respondents_for(organisation.pk)
    return {
        "organisation": organisation,
        "people": [(person, person.pk in with_account) for person in people],
        "wants_approval": wants_approval(organisation),
        "offers": offers(organisation, standing, now),
    }
