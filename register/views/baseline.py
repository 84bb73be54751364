"""The baseline of a group on any day, beside another day; as a table; and with its files, to take away."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from files.shown import never_scanned
from records.canonical import plain, sha256
from records.clock import portal_today
from records.exporting import as_csv
from records.forms import DayField, Form
from register.baseline import COLUMNS, InForce, baseline_of, differences, table
from register.manifest import Manifest, named_in, refusals_of_packing
from register.models import Shelf
from register.public import public
from register.published import beside, group_of
from register.zipped import length_of, zipped


class DaysForm(Form):
    on = DayField(label="On", required=False, help_text="Leave it empty for today.")
    since = DayField(label="What is different since", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("since") and said["since"] > (said.get("on") or portal_today()):
            self.add_error("since", "Give a day before the other one.")
        return said

    @property
    def day(self) -> date:
        """The one that is asked for; today, where none is or none can be read."""
        return self._said.get("on") or portal_today()

    @property
    def earlier(self) -> date | None:
        return self._said.get("since")

    @property
    def _said(self) -> dict[str, Any]:
        return {} if not self.is_bound or self.errors else self.cleaned_data


@public
def baseline(request: HttpRequest, code: str) -> HttpResponse:
    """Every artefact in force on a day, with its version, decision and files; citable by its address."""
    group, form = _asked(request, code)
    if not form.errors and request.GET.get("as") in ("csv", "json"):
        day = form.day
        return _as_file(request.GET["as"], f"{group.reference}-baseline-{day}", list(table(baseline_of(group.reference, day))))
    return _page(request, group, form)


@public
def baseline_zip(request: HttpRequest, code: str) -> HttpResponseBase:
    """Its files, with a manifest: the same bytes whenever the baseline of that day is the same."""
    group, form = _asked(request, code)
    if form.errors:
        return _page(request, group, form)
    named = named_in(baseline_of(group.reference, form.day))
    if too_large := next(refusals_of_packing(named), ""):
        return _page(request, group, form, too_large)
    manifest = Manifest(group, form.day, _address(group, {"on": str(form.day)}), named)
    texts = manifest.texts
    files = manifest.packed(texts)
    response = HttpResponse(content_type="application/zip") if request.method == "HEAD" else StreamingHttpResponse(zipped(files), content_type="application/zip")
    response["Content-Length"], response["ETag"] = str(length_of(files)), f'"{sha256(texts["SHA256SUMS"].encode())}"'
    response["Content-Disposition"] = f'attachment; filename="{manifest.stem}.zip"'
    return response


def _asked(request: HttpRequest, code: str) -> tuple[Shelf, DaysForm]:
    group, form = group_of(code.upper()), DaysForm(request.GET or None)
    if group is None:
        raise Http404
    form.is_valid()
    return group, form


def _address(group: Shelf, asked: dict[str, str]) -> str:
    return f"{settings.PORTAL_BASE_URL}{reverse('register:baseline', args=[group.reference])}?{urlencode(asked)}"


def _page(request: HttpRequest, group: Shelf, form: DaysForm, too_large: str = "") -> HttpResponse:
    day, since = form.day, form.earlier
    lines = baseline_of(group.reference, day)
    asked = {name: str(told) for name, told in (("on", day), ("since", since)) if told}
    context = {
        "nav": "artefacts", "group": group, "form": form, "day": day, "since": since, "lines": [(line, line.is_in_force(day)) for line in lines],
        "differing": differences(baseline_of(group.reference, since), lines) if since else [], "links": beside(_references(lines), "", own="").links,
        "query": urlencode(asked), "canonical_url": _address(group, asked), "size": sum(line.size for line in lines), "files": sum(len(line.files) for line in lines),
        "too_large": too_large, "unscanned": never_scanned(each["digest"] for line in lines for each in line.files),
    }  # fmt: skip
    return render(request, "register/baseline.html", context, status=400 if form.errors else 409 if too_large else 200)


def _references(lines: list[InForce]) -> list[str]:
    return [*(line.decision for line in lines), *(line.released_with for line in lines), *(each for line in lines for each in line.carries)]


def _as_file(form: str, name: str, lines: list[list[Any]]) -> HttpResponse:
    if form == "json":
        return JsonResponse({"baseline": [dict(zip(COLUMNS, plain(line), strict=True)) for line in lines[1:]]}, json_dumps_params={"ensure_ascii": False, "indent": 1})
    return as_csv(name, lines)
