"""What can be done to assessments, the rows of their rolls, and their themes."""

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from change_requests import operations
from change_requests.lifecycle import AssessmentStatus, RequestStatus, VersionStatus
from change_requests.links import rows_with_all
from change_requests.models import Assessment, AssessmentRow, ChangeRequestVersion, RequestFile, Theme
from change_requests.notices import to_be_reminded
from change_requests.rules.assessments import (
    may_see_answers,
    refusals_to_ask_the_seats,
    refusals_to_assess,
    refusals_to_extend,
    refusals_to_publish_results,
    refusals_to_remind,
    refusals_to_reply,
    refusals_to_withdraw_assessment,
    refusals_to_write_theme,
)
from change_requests.rules.requests import keeps
from change_requests.rules.responding import (
    refusals_to_answer_off_roll,
    refusals_to_give_leave,
    refusals_to_record_mailed,
    refusals_to_respond,
    refusals_to_send_link,
)
from change_requests.verbs.answering import is_put_forward, rows_to_answer
from decisions.lifecycle import QuestionStatus
from decisions.models import Question
from groups.recipients import respondents_for, respondents_of
from groups.standing import Standing
from records.clock import portal_now
from records.dates import as_moment
from records.together import together
from records.verbs import Verb, register

WITH_ALL = ("version__change_request__group", "version__change_request__raised_by", "decision")


def page(assessment: Assessment) -> str:
    return reverse("change_requests:assessment", args=[assessment.pk])


def find_assessment(pk: int, standing: Standing) -> Assessment | None:
    """For whoever has a place in the group, and whoever raised the change request."""
    found = Assessment.objects.select_related(*WITH_ALL).filter(pk=pk).first()
    if found is None:
        return None
    return found if standing.belongs_to(found.group) or keeps(found.version.change_request, standing) else None


def find_row(pk: int, standing: Standing) -> AssessmentRow | None:
    """One organisation of the roll, for whoever may read who was silent."""
    found = rows_with_all().filter(pk=pk).first()
    return found if found and may_see_answers(found.assessment, standing) else None


def _to_answer(standing: Standing, now: datetime) -> list[AssessmentRow]:
    """The silent ones; not those of which an answer is put forward already."""
    return [row for row in rows_to_answer(standing, now) if not is_put_forward(row)]


@together
def _to_publish(standing: Standing) -> QuerySet[Assessment] | None:
    """Those of one's groups that are closed and not published."""
    groups = standing.kept_group_ids
    rows = Assessment.objects.filter(version__change_request__group__in=groups, status=AssessmentStatus.CLOSED, results_published_at=None)
    return rows.select_related(*WITH_ALL).prefetch_related("themes", "roll__responses").order_by("closes_at", "pk") if groups else None


@together
def _to_issue(standing: Standing) -> QuerySet[ChangeRequestVersion] | None:
    """Of what was raised to one's groups: the newest version, if nothing was asked about the change request yet, and it is not voted on."""
    groups = standing.kept_group_ids
    if not groups:
        return None
    fixed = ChangeRequestVersion.objects.filter(change_request__group__in=groups, change_request__status=RequestStatus.RAISED, status=VersionStatus.FIXED, origin="portal")
    asked = Assessment.objects.exclude(status=AssessmentStatus.WITHDRAWN).values("version__change_request")
    voted_on = Question.objects.exclude(status=QuestionStatus.WITHDRAWN).values("subject")
    silent = fixed.exclude(change_request__in=asked).exclude(change_request__determinations__isnull=False).exclude(change_request__reference__in=voted_on)
    files = Prefetch("files", RequestFile.objects.select_related("blob"))
    return silent.select_related("change_request__group", "change_request__raised_by").prefetch_related("attachments", files, "change_request__determinations").order_by("change_request_id", "-key").distinct("change_request_id")


@together
def _to_reply(standing: Standing) -> QuerySet[Theme] | None:
    if not standing.raises_for:
        return None
    open_ones = Theme.objects.filter(assessment__version__change_request__raised_by__in=standing.raises_for, reply="", dropped=False)
    return open_ones.select_related(*(f"assessment__{name}" for name in WITH_ALL[:2])).order_by("pk")


def _after_publishing(assessment: Assessment) -> list[str]:
    return [
        "The counts of each constituency, the themes and their replies are public at once; and of each answer what its organisation lets everyone read.",
        "No more answers are taken, late ones neither. Everybody who was asked is told what became of the answers.",
    ]


def _after_sending(row: AssessmentRow) -> list[str]:
    names = ", ".join(f"{person.name} ({person.email})" for person in respondents_for(row.organisation_id) if person.email)
    return ["Links that were sent before lead nowhere from then on, those of colleagues neither.", f"The new one goes to {names}."]


