"""Draft minutes as a Word document, out and back; and what was changed since they went to the members."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from files.door import takes_files
from files.kinds import HANDED_OUT_AS, Kind
from groups.sending import form_page, sent, sent_files, tried
from groups.signed_in import SignedIn, standing_of
from ledger.withdrawn import without, words_withdrawn
from meetings import operations
from meetings.forms.drafts import BringBackForm
from meetings.models import CopyFor, DraftReturn, Minutes
from meetings.rules.drafts import refusals_to_take_out
from meetings.senders import senders_of
from meetings.views.finding import beside, minutes_to_read
from meetings.word_draft import document
from meetings.wording import differing, of_copy, of_edition, of_now
from records.clock import portal_now
from records.rules import require


def _draft(request: SignedIn, code: str) -> Minutes:
    found, standing = minutes_to_read(request, code), standing_of(request)
    require(refusals_to_take_out(found, standing, portal_now()))
    return found


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: SignedIn, code: str) -> HttpResponse:
    """Where the draft is taken out as a Word document, and brought back."""
    found = _draft(request, code)
    form = BringBackForm(senders_of(found), sent(request), sent_files(request))

    def act(typed: dict[str, Any]) -> DraftReturn:
        seat, person = form.seat_and_person
        return operations.bring_back(found, typed["file"], seat=seat, person=person, by=request.user)

    if made := tried(request, form, act, on=None):
        many = made.comments.count()
        messages.success(request, f"{many} thing{'' if many == 1 else 's'} that {made.made_by} proposes or says {'is' if many == 1 else 'are'} beside the paragraphs now. The draft itself has not changed.")
        return redirect("meetings:comments", code)
    came = DraftReturn.objects.filter(copy__minutes=found).select_related("made_by", "seat", "recorded_by__person").order_by("-pk")
    return form_page(
        request, form, "meetings/word_draft.html", title=f"The draft minutes of {found.meeting} as a Word document", button="Read what it proposes", meeting=found.meeting,
        last=found.copies.filter(made_for=CopyFor.WORD).order_by("pk").last(), came=came, **beside(found.meeting),
    )  # fmt: skip


@require_POST
def word_file(request: SignedIn, code: str) -> FileResponse:
    found = _draft(request, code)
    copy = operations.take_out(found, by=request.user)
    name = f"{found.meeting.code} draft minutes.docx"
    return FileResponse(BytesIO(document(copy)), as_attachment=True, filename=name, content_type=HANDED_OUT_AS[Kind.DOCX])


@require_safe
def changed(request: SignedIn, code: str) -> HttpResponse:
    """The draft as it went to the members, beside what the minutes say now, or say in public."""
    found = minutes_to_read(request, code)
    copy = found.copies.filter(made_for=CopyFor.MEMBERS).order_by("pk").last()
    if copy is None:
        raise Http404
    edition = found.latest_edition
    copy.came, copy.blocks = without([copy.came, copy.blocks], words := words_withdrawn())
    if edition:
        edition.body = without(edition.body, words)
    told = differing(of_copy(copy), of_edition(edition) if edition else of_now(found))
    context = {
        "meeting": found.meeting, "copy": copy, "edition": edition, "told": told, "comments_url": reverse("meetings:comments", args=[code]), **beside(found.meeting),
    }  # fmt: skip
    return render(request, "meetings/draft_changed.html", context)
