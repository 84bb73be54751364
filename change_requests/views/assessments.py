"""An assessment as the secretariat, the seats, the Chair and assurance see it: who was asked, who has answered what, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from change_requests import operations
from change_requests.due import days_by_policy
from change_requests.forms.assessments import AssessForm, MailedForm, ReplyForm, ThemeForm
from change_requests.links import rows_with_all
from change_requests.models import Assessment, AssessmentRow, Response, Theme
from change_requests.rules.assessments import (
    may_see_answers,
    refusals_to_assess,
    refusals_to_extend,
    refusals_to_reply,
    refusals_to_withdraw_assessment,
    refusals_to_write_theme,
)
from change_requests.rules.responding import refusals_to_give_leave, refusals_to_record_mailed
from change_requests.shown.assessments import answers_table, assessment_page
from change_requests.verbs import find_assessment, find_version, request_page
from decisions.views.finding import note_reading
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing
from records import exporting
from records.clock import portal_now, portal_today
from records.rules import require
from records.window_forms import ExtendForm, LeaveForm, WhyForm


def _assessment_for(request: SignedIn, pk: int) -> tuple[Assessment, Standing]:
    """The assessment, if the person may know who was asked; for anyone else it does not exist here."""
    standing = standing_of(request)
    found = find_assessment(pk, standing)
    if found is None:
        raise Http404
    note_reading(request, standing, found.group, f"answers to the {found}")
    return found, standing


def _row_for(request: SignedIn, pk: int) -> tuple[AssessmentRow, Standing]:
    standing, row = standing_of(request), rows_with_all().filter(pk=pk).first()
    if row is None or not may_see_answers(row.assessment, standing):
        raise Http404
    return row, standing


def page(assessment: Assessment) -> str:
    return reverse("change_requests:assessment", args=[assessment.pk])


@require_safe
def assessment(request: SignedIn, pk: int) -> HttpResponse:
    """Who was asked, who has answered, and what: in full, or as far as a seat may read it."""
    found, standing = _assessment_for(request, pk)
    return render(request, "change_requests/assessment.html", {"nav": "desk"} | assessment_page(found, standing, portal_now()))


@require_safe
def as_csv(request: SignedIn, pk: int) -> HttpResponse:
    """The answers as a table to take away, with what the person may read of them."""
    found, standing = _assessment_for(request, pk)
    return exporting.as_csv(f"{found.version.change_request.reference}-IA{found.n}", answers_table(found, standing))


def assess(request: SignedIn, pk: int) -> HttpResponse:
    standing = standing_of(request)
    version = find_version(pk, standing)
    if version is None:
        raise Http404
    require(refusals_to_assess(version, standing, portal_now()))
    form = AssessForm(version, days_by_policy(version, portal_today()), sent(request))
    if made := tried(request, form, lambda said: operations.open_assessment(version, **said, by=request.user)):
        messages.success(request, f"{version} is out for {made.get_kind_display().lower()}. {_asked(made)}")
        return redirect(page(made))
    where = {"parent_url": request_page(version.change_request), "parent_label": version.change_request.reference}
    notes = [f"It goes to every organisation of the constituencies it concerns, with {_attachments(version)}."]
    return form_page(request, form, nav="desk", title=f"Put {version} to assessment", button="Issue it", notes=notes, **where)


def _asked(assessment: Assessment) -> str:
    n = assessment.roll.values("organisation").distinct().count()
    return f"{n} organisation{'' if n == 1 else 's'} {'is' if n == 1 else 'are'} asked."


def _attachments(version) -> str:
    titles = [each.title for each in version.attachments.all() if not each.dropped]
    return f"what is attached: {'; '.join(titles)}" if titles else "no attachment"


def extend(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _assessment_for(request, pk)
    require(refusals_to_extend(found, standing, portal_now()))
    form = ExtendForm(sent(request), initial={"days": (found.window_days or 0) + 5})
    if tried(request, form, lambda said: operations.extend(found, said["days"], why=said["why"], by=request.user), on=found):
        return _done(request, found, "It has more time, and everybody who was asked is told.")
    return _form(request, form, f"Give the {found} more time", "Give it more time", found, on=found)


def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _assessment_for(request, pk)
    require(refusals_to_withdraw_assessment(found, standing, portal_now()))
    form = WhyForm(sent(request))
    if tried(request, form, lambda said: operations.withdraw_assessment(found, why=said["why"], by=request.user), on=found):
        return _done(request, found, "It is withdrawn, and everybody who was asked is told why.")
    return _form(request, form, f"Withdraw the {found}", "Withdraw it", found, on=found, button_tone="warning", lede="No answer to it counts.")


def mailed(request: SignedIn, pk: int) -> HttpResponse:
    row, standing = _row_for(request, pk)
    require(refusals_to_record_mailed(row, standing, portal_now()))
    form = MailedForm(row, sent(request))

    def act(said: dict[str, Any]) -> Response:
        return operations.record_mailed(row, form.said(), name=said["name"], by=request.user)

    if made := tried(request, form, act):
        return _done(request, row.assessment, f"The answer of {row.organisation_name} is recorded: {made.receipt}. It is told so, and may answer anew.")
    return _form(request, form, f"Record the answer of {row.organisation_name}", "Record it", row.assessment)


def leave(request: SignedIn, pk: int) -> HttpResponse:
    row, standing = _row_for(request, pk)
    require(refusals_to_give_leave(row, standing, portal_now()))
    form = LeaveForm(sent(request))

    def act(said: dict[str, Any]) -> AssessmentRow:
        verb = operations.give_leave if said["leave"] == "given" else operations.refuse_leave
        return verb(row, why=said["why"], by=request.user)

    if tried(request, form, act, on=row):
        return _done(request, row.assessment, f"{row.organisation_name} is told.")
    return _form(request, form, f"A late answer of {row.organisation_name}", "Save", row.assessment, on=row)


def theme(request: SignedIn, pk: int) -> HttpResponse:
    """A new theme."""
    found, standing = _assessment_for(request, pk)
    require(refusals_to_write_theme(found, standing, portal_now()))
    form = ThemeForm(found, sent(request))
    if tried(request, form, lambda said: operations.write_theme(found, **said, by=request.user)):
        return _done(request, found, "The theme is saved.")
    return _form(request, form, f"Write a theme of the {found}", "Save", found)


def _theme_for(request: SignedIn, pk: int) -> tuple[Theme, Standing]:
    standing = standing_of(request)
    found = Theme.objects.select_related("assessment__version__change_request__group", "assessment__version__change_request__raised_by").filter(pk=pk).first()
    if found is None or find_assessment(found.assessment_id, standing) is None:
        raise Http404
    return found, standing


def change_theme(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _theme_for(request, pk)
    require(refusals_to_write_theme(found.assessment, standing, portal_now()))
    form = ThemeForm(found.assessment, sent(request), initial={"title": found.title, "text": found.text, "rows": found.rows})
    if tried(request, form, lambda said: operations.write_theme(found.assessment, **said, theme=found, by=request.user), on=found):
        return _done(request, found.assessment, "The theme is saved.")
    return _form(request, form, f"Change the theme “{found.title}”", "Save", found.assessment, on=found)


def reply(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _theme_for(request, pk)
    require(refusals_to_reply(found, standing, portal_now()))
    form = ReplyForm(sent(request), initial={"text": found.reply})
    if tried(request, form, lambda said: operations.reply_to_theme(found, said["text"], by=request.user), on=found):
        return _done(request, found.assessment, "The reply is saved.")
    return _form(request, form, f"Reply to “{found.title}”", "Save the reply", found.assessment, on=found, quote=found.text)


def _done(request: SignedIn, found: Assessment, what: str) -> HttpResponse:
    messages.success(request, what)
    return redirect(page(found))


def _form(request: SignedIn, form, title: str, button: str, found: Assessment, **also) -> HttpResponse:
    return form_page(request, form, nav="desk", title=title, button=button, parent_url=page(found), parent_label=f"Assessment {found.n}", **also)
