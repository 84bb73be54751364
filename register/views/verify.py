from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from decisions.bodies import published_decision
from ledger.models import Entry
from meetings.models import Meeting
from records.models import Origin
from register.evidence import evidence
from register.proof import Proof
from register.public import public_from_rows


def _proof(reference: str) -> Proof:
    """From the rows, not from the edition that is shown: whether the two agree is what is asked."""
    found = published_decision(reference)
    if found is None:
        raise Http404
    return Proof(found, _import_entry(found.meeting) if found.origin == Origin.IMPORTED else None)


def _import_entry(meeting: Meeting | None) -> Entry | None:
    """The entry that vouches for what was read in: that of the import, or of what was last mended of it by hand. Each has all of it."""
    if meeting is None:
        return None
    files = meeting.imported_files.filter(superseded_by=None).values("pk")
    return Entry.objects.filter(subject_kind="imported_file", subject_pk__in=files, kind__in=("imported", "corrected by hand")).order_by("seq").last()


@public_from_rows
def verify(request: HttpRequest, reference: str) -> HttpResponse:
    """One decision checked: its votes counted again, its entries and the links beside them, and what it says against what was sealed."""
    proof = _proof(reference)
    return render(request, "register/verify.html", {"nav": "decisions", "decision": proof.decision, "title": proof.title, "proof": proof})


@public_from_rows
def as_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything needed to check it elsewhere, without the portal."""
    return JsonResponse(evidence(_proof(reference)), json_dumps_params={"ensure_ascii": False, "indent": 1})
