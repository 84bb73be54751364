"""The papers of a meeting: read by its members, attached and circulated by the secretariat, handed in by whoever has a link."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_safe

from files.door import takes_files, takes_files_by_link
from files.packing import bound_in, can_be_had, progress_of
from files.serving import stream
from groups.calendar import Counting
from groups.sending import form_page, looked_at_anew, sent, sent_files, tried
from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing
from meetings import operations
from meetings.forms.papers import ByLinkForm, CirculateForm, HandInForm, NewPaperForm, PaperForm, initial_of_paper
from meetings.links import is_good, paper_for
from meetings.models import Meeting, Pack, Paper, PaperFile
from meetings.operations.papers import days_left
from meetings.packing import circulated
from meetings.papers import (
    Read,
    due_at,
    may_have,
    may_have_file,
    not_circulated_yet,
    papers_due_on,
    seen,
    seen_by,
    to_follow,
    to_read,
)
from meetings.recipients import audience
from meetings.rules import (
    refusals_to_add_paper,
    refusals_to_change_paper,
    refusals_to_circulate_papers,
    refusals_to_hand_in_by_link,
)
from meetings.verbs import papers_page
from meetings.views.finding import beside, item_for, meeting_for
from records.clock import portal_now
from records.personal_link import by_personal_link
from records.rules import Refused, require
from records.verbs import offers

CHANGED = "The papers or the meeting have changed since you looked, so nothing was sent. This is what would go out now."
form_view = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def papers(request: SignedIn, code: str) -> HttpResponse:
    """What is to be read before a meeting, item by item; all of it in one; and when it went out."""
    meeting, standing = meeting_for(request, code)
    now, counting = portal_now(), Counting()
    rows = seen_by(to_read(meeting, counting), standing)
    context = beside(meeting) | {
        "meeting": meeting, "rows": [with_offers(row, standing, now) for row in rows], "due_on": papers_due_on(meeting, counting), "circulations": circulations_of(meeting),
        "offers": [each for each in offers(meeting, standing, now) if each.name == "circulate_papers"], "writes": standing.is_secretary_of(meeting.group),
        "waiting": not_circulated_yet(meeting, rows) if standing.runs(meeting.group) else [], **pack_of(meeting),
    }  # fmt: skip
    return render(request, "meetings/papers.html", context)


@require_safe
def pack_now(request: SignedIn, code: str) -> HttpResponse:
    """How far the pack is, alone: asked for again and again while it is made."""
    meeting, _ = meeting_for(request, code)
    return render(request, "components/pack.html", pack_of(meeting))


def listed(row: Read) -> dict[str, Any]:
    """An item with its papers, to be read."""
    return {"item": row.item, "about": row.about, "papers": [{"shown": each} for each in row.papers]}


def with_offers(row: Read, standing: Standing, now: datetime) -> dict[str, Any]:
    """The same, with what can be done to each."""
    papers = [{"shown": each, "offers": offers(each.paper, standing, now)} for each in row.papers]
    return listed(row) | {"papers": papers, "may_add": not any(refusals_to_add_paper(row.item, standing, now))}


def circulations_of(meeting: Meeting) -> list[dict[str, Any]]:
    made = meeting.circulations.prefetch_related("papers", "told").order_by("n")
    return [{"circulation": each, "papers": len(each.papers.all()), "told": len(each.told.all())} for each in made]


def pack_of(meeting: Meeting) -> dict[str, Any]:
    pack = Pack.objects.filter(meeting=meeting).select_related("pdf", "zip").first()
    addresses = {"pdf_url": reverse("meetings:pack_pdf", args=[meeting.code]), "zip_url": reverse("meetings:pack_zip", args=[meeting.code])}
    if pack is None or pack.is_made:
        return addresses | {"pack": pack, "pack_files": pack}
    return addresses | {"pack": pack, "pack_files": pack if can_be_had(pack, circulated(meeting)) else None, "progress": progress_of(circulated(meeting))}


def paper_and_standing(request: SignedIn, pk: int) -> tuple[Paper, Standing]:
    standing = standing_of(request)
    found = Paper.objects.filter(pk=pk).select_related("item__meeting__group", "owed_by_person").first()
    if found is None or not may_have(found.visibility, found.group, standing):
        raise Http404
    return found, standing


def _beside_papers(meeting: Meeting) -> dict[str, Any]:
    return beside(meeting) | {"parent_url": papers_page(meeting), "parent_label": f"Papers of {meeting}"}


@takes_files
@form_view
def add_paper(request: SignedIn, pk: int) -> HttpResponse:
    item, standing = item_for(request, pk)
    require(refusals_to_add_paper(item, standing, portal_now()))
    form = NewPaperForm(item, sent(request), sent_files(request))

    def act(said: dict[str, Any]) -> Paper:
        return operations.add_paper(item, said["title"], said["file"], version=said["version"], **form.typed(), by=request.user)

    if made := tried(request, form, act):
        there = made.files.exists()
        messages.success(request, f"“{made.title}” is a paper of item {item.number}." if there else f"“{made.title}” is to follow{_from(made)}.")
        return redirect(f"{papers_page(item.meeting)}#item-{item.pk}")
    notes = ["Hand it in here; or leave the file out, and say who brings it."]
    return form_page(request, form, title=f"Add a paper to item {item.number}", lede=item.title, notes=notes, button="Add it", **_beside_papers(item.meeting))


def _from(paper: Paper) -> str:
    return f". {paper.owed_by_person} is sent a link with the next post" if paper.owed_by_person else f", from {paper.owed_by}"


@form_view
def change_paper(request: SignedIn, pk: int) -> HttpResponse:
    paper, standing = paper_and_standing(request, pk)
    require(refusals_to_change_paper(paper, standing, portal_now()))
    form = PaperForm(paper.item, sent(request), initial=initial_of_paper(paper))
    if made := tried(request, form, lambda said: operations.change_paper(paper, said["title"], **form.typed(), by=request.user), on=paper):
        messages.success(request, f"“{made.title}” is changed.")
        return redirect(f"{papers_page(paper.meeting)}#item-{paper.item_id}")
    return form_page(request, form, on=paper, title=f"Change “{paper.title}”", button="Save", **_beside_papers(paper.meeting))


@takes_files
@form_view
def hand_in(request: SignedIn, pk: int) -> HttpResponse:
    paper, standing = paper_and_standing(request, pk)
    require(refusals_to_change_paper(paper, standing, portal_now()))
    form = HandInForm(sent(request), sent_files(request))
    if made := tried(request, form, lambda said: operations.hand_in(paper, said["file"], version=said["version"], by=request.user)):
        messages.success(request, f"{made.name} is handed in. It goes out when the papers are circulated.")
        return redirect(f"{papers_page(paper.meeting)}#item-{paper.item_id}")
    last = paper.files.order_by("n").last()
    notes = [f"It takes the place of {last.name}, which stays on record."] if last else []
    return form_page(request, form, title=f"Hand in “{paper.title}”", button="Hand it in", notes=notes, **_beside_papers(paper.meeting))


@require_safe
def paper_file(request: SignedIn, pk: int) -> HttpResponseBase:
    """A version of a paper, for whoever may have it. That a person opened it is written down once."""
    rows = PaperFile.objects.select_related("paper__item__meeting__group", "blob__clean_copy").prefetch_related("blob__scans")
    found, standing = rows.filter(pk=pk).first(), standing_of(request)
    if found is None or not may_have_file(found, standing):
        raise Http404
    meeting_for(request, found.paper.meeting.code)  # an assurance reader's reading is written down
    answer = stream(request, found)
    if request.method == "GET" and answer.status_code in (200, 304):
        operations.note_opened(found, by=request.user)
    return answer


@form_view
def circulate_papers(request: SignedIn, code: str) -> HttpResponse:
    """Who is told, how many they are, and of what; then the button."""
    meeting, standing = meeting_for(request, code)
    now, counting = portal_now(), Counting()
    require(refusals_to_circulate_papers(meeting, standing, now))
    rows = to_read(meeting, counting)
    ready, (left, wanted) = not_circulated_yet(meeting, rows), days_left(meeting, now, counting)
    form = CirculateForm(sent(request), late=left < wanted, initial={"looked_at": seen(ready)})

    def act(said: dict[str, Any]) -> Any:
        return operations.circulate_papers(meeting, why=said.get("why", ""), looked_at=said["looked_at"], by=request.user)

    if made := tried(request, form, act, on=meeting):
        messages.success(request, f"The {made} go out with the next post, in a few minutes." if made.n == 1 else f"{capfirst(str(made))} goes out with the next post.")
        return redirect(papers_page(meeting))
    supplement = meeting.circulations.exists()
    if form.is_bound and form.stale:
        form = looked_at_anew(request, partial(CirculateForm, late=left < wanted), seen(ready), CHANGED)
    context = {
        "ready": ready, "told": audience(meeting), "follows": to_follow(rows), "left": left, "wanted": wanted, "supplement": supplement, "meeting": meeting, "begun": meeting.starts_at <= now,
        "publishes": meeting.is_public and meeting.agenda_published_at is not None,
    }  # fmt: skip
    title = f"Circulate {'a supplement to the' if supplement else 'the'} papers of {meeting}"
    return form_page(request, form, "meetings/circulate_papers.html", on=meeting, title=title, button="Circulate them", **context, **_beside_papers(meeting))


@require_safe
def pack_file(request: SignedIn, code: str, kind: str) -> HttpResponseBase:
    """All papers in one; while they are bound anew, as they were before, unless one of them was taken off."""
    meeting, _ = meeting_for(request, code)
    pack = pack_of(meeting)["pack_files"]
    if pack is None or (blob := getattr(pack, kind)) is None:
        raise Http404
    answer = stream(request, blob, f"{meeting.code} papers.{kind}")
    if request.method == "GET" and answer.status_code in (200, 304) and kind == "pdf":
        for file in PaperFile.objects.filter(circulated__in=bound_in(pack), paper__dropped=False).distinct().order_by("pk"):
            operations.note_opened(file, by=request.user)
    return answer


# --- by link


@takes_files_by_link(is_good)
@by_personal_link
def bring(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the link hands the paper in: it says which paper, for which meeting, and by when; and what is there."""
    paper = paper_for(token)
    if paper is None:
        return render(request, "meetings/no_paper.html", {"why": "This link is not one of ours, or is no longer good."}, status=404)
    over = [str(each) for each in refusals_to_hand_in_by_link(paper, portal_now())]
    form = ByLinkForm(sent(request), sent_files(request))
    if request.method == "POST" and not over and form.is_valid():
        try:
            operations.hand_in_by_link(paper, form.cleaned_data["file"], name=form.cleaned_data["name"], version=form.cleaned_data["version"])
            return redirect(reverse("meetings:bring", args=[token]))
        except Refused as refused:
            form.refused_status = refused.status
            for reason in refused.reasons:
                form.add_error(reason.field if reason.field in form.fields else None, str(reason))
    status = (form.refused_status or 400) if form.is_bound and (form.errors or over) else 200
    context = {"paper": paper, "meeting": paper.meeting, "form": form, "over": over, "due": due_at(paper, Counting()), "files": paper.files.order_by("-n").select_related("blob")}
    return render(request, "meetings/bring.html", context, status=status)
