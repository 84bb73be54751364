"""The page on which an organisation answers: by its account, or by its link without one. What was typed is kept; a check page says what is sent."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from change_requests import operations
from change_requests.confidence import fields_for
from change_requests.forms.assessments import ResponseForm, WhoForm, body_of, digest_of, initial_of
from change_requests.links import row_for, rows_with_all
from change_requests.models import AssessmentRow, Audience, Response, ResponseDraft
from change_requests.operations.responding import earlier_answer
from change_requests.rules.responding import refusals_of_response, refusals_of_time, refusals_to_see
from groups.models import User
from groups.signed_in import SignedIn, standing_of
from records.clock import portal_now
from records.rules import Refusal, Refused, require

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
    """By the organisation's link: it says for whom one answers, and asks for a name."""
    row = row_for(token)
    if row is None:
        return render(request, "change_requests/no_answer.html", {"why": "This link is not one of ours, or is no longer good."}, status=404)
    return _Answering(request, row, None, reverse("change_requests:answer_by_link", args=[token])).response()


class _Answering:
    """One request about one row: open the form, keep what was typed, check it, submit it, see the receipt."""

    def __init__(self, request: HttpRequest, row: AssessmentRow, by: User | None, here: str):
        self.request, self.row, self.by, self.here = request, row, by, here
        self.over = [str(reason) for reason in refusals_of_time(row, portal_now())]

    def response(self) -> HttpResponse:
        if self.request.method == "POST":
            if not self.over:
                operations.note_opening(self.row)
            steps: dict[str, Callable[[], HttpResponse]] = {
                "none": self._no_impact, "check": self._check, "submit": self._submit, "save": self._save, "confirm": self._confirm,
            }  # fmt: skip
            try:
                return steps.get(self.request.POST.get("step", ""), self._check)()
            except Refused as refused:
                if refused.status == 404:
                    raise
                return self._form(self._typed(), list(refused.reasons), 409)
        if self.by and not self.over and self.request.method == "GET":  # by its link it may be a mail scanner that looks
            operations.note_opening(self.row)
        if "checked" in self.request.GET and not self.over and (draft := self._draft()):
            return self._check_page(ResponseForm(self.row, _unkept(draft)))
        return self._form(self._start())

    def _name(self) -> str:
        """As every typed name is cleaned; of whoever is signed in, if none was typed."""
        form = WhoForm(self.request.POST)
        return (form.cleaned_data["name"] if form.is_valid() else "") or (str(self.by) if self.by else "")

    def _draft(self) -> dict[str, Any]:
        kept = ResponseDraft.objects.filter(row=self.row).first()
        return kept.body if kept else {}

    def _start(self) -> ResponseForm:
        """The draft as it was kept; else the answer that was given; else the name of whoever is signed in."""
        if draft := self._draft():
            form = ResponseForm(self.row, _unkept(draft))
            form.is_valid()
            form.errors.clear()
            return form
        if self.row.counted:
            return ResponseForm(self.row, initial=initial_of(self.row.counted))
        earlier = earlier_answer(self.row)
        start = initial_of(earlier) if earlier else {}
        return ResponseForm(self.row, initial=start | {"name": str(self.by) if self.by else ""})

    def _typed(self) -> ResponseForm:
        return ResponseForm(self.row, self.request.POST)

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
        if not form.is_valid() or (reasons := list(refusals_of_response(self.row, form.said(), form.cleaned_data["name"]))):
            return self._form(form, reasons if form.is_valid() else [], 400)
        return redirect(f"{self.here}?checked")

    def _check_page(self, form: ResponseForm, reasons: list | None = None, status: int = 200) -> HttpResponse:
        """What will be sent, and who may read what of it."""
        if not form.is_valid():
            return redirect(self.here)
        said = form.said()
        name = form.cleaned_data["name"]
        told = Response(row=self.row, **{key: value or "" for key, value in said.items() if key in Response.FIELDS and key != "lead_time"})
        told.lead_time, told.confidence = said.get("lead_time"), said["confidence"]
        context = {
            "row": self.row, "assessment": self.row.assessment, "said": _with_audience(told), "name": name, "here": self.here, "by": self.by,
            "key": uuid4(), "sees": digest_of(form), "reasons": reasons or [],
        }  # fmt: skip
        return render(self.request, "change_requests/answer_check.html", self._common() | context, status=status)

    def _submit(self) -> HttpResponse:
        data = _unkept(self._draft())
        if "name" in self.request.POST:
            data["name"] = self._name()
        form = ResponseForm(self.row, data)
        if not form.is_valid():
            return redirect(self.here)
        if self.request.POST.get("sees", "") != digest_of(form):
            why = "What was kept has changed since you looked at it, by somebody else with this form. This is what would be sent now."
            return self._check_page(form, [why], 409)
        name = form.cleaned_data["name"]
        if reasons := list(refusals_of_response(self.row, form.said(), name)):
            return self._check_page(form, reasons, 400)
        operations.submit(self.row, form.said(), name=name, by=self.by, key=_uuid(self.request.POST.get("key", "")))
        return redirect(f"{self.here}#receipt")

    def _confirm(self) -> HttpResponse:
        operations.confirm(self.row, name=self._name(), by=self.by)
        return redirect(f"{self.here}#receipt")

    def _common(self) -> dict[str, Any]:
        request = self.row.assessment.version.change_request
        return {"nav": "desk" if self.by else "", "change_request": request, "version": self.row.assessment.version, "layout": "desk/base.html" if self.by else "base.html"}

    def _form(self, form: ResponseForm, reasons: list | None = None, status: int = 200) -> HttpResponse:
        for reason in reasons or []:
            form.add_error(reason.field if reason.field in form.fields else None, str(reason))
        given = rows_with_all().get(pk=self.row.pk).counted if self.request.method != "POST" else self.row.counted
        context = {
            "form": form, "row": self.row, "assessment": self.row.assessment, "here": self.here, "over": self.over, "given": given, "by": self.by,
            "given_says": fields_for(given, Audience.PROGRAMME) if given and (self.by or not self.over) else [], "earlier": None if given else earlier_answer(self.row),
        }  # fmt: skip
        return render(self.request, "change_requests/answer.html", self._common() | context, status=status)


def _says_more(kept: dict[str, Any], body: dict[str, Any]) -> bool:
    """Whether a draft holds another position, or anything where the short way says nothing."""
    position = [*kept.get("position", []), *kept.get("impact", [])]
    beside = [value for name, values in kept.items() if name not in body for value in values]
    return any(beside) or bool({*position} - {"", *NO_IMPACT["position"], *NO_IMPACT["impact"]})


def _with_audience(response: Response) -> list[tuple[str, str, str]]:
    """(what, in words, who may read it)."""
    labels = dict(Audience.choices)
    told = dict(fields_for(response, Audience.PROGRAMME))
    names = {label: name for name, label in Response.headings().items()}
    return [(label, value, labels[response.audience_of(names[label])]) for label, value in told.items()]


def _unkept(body: dict[str, Any]) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name, values in body.items():
        kept.setlist(name, values)
    return kept


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
