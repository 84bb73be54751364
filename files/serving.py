"""How a file is handed out. Who may have it is for the caller to say, before."""

from typing import cast

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from files.kinds import ANYTHING, HANDED_OUT_AS, Kind
from files.models import Attached, Blob
from files.storing import opened
from records.rules import Refusal, Refused

NOTHING_RUNS = "default-src 'none'; sandbox"  # should a browser show it as a page all the same
SOON = 300  # seconds: the sweep has it scanned


def stream(request: HttpRequest, kept: Attached | Blob, name: str = "") -> HttpResponseBase:
    """The content, to be saved under this name or that of the attachment. Refused with 404 if it is infected.

    While the virus scanner has not answered, it is a page with 503, not 404: the file is there, and will come.
    """
    blob = kept if isinstance(kept, Blob) else kept.blob
    if blob.is_infected:
        raise Refused([Refusal("The virus scanner found something in this file: it is not handed out.", status=404)])
    if not blob.is_servable:
        return _later(request, "The virus scanner has not answered yet.")
    etag = f'"{blob.served.sha256}"'
    if (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return _told(unchanged, etag)
    return _told(_content(request, blob, name or cast(Attached, kept).name), etag)


def _content(request: HttpRequest, blob: Blob, name: str) -> HttpResponseBase:
    kind = HANDED_OUT_AS.get(Kind(blob.kind), ANYTHING)
    response: HttpResponseBase
    try:
        response = HttpResponse(content_type=kind) if request.method == "HEAD" else FileResponse(opened(blob.served.sha256), content_type=kind)
    except FileNotFoundError:
        return _later(request, "The portal cannot find it where it should be. Those who run it see that on the status page.")
    response["Content-Length"] = str(blob.served.size)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _told(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    if response.status_code in (200, 304):
        response["ETag"] = etag
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = NOTHING_RUNS
    return response


def _later(request: HttpRequest, why: str) -> HttpResponse:
    response = render(request, "files/later.html", {"why": why}, status=503)
    response["Retry-After"] = str(SOON)
    return response
