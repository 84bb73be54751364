"""The one page of every verb that has no form: what cannot be taken back is asked about first, and only a press of the button does it."""

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desk.readers import looks
from groups.accounts import asks_again
from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing
from records.clock import portal_now
from records.opened import Stale, opened_on
from records.rules import require
from records.typed import LARGEST, whole_number
from records.verbs import Offer, Verb, verb_named


@require_http_methods(["GET", "HEAD", "POST"])
def do(request: SignedIn, name: str, pk: str) -> HttpResponse:
    """GET says what is about to be done and what follows from it; POST does it, on the record as it was then shown."""
    standing = standing_of(request)
    verb, record = found(name, pk, standing)
    require(verb.rule(record, standing, portal_now()))  # whoever may not do it is told so, and not asked who they are
    view = _done if request.method == "POST" else _page
    return (asks_again(view) if verb.asks_again else view)(request, verb, record)


def found(name: str, pk: str, standing: Standing) -> tuple[Verb, Model]:
    """For whoever may not know of the record, it does not exist."""
    verb = verb_named(name)
    if verb is None or verb.act is None or verb.find is None or whole_number(pk) in (0, LARGEST):
        raise Http404
    record = verb.find(int(pk), standing)
    if record is None:
        raise Http404
    return verb, record


def _page(request: SignedIn, verb: Verb, record: Model, stale: str = "", status: int = 200) -> HttpResponse:
    follows = verb.confirms(record) if verb.confirms else []
    context = {
        "nav": "desk", "offer": Offer(verb, record), "looks": looks(verb, record), "follows": follows, "revision": getattr(record, "revision", 0), "stale": stale,
        "back_url": verb.at(record), "back_text": str(record), "about": _about(record),
    }  # fmt: skip
    return render(request, "desk/check.html", context, status=status)


def _about(record: Model) -> str:
    """Of which record it is done: two may lie open in two tabs."""
    called, title = str(record), getattr(record, "title", "")
    return called if not title or title in called else f"{called}: {title}"


def _done(request: SignedIn, verb: Verb, record: Model) -> HttpResponse:
    try:
        with opened_on(record, request.POST.get("revision")):
            made = verb.do(record, by=request.user)
    except Stale:
        record.refresh_from_db()
        return _page(request, verb, record, "It has been changed since you looked at it, so nothing was done. Look again, then decide.", 409)
    messages.success(request, verb.in_words(verb.done, record))
    return redirect(verb.then(made) if verb.then else verb.at(record))
