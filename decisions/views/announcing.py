"""What the Chair announced in the room: written down beside the decision, and confirmed for a whole meeting on one page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from decisions import operations
from decisions.forms.announcing import AnnounceForm, ConfirmForm
from decisions.forms.determining import body_of, kept_forms, terms_of
from decisions.models import Decision, DeterminationDraft
from decisions.operations import Confirmed
from decisions.preview import doubt_about_the_wording, look_at_first, preview
from decisions.rules import refusals_of_draft, why_reasons_are_required
from decisions.rules.announcing import announced_at, refusals_to_announce, refusals_to_confirm_announced
from decisions.views.deciding import about
from decisions.views.finding import decision_for
from groups.accounts import asks_again
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn
from meetings.models import Meeting
from meetings.views.finding import known_meeting
from records.clock import portal_now
from records.rules import Refused, require


def announce(request: SignedIn, pk: int) -> HttpResponse:
    """Write down that the Chair said in the room how it goes."""
    found, standing = decision_for(request, pk)
    require(refusals_to_announce(found, standing, portal_now()))
    draft = DeterminationDraft.objects.filter(decision=found).first()
    form = AnnounceForm(found, draft is not None, sent(request))

    def write_down(said: dict[str, Any]) -> Any:
        body = body_of(found, form.line.subjects, said["reasons"], form.line.consensus) if form.line else None
        return operations.announce(found, who=said["who"], body=body, by=request.user)

    if tried(request, form, write_down):
        messages.success(request, f"{found} is announced, and waits for the Chair to confirm it.")
        return redirect("decisions:decision", pk)
    notes = ["It stays on the table, and says that it was announced. Number, effects and publication wait until the Chair confirms it."]
    if draft:
        notes.append(f"A draft of the determination is kept, last saved by {draft.prepared_by}: that is what the Chair confirms.")
    return form_page(request, form, title="The Chair announced it", button="Write it down", quote=found.wording, notes=notes, **about(found))


class Waiting:
    """An announced decision on the page where the Chair confirms it: what its draft says, and what is still missing."""

    def __init__(self, decision: Decision, draft: DeterminationDraft | None, request: SignedIn):
        self.decision, self.draft = decision, draft
        body = draft.body if draft else {}
        start = {"revision": draft.revision if draft else 0, "reasons": [text for text in body.get("reasons", []) if text.strip()]}
        self.form = ConfirmForm(decision.title, sent(request), initial=start, prefix=f"d{decision.pk}")
        typed = self.form.cleaned_data["reasons"] if self.form.is_bound and self.form.is_valid() else start["reasons"]
        self.body = body | {"reasons": typed} if body else {}
        self.errors: list[str] = []
        self.terms = self._terms()
        self.doubt = doubt_about_the_wording(self.terms.wording, self.terms) if self.terms else ""
        self.why = why_reasons_are_required(decision, self.terms.subjects) if self.terms else ""

    def _terms(self) -> Any:
        """What would be determined; None where the draft does not say it yet."""
        if not self.body:
            return None
        form, rows = kept_forms(self.decision, self.body, self.draft.revision if self.draft else 0)
        return terms_of(form, rows) if form.is_valid() and rows.is_valid() else None

    @property
    def look_at_first(self) -> list[str]:
        """For the page: it is not asked for where nothing is shown."""
        return look_at_first(self.decision, self.terms) if self.terms else []

    @property
    def chosen(self) -> bool:
        return self.form.is_valid() and self.form.cleaned_data["chosen"]

    def looked_at(self, request: SignedIn) -> None:
        """Whatever the rules refuse of it, beside it."""
        if self.terms is None:
            self.errors = ["Say first what becomes of it."]
            return
        try:
            require(refusals_of_draft(self.draft, self.form.cleaned_data["revision"]) if self.draft else ())
            preview(self.decision, self.terms, by=request.user)
        except Refused as refused:
            self.errors = list(refused.reasons)

    @property
    def confirmed(self) -> Confirmed:
        return Confirmed(self.decision, self.body, self.form.cleaned_data["revision"], self.terms)


def announced(request: SignedIn, code: str) -> HttpResponse:
    """All that was announced at a meeting, confirmed at once: reasons where they are required, and who one is asked once."""
    meeting, standing = known_meeting(request, code)
    require(refusals_to_confirm_announced(meeting, standing, portal_now()))
    return asks_again(_announced)(request, meeting)


def _to_the_rest_of(request: SignedIn, waiting: list[Waiting], rest: str) -> HttpResponse:
    """To the page with all of it; the reasons typed here are kept in its draft."""
    for each in waiting:
        if str(each.decision.pk) == rest and each.body and each.form.is_valid():
            operations.prepare(each.decision, each.body, revision=each.form.cleaned_data["revision"], by=request.user)
            return redirect("decisions:determine", each.decision.pk)
    return redirect(request.path)


def _announced(request: SignedIn, meeting: Meeting) -> HttpResponse:
    decisions = announced_at(meeting)
    drafts = {draft.decision_id: draft for draft in DeterminationDraft.objects.filter(decision__in=decisions)}
    waiting = [Waiting(decision, drafts.get(decision.pk), request) for decision in decisions]
    errors: list[str] = []
    if request.method == "POST" and (rest := request.POST.get("rest", "")):
        return _to_the_rest_of(request, waiting, rest)
    if request.method == "POST":
        chosen = [each for each in waiting if each.chosen]
        for each in chosen:
            each.looked_at(request)
        for each in waiting:
            each.errors += [str(error) for said in each.form.errors.values() for error in said]
        errors = [f"{each.decision.title}: {error}" for each in waiting for error in each.errors]
        if not errors:
            try:
                done = operations.confirm_announced(meeting, [each.confirmed for each in chosen], by=request.user)
                many = "1 decision is" if len(done) == 1 else f"{len(done)} decisions are"
                messages.success(request, f"{many} determined, and the members are told: {', '.join(each.reference for each in done)}.")
                return redirect("desk:meeting", meeting.code)
            except Refused as refused:
                errors = list(refused.reasons)
    context = {
        "nav": "desk", "meeting": meeting, "waiting": waiting, "errors": errors, "parent_url": reverse("desk:meeting", args=[meeting.code]),
    }  # fmt: skip
    return render(request, "decisions/announced.html", context, status=409 if errors else 200)
