"""What holds for every request: refusals are explained, and nothing is cached that was not meant to be."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records.rules import Refused


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
        return render(request, "refused.html", {"reasons": exception.reasons, "status": exception.status}, status=exception.status)


class PrivateUnlessSaidMiddleware:
    """A page no one declared public is never stored by a browser or a cache on the way."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response
