"""What every anonymous address shares: it needs no account, changes nothing, is the same for everyone, and may be cached."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe

from register.acronyms import expanded
from register.copies import copy_of, keep, state_of_the_rows, state_of_the_shelf

MAX_AGE = 60  # seconds: as stale as a reader may ever see the record, and as fresh as it need be


def public(view: Callable) -> Callable:
    """Declare a view public: GET and HEAD only, with an ETag and a shared-cache header, and made anew only if something was published."""
    return _public(view, state_of_the_shelf)


def public_from_rows(view: Callable) -> Callable:
    """The same for what is made from rows and the ledger, not from editions: made anew if anything was written anywhere."""
    return _public(view, state_of_the_rows)


def _public(view: Callable, state_of: Callable[[], str]) -> Callable:
    @wraps(view)
    def shared(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        address, state = request.get_full_path(), state_of()
        if copy := copy_of(address, state):
            return copy
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and response.get("Content-Type", "").startswith("text/html"):
            response.content = expanded(response.content.decode()).encode()
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = f"public, max-age={MAX_AGE}, stale-while-revalidate=300"
            keep(address, state, response)
        return response

    whole = conditional_page(shared)

    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = whole(request, *args, **kwargs)
        if request.method == "HEAD" and response.status_code == 200 and not response.has_header("Content-Length"):
            length = len(response.content)
            response.content = b""
            response["Content-Length"] = str(length)
        return response

    return login_not_required(require_safe(answered))
