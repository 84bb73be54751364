"""A review as those see it who are asked, who keep it, and who own the document: what is said, one by one or by a sheet, and what becomes of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods, require_safe

from artefacts import operations, sheets
from artefacts.forms.reviews import CommentForm, ResolveForm, ReviewForm, SheetForm
from artefacts.models import Comment, Review, ReviewRow
from artefacts.operations.reviewing import seats_by_default
from artefacts.rules.reviews import (
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
from files.looking import as_text
from groups.models import Appointment, Group, Organisation, Seat
from groups.policies import Key, working_days
from groups.sending import form_page, sent, sent_files, tried
from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing
from records import exporting
from records.canonical import canonical, sha256
from records.clock import portal_now, portal_today
from records.importing import MOST_CHARACTERS
from records.rules import Refused, require
from records.window_forms import ExtendForm, LeaveForm, WhyForm

MOST_BYTES = 4 * MOST_CHARACTERS  # of a sheet
MOST_SHOWN = 300  # characters of a cell of it


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
    require(refusals_to_open_review(version, standing, portal_now()))
    today = portal_today()
    form = ReviewForm(
        working_days(version.group, Key.REVIEW, today), _held_seats(version.group, today), _reached(version.group, today), seats_by_default(version, today), sent(request)
    )
    if made := tried(request, form, lambda said: operations.open_review(version, **form.said(), by=request.user)):
        n = made.roll.count()
        messages.success(request, f"{version} is in review. {n} {'is' if n == 1 else 'are'} asked, and told.")
        return redirect(review_page(made))
    where = {"parent_url": artefact_page(version.artefact), "parent_label": str(version.artefact)}
    return form_page(request, form, nav="desk", title=f"Put {version} to review", button="Open the review", **where)


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
    if tried(request, form, lambda said: operations.extend_review(found, said["days"], why=said["why"], by=request.user), on=found):
        return _done(request, found, "It has more time, and everybody who was asked is told.")
    return _form(request, form, f"Give {found} more time", "Give it more time", found, on=found)


def withdraw_review(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _review_for(request, pk)
    require(refusals_to_withdraw_review(found, standing, portal_now()))
    form = WhyForm(sent(request))
    if tried(request, form, lambda said: operations.withdraw_review(found, why=said["why"], by=request.user), on=found):
        return _done(request, found, "It is withdrawn, and everybody who was asked is told why.")
    return _form(request, form, f"Withdraw {found}", "Withdraw it", found, on=found, button_tone="warning", lede="No comment in it counts.")


def review_leave(request: SignedIn, pk: int) -> HttpResponse:
    row, standing = _row_for(request, pk)
    require(refusals_to_give_review_leave(row, standing, portal_now()))
    form = LeaveForm(sent(request))

    def act(said: dict[str, Any]) -> ReviewRow:
        verb = operations.give_review_leave if said["leave"] == "given" else operations.refuse_review_leave
        return verb(row, why=said["why"], by=request.user)

    if tried(request, form, act, on=row):
        return _done(request, row.review, f"{row.name} is told.")
    return _form(request, form, f"Late comments of {row.name}", "Save", row.review, on=row)


# --- what is said


def comment(request: SignedIn, pk: int) -> HttpResponse:
    row, standing = _row_for(request, pk)
    require(refusals_to_comment(row, standing, portal_now()))
    form = CommentForm(sent(request))
    if made := tried(request, form, lambda said: operations.comment(row, **said, by=request.user)):
        return _done(request, row.review, f"Comment {made.number} of {row.name} is recorded. Another can follow.")
    context = {"row": row, "quote": row.review.asked, "lede": "It stays as it is, and is public when the log is published."}
    return _form(request, form, f"Comment on {row.review.version} for {row.name}", "Record the comment", row.review, template="artefacts/comment.html", **context)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def add_comments(request: SignedIn, pk: int) -> HttpResponse:
    """The comments of one seat or organisation, by a sheet."""
    row, standing = _row_for(request, pk)
    require(refusals_to_comment(row, standing, portal_now()))
    return _Sheet(
        request, row.review, read=lambda text: sheets.comments_on(row, text),
        act=lambda read: operations.add_comments(row, [each.does for each in read if each.does], by=request.user),
        title=f"Bring in comments of {row.name} on {row.review.version}", columns=("section", "weight", "comment"), what="comment", done="added",
        lede="A table with the columns section, weight and comment; each line is one comment. Weights are must, should, editorial and question. "
        "A log that you took away can be brought back with new lines: what is there already is passed over.",
    ).response()  # fmt: skip


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def resolve_comments(request: SignedIn, pk: int) -> HttpResponse:
    """What becomes of many comments, by a sheet that comes back; and which of them are left."""
    found, standing = _review_for(request, pk)
    require(refusals_to_resolve_comments(found, standing, portal_now()))
    return _Sheet(
        request, found, read=lambda text: sheets.resolutions_in(found, text),
        act=lambda read: operations.resolve_comments(found, [each.does for each in read if each.does], by=request.user),
        title=f"Say what becomes of the comments on {found.version}", columns=("number", "resolution", "why"), what="resolution", done="recorded",
        lede="One by one below, or by a sheet: take the log away, fill in the columns resolution and why, and bring it back.",
        left=[each for each in comments_to_read(found, standing) if each.resolution is None],
    ).response()  # fmt: skip


class _Sheet:
    """One request about a sheet: open the form, show what was read of it beside each refusal, do what it says.

    Nothing is kept between the two: what is done is read from the text on the page again, and only if it is the text that was looked at.
    """

    def __init__(self, request: SignedIn, found: Review, *, read: Callable, act: Callable, title: str, columns: tuple, what: str, done: str, **context: Any):
        self.request, self.review, self.read, self.act = request, found, read, act
        self.what, self.done, self.context = what, done, {"title": title, "columns": columns} | context

    def response(self) -> HttpResponse:
        if self.request.method != "POST":
            return self._page(SheetForm())
        form = SheetForm(self.request.POST, sent_files(self.request))
        if not form.is_valid():
            return self._page(form, status=400)
        text = form.cleaned_data["sheet"]
        if file := form.cleaned_data["file"]:
            if file.size > MOST_BYTES:
                form.add_error("file", f"Hand in at most {MOST_CHARACTERS:,} characters at once.")
                return self._page(form, status=400)
            if (text := as_text(file.read())) is None:
                form.add_error("file", "This is no text: save the table as CSV, and hand that in.")
                return self._page(form, status=400)
        return self._read(text, by_file=bool(file))

    def _read(self, text: str, *, by_file: bool) -> HttpResponse:
        shown = QueryDict(mutable=True)
        shown["sheet"] = text
        form = SheetForm(shown)
        form.is_valid()
        form.errors.clear()
        try:
            read = self.read(text)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error("sheet", str(reason))
            return self._page(form, status=400)
        sees, refused_lines = sha256(canonical([[each.n, each.cells, each.passed_over] for each in read])), any(each.refusals for each in read)
        if self.request.POST.get("step") == "do" and not by_file and not refused_lines and self.request.POST.get("sees") == sees:
            return self._do(form, read, sees)
        return self._page(form, read, sees, status=400 if refused_lines else 200)

    def _do(self, form: SheetForm, read: list[sheets.Read], sees: str) -> HttpResponse:
        try:
            made = self.act(read)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, str(reason))
            return self._page(form, read, sees, status=refused.status)
        return _done(self.request, self.review, f"{len(made)} {self.what}{' is' if len(made) == 1 else 's are'} {self.done}.")

    def _page(self, form: SheetForm, read: list[sheets.Read] | None = None, sees: str = "", status: int = 200) -> HttpResponse:
        new, refused = (len([each for each in read or () if getattr(each, name)]) for name in ("does", "refusals"))
        context = {
            "nav": "desk", "form": form, "review": self.review, "sees": sees, "new": new, "refused": refused, "what": self.what,
            "read": [_shown(each, self.context["columns"]) for each in read] if read is not None else None,
            "summary": sheets.in_words(read, self.what, self.done) if read is not None else "", "button": f"{new} {self.what}{'' if new == 1 else 's'}",
            "verb": "Add" if self.done == "added" else "Record",
        }  # fmt: skip
        return render(self.request, "artefacts/sheet.html", self.context | context, status=status)



def _shown(line: sheets.Read, columns: tuple[str, ...]) -> dict[str, Any]:
    return {"n": line.n, "cells": [(name, Truncator(line.cells[name]).chars(MOST_SHOWN)) for name in columns], "does": line.does, "refusals": line.refusals, "passed_over": line.passed_over}


# --- what becomes of it


def resolve(request: SignedIn, pk: int) -> HttpResponse:
    standing = standing_of(request)
    found: Comment | None = find_comment(pk, standing)
    if found is None:
        raise Http404
    require(refusals_to_resolve(found, standing, portal_now()))
    now = found.resolution
    form = ResolveForm(sent(request), initial={"outcome": now.outcome, "why": now.why} if now else {})
    if tried(request, form, lambda said: operations.resolve(found, said["outcome"], why=said["why"], by=request.user)):
        return _done(request, found.row.review, f"What becomes of {found.number} is recorded.")
    lede = f"{found.row.name}, {found.section or 'the whole'}: {found.get_weight_display().lower()}"
    return _form(request, form, f"What becomes of {found.number}?", "Save", found.row.review, quote=found.text, lede=lede)


def _done(request: SignedIn, found: Review, what: str) -> HttpResponse:
    messages.success(request, what)
    return redirect(review_page(found))


def _form(request: SignedIn, form, title: str, button: str, found: Review, *, template: str = "desk/form.html", **also) -> HttpResponse:
    return form_page(request, form, template, nav="desk", title=title, button=button, parent_url=review_page(found), parent_label=f"Review {found.n}", **also)
