"""What was misread, mended field by field with what its paper says beside it; looked at once more, and done."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from archive import deferred, listed, operations, voted
from archive.by_hand import (
    changes_by_hand,
    changes_of_action,
    missed_action,
    source_of,
    source_of_action,
    source_of_actions,
    source_of_attendance,
    source_of_items,
    source_of_votes,
)
from archive.forms import (
    CorrectActionForm,
    CorrectForm,
    CorrectVoteForm,
    ItemsForm,
    MissedActionForm,
    MissedVoteForm,
    WhoCameForm,
)
from archive.rules import (
    refusals_of_correcting,
    refusals_of_correcting_action,
    refusals_of_correcting_vote,
    refusals_of_items,
    refusals_of_mending,
    refusals_of_missed_action,
    refusals_of_missed_vote,
    refusals_of_who_came,
    refusals_to_correct_action,
    refusals_to_correct_by_hand,
    refusals_to_correct_meeting,
    refusals_to_correct_vote,
)
from decisions.views.finding import decision_for, question_for
from groups.sending import form_page, looked_over, sent, tried
from groups.signed_in import SignedIn
from meetings.models import AgendaItem
from meetings.views.actions import action_for, page_of
from meetings.views.finding import desk_page, meeting_for
from records.clock import portal_now
from records.forms import Form
from records.rules import Refusal, require

form_view = require_http_methods(["GET", "HEAD", "POST"])
LOOKED = "Public minutes are issued again at once, as a correction that says all of this. What the paper says stays as it is."


def _mended(
    request: SignedIn, form: Form, act: Callable[[dict[str, Any]], Any], *, on: Any, against: Callable[[], Iterable[Refusal]], changes: Callable[[], list[str]],
    back: str, **page: Any,
) -> HttpResponse:  # fmt: skip
    """The form beside its source, then what it changes in sentences, then done. `against`: what speaks against what was typed."""
    step = request.POST.get("step")
    if step == "record" and tried(request, form, act, on=on):
        messages.success(request, "It is corrected. Its page and the minutes say that it was, by hand, and why.")
        return redirect(back)

    def look(said: dict[str, Any]) -> list[tuple[str, str]]:
        require(against(), refusals_of_mending(found := changes(), said["why"]))
        return [("What changes", "\n".join(found)), ("What was misread", said["why"])]

    page |= {"nav": "desk", "parent_url": back}
    if step not in ("record", "change") and (told := looked_over(request, form, look, on=on)):
        check = {"title": "Check the correction", "told": told, "lede": LOOKED, "button": "Correct it"}
        return form_page(request, form, "desk/form_check.html", on=on, **page | check)
    return form_page(request, form, "archive/correct.html", on=on, button="Check the correction", **page)


@form_view
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """Correct by hand what the reader made of a decision; the paper's own words stay."""
    decision, standing = decision_for(request, pk)
    require(refusals_to_correct_by_hand(decision, standing, portal_now()))
    form = CorrectForm(decision, sent(request))

    def act(typed: dict[str, Any]) -> Any:
        return operations.correct_by_hand(decision, **vars(form.mended), why=typed["why"], by=request.user)

    return _mended(
        request, form, act, on=decision, back=reverse("decisions:decision", args=[pk]), parent_label=decision.reference, title="Correct what was misread",
        against=lambda: refusals_of_correcting(decision, form.mended, standing),
        changes=lambda: changes_by_hand(decision, form.mended),
        kicker=decision.reference, quote=decision.wording, source=source_of(decision),
    )  # fmt: skip


@form_view
def correct_action(request: SignedIn, pk: int) -> HttpResponse:
    """The same of an action, which may have been made up altogether."""
    action, standing = action_for(request, pk)
    require(refusals_to_correct_action(action, standing, portal_now()))
    form = CorrectActionForm(action, sent(request))
    return _mended(
        request, form, lambda typed: operations.correct_action_by_hand(action, form.asked, why=typed["why"], by=request.user), on=action, back=page_of(action),
        parent_label=action.called, title="Correct what was misread", against=lambda: refusals_of_correcting_action(action, form.asked, standing),
        changes=lambda: changes_of_action(action, form.asked), kicker=action.called, quote=action.text, source=source_of_action(action),
    )  # fmt: skip


