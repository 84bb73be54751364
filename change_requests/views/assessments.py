"""An assessment as the secretariat, the seats, the Chair and assurance see it: who was asked, who has answered what, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from change_requests import operations
from change_requests.due import days_by_policy
from change_requests.forms.assessments import AssessForm, MailedForm, OffRollForm, ReplyForm, ThemeForm
from change_requests.going_out import going_out
from change_requests.links import rows_with_all
from change_requests.models import (
    Assessment,
    AssessmentKind,
    AssessmentRow,
    ChangeRequestVersion,
    MailedOriginal,
    OffRollAnswer,
    Response,
    Theme,
)
from change_requests.rules.assessments import (
    may_have_original,
    may_see_answers,
    refusals_of_assessment,
    refusals_to_assess,
    refusals_to_extend,
    refusals_to_reply,
    refusals_to_withdraw_assessment,
    refusals_to_write_theme,
)
from change_requests.rules.responding import refusals_to_answer_off_roll, refusals_to_give_leave, refusals_to_record_mailed
from change_requests.shown.assessments import answers_table, assessment_page, planned
from change_requests.verbs import find_assessment, find_version, request_page
from decisions.views.finding import note_reading
from files.door import takes_files
from files.serving import stream
from groups.recipients import respondents_of
from groups.rules import refusals_to_give_appointment
from groups.sending import form_page, sent, sent_files, tried
from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing
from records import exporting
from records.clock import portal_now, portal_today
from records.rules import require
from records.window_forms import ExtendForm, LeaveForm, WhyForm
from records.working_days import UnknownYear


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
    if request.method == "POST" and request.POST.get("step") != "change" and form.is_valid():
        return _checked(request, version, form, standing)
    return _assess_form(request, version, form, standing)


def _assess_form(request: SignedIn, version: ChangeRequestVersion, form: AssessForm, standing: Standing) -> HttpResponse:
    whom = "the constituencies it concerns" if version.constituencies else "all constituencies, since it names none,"
    notes = [f"It goes to every organisation of {whom} with {_attachments(version)}.", "You see what goes out to whom before it does."]
    days = form.cleaned_data.get("days") if form.is_bound and form.is_valid() else None
    plan = planned(version.change_request, standing, days=days or days_by_policy(version, standing.on))
    return form_page(request, form, "change_requests/assess.html", nav="desk", title=f"Put {version} to assessment", button="Check before it goes out", notes=notes, **_beside(version), **plan)


def _beside(version: ChangeRequestVersion) -> dict[str, Any]:
    return {"parent_url": request_page(version.change_request), "parent_label": version.change_request.reference}


def _checked(request: SignedIn, version: ChangeRequestVersion, form: AssessForm, standing: Standing) -> HttpResponse:
    """What goes out to whom; and at the press of its button it does, if that is still so."""
    if request.POST.get("step") == "issue":
        looked_at = request.POST.get("looked_at", "")
        if made := tried(request, form, lambda typed: operations.open_assessment(version, **typed, looked_at=looked_at, by=request.user), on=version):
            messages.success(request, f"{version} is out for {AssessmentKind(made.kind).is_out_for}. {_asked(made)}")
            return redirect(page(made))
        if form.stale:
            form.errors.clear()
            form.add_error(None, "What would go out has changed since you looked, so nothing was sent. This is what would go out now.")
    else:
        _look_into(version, form, standing)
    if form.errors and not form.stale:
        return _assess_form(request, version, form, standing)
    now, days = portal_now(), form.cleaned_data["days"]
    try:
        shown = going_out(version, now, standing.on, days)
    except UnknownYear as refused:
        form.add_error("days", str(refused.reasons[0]))
        return _assess_form(request, version, form, standing)
    context = {"version": version, "going": shown, "appoints": not any(refusals_to_give_appointment(version.group, standing, now)), "kind": AssessmentKind(form.cleaned_data["kind"]).label}
    plan = planned(version.change_request, standing, days=days)
    return form_page(request, form, "change_requests/assess_check.html", on=version, nav="desk", title=f"Check before {version} goes out", **_beside(version), **context, **plan)


def _look_into(version: ChangeRequestVersion, form: AssessForm, standing: Standing) -> None:
    """What the rules would refuse of it, beside its fields."""
    typed = {name: form.cleaned_data[name] for name in ("kind", "days", "days_why", "authority", "decision")}
    for reason in refusals_of_assessment(version, policy_days=form.policy_days, today=standing.on, **typed):
        form.add_error(reason.field if reason.field in form.fields else None, str(reason))
        form.refused_status = 409


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
    if tried(request, form, lambda typed: operations.extend(found, typed["days"], why=typed["why"], by=request.user), on=found):
        return done(request, found, "It has more time, and everybody who was asked is told.")
    return form_of(request, form, f"Give the {found} more time", "Give it more time", found, on=found)


def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _assessment_for(request, pk)
    require(refusals_to_withdraw_assessment(found, standing, portal_now()))
    form = WhyForm(sent(request))
    if tried(request, form, lambda typed: operations.withdraw_assessment(found, why=typed["why"], by=request.user), on=found):
        return done(request, found, "It is withdrawn, and everybody who was asked is told why.")
    return form_of(request, form, f"Withdraw the {found}", "Withdraw it", found, on=found, button_tone="warning", lede="No answer to it counts.")


@takes_files
def mailed(request: SignedIn, pk: int) -> HttpResponse:
    """An answer that came by mail, and the mail itself."""
    row, standing = _row_for(request, pk)
    require(refusals_to_record_mailed(row, standing, portal_now()))
    silent = row.assessment.roll.filter(responses=None).exclude(pk=row.pk).prefetch_related("responses").order_by("order")
    form = MailedForm(row, sent(request), sent_files(request), also=list(silent))

    def act(typed: dict[str, Any]) -> Response:
        return operations.record_mailed(
            row, form.typed(), name=typed["name"], also=form.stands_for, original=typed["original"], sent_from=typed["sent_from"], by=request.user
        )

    if made := tried(request, form, act):
        return done(request, row.assessment, _recorded(made, [row, *form.stands_for]))
    notes = [f"{row.organisation_name} has its answers approved by a second person: record what its people stand for together."] if row.needs_approval else []
    return form_of(request, form, f"Record the answer of {row.organisation_name}", "Record it", row.assessment, notes=notes)


def _recorded(made: Response, rows: list[AssessmentRow]) -> str:
    """What is written down for whom, in whose name; and who gets a receipt."""
    names = list(dict.fromkeys(row.organisation_name for row in rows))
    known = respondents_of(row.organisation_id for row in rows)
    without = [name for name in names if not any(person.email for row in rows if row.organisation_name == name for person in known.get(row.organisation_id, []))]
    mailed = "Whoever answers for them is mailed a receipt, and may answer anew." if len(without) < len(names) else ""
    nobody = f"Nobody is known who answers for {', '.join(without)}: no receipt went there." if without else ""
    return " ".join(filter(None, (f"The answer of {', '.join(names)} is recorded, in the name of {made.submitted_name}: {made.receipt}.", mailed, nobody)))


@require_safe
def original(request: SignedIn, pk: int) -> HttpResponseBase:
    """A mailed answer as it came."""
    standing = standing_of(request)
    rows = MailedOriginal.objects.select_related("response__row__assessment__version__change_request__group", "blob__clean_copy").prefetch_related("blob__scans")
    found = rows.filter(pk=pk).first()
    if found is None or not may_have_original(found.response.row.assessment, standing):
        raise Http404
    note_reading(request, standing, found.group, f"the mailed answer of {found.response.row}"[:120])
    return stream(request, found)


def off_roll(request: SignedIn, pk: int) -> HttpResponse:
    """The answer of a Programme team, or of another that is not on the roll."""
    found, standing = _assessment_for(request, pk)
    require(refusals_to_answer_off_roll(found, standing, portal_now()))
    keeps = standing.is_secretary_of(found.group)
    form = OffRollForm(found, sent(request), for_others=keeps)

    def act(typed: dict[str, Any]) -> OffRollAnswer:
        return operations.answer_off_roll(found, typed["team"], form.typed(), name=typed["name"], by=request.user)

    if made := tried(request, form, act):
        told = " Nobody is mailed: tell them the receipt." if keeps else ""
        return done(request, found, f"The answer of {made.team} is recorded, in the name of {made.submitted_name}: {made.receipt}. It is counted apart.{told}")
    title = f"Record an answer to the {found} off the roll" if keeps else f"Answer the {found} off the roll"
    return form_of(request, form, title, "Record it", found, lede="It is counted apart from the organisations that were asked.")


def leave(request: SignedIn, pk: int) -> HttpResponse:
    row, standing = _row_for(request, pk)
    require(refusals_to_give_leave(row, standing, portal_now()))
    form = LeaveForm(sent(request))

    def act(typed: dict[str, Any]) -> AssessmentRow:
        verb = operations.give_leave if typed["leave"] == "given" else operations.refuse_leave
        return verb(row, why=typed["why"], by=request.user)

    if tried(request, form, act, on=row):
        return done(request, row.assessment, f"{row.organisation_name} is told.")
    return form_of(request, form, f"A late answer of {row.organisation_name}", "Save", row.assessment, on=row)


def theme(request: SignedIn, pk: int) -> HttpResponse:
    """A new theme."""
    found, standing = _assessment_for(request, pk)
    require(refusals_to_write_theme(found, standing, portal_now()))
    form = ThemeForm(found, sent(request))
    if tried(request, form, lambda typed: operations.write_theme(found, **typed, by=request.user)):
        return done(request, found, "The theme is saved.")
    return form_of(request, form, f"Write a theme of the {found}", "Save", found)


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
    if tried(request, form, lambda typed: operations.write_theme(found.assessment, **typed, theme=found, by=request.user), on=found):
        return done(request, found.assessment, "The theme is saved.")
    return form_of(request, form, f"Change the theme “{found.title}”", "Save", found.assessment, on=found)


def reply(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _theme_for(request, pk)
    require(refusals_to_reply(found, standing, portal_now()))
    form = ReplyForm(sent(request), initial={"text": found.reply})
    if tried(request, form, lambda typed: operations.reply_to_theme(found, typed["text"], by=request.user), on=found):
        return done(request, found.assessment, "The reply is saved.")
    return form_of(request, form, f"Reply to “{found.title}”", "Save the reply", found.assessment, on=found, quote=found.text)


def done(request: SignedIn, found: Assessment, what: str) -> HttpResponse:
    messages.success(request, what)
    return redirect(page(found))


def form_of(request: SignedIn, form, title: str, button: str, found: Assessment, **also) -> HttpResponse:
    return form_page(request, form, nav="desk", title=title, button=button, parent_url=page(found), parent_label=f"Assessment {found.n}", **also)
