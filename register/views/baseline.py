"""The baseline of a group on any day, beside another day; and as a file."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode

from records.canonical import plain
from records.clock import portal_today
from records.exporting import as_csv
from records.forms import DayField, Form
from register.baseline import COLUMNS, baseline_of, differences, table
from register.public import public
from register.published import beside, group_of


class DaysForm(Form):
    on = DayField(label="On", required=False, help_text="Empty: today.")
    since = DayField(label="What is different since", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("since") and said["since"] > (said.get("on") or portal_today()):
            self.add_error("since", "Give a day before the other one.")
        return said


@public
def baseline(request: HttpRequest, code: str) -> HttpResponse:
    """Every artefact in force on a day, with its version, decision and files; citable by its address."""
    group = group_of(code.upper())
    if group is None:
        raise Http404
    form = DaysForm(request.GET or None)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day, since = said.get("on") or portal_today(), said.get("since")
    lines = baseline_of(group.reference, day)
    if request.GET.get("as") in ("csv", "json"):
        return _as_file(request.GET["as"], f"{group.reference}-baseline-{day}", list(table(lines)))
    asked = {name: told.isoformat() for name, told in (("on", day), ("since", since)) if told}
    context = {
        "nav": "artefacts", "group": group, "form": form, "day": day, "since": since, "lines": lines,
        "differing": differences(baseline_of(group.reference, since), lines) if since else [], "links": beside(_references(lines), "", own="").links,
        "query": urlencode(asked), "canonical_url": f"{settings.PORTAL_BASE_URL}{request.path}?{urlencode(asked)}",
    }  # fmt: skip
    return render(request, "register/baseline.html", context, status=400 if form.errors else 200)


def _references(lines) -> list[str]:
    return [*(line.decision for line in lines), *(each for line in lines for each in line.carries)]


def _as_file(form: str, name: str, lines: list[list[Any]]) -> HttpResponse:
    if form == "json":
        return JsonResponse({"baseline": [dict(zip(COLUMNS, plain(line), strict=True)) for line in lines[1:]]}, json_dumps_params={"ensure_ascii": False, "indent": 1})
    return as_csv(name, lines)
