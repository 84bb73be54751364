"""Determining: typed into a draft that is kept, checked on a page that shows what will be published and told, then recorded."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions import operations
from decisions.due import how_it_is_published
from decisions.forms.determining import DetermineForm, SubjectForms, initial_subjects, initial_terms, kept_forms, terms_of
from decisions.models import Decision, DeterminationDraft, Outcome
from decisions.preview import look_at_first, preview
from decisions.rules import outcomes_that_need_reasons, refusals_of_draft, refusals_to_prepare, why_reasons_are_required
from decisions.sentences import joined
from decisions.shown import decision_page
from decisions.views.finding import decision_for
from groups.accounts import asks_again
from groups.signed_in import SignedIn
from groups.standing import Standing
from records.clock import portal_now
from records.rules import Refused, require
from records.subjects import open_in
from records.typed import whole_number


def _draft_of(decision: Decision) -> DeterminationDraft:
    return DeterminationDraft.objects.select_related("prepared_by").filter(decision=decision).first() or DeterminationDraft(decision=decision)


def _forms(decision: Decision, draft: DeterminationDraft, data: QueryDict | None = None, another: bool = False) -> tuple[DetermineForm, Any]:
    """What was sent; else the draft as it was kept, with room for another subject if that is asked for; else what the questions say."""
    if data is None and draft.body:
        form, rows = kept_forms(decision, draft.body, draft.revision)
        form.is_valid()
        again = {name: _list(form, name) if name in ("reasons", "directions") else form.data.get(name, "") for name in form.fields}
        shown = [_typed(row) for row in rows.forms]
        filled = [row for row in shown if row["ref"] or row["outcome"]] + [{}] * another
        return DetermineForm(decision, initial=again | {"revision": draft.revision}), SubjectForms(initial=filled, prefix="subject")
    if data is None:
        start = initial_terms(decision) | {"revision": draft.revision}
        return DetermineForm(decision, initial=start), SubjectForms(initial=initial_subjects(decision), prefix="subject")
    return DetermineForm(decision, data), SubjectForms(data, prefix="subject")


def _typed(row) -> dict[str, str]:
    """A subject as it was typed, sound or not."""
    return {name: row.data.get(f"{row.prefix}-{name}", "") for name in row.fields}


def _list(form: DetermineForm, name: str) -> list[str]:
    """Every box of a list, as it was typed."""
    return cast(QueryDict, form.data).getlist(name)


def _kept(form: DetermineForm, rows) -> dict:
    """The form as typed, without what belongs to this one sending of it, and without what is no field of it."""
    data, known = cast(QueryDict, form.data), form.fields.keys() - {"revision"}
    return {name: data.getlist(name) for name in data if name in known or name.startswith(f"{rows.prefix}-")}


def determine(request: SignedIn, pk: int) -> HttpResponse:
    """The whole determination on one page, beside what it rests on. Saving keeps a draft; checking leads on."""
    decision, standing = decision_for(request, pk)
    draft = _draft_of(decision)
    require(refusals_to_prepare(decision, standing, portal_now()))
    form, rows = _forms(decision, draft, request.POST if request.method == "POST" else None, "another" in request.GET)
    status, errors = 200, []
    if request.method == "POST":
        try:
            return _sent(request, decision, form, rows)
        except Refused as refused:
            status, errors = refused.status, list(refused.reasons)
        if not errors:
            status = 400
    page = decision_page(decision, standing, portal_now())
    subjects = [row["ref"].value() or "" for row in rows]
    needs = {subject: outcomes_that_need_reasons(decision, subject) for subject in subjects if subject}
    context = page | {
        "nav": "desk", "form": form, "rows": rows, "draft": draft, "errors": errors, "amber": _amber(decision, form, rows),
        "subjects": open_in(decision.group), "needs_reasons": [" ".join(needs.get(subject, [])) for subject in subjects], "when_reasons": _when(needs),
    }  # fmt: skip
    return render(request, "decisions/determine.html", context, status=status)


def _sent(request: SignedIn, decision: Decision, form: DetermineForm, rows) -> HttpResponse:
    """Keep what was typed whatever else is wrong with it; then, if asked to, go on to the check."""
    revision = whole_number(request.POST.get("revision"))
    saved = operations.prepare(decision, _kept(form, rows), revision=revision, by=request.user)
    shown = request.POST.copy()
    shown["revision"] = str(saved.revision)  # what is shown again is the draft just kept
    form.data = shown
    if request.POST.get("step") == "another":
        return redirect(reverse("decisions:determine", args=[decision.pk]) + "?another#outcomes")
    if request.POST.get("step") == "save":
        messages.success(request, "The draft is saved. Nothing is decided.")
        return redirect("decisions:determine", decision.pk)
    if not (form.is_valid() and rows.is_valid()):
        raise Refused([])
    preview(decision, terms_of(form, rows), by=request.user)  # whatever the rules refuse, they refuse here, beside the form
    return redirect("decisions:determine_check", decision.pk)


def _when(needs: dict[str, list[str]]) -> str:
    """With which outcome the reasons are required, before any is chosen."""
    if any(set(outcomes) == set(Outcome.values) for outcomes in needs.values()):
        return "Reasons are required: it revises an earlier decision."
    against = [subject for subject, outcomes in needs.items() if Outcome.APPROVED in outcomes]
    if against:
        return f"Reasons are required if {joined(against)} is approved, against the balance of advice; and if anything is rejected or sent back."
    return "Reasons are required if anything is rejected or sent back."


def _amber(decision: Decision, form: DetermineForm, rows) -> str:
    """Why reasons will be asked for: a note, never a block."""
    if not (form.is_bound and rows.is_bound and form.is_valid() and rows.is_valid()):
        return ""
    return why_reasons_are_required(decision, terms_of(form, rows).subjects)


def check(request: SignedIn, pk: int) -> HttpResponse:
    """What will be published and who will be told, exactly; then the button. The Chair is asked again who they are."""
    decision, standing = decision_for(request, pk)
    draft = _draft_of(decision)
    require(refusals_to_prepare(decision, standing, portal_now()))
    return asks_again(_checked)(request, decision, draft, standing)


def _checked(request: SignedIn, decision: Decision, draft: DeterminationDraft, standing: Standing) -> HttpResponse:
    form, rows = kept_forms(decision, draft.body, draft.revision)
    if not draft.body or not (form.is_valid() and rows.is_valid()):
        return redirect("decisions:determine", decision.pk)
    terms = terms_of(form, rows)
    if request.method == "POST":
        require(refusals_of_draft(draft, whole_number(request.POST.get("revision"))))
        determined = operations.determine(decision, terms, by=request.user)
        messages.success(request, f"{determined} is determined and the members are told. {how_it_is_published(determined, portal_now())}")
        return redirect("decisions:decision", decision.pk)
    context = {"nav": "desk", "decision": decision, "draft": draft, "why": why_reasons_are_required(decision, terms.subjects), "look_at_first": look_at_first(decision, terms)}
    return render(request, "decisions/determine_check.html", context | preview(decision, terms, by=request.user))


@require_safe
def draft(request: SignedIn, pk: int) -> HttpResponse:
    """The draft, read-only: for assurance readers it was shared with, and for those who prepare it."""
    decision, standing = decision_for(request, pk)
    kept = _draft_of(decision)
    prepares = standing.runs(decision.group)
    if not kept.pk or not (prepares or (kept.shared_with_assurance and standing.reads_for_assurance(decision.group))):
        raise Http404
    form, rows = kept_forms(decision, kept.body, kept.revision)
    context = {"nav": "desk", "decision": decision, "draft": kept, "form": form, "rows": rows, "prepares": prepares, "told": _told(form, rows)}
    return render(request, "decisions/draft.html", context)


def _told(form: DetermineForm, rows) -> dict:
    """The draft as words, sound or not."""
    said = form.data
    return {
        "subjects": [
            typed | {"outcome_words": dict(Outcome.choices).get(typed["outcome"], "").lower()} for row in rows.forms if (typed := _typed(row))["ref"]
        ],
        "reasons": [text for text in _list(form, "reasons") if text.strip()],
        "directions": [text for text in _list(form, "directions") if text.strip()],
        "said": [
            (field.label, said.get(name, "")) for name, field in form.fields.items()
            if name not in ("revision", "reasons", "directions") and said.get(name, "").strip()
        ],
    }  # fmt: skip

