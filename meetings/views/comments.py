"""Circulated minutes with what members say of them, paragraph by paragraph."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from groups.operations import log_reading
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing
from meetings import operations
from meetings.editions import is_shown
from meetings.forms.comments import AnswerForm, CommentForm
from meetings.models import DraftComment, Minutes, Paragraph
from meetings.rules import may_read_minutes, refusals_to_answer_comment, refusals_to_comment_on
from records.clock import portal_now
from records.rules import require


@require_safe
def comments(request: SignedIn, code: str) -> HttpResponse:
    """Each paragraph, the comments on it, and what became of them."""
    standing = standing_of(request)
    minutes = Minutes.objects.select_related("meeting__group").filter(meeting__code=code).first()
    if minutes is None or not may_read_minutes(standing, minutes):
        raise Http404
    meeting, now = minutes.meeting, portal_now()
    if standing.reads_for_assurance(meeting.group):
        log_reading(request.user, f"comments on the draft of {meeting}")
    said: dict[int, list[DraftComment]] = {}
    rows = DraftComment.objects.filter(paragraph__item__meeting=meeting).select_related("seat", "made_by", "answer__recorded_by__person")
    for each in rows.order_by("pk"):
        said.setdefault(each.paragraph_id, []).append(each)
    shown = Paragraph.objects.filter(item__meeting=meeting).select_related("item__meeting__group", "item__meeting__minutes", "typed", "action", "decision")
    items: dict = {}
    for paragraph in shown.order_by("item__number", "order", "pk"):
        if is_shown(paragraph) or paragraph.pk in said:
            items.setdefault(paragraph.item, []).append((paragraph, said.get(paragraph.pk, [])))
    context = {
        "nav": "desk", "meeting": meeting, "items": items, "answers": standing.is_secretary_of(meeting.group), "count": sum(map(len, said.values())),
        "waiting": sum(not hasattr(each, "answer") for each in rows), "may_comment": _may_comment(items, standing, now),
    }  # fmt: skip
    return render(request, "meetings/comments.html", context)


def _may_comment(items: dict, standing: Standing, now) -> bool:
    first = next((paragraph for rows in items.values() for paragraph, _ in rows), None)
    return first is not None and not any(refusals_to_comment_on(first, standing, now))


def comment(request: SignedIn, pk: int) -> HttpResponse:
    """A comment on one paragraph."""
    standing = standing_of(request)
    found = Paragraph.objects.select_related("item__meeting__group", "item__meeting__minutes", "typed").filter(pk=pk).first()
    minutes = getattr(found.item.meeting, "minutes", None) if found else None
    if found is None or minutes is None or not may_read_minutes(standing, minutes):
        raise Http404
    require(refusals_to_comment_on(found, standing, portal_now()))
    code = found.item.meeting.code
    form = CommentForm(standing.seats_in(found.item.meeting.group), sent(request), initial={"proposed": found.reads})
    if tried(request, form, lambda said: operations.comment_on(found, said["seat"], said["text"], proposed=said["proposed"], by=request.user), on=None):
        messages.success(request, "Your comment is with the secretariat. You are told what becomes of it.")
        return redirect(reverse("meetings:comments", args=[code]) + f"#paragraph-{pk}")
    return form_page(
        request, form, nav="desk", title="Comment on a paragraph", button="Send the comment", kicker=f"{code}, item {found.item.number}", quote=found.reads,
        parent_url=reverse("meetings:comments", args=[code]), parent_label="Comments on the draft",
    )  # fmt: skip


def answer(request: SignedIn, pk: int) -> HttpResponse:
    """What becomes of a comment."""
    standing = standing_of(request)
    rows = DraftComment.objects.select_related("paragraph__item__meeting__group", "paragraph__item__meeting__minutes", "paragraph__typed__by", "seat", "answer")
    found = rows.filter(pk=pk).first()
    if found is None or not standing.belongs_to(found.group):
        raise Http404
    require(refusals_to_answer_comment(found, standing, portal_now()))
    code = found.paragraph.item.meeting.code
    form = AnswerForm(found, sent(request), initial={"wording": found.proposed or found.paragraph.reads})
    act = lambda said: operations.answer_comment(found, said["outcome"], wording=said["wording"], why=said["why"], by=request.user)  # noqa: E731
    if tried(request, form, act, on=found.paragraph):
        messages.success(request, "Answered. Whoever made the comment is told.")
        return redirect(reverse("meetings:comments", args=[code]) + f"#paragraph-{found.paragraph_id}")
    notes = [f"The paragraph reads: {found.paragraph.reads}"] + ([f"It should read: {found.proposed}"] if found.proposed else [])
    return form_page(
        request, form, on=found.paragraph, nav="desk", title=f"Answer the {found.seat.label}", button="Answer", kicker=f"{code}, item {found.paragraph.item.number}",
        quote=found.text, notes=notes, parent_url=reverse("meetings:comments", args=[code]), parent_label="Comments on the draft",
    )  # fmt: skip
