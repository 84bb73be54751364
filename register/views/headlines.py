from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meetings.models import HeadlinePDF
from register.public import public
from register.published import beside, published_or_404, shelved, texts_in
from register.views.shared import page_of, pdf_answer, twin_of

NOUN = "headline_report"


@public
def headlines(request: HttpRequest, code: str) -> HttpResponse:
    """What came of a meeting in short; and where its minutes are, once they are out."""
    found = published_or_404(NOUN, code, request.GET)
    around = beside(texts_in(found.body), found.body["group"], own=found.row.reference)
    meeting = shelved("meeting", found.row.reference)
    context = page_of(found, "meetings") | {
        "links": around.links, "group": around.group, "has_pdf": HeadlinePDF.objects.standing().filter(edition=found.edition.pk).exists(),
        "minutes_at": meeting.address if meeting and meeting.state == "published" else "",
    }  # fmt: skip
    return render(request, "register/headlines.html", context)


@public
def as_json(request: HttpRequest, code: str) -> HttpResponse:
    return twin_of(NOUN, code, request.GET)


@public
def as_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Of the latest edition, or the one that is asked for."""
    found = published_or_404(NOUN, code, request.GET)
    made = HeadlinePDF.objects.standing().filter(edition=found.edition.pk).first()
    code = found.row.reference
    return pdf_answer(request, made, f"{code}-headlines-edition-{found.edition.n}.pdf", address=found.row.address, called=f"the headline report of {code}", chore="print headlines", key=found.row.record_pk)
