"""A page without sign-in that only the holder of a secret link finds (docs/adr/0018-a-page-by-personal-link.md)."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods


def by_personal_link(view: Callable) -> Callable:
    """Stored by no cache, listed by no search engine, and its address is told to no other site."""

    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return login_not_required(require_http_methods(["GET", "HEAD", "POST"])(answered))