def _after_reminding(assessment: Assessment) -> list[str]:
    now = portal_now()
    people, silent = to_be_reminded(assessment, now), assessment.roll.filter(responses=None)
    known = respondents_of(silent.values_list("organisation", flat=True))
    alone = sorted({row.organisation_name for row in silent if not any(person.email for person in known.get(row.organisation_id, []))})
    names = ", ".join(f"{person.name} ({person.email})" for person in people)
    clock = f"The clock reminds them at {as_moment(assessment.next_reminder_at)} all the same." if assessment.next_reminder_at else "The clock does not remind them again."
    return [
        f"{len(people)} {'person is' if len(people) == 1 else 'people are'} mailed: {names}.",
        "Whoever has answered is not mailed. Each of these gets one mail of everything that waits for their answer, and no second one today.",
        *([f"Nobody is known who answers for {', '.join(alone)}: nobody is mailed there."] if alone else []),
        clock,
    ]


def _question_form(assessment: Assessment) -> str:
    """The form of a question to the seats, with what is known already."""
    version = assessment.version
    request = version.change_request
    said = {
        "window": "window", "subject": request.reference, "version": version.label, "title": request.called[:300],
        "wording": f"Should {request.reference} version {version.label} be approved?",
    }  # fmt: skip
    return f"{reverse('decisions:put_question', args=[request.group.code])}?{urlencode(said)}"


def _form(name: str):
    return lambda record: reverse(f"change_requests:{name}", args=[record.pk])


register(
    Verb(
        name="change_requests.assess", of=ChangeRequestVersion, rule=refusals_to_assess, at=_form("assess"), label=lambda version: f"Put {version.called} to assessment",
        waits=_to_issue, title=lambda version: f"Put {version} to assessment",
    ),
    Verb(
        name="change_requests.answer", of=AssessmentRow, rule=refusals_to_respond, at=_form("answer"), waits=_to_answer, due=lambda row, standing: row.assessment.closes_at,
        label=lambda row: f"Answer for {row.organisation_name}: {row.assessment.get_kind_display().lower()} of {row.assessment.version}",
    ),
    Verb(
        name="change_requests.record_mailed", of=AssessmentRow, rule=refusals_to_record_mailed, at=_form("mailed"), look="link",
        label="Record an answer that came by mail",
    ),
    Verb(
        name="change_requests.ask_the_seats", of=Assessment, rule=refusals_to_ask_the_seats, at=_question_form, look="secondary",
        label="Put it to the seats between meetings",
    ),
    Verb(
        name="change_requests.answer_off_roll", of=Assessment, rule=refusals_to_answer_off_roll, at=_form("off_roll"), look="secondary",
        label="Answer for somebody who is not on the roll",
    ),
    Verb(
        name="change_requests.send_link", of=AssessmentRow, rule=refusals_to_send_link, at=lambda row: page(row.assessment), act=operations.send_link, find=find_row,
        look="link", label="Send a new link", title=lambda row: f"Send {row.organisation_name} a new link", confirms=_after_sending,
        done=lambda row: f"{row.organisation_name} has a new link.", then=lambda row: page(row.assessment),
    ),
    Verb(name="change_requests.leave", of=AssessmentRow, rule=refusals_to_give_leave, at=_form("leave"), look="link", label="A late answer: take it or not"),
    Verb(
        name="change_requests.write_theme", of=Assessment, rule=refusals_to_write_theme, at=_form("theme"), label="Write a theme", look="secondary",
    ),
    Verb(
        name="change_requests.publish_results", of=Assessment, rule=refusals_to_publish_results, at=page, act=operations.publish_results, find=find_assessment,
        label="Publish what came of it", confirms=_after_publishing, waits=_to_publish, title=lambda assessment: f"Publish what came of the {assessment}",
        done="What came of it is public.",
    ),
    Verb(
        name="change_requests.remind", of=Assessment, rule=refusals_to_remind, at=page, act=operations.remind_now, find=find_assessment, look="secondary",
        label="Remind the silent now", confirms=_after_reminding, title=lambda assessment: f"Remind the silent of the {assessment}", done="The silent are reminded.",
    ),
    Verb(name="change_requests.extend", of=Assessment, rule=refusals_to_extend, at=_form("extend"), look="secondary", label="Give it more time"),
    Verb(
        name="change_requests.withdraw_assessment", of=Assessment, rule=refusals_to_withdraw_assessment, at=_form("withdraw_assessment"), look="link",
        label="Withdraw the assessment",
    ),
    Verb(
        name="change_requests.change_theme", of=Theme, rule=lambda theme, *asked: refusals_to_write_theme(theme.assessment, *asked), at=_form("change_theme"),
        look="link", label="Change the theme",
    ),
    Verb(
        name="change_requests.reply", of=Theme, rule=refusals_to_reply, at=_form("reply"), look="link", waits=_to_reply,
        label=lambda theme: "Change the reply" if theme.reply else "Reply to it", title=lambda theme: f"Reply to “{theme.title}”",
    ),
)  # fmt: skip
