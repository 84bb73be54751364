"""What holds for every request: refusals are explained, and nothing is cached that was not meant to be."""

import logging
from typing import ClassVar

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records.rules import Refused

logger = logging.getLogger(__name__)


class RefusedMiddleware:
    """When the rules say no, say why. Views need no try/except unless they keep a form's text."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if exception.status == 404:  # no right to know that it exists: the same page as for what never did
            return render(request, "404.html", status=404)
        layout = "desk/base.html" if request.user.is_authenticated else "base.html"  # type: ignore[attr-defined]
        return render(request, "refused.html", {"reasons": exception.reasons, "status": exception.status, "layout": layout}, status=exception.status)


class NothingDoneMiddleware:
    """When the database gave up: whoever sent something is told that nothing of it was done, and when to try again."""

    BUSY, NO_ROOM = ("503.html", 10), ("no_room.html", 300)  # the page, and in how many seconds to come again
    WHY: ClassVar[dict[str, tuple[str, int]]] = {"55P03": BUSY, "57014": BUSY, "53100": NO_ROOM}  # lock_not_available, query_canceled, disk_full

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError) or not (told := self.WHY.get(getattr(exception.__cause__, "sqlstate", "") or "")):
            return None
        if told is self.NO_ROOM:
            logger.critical("The database has no room left to write in: %s", exception)
        response = render(request, told[0], status=503)
        response["Retry-After"] = str(told[1])
        return response


class PrivateUnlessSaidMiddleware:
    """A page no one declared public is never stored by a browser or a cache on the way.

    But for a page that answers what was sent, such as one that asks once more: the browser alone keeps it, to go back to. It could not ask
    for it again without sending anew, and says so on a page of its own. With the sign-out it is gone (records/cookies.py).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            answers = request.method == "POST" and response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")
            response["Cache-Control"] = "private, no-cache" if answers else "private, no-store"
        return response