@form_view
def correct_who_came(request: SignedIn, code: str) -> HttpResponse:
    """Everybody who is listed, somebody who was missed, and whoever the reader made up."""
    meeting, standing = meeting_for(request, code)
    require(refusals_to_correct_meeting(meeting, standing, portal_now()))
    form = WhoCameForm(meeting, sent(request))
    return _mended(
        request, form, lambda typed: operations.correct_who_came(meeting, form.said, why=typed["why"], by=request.user), on=meeting, back=desk_page(meeting),
        parent_label=meeting.code, title="Correct who came", against=lambda: refusals_of_who_came(meeting, form.said, listed.seats_of(meeting)),
        changes=lambda: listed.changes_by_hand(meeting, form.said), kicker=meeting.code, source=source_of_attendance(meeting),
    )  # fmt: skip


@form_view
def add_missed_action(request: SignedIn, code: str) -> HttpResponse:
    """An action that is in the paper, and that the reader passed over."""
    meeting, standing = meeting_for(request, code)
    require(refusals_to_correct_meeting(meeting, standing, portal_now()))
    form = MissedActionForm(meeting, sent(request))

    def act(typed: dict[str, Any]) -> Any:
        return operations.add_missed_action(meeting, typed["reference"].strip(), form.asked, item=typed["item"], why=typed["why"], by=request.user)

    return _mended(
        request, form, act, on=None, back=desk_page(meeting), parent_label=meeting.code, title="Add an action that was missed",
        against=lambda: refusals_of_missed_action(meeting, form.cleaned_data["reference"].strip(), form.asked, standing),
        changes=lambda: [missed_action(form.cleaned_data["reference"].strip(), form.asked)], kicker=meeting.code, source=source_of_actions(meeting),
    )  # fmt: skip


@form_view
def correct_items(request: SignedIn, code: str) -> HttpResponse:
    """What became of each item: dealt with or put off, and to which meeting."""
    meeting, standing = meeting_for(request, code)
    require(refusals_to_correct_meeting(meeting, standing, portal_now()))
    form = ItemsForm(meeting, sent(request))
    return _mended(
        request, form, lambda typed: operations.correct_items(meeting, form.said, why=typed["why"], by=request.user), on=meeting, back=desk_page(meeting),
        parent_label=meeting.code, title="Correct what became of items", against=lambda: refusals_of_items(meeting, form.said),
        changes=lambda: deferred.changes_by_hand(meeting, form.said), kicker=meeting.code, source=source_of_items(meeting),
    )  # fmt: skip


@form_view
def correct_vote(request: SignedIn, pk: int) -> HttpResponse:
    """What was voted on, on which decision that advises, and each row; or that the paper has no such vote."""
    question, standing = question_for(request, pk)
    require(refusals_to_correct_vote(question, standing, portal_now()))
    meeting = cast(AgendaItem, question.item).meeting
    form = CorrectVoteForm(question, sent(request))
    return _mended(
        request, form, lambda typed: operations.correct_vote_by_hand(question, form.voted, why=typed["why"], by=request.user), on=question,
        back=desk_page(meeting), parent_label=meeting.code, title="Correct a vote that was misread", against=lambda: refusals_of_correcting_vote(question, form.voted),
        changes=lambda: voted.changes_by_hand(question, form.voted), kicker=question.on, quote=question.wording, source=source_of_votes(meeting),
    )  # fmt: skip


@form_view
def add_missed_vote(request: SignedIn, code: str) -> HttpResponse:
    """A vote that is in the paper, and that the reader passed over."""
    meeting, standing = meeting_for(request, code)
    require(refusals_to_correct_meeting(meeting, standing, portal_now()))
    form = MissedVoteForm(meeting, sent(request))
    return _mended(
        request, form, lambda typed: operations.add_missed_vote(meeting, form.voted, item=typed["item"], why=typed["why"], by=request.user), on=None,
        back=desk_page(meeting), parent_label=meeting.code, title="Add a vote that was missed",
        against=lambda: refusals_of_missed_vote(meeting, form.voted, form.cleaned_data["item"]), changes=lambda: [voted.missed_vote(meeting, form.voted)],
        kicker=meeting.code, source=source_of_votes(meeting),
    )  # fmt: skip
