"""What can be done with comments on draft minutes: buttons, and what waits on the desk."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from groups.standing import Standing
from meetings import operations
from meetings.back_plan import comments_asked_by
from meetings.models import DraftComment, Minutes
from meetings.rules import refusals_to_accept_comment, refusals_to_answer_comment, refusals_to_comment, refusals_to_have_none
from meetings.rules.drafts import refusals_to_let_stand, refusals_to_take_back
from meetings.verbs.meetings import group_of, minutes_of, minutes_page, unpublished
from records.clock import portal_now
from records.together import together
from records.verbs import Verb, register


def _find_comment(pk: int, standing: Standing) -> DraftComment | None:
    rows = DraftComment.objects.select_related("seat", "made_by", "answer", "disagreement__taken_back", "paragraph__typed__by", "paragraph__item__meeting__group", "paragraph__item__meeting__minutes")
    found = rows.filter(pk=pk).first()
    return found if found and standing.belongs_to(found.group) else None


def _comment_page(comment: DraftComment) -> str:
    return reverse("meetings:comments", args=[comment.paragraph.item.meeting.code]) + f"#paragraph-{comment.paragraph_id}"


@together
def _comments(standing: Standing) -> QuerySet[DraftComment] | None:
    """Not answered yet, of groups whose record one keeps."""
    if not standing.is_a_secretary:
        return None
    rows = DraftComment.objects.filter(answer=None).select_related("seat", "paragraph__item__meeting__group")
    return (rows if standing.reads_everywhere else rows.filter(seat__group__in=standing.readable_group_ids)).order_by("pk")


def _find_minutes(pk: int, standing: Standing) -> Minutes | None:
    found = Minutes.objects.select_related("meeting__group").filter(pk=pk).first()
    return found if found and standing.belongs_to(found.meeting.group) else None


def _unread(standing: Standing, now: datetime) -> Iterator[Minutes]:
    """Drafts that went to the members, in groups where one holds a seat."""
    held = {place.group_id for place in standing.places if place.via == "holding" and place.seat_id in standing.voting_seat_ids}
    yield from (minutes for meeting in unpublished(standing, now) if meeting.group_id in held and (minutes := minutes_of(meeting)))


def _after_taking_back(comment: DraftComment) -> list[str]:
    return [
        f"The minutes will not say beside a paragraph of item {comment.paragraph.item.number} that {comment.disagreement.sentence_in_part}",
        "The secretariat and the Chair are told.", "It cannot be let stand once more: a new comment would be needed.",
    ]  # fmt: skip


def _asked_by(minutes: Minutes, standing: Standing) -> datetime | None:
    """The day of the plan; once that is past, the last at which they can."""
    return comments_asked_by(minutes.meeting, standing.counting, standing.once("now", portal_now)) or minutes.meeting.publication_due_at


register(
    Verb(
        name="meetings.comment", of=Minutes, group=group_of, rule=refusals_to_comment, at=minutes_page("comments"), look="secondary",
        label=lambda m: f"Comment on the minutes of {m.meeting}",
    ),
    Verb(
        name="meetings.have_no_comments", of=Minutes, group=group_of, rule=refusals_to_have_none, at=minutes_page("comments"), look="secondary",
        label="I have no comments", title=lambda m: f"Read the draft minutes of {m.meeting}: comment, or say that you have no comments",
        act=operations.have_no_comments, find=_find_minutes, waits=_unread, due=_asked_by,
        done="The secretariat sees that you have no comments. Until the minutes are published you may comment all the same.",
    ),
    Verb(
        name="meetings.answer_comment", of=DraftComment, rule=refusals_to_answer_comment, at=lambda c: reverse("meetings:answer_comment", args=[c.pk]),
        label=lambda c: f"Answer the {c.seat.label} on the minutes of {c.paragraph.item.meeting}", waits=_comments,
        due=lambda c, standing: c.paragraph.item.meeting.publication_due_at,
    ),
    Verb(
        name="meetings.accept_comment", of=DraftComment, rule=refusals_to_accept_comment, at=_comment_page, act=operations.accept_comment, find=_find_comment,
        label=lambda c: f"Accept what the {c.seat.label} proposes", look="secondary", done="Accepted: the draft reads as it was proposed.",
    ),
    Verb(
        name="meetings.let_stand", of=DraftComment, rule=refusals_to_let_stand, at=lambda c: reverse("meetings:let_stand", args=[c.pk]), look="link",
        label="Let it stand beside the paragraph",
    ),
    Verb(
        name="meetings.take_back_disagreement", of=DraftComment, rule=refusals_to_take_back, at=_comment_page, act=operations.take_back_disagreement,
        find=_find_comment, confirms=_after_taking_back, look="link", label="Take your disagreement back",
        done="It is taken back: the minutes say nothing of it.", then=lambda made: _comment_page(made.disagreement.comment),
    ),
)  # fmt: skip
