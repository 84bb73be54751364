"""Was process followed? Of one decision with everything behind it, and of a period as files to take away."""

import csv
import io
import json
import zipfile

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assurance.change_requests import followed, sample, table
from assurance.forms import PeriodForm, SampleForm
from assurance.trail import trail, trails
from decisions.lifecycle import DecisionStatus
from decisions.models import Decision
from decisions.views.finding import decision_for, note_reading
from groups.models import AssuranceReading, Group
from groups.operations import log_reading
from groups.signed_in import SignedIn, group_for
from records.exporting import as_csv, csv_safe
from records.process import Line

ANSWERS = {"yes": "yes", "no": "no", "unknown": "not recorded"}
MOST = 500  # decisions in one export; change requests on one page


@require_safe
def process(request: SignedIn, pk: int) -> HttpResponse:
    """All of it, with the names behind the counts: for assurance readers, the Chair and the secretariat."""
    found, standing = decision_for(request, pk)
    if not standing.looks_behind(found.group):
        raise Http404
    if standing.assures(found.group) and not standing.reads_for_assurance(found.group):
        log_reading(request.user, f"process of {found}")
    context = {"nav": "desk", "decision": found, "lines": trail(found, everything=True), "readings": _readings_of(found)}
    return render(request, "assurance/process.html", context)


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
    told = [{"decision": d, "lines": lines, "followed": _counts(lines)} for d, lines in zip(decisions, trails(decisions, everything=True), strict=True)]
    context = {"nav": "desk", "group": group, "form": form, "told": told, "asked": asked, "query": request.GET.urlencode(), "most": MOST}
    return render(request, "assurance/process_of_period.html", context, status=400 if form.is_bound and not asked else 200)


@require_safe
def change_requests(request: SignedIn, code: str) -> HttpResponse:
    """Every change request of a group with its assessments, votes and decisions; ten by chance; with `as=csv`, to take away."""
    group, standing = group_for(request, code)
    if not standing.looks_behind(group):
        raise Http404
    note_reading(request, standing, group, f"change requests of {group}")
    form = SampleForm(request.GET or None)
    word = form.cleaned_data["word"] if form.is_bound and form.is_valid() else ""
    told = followed(group)
    shown = sample(told, word) if word else told
    if request.GET.get("as") == "csv":
        return as_csv(f"{group.code}-change-requests", table(shown))
    context = {"nav": "desk", "group": group, "form": form, "told": shown[:MOST], "n": len(told), "word": word, "shown": len(shown), "most": MOST}
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
    rows.writerow(["decision", "title", "decided on", "step", "followed", "clause", "what the record says"])
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for decision, lines in zip(decisions, trails(decisions, everything=True), strict=True):
            rows.writerows([csv_safe(text) for text in _row(decision, line)] for line in lines)
            files.writestr(f"{decision.reference}.json", json.dumps(_as_json(decision, lines), ensure_ascii=False, indent=2))
        files.writestr("process.csv", "\ufeff" + table.getvalue())
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{group.code}-process-{said["first"]}-{said["last"]}.zip"'
    return response


def _row(decision: Decision, line: Line) -> list[str]:
    return [decision.reference, decision.title, str(decision.decided_on), line.question, ANSWERS[line.answer], line.clause, line.text]


def _as_json(decision: Decision, lines: list[Line]) -> dict:
    return {
        "decision": decision.reference,
        "title": decision.title,
        "decided_on": str(decision.decided_on),
        "published": decision.published_at is not None,
        "steps": [
            {"step": line.question, "followed": ANSWERS[line.answer], "clause": line.clause, "record": line.text, "behind_it": list(line.private)}
            for line in lines
        ],
    }
