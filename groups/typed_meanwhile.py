"""What somebody sent after their sign-in had run out: it goes through the sign-in with them, and comes back to be confirmed.

Nothing of it is kept here until they have signed in: till then it stands, signed, in the page that they have before them.
"""

from contextlib import suppress
from copy import copy
from typing import Any
from urllib.parse import urlsplit

from django.contrib.messages.storage import default_storage
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import resolve, reverse

from groups.accounts import sign_in_page
from records.form_words import in_words_of
from records.rules import Refused

SALT, FIELD, KEPT = "typed meanwhile", "typed", "typed_meanwhile"
GOOD_FOR = 3600  # seconds
MOST = 200_000  # characters, as they are carried
OF_THE_SENDING = {"csrfmiddlewaretoken", "step"}  # no part of what was typed: with no step, a form leads to its check
CARRIED = {"revision", "form_key", "key"}  # not typed either, and goes with what was


def asked_to_sign_in(request: HttpRequest) -> HttpResponse | None:
    """The sign-in beside what was typed; None if nothing was, or too much to carry."""
    sent = {name: values for name, values in request.POST.lists() if name not in OF_THE_SENDING}
    if not any(value.strip() for name, values in sent.items() if name not in CARRIED for value in values):
        return None
    carried = signing.dumps({"path": request.get_full_path(), "sent": sent}, salt=SALT, compress=True)
    if len(carried) > MOST:
        return None
    context = {"next": reverse("groups:typed"), FIELD: carried}
    return render(request, "groups/signed_out.html", sign_in_page(request) | context, status=401)


class TypedMeanwhileMiddleware:
    """Once the password was right, or the passkey, it is theirs: it waits in their session, through the second factor if there is one."""

    WAYS = ("account_login", "mfa_login_webauthn")  # of which what is not accepted leads nowhere else

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == 302 and FIELD in request.POST and request.path in map(reverse, self.WAYS):
            with suppress(signing.BadSignature):  # too old, or made up: they come to their desk
                request.session[KEPT] = signing.loads(request.POST[FIELD], salt=SALT, max_age=GOOD_FOR)
        return response


def shown(request: HttpRequest) -> HttpResponse:
    """What was typed, and a button that sends it to where it was meant for. Nothing is done before."""
    kept: dict[str, Any] = request.session.get(KEPT) or {}
    if not kept:
        return redirect("desk:home")
    hidden = [(name, value) for name, values in kept["sent"].items() for value in values]
    return render(request, "groups/typed.html", {"nav": "desk", "path": kept["path"], "typed": _in_words(request, kept), "hidden": hidden})


def _in_words(request: HttpRequest, kept: dict[str, Any]) -> list[tuple[str, str]]:
    """In the words of the form, as its page reads now; where there is none, by the names of the fields."""
    typed = {name: values for name, values in kept["sent"].items() if name not in CARRIED and "_FORMS" not in name}
    known = in_words_of(_page_at(request, kept["path"]), typed)
    told = [known.get(name, [(_words(name), value) for value in values if value.strip()]) for name, values in typed.items()]
    return [each for some in told for each in some]


def _page_at(request: HttpRequest, path: str) -> str:
    """The page on which the form stands, opened as whoever asks would open it. Nothing where it cannot be: it has other ways to say so."""
    asked, parts = copy(request), urlsplit(path)
    asked.path = asked.path_info = parts.path
    asked.GET = QueryDict(parts.query)
    asked._messages = default_storage(asked)  # type: ignore[attr-defined]  # what waits to be told is told on the page that is seen
    with suppress(Http404, Refused):
        asked.resolver_match = found = resolve(parts.path)
        answer = found.func(asked, *found.args, **found.kwargs)
        if answer.status_code == 200 and not answer.streaming:
            return answer.content.decode()
    return ""


def _words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").strip().capitalize()
