"""A review as those see it who are asked, who keep it, and who own the document: what is said, one by one or by a sheet, and what becomes of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from artefacts import operations, sheets
from artefacts.forms.reviews import CommentForm, ResolveForm, ReviewForm
from artefacts.going_out import going_out
from artefacts.models import ArtefactVersion, Comment, Review, ReviewRow, Weight
from artefacts.operations.reviewing import seats_by_default
from artefacts.rules.reviews import (
    refusals_of_comment,
    refusals_of_review,
    refusals_to_comment,
    refusals_to_extend_review,
    refusals_to_give_review_leave,
    refusals_to_open_review,
    refusals_to_resolve,
    refusals_to_resolve_comments,
    refusals_to_withdraw_review,
)
from artefacts.shown.reviews import comments_to_read
from artefacts.shown.reviews import review_page as page_of
from artefacts.verbs import artefact_page, find_comment, find_review, find_row, find_version, review_page
from decisions.views.finding import note_reading
from files.door import takes_files
from groups.models import Appointment, Group, Organisation, Seat
from groups.policies import Key, working_days
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing
from groups.taking_sheets import Taking, sheet_page
from records import exporting
from records.clock import portal_now, portal_today
from records.rules import require
from records.window_forms import ExtendForm, LeaveForm, WhyForm
from records.working_days import UnknownYear


def _review_for(request: SignedIn, pk: int) -> tuple[Review, Standing]:
    """The review, if the person may know of it; for anyone else it does not exist here."""
    standing = standing_of(request)
    found = find_review(pk, standing)
    if found is None:
        raise Http404
    note_reading(request, standing, found.group, f"comments in {found}")
    return found, standing


def _row_for(request: SignedIn, pk: int) -> tuple[ReviewRow, Standing]:
    standing = standing_of(request)
    found = find_row(pk, standing)
    if found is None:
        raise Http404
    return found, standing


@require_safe
def review(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _review_for(request, pk)
    return render(request, "artefacts/review.html", {"nav": "desk"} | page_of(found, standing, portal_now()))


@require_safe
def log_csv(request: SignedIn, pk: int) -> HttpResponse:
    """The log as a table to take away, as far as the person may read it."""
    found, standing = _review_for(request, pk)
    keeps = not any(refusals_to_resolve_comments(found, standing, portal_now()))
    return exporting.as_csv(f"{found.version.artefact.slug}-review-{found.n}", sheets.lines_of(comments_to_read(found, standing), by_name=keeps))


def open_review(request: SignedIn, pk: int) -> HttpResponse:
    standing = standing_of(request)
    version = find_version(pk, standing)
    if version is None:
        raise Http404
    if request.POST.get("step") != "issue":  # pressed twice it is open already, and that is what was asked for: the verb asks for itself
        require(refusals_to_open_review(version, standing, portal_now()))
    today = portal_today()
    form = ReviewForm(
        working_days(version.group, Key.REVIEW, today), _held_seats(version.group, today), _reached(version.group, today), seats_by_default(version, today), sent(request)
    )
    if request.method == "POST" and request.POST.get("step") != "change" and form.is_valid():
        return _checked(request, version, form)
    return _review_form(request, version, form)


def _review_form(request: SignedIn, version: ArtefactVersion, form: ReviewForm) -> HttpResponse:
    notes = ["You see who is asked, and until when, before anybody is mailed."]
    return form_page(request, form, nav="desk", title=f"Put {version} to review", button="Check before it goes out", notes=notes, **_beside(version))


def _beside(version: ArtefactVersion) -> dict[str, str]:
    return {"parent_url": artefact_page(version.artefact), "parent_label": str(version.artefact)}


def _checked(request: SignedIn, version: ArtefactVersion, form: ReviewForm) -> HttpResponse:
    """Who is asked, with what, until when; and at the press of its button they are, if that is still so."""
    if request.POST.get("step") == "issue":
        looked_at = request.POST.get("looked_at", "")
        if made := tried(request, form, lambda typed: operations.open_review(version, **form.typed(), looked_at=looked_at, by=request.user), on=version):
            n = made.roll.count()
            messages.success(request, f"{version} is in review. {n} {'is' if n == 1 else 'are'} asked, and told.")
            return redirect(review_page(made))
        if form.stale:
            form.errors.clear()
            form.add_error(None, "What would go out has changed since you looked, so nobody was asked. This is what would go out now.")
    else:
        _look_into(version, form)
    if form.errors and not form.stale:
        return _review_form(request, version, form)
    said = form.typed()
    try:
        shown = going_out(version, portal_now(), said["days"], said["seats"], said["organisations"])
    except UnknownYear as refused:
        form.add_error("days", str(refused.reasons[0]))
        return _review_form(request, version, form)
    context = {"version": version, "going": shown}
    return form_page(request, form, "artefacts/review_check.html", on=version, nav="desk", title=f"Check before {version} goes out", **_beside(version), **context)


def _look_into(version: ArtefactVersion, form: ReviewForm) -> None:
    """What the rules would refuse of it, beside its fields."""
    said = form.typed()
    for reason in refusals_of_review(version, policy_days=form.policy_days, reached={each.pk for each in said["organisations"]}, **said):
        form.add_error(reason.field if reason.field in form.fields else None, str(reason))
        form.refused_status = 409


def _held_seats(group: Group, today) -> list[Seat]:
    return list(Seat.objects.on(today).filter(group=group, holdings__during__contains=today).distinct().order_by("order", "pk"))


def _reached(group: Group, today) -> list[Organisation]:
    """The organisations for which somebody answers today."""
    answering = Appointment.objects.on(today).filter(kind=Appointment.Kind.RESPONDENT).values("organisation")
    return list(Organisation.objects.filter(pk__in=answering, fictional=group.fictional).order_by("name"))


def extend_review(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _review_for(request, pk)
    require(refusals_to_extend_review(found, standing, portal_now()))
    form = ExtendForm(sent(request), initial={"days": (found.window_days or 0) + 5})
    if tried(request, form, lambda typed: operations.extend_review(found, typed["days"], why=typed["why"], by=request.user), on=found):
        return _done(request, found, "It has more time, and everybody who was asked is told.")
    return _form(request, form, f"Give {found} more time", "Give it more time", found, on=found)


def withdraw_review(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _review_for(request, pk)
    require(refusals_to_withdraw_review(found, standing, portal_now()))
    form = WhyForm(sent(request))
    if tried(request, form, lambda typed: operations.withdraw_review(found, why=typed["why"], by=request.user), on=found):
        return _done(request, found, "It is withdrawn, and everybody who was asked is told why.")
    return _form(request, form, f"Withdraw {found}", "Withdraw it", found, on=found, button_tone="warning", lede="No comment in it counts.")


def review_leave(request: SignedIn, pk: int) -> HttpResponse:
    row, standing = _row_for(request, pk)
    require(refusals_to_give_review_leave(row, standing, portal_now()))
    form = LeaveForm(sent(request))

    def act(typed: dict[str, Any]) -> ReviewRow:
        verb = operations.give_review_leave if typed["leave"] == "given" else operations.refuse_review_leave
        return verb(row, why=typed["why"], by=request.user)

    if tried(request, form, act, on=row):
        return _done(request, row.review, f"{row.name} is told.")
    return _form(request, form, f"Late comments of {row.name}", "Save", row.review, on=row)


# --- what is said


def comment(request: SignedIn, pk: int) -> HttpResponse:
    row, standing = _row_for(request, pk)
    require(refusals_to_comment(row, standing, portal_now()))
    form, step = CommentForm(sent(request)), request.POST.get("step")
    if step == "record" and (made := tried(request, form, lambda typed: operations.comment(row, **typed, by=request.user))):
        return _done(request, row.review, f"Comment {made.number} of {row.name} is recorded. Another can follow.")
    title, stays = f"Comment on {row.review.version} for {row.name}", "It stays as it is, and is public when the log is published."
    if request.method == "POST" and step != "change" and form.is_valid() and _is_sound(form):
        told = [("Section", form.cleaned_data["section"] or "The whole document"), ("Comment", form.cleaned_data["text"]), ("It weighs", Weight(form.cleaned_data["weight"]).label)]
        return _form(request, form, f"Check: {title[0].lower()}{title[1:]}", "Record the comment", row.review, template="desk/form_check.html", told=told, lede=stays)
    return _form(request, form, title, "Check the comment", row.review, template="artefacts/comment.html", row=row, quote=row.review.asked, lede=stays)


def _is_sound(form: CommentForm) -> bool:
    """By the rule of what a comment says; what it refuses is said beside its field."""
    for reason in refusals_of_comment(**form.cleaned_data):
        form.add_error(reason.field, str(reason))
        form.refused_status = 409
    return not form.errors


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def add_comments(request: SignedIn, pk: int) -> HttpResponse:
    """The comments of one seat or organisation, by a sheet."""
    row, standing = _row_for(request, pk)
    require(refusals_to_comment(row, standing, portal_now()))
    taking = Taking(
        read=lambda text: sheets.comments_on(row, text), act=lambda text, read: operations.add_comments(row, [each.does for each in read if each.does], by=request.user),
        columns=("section", "weight", "comment"), what="comment", done="added", button="Add", back=review_page(row.review),
    )  # fmt: skip
    return _sheet(
        request, taking, row.review, title=f"Bring in comments of {row.name} on {row.review.version}",
        lede="A table with the columns section, weight and comment; each line is one comment. Weights are must, should, editorial and question. "
        "A log that you took away can be brought back with new lines: what is there already is passed over.",
    )  # fmt: skip


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def resolve_comments(request: SignedIn, pk: int) -> HttpResponse:
    """What becomes of many comments, by a sheet that comes back; and which of them are left."""
    found, standing = _review_for(request, pk)
    require(refusals_to_resolve_comments(found, standing, portal_now()))
    taking = Taking(
        read=lambda text: sheets.resolutions_in(found, text), act=lambda text, read: operations.resolve_comments(found, [each.does for each in read if each.does], by=request.user),
        columns=("number", "resolution", "why"), what="resolution", done="recorded", button="Record", back=review_page(found),
    )  # fmt: skip
    return _sheet(
        request, taking, found, title=f"Say what becomes of the comments on {found.version}",
        lede="One by one below, or by a sheet: take the log away, fill in the columns resolution and why, and bring it back.",
        left=[each for each in comments_to_read(found, standing) if each.resolution is None],
    )  # fmt: skip


def _sheet(request: SignedIn, taking: Taking, found: Review, **context: Any) -> HttpResponse:
    return sheet_page(request, taking, "artefacts/sheet.html", review=found, parent_label="Review", here="By a sheet", **context)


# --- what becomes of it


def resolve(request: SignedIn, pk: int) -> HttpResponse:
    standing = standing_of(request)
    found: Comment | None = find_comment(pk, standing)
    if found is None:
        raise Http404
    require(refusals_to_resolve(found, standing, portal_now()))
    now = found.resolution
    form = ResolveForm(sent(request), initial={"outcome": now.outcome, "why": now.why} if now else {})
    if tried(request, form, lambda typed: operations.resolve(found, typed["outcome"], why=typed["why"], by=request.user)):
        return _done(request, found.row.review, f"What becomes of {found.number} is recorded.")
    lede = f"{found.row.name}, {found.section or 'the whole'}: {found.get_weight_display().lower()}"
    return _form(request, form, f"What becomes of {found.number}?", "Save", found.row.review, quote=found.text, lede=lede)


def _done(request: SignedIn, found: Review, what: str) -> HttpResponse:
    messages.success(request, what)
    return redirect(review_page(found))


def _form(request: SignedIn, form, title: str, button: str, found: Review, *, template: str = "desk/form.html", **also) -> HttpResponse:
    return form_page(request, form, template, nav="desk", title=title, button=button, parent_url=review_page(found), parent_label=f"Review {found.n}", **also)
