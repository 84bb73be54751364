"""Circulated minutes with what members say of them, paragraph by paragraph."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from files.comparing import words
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, standing_of
from meetings import operations
from meetings.back_plan import comments_asked_by
from meetings.commented import Given, blocks, comments_for, is_stale, pieces_of
from meetings.editions import WORDS, blocks_of
from meetings.forms.comments import AnswerForm, CommentForm, LetStandForm
from meetings.lifecycle import MinutesStatus
from meetings.models import Asks, CommentOutcome, CopyFor, DraftComment, Paragraph
from meetings.rules import (
    may_read_minutes,
    refusals_to_answer_comment,
    refusals_to_comment,
    refusals_to_comment_on,
    refusals_to_have_none,
)
from meetings.rules.drafts import refusals_to_let_stand, refusals_to_take_out
from meetings.views.finding import minutes_to_read
from records.clock import portal_now
from records.rules import require
from records.verbs import offers


@require_safe
def comments(request: SignedIn, code: str) -> HttpResponse:
    """Each paragraph, the comments on it, and what became of them."""
    standing = standing_of(request)
    minutes = minutes_to_read(request, code)
    meeting, now = minutes.meeting, portal_now()
    rows, given = comments_for(minutes, standing), dict[int, list[Given]]()
    for each in rows:
        may = {offer.name for offer in offers(each, standing, now)}
        given.setdefault(each.paragraph_id, []).append(Given(each, pieces_of(each), is_stale(each), standing.user.person_id == each.made_by_id, may))
    context = {
        "nav": "desk", "meeting": meeting, "items": list(blocks(minutes, given)), "count": len(rows), "waiting": sum(not hasattr(each, "answer") for each in rows),
        "may_comment": not any(refusals_to_comment(minutes, standing, now)), "may_take_out": not any(refusals_to_take_out(minutes, standing, now)),
        "has_the_chair": minutes.status in (MinutesStatus.SENT, MinutesStatus.CLEARED),
        "may_have_none": not any(refusals_to_have_none(minutes, standing, now)), "minutes": minutes,
        "without": minutes.without_comments.filter(said_at__gte=minutes.circulated_at).select_related("seat").order_by("seat__order", "seat_id") if minutes.circulated_at else [],
        "asked_by": comments_asked_by(meeting, standing.counting, now), "is_circulated": minutes.copies.filter(made_for=CopyFor.MEMBERS).exists(),
    }  # fmt: skip
    return render(request, "meetings/comments.html", context)


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
    if tried(request, form, lambda typed: operations.comment_on(found, typed["seat"], typed["text"], proposed=typed["proposed"], by=request.user), on=None):
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
    form = AnswerForm(found, sent(request), initial={"wording": found.proposed or ("" if found.is_for_a_new_one else found.paragraph.reads)})
    act = lambda typed: operations.answer_comment(found, typed["outcome"], wording=typed["wording"], why=typed["why"], by=request.user)  # noqa: E731
    if made := tried(request, form, act, on=found.paragraph):
        messages.success(request, "Answered." if found.brought_id and made.outcome == CommentOutcome.ACCEPTED else "Answered. Whoever made the comment is told.")
        return redirect(reverse("meetings:comments", args=[code]) + f"#paragraph-{found.paragraph_id}")
    notes = [f"The paragraph reads: {found.paragraph.reads}"] if found.paragraph.reads.strip() else []
    notes += [f"{found.get_asks_display()}: {found.proposed}" if found.is_for_a_new_one else f"It should read: {found.proposed}"] if found.proposed else []
    notes += [f"{found.get_asks_display()}."] if found.asks == Asks.OUT else []
    notes += [f"The paragraph has been changed since. When this was written it read: {found.on_text}"] if is_stale(found) else []
    return form_page(
        request, form, on=found.paragraph, nav="desk", title=f"Answer the {found.seat.label}", button="Answer", kicker=f"{code}, item {found.paragraph.item.number}",
        quote=found.text, notes=notes, parent_url=reverse("meetings:comments", args=[code]), parent_label="Comments on the draft",
    )  # fmt: skip


@require_safe
def check_paragraph(request: SignedIn, pk: int) -> HttpResponse:
    """One paragraph as it reads now, beside what a comment proposes for it: whoever made it need not look through the whole draft."""
    standing = standing_of(request)
    asked = DraftComment.objects.select_related("paragraph__item__meeting__group", "paragraph__item__meeting__minutes").filter(pk=pk).first()
    minutes = asked.paragraph.item.meeting.minutes if asked else None
    if minutes is None or not may_read_minutes(standing, minutes):
        raise Http404
    found = next((each for each in comments_for(minutes, standing) if each.pk == pk), None)
    if found is None:
        raise Http404
    meeting = minutes.meeting
    paragraph = found.paragraph
    shown = next((told for each, told in blocks_of(paragraph.item) if each.pk == paragraph.pk), None)
    has_words = shown is not None and paragraph.kind in WORDS
    proposed = found.proposed if not found.is_for_a_new_one else ""
    context = {
        "nav": "desk", "meeting": meeting, "comment": found, "shown": shown, "item": paragraph.item, "proposed": proposed,
        "differs": words(proposed, paragraph.reads) if has_words and proposed and proposed != paragraph.reads else [],
        "since": words(found.on_text, paragraph.reads) if has_words and not found.is_for_a_new_one and found.on_text != paragraph.reads else [],
        "comments_url": reverse("meetings:comments", args=[meeting.code]) + f"#comment-{pk}",
        "may_let_stand": not any(refusals_to_let_stand(found, standing, portal_now())),
    }  # fmt: skip
    return render(request, "meetings/check_paragraph.html", context)


def let_stand(request: SignedIn, pk: int) -> HttpResponse:
    """A comment that was not taken up, beside the paragraph in the minutes."""
    standing = standing_of(request)
    rows = DraftComment.objects.select_related("paragraph__item__meeting__group", "paragraph__item__meeting__minutes", "seat", "made_by", "answer", "disagreement__taken_back")
    found = rows.filter(pk=pk).first()
    if found is None or not standing.belongs_to(found.group):
        raise Http404
    require(refusals_to_let_stand(found, standing, portal_now()))
    meeting = found.paragraph.item.meeting
    form = LetStandForm(found, sent(request), initial={"text": found.text or found.proposed, "capacity": "seat"})
    act = lambda typed: operations.let_stand(found, typed["text"], for_seat=typed["capacity"] == "seat", by=request.user)  # noqa: E731
    if tried(request, form, act, on=None):
        messages.success(request, "It stands. It is printed beside the paragraph when the minutes are published.")
        return redirect(reverse("meetings:comments", args=[meeting.code]) + f"#paragraph-{found.paragraph_id}")
    notes = [
        f"The secretariat did not take it up: {found.answer.why}",
        "Your words become public with the minutes, for good, beside the paragraph and with whoever says them. This is a comment on how the meeting is minuted, and no statement on a decision.",
    ]  # fmt: skip
    return form_page(
        request, form, nav="desk", title="Let your comment stand", button="Let it stand", kicker=f"{meeting.code}, item {found.paragraph.item.number}",
        quote=found.paragraph.reads, notes=notes, parent_url=reverse("meetings:comments", args=[meeting.code]), parent_label="Comments on the draft",
    )  # fmt: skip
