"""Was process followed? Of one decision with everything behind it, and of a period as files to take away."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assurance.change_requests import listed, sample, table, with_lines
from assurance.forms import PeriodForm, SampleForm
from assurance.trail import trail, trails, trails_of_requests
from change_requests.models import ChangeRequest, Determination
from decisions.lifecycle import DecisionStatus
from decisions.models import Decision
from decisions.views.finding import decision_for, note_reading
from groups.models import AssuranceReading, Group
from groups.operations import log_reading
from groups.signed_in import SignedIn, group_for, standing_of
from records.exporting import as_streamed_csv, csv_safe
from records.pages import paged
from records.process import Line

ANSWERS = {"yes": "yes", "no": "no", "unknown": "not recorded"}
MOST = 500  # decisions in one export


@require_safe
def process(request: SignedIn, pk: int) -> HttpResponse:
    """All of it, with the names behind the counts: for assurance readers, the Chair and the secretariat."""
    found, standing = decision_for(request, pk)
    if not standing.looks_behind(found.group):
        raise Http404
    if standing.assures(found.group) and not standing.reads_for_assurance(found.group):
        log_reading(request.user, f"process of {found}")
    (requests,) = _requests_of([found])
    context = {"nav": "desk", "decision": found, "lines": trail(found, everything=True), "readings": _readings_of(found), "requests": requests}
    return render(request, "assurance/process.html", context)


def _requests_of(decisions: list[Decision]) -> list[list[tuple[ChangeRequest, list[Line]]]]:
    """Of each decision the change requests that it settles, each with its lines. So many queries, however many there are."""
    made = list(Determination.objects.filter(settlement__decision__in=decisions).select_related("settlement", "change_request").order_by("settlement__n"))
    requests = list({each.change_request_id: each.change_request for each in made}.values())
    lines = dict(zip((each.pk for each in requests), trails_of_requests(requests, everything=True), strict=True))
    return [[(each.change_request, lines[each.change_request_id]) for each in made if each.settlement.decision_id == decision.pk] for decision in decisions]


@require_safe
def change_request(request: SignedIn, pk: int) -> HttpResponse:
    """The lines of one change request, with everything behind them."""
    standing = standing_of(request)
    found = ChangeRequest.objects.select_related("group").filter(pk=pk, published_at__isnull=False).first()
    if found is None or not standing.looks_behind(found.group):
        raise Http404
    note_reading(request, standing, found.group, f"process of {found}")
    (lines,) = trails_of_requests([found], everything=True)
    return render(request, "assurance/request.html", {"nav": "desk", "found": found, "lines": lines})


def _readings_of(decision: Decision) -> list[AssuranceReading]:
    """Who read of the decision and its questions for assurance before it was public, the latest first; by whatever reference it then had."""
    names = {decision.reference, *decision.history.values_list("reference", flat=True)}
    about = [f"{name} before publication" for name in (*names, *(q.reference for q in decision.questions.all()))]
    about += [f"process of {name}" for name in names]
    return list(AssuranceReading.objects.filter(reference__in=about).select_related("person")[:20])


@require_safe
def of_period(request: SignedIn, code: str) -> HttpResponse:
    """Every decision of a group in a period, line by line; with `as=zip`, to take away."""
    group, standing = group_for(request, code)
    if not standing.looks_behind(group):
        raise Http404
    form = PeriodForm(request.GET or None)
    asked = form.is_bound and form.is_valid()
    decisions = _decided(group, form.cleaned_data) if asked else []
    if asked:
        note_reading(request, standing, group, f"process of {group}, {form.cleaned_data['first']} to {form.cleaned_data['last']}")
    if asked and request.GET.get("as") == "zip":
        return _zipped(group, decisions, form.cleaned_data)
    told = [
        {"decision": decision, "lines": lines, "followed": _counts(lines), "requests": requests}
        for decision, lines, requests in zip(decisions, trails(decisions, everything=True), _requests_of(decisions), strict=True)
    ]
    context = {"nav": "desk", "group": group, "form": form, "told": told, "asked": asked, "query": request.GET.urlencode(), "most": MOST}
    return render(request, "assurance/process_of_period.html", context, status=400 if form.is_bound and not asked else 200)


@require_safe
def change_requests(request: SignedIn, code: str) -> HttpResponseBase:
    """Every change request of a group with its assessments, votes and decisions; ten by chance; with `as=csv`, to take away."""
    group, standing = group_for(request, code)
    if not standing.looks_behind(group):
        raise Http404
    note_reading(request, standing, group, f"change requests of {group}")
    form = SampleForm(request.GET or None)
    word = form.cleaned_data["word"] if form.is_bound and form.is_valid() else ""
    keys = listed(group)
    shown = sample(keys, word) if word else keys
    if request.GET.get("as") == "csv":
        return as_streamed_csv(f"{group.code}-change-requests", table(group, shown))
    page = paged(shown, request.GET.get("page"), word=word)
    context = {"nav": "desk", "group": group, "form": form, "told": with_lines(group, list(page.object_list)), "n": len(keys), "word": word, "shown": len(shown), "page": page}
    return render(request, "assurance/change_requests.html", context, status=200 if word or not form.errors else 400)


def _decided(group: Group, said: dict) -> list[Decision]:
    decided = Decision.objects.filter(group=group, status=DecisionStatus.DETERMINED, decided_on__range=(said["first"], said["last"]))
    return list(decided.select_related("group", "meeting", "item").order_by("decided_on", "number")[:MOST])


def _counts(lines: list[Line]) -> dict[str, int]:
    return {answer: sum(line.answer == answer for line in lines) for answer in ANSWERS}


def _zipped(group: Group, decisions: list[Decision], said: dict) -> HttpResponse:
    """One JSON file a decision, and one table of all."""
    packed, table = io.BytesIO(), io.StringIO(newline="")
    rows = csv.writer(table)
    rows.writerow(["decision", "title", "decided on", "change request", "step", "followed", "clause", "what the record says"])
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for decision, lines, requests in zip(decisions, trails(decisions, everything=True), _requests_of(decisions), strict=True):
            rows.writerows([csv_safe(text) for text in _row(decision, line, about)] for about, line in _all_of(lines, requests))
            files.writestr(f"{decision.reference}.json", json.dumps(_as_json(decision, lines, requests), ensure_ascii=False, indent=2))
        files.writestr("process.csv", "\ufeff" + table.getvalue())
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{group.code}-process-{said["first"]}-{said["last"]}.zip"'
    return response


Requests = list[tuple[ChangeRequest, list[Line]]]  # those that a decision settles, with their lines


def _all_of(lines: list[Line], requests: Requests) -> Iterator[tuple[str, Line]]:
    """About which change request each line is; empty for the decision itself."""
    yield from (("", line) for line in lines)
    yield from ((found.reference, line) for found, own in requests for line in own)


def _row(decision: Decision, line: Line, about: str) -> list[str]:
    return [decision.reference, decision.title, str(decision.decided_on), about, line.question, ANSWERS[line.answer], line.clause, line.text]


def _as_json(decision: Decision, lines: list[Line], requests: Requests) -> dict:
    return {
        "decision": decision.reference,
        "title": decision.title,
        "decided_on": str(decision.decided_on),
        "published": decision.published_at is not None,
        "steps": [_step(line) for line in lines],
        "change_requests": [{"change_request": found.reference, "steps": [_step(line) for line in own]} for found, own in requests],
    }


def _step(line: Line) -> dict:
    return {"step": line.question, "followed": ANSWERS[line.answer], "clause": line.clause, "record": line.text, "behind_it": list(line.private)}
