"""How a form meets the rules: what is refused is shown beside its field, with everything typed kept."""

from collections.abc import Callable
from typing import Any

from django.forms import DateField, DateInput, Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from records.rules import Refused


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, even if that is nothing; None where the form is only opened."""
    return request.POST if request.method == "POST" else None


def tried(request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], Any]) -> Any:
    """What `act` returns, given what was typed; None if nothing was sent, the form is unsound, or the rules refuse.

    A refusal goes to its field, or to the top of the form. One with status 404 is not for the form: it is raised.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except Refused as refused:
        if refused.status == 404:
            raise
        form.refused_status = refused.status  # type: ignore[attr-defined]
        for reason in refused.reasons:
            form.add_error(reason.field if reason.field in form.fields else None, str(reason))
        return None


def form_page(request: HttpRequest, form: Form, template: str = "desk/form.html", **context: Any) -> HttpResponse:
    """The page of a form: 200 when it is opened, the refusal's status when the rules said no, 400 when it is unsound."""
    status = getattr(form, "refused_status", 400 if form.is_bound and form.errors else 200)
    return render(request, template, {"form": form, **context}, status=status)


class DayField(DateField):
    """A day in London: picked, or typed as 27/11/2026 or 27 Nov 2026."""

    def __init__(self, **told: Any):
        told.setdefault("widget", DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"))
        told.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "%d %B %Y"])
        told.setdefault("error_messages", {"invalid": "Give a day, such as 27/11/2026."})
        super().__init__(**told)
