"""The page on which an organisation answers: by its account, or by its link without one. What was typed is kept; a check page says what is sent."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from change_requests import operations
from change_requests.confidence import fields_for, marked_for
from change_requests.forms.assessments import APART, AskForm, ResponseForm, WhoForm, body_of, digest_of, initial_of
from change_requests.forms.colleagues import ColleagueForm
from change_requests.links import colleague_for, row_for, rows_with_all
from change_requests.models import AssessmentRow, Audience, Colleague, Response, ResponseDraft
from change_requests.operations.responding import earlier_answer
from change_requests.rules.approving import waits_for_approval, who_approves
from change_requests.rules.colleagues import domains_of
from change_requests.rules.responding import (
    may_answer_too,
    refusals_of_response,
    refusals_of_time,
    refusals_to_confirm,
    refusals_to_see,
)
from change_requests.shown.answering import clarified, is_unsent, kept_at, sent_with, what_became
from groups.models import User
from groups.signed_in import SignedIn, standing_of
from records.clock import portal_now
from records.rules import Refusal, Refused, require
from records.typed import whole_number

NO_IMPACT = {"position": [Response.Position.NO_IMPACT.value], "impact": [Response.Impact.NONE.value]}


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """By an account that answers for the organisation."""
    row = rows_with_all().filter(pk=pk).first()
    if row is None:
        raise Http404
    require(refusals_to_see(row, standing_of(request)))
    return _Answering(request, row, request.user, reverse("change_requests:answer", args=[pk])).response()


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """By the organisation's link, or a colleague's own: it says for whom one answers, and asks for a name."""
    here = reverse("change_requests:answer_by_link", args=[token])
    if found := colleague_for(token):
        return _Answering(request, found[0], None, here, found[1]).response()
    row = row_for(token)
    if row is None:
        return render(request, "change_requests/no_answer.html", {"why": "This link is not one of ours, or is no longer good."}, status=404)
    return _Answering(request, row, None, here).response()


class _Answering:
    """One request about one row: open the form, keep what was typed, check it, submit it, see the receipt."""

    def __init__(self, request: HttpRequest, row: AssessmentRow, by: User | None, here: str, colleague: Colleague | None = None):
        self.request, self.row, self.by, self.here, self.colleague = request, row, by, here, colleague
        self.over = [str(reason) for reason in refusals_of_time(row, portal_now())]

    def response(self) -> HttpResponse:
        if self.request.method == "POST":
            if not self.over:
                operations.note_opening(self.row)
            steps: dict[str, Callable[[], HttpResponse]] = {
                "none": self._no_impact, "check": self._check, "submit": self._submit, "save": self._save, "confirm": self._confirm, "ask": self._ask,
                "forward": self._put_forward, "name": self._name_colleague, "end": self._end_colleague,
            }  # fmt: skip
            try:
                return steps.get(self.request.POST.get("step", ""), self._check)()
            except Refused as refused:
                if refused.status == 404:
                    raise
                is_typed = self.request.POST.get("step", "check") in ("check", "save")  # what is submitted was kept before
                return self._form(self._typed() if is_typed else self._as_kept(), list(refused.reasons), 409)
        if self.by and not self.over and self.request.method == "GET":  # by its link it may be a mail scanner that looks
            operations.note_opening(self.row)
        if "checked" in self.request.GET and not self.over and (draft := self._draft()):
            return self._check_page(self._of(_unkept(draft)))
        return self._form(self._start())

    def _name(self) -> str:
        """As every typed name is cleaned; of whoever is signed in, if none was typed."""
        form = WhoForm(self.request.POST)
        return (form.cleaned_data["name"] if form.is_valid() else "") or self._called

    @property
    def _called(self) -> str:
        """Of whom it is known: who is signed in, or the colleague whose link it is."""
        return str(self.by) if self.by else self.colleague.name if self.colleague else ""

    def _draft(self) -> dict[str, Any]:
        kept = ResponseDraft.objects.filter(row=self.row).first()
        return kept.body if kept else {}

    @cached_property
    def also(self) -> list[AssessmentRow]:
        return may_answer_too(self.row, standing_of(cast(SignedIn, self.request)) if self.by else None)

    def _of(self, data: QueryDict | None = None, **told: Any) -> ResponseForm:
        return ResponseForm(self.row, data, also=self.also, **told)

    def _start(self) -> ResponseForm:
        """The draft as it was kept; else the answer that was given; else the name of whoever is signed in."""
        if draft := self._draft():
            form = self._of(_unkept(draft))
            form.is_valid()
            form.errors.clear()
            return form
        if self.row.counted:
            return self._of(initial=initial_of(self.row.counted))
        earlier = earlier_answer(self.row)
        start = initial_of(earlier) if earlier else {}
        return self._of(initial=start | {"name": self._called})

    def _as_kept(self) -> ResponseForm:
        """The same, so that what was refused can be said on it."""
        form = self._start()
        if not form.is_bound:
            form = self._of(_unkept({name: [str(value)] for name, value in form.initial.items() if value not in (None, "")}))
            form.is_valid()
            form.errors.clear()
        return form

    def _typed(self) -> ResponseForm:
        return self._of(self.request.POST)

    def _keep(self, form: ResponseForm) -> None:
        operations.keep_draft(self.row, body_of(form), by=self.by)

    def _no_impact(self) -> HttpResponse:
        """The short way: nothing is said but that there is no impact, and by whom."""
        body = NO_IMPACT | {"name": [self._name()], "audience": [Audience.EVERYONE.value]}
        if _says_more(self._draft(), body):
            why = "A draft is kept that says more than “no impact”. Send that, or choose “No impact on us” in it."
            return self._form(self._start(), [Refusal(why)], 409)
        operations.keep_draft(self.row, body, by=self.by)
        return redirect(f"{self.here}?checked")

    def _save(self) -> HttpResponse:
        self._keep(self._typed())
        if self.by:
            messages.success(self.request, "The draft is kept. Nothing has been sent.")
        return redirect(self.here)

    def _check(self) -> HttpResponse:
        form = self._typed()
        self._keep(form)
        if not form.is_valid() or (reasons := list(refusals_of_response(self.row, form.typed(), form.cleaned_data["name"]))):
            return self._form(form, reasons if form.is_valid() else [], 400)
        return redirect(f"{self.here}?checked")

    def _check_page(self, form: ResponseForm, reasons: list | None = None, status: int = 200) -> HttpResponse:
        """What will be sent, and who may read what of it."""
        if not form.is_valid():
            return redirect(self.here)
        said = form.typed()
        name = form.cleaned_data["name"]
        told = Response(row=self.row, **{key: value or "" for key, value in said.items() if key in Response.FIELDS and key != "lead_time"})
        told.lead_time, told.confidence = said.get("lead_time"), said["confidence"]
        context = {
            "row": self.row, "assessment": self.row.assessment, "said": _with_audience(told), "name": name, "here": self.here, "by": self.by,
            "key": uuid4(), "sees": digest_of(form), "reasons": reasons or [], "also": form.stands_for, "approval": self._approval(),
        }  # fmt: skip
        return render(self.request, "change_requests/answer_check.html", self._common() | context, status=status)

    def _submit(self) -> HttpResponse:
        data = _unkept(self._draft())
        if "name" in self.request.POST:
            data["name"] = self._name()
        form = self._of(data)
        if not form.is_valid():
            return redirect(self.here)
        if self.request.POST.get("sees", "") != digest_of(form):
            why = "What was kept has changed since you looked at it, by somebody else with this form. This is what would be sent now."
            return self._check_page(form, [why], 409)
        name = form.cleaned_data["name"]
        if reasons := list(refusals_of_response(self.row, form.typed(), name)):
            return self._check_page(form, reasons, 400)
        operations.submit(
            self.row, form.typed(), name=name, also=form.stands_for, colleague=self.colleague, revision=whole_number(self.request.POST.get("revision")) or None,
            by=self.by, key=_uuid(self.request.POST.get("key", "")),
        )  # fmt: skip
        return redirect(f"{self.here}#receipt")

    def _put_forward(self) -> HttpResponse:
        """Ready, and for another person of the organisation to look at."""
        form = self._of(_unkept(self._draft()))
        if not form.is_valid() or list(refusals_of_response(self.row, form.typed(), form.cleaned_data["name"])):
            return redirect(self.here)
        revision = whole_number(self.request.POST.get("revision")) or None
        operations.put_forward(self.row, name=self._called or form.cleaned_data["name"], revision=revision, colleague=self.colleague, by=self.by)
        return redirect(f"{self.here}#approval")

    def _name_colleague(self) -> HttpResponse:
        self._refuse_colleagues()
        form = ColleagueForm(self.request.POST, signed_in=bool(self.by))
        if not form.is_valid():
            return self._form(self._start(), status=400, naming=form)
        said = form.cleaned_data
        try:
            operations.name_colleague(self.row, said["name"], said["address"], named_by_name=said.get("named_by_name") or self._called, by=self.by)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(reason.field if reason.field in form.fields else None, str(reason))
            return self._form(self._start(), status=409, naming=form)
        return redirect(f"{self.here}#colleagues")

    def _end_colleague(self) -> HttpResponse:
        self._refuse_colleagues()
        found = self.row.colleagues.filter(pk=whole_number(self.request.POST.get("colleague"))).first()
        if found:
            operations.end_colleague(found, by=self.by)
        return redirect(f"{self.here}#colleagues")

    def _refuse_colleagues(self) -> None:
        if self.colleague:
            raise Refused([Refusal("Whoever is appointed to answer for the organisation names colleagues: by the link of a colleague nobody is.")])

    def _approval(self) -> dict[str, Any] | None:
        """Where the draft stands, where a second person approves it."""
        if not self.row.needs_approval:
            return None
        draft = ResponseDraft.objects.select_related("put_forward_by").filter(row=self.row).first()
        person, waits = self.by.person_id if self.by else None, waits_for_approval(draft)
        return {
            "draft": draft, "waits": waits, "who": who_approves(self.row, draft.put_forward_by_id if draft and waits else person),
            "may_approve": waits and person is not None and person != (draft and draft.put_forward_by_id), "may_put_forward": not waits and bool(self.by or self.colleague),
        }  # fmt: skip

    def _confirm(self) -> HttpResponse:
        operations.confirm(self.row, name=self._name(), by=self.by)
        return redirect(f"{self.here}#receipt")

    def _ask(self) -> HttpResponse:
        """A question; told to whoever answers it, and not yet to anybody else."""
        form = AskForm(self.request.POST, signed_in=bool(self.by))
        if not form.is_valid():
            return self._form(self._start(), status=400, ask=form)
        said, key = form.cleaned_data, _uuid(self.request.POST.get("key", ""))
        try:
            operations.ask(self.row, said["question"], name=said.get("name") or str(self.by or ""), by=self.by, key=key)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(reason.field if reason.field in form.fields else None, str(reason))
            return self._form(self._start(), status=409, ask=form)
        return redirect(f"{self.here}#asked")

    def _common(self) -> dict[str, Any]:
        request = self.row.assessment.version.change_request
        return {"nav": "desk" if self.by else "", "change_request": request, "version": self.row.assessment.version, "layout": "desk/base.html" if self.by else "base.html"}

    def _form(
        self, form: ResponseForm, reasons: list | None = None, status: int = 200, ask: AskForm | None = None, naming: ColleagueForm | None = None
    ) -> HttpResponse:  # fmt: skip
        for reason in reasons or []:
            form.add_error(reason.field if reason.field in form.fields else None, str(reason))
        given = rows_with_all().get(pk=self.row.pk).counted if self.request.method != "POST" else self.row.counted
        earlier, now = None if given else earlier_answer(self.row), portal_now()
        context = {
            "form": form, "row": self.row, "assessment": self.row.assessment, "here": self.here, "over": self.over, "given": given, "by": self.by,
            "given_for": [each.row for each in given.given_for.select_related("row")] if given else [],
            "unsent": is_unsent(self.row, kept_at([self.row])), "given_says": marked_for(given, Audience.PROGRAMME) if given and (self.by or not self.over) else [], "earlier": earlier,
            "confirms": not any(refusals_to_confirm(self.row, earlier, now)), "ask": ask or AskForm(signed_in=bool(self.by)), "key": uuid4(),
            "may_ask": self.row.assessment.is_open(now), "colleague": self.colleague, "approval": self._approval(),
            "colleagues": [] if self.colleague else list(self.row.colleagues.filter(ended_at=None)), "domains": domains_of(self.row),
            "naming": naming or ColleagueForm(signed_in=bool(self.by)),
        }  # fmt: skip
        sent = sent_with(self.row, standing_of(cast(SignedIn, self.request)) if self.by else None)
        context |= clarified(self.row) | {"became": what_became(self.row), "sent": sent}
        return render(self.request, "change_requests/answer.html", self._common() | context, status=status)


def _says_more(kept: dict[str, Any], body: dict[str, Any]) -> bool:
    """Whether a draft holds another position, is closed to somebody, or says anything where the short way says nothing."""
    position = [*kept.get("position", []), *kept.get("impact", [])]
    beside = [value for name, values in kept.items() if name not in body for value in values]
    closed = {*kept.get("audience", [])} - {Audience.EVERYONE.value}
    return any(beside) or bool(closed) or bool({*position} - {"", *NO_IMPACT["position"], *NO_IMPACT["impact"]})


def _with_audience(response: Response) -> list[tuple[str, str, str]]:
    """(what, in words, who may read it)."""
    labels = dict(Audience.choices)
    told = dict(fields_for(response, Audience.PROGRAMME))
    names = {label: name for name, label in Response.headings().items()}
    return [(label, value, labels[response.audience_of(names[label])]) for label, value in told.items()]


def _unkept(body: dict[str, Any]) -> QueryDict:
    """A draft as its form sends it. One that was kept while parts could only be closed to all but the Programme says so of these."""
    kept = QueryDict(mutable=True)
    for name, values in body.items():
        kept.setlist(name, values)
    for part in kept.pop("confidential", []):
        kept.setdefault(f"{APART}{part}", Audience.PROGRAMME)
    return kept


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
