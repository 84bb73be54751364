"""How a form of somebody who is signed in is opened, sent and answered.

What the rules refuse is shown beside its field, with everything typed kept. A form carries what it was opened on: the revision of
the record it changes, so that nobody writes over somebody else unseen, and a key of its own, so that what is sent twice is done once.
"""

import json
from collections.abc import Callable
from contextlib import nullcontext
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.apps import apps
from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.forms import Form as AnyForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict

from groups.models import SentForm
from groups.signed_in import SignedIn
from records.clock import portal_now
from records.forms import Form
from records.opened import Stale, opened_on, refuse_if_stale
from records.operations import operating
from records.rules import Refused

STALE = "Somebody changed this since you opened it, so nothing was saved. What you typed is still here, and beside it what is there now."
USED = "You have sent this form before, with something else in it, and that was done. Nothing was saved now. What you typed is still here: look at what is on record, then send it again if you want this done too."
OF_THE_SENDING = {"csrfmiddlewaretoken", "form_key"}  # what a form carries that is no part of what it says


F = TypeVar("F", bound=Form)


class Used(Exception):
    """This form was sent before and did something else: gone back to in the browser and changed, say."""


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, even if that is nothing; None where the form is only opened."""
    return request.POST if request.method == "POST" else None


def sent_files(request: HttpRequest) -> MultiValueDict | None:
    """The files that were sent with it, for a form that has a field for them; its view is marked `@takes_files` (files/door.py)."""
    return request.FILES if request.method == "POST" else None


def tried(request: SignedIn, form: Form, act: Callable[[dict[str, Any]], Any], *, on: Any = None) -> Any:
    """What `act` returns, given what was typed; None if nothing was sent, the form is unsound, or the rules refuse.

    `on` is the record that is changed; unsaved, if there is none yet. A refusal goes to its field, or to the top of the form. One with
    status 404 is not for the form: it is raised.
    """
    return _answered(request, form, lambda: _once(request, lambda: act(form.cleaned_data)), on)


def looked_over(request: SignedIn, form: Form, look: Callable[[dict[str, Any]], Any], *, on: Any = None) -> Any:
    """What `look` returns of what was typed, for a page that asks once more before it is done; None as for `tried`. Nothing is done."""

    def as_it_was() -> Any:
        if on is not None:
            refuse_if_stale(on)
        return look(form.cleaned_data)

    return _answered(request, form, as_it_was, on)


def _answered(request: SignedIn, form: Form, act: Callable[[], Any], on: Any) -> Any:
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        with operating(), opened_on(on, request.POST.get("revision")) if on is not None else nullcontext():
            return act()
    except Stale:
        form.stale, form.refused_status = True, 409
        form.add_error(None, STALE)
    except Used:
        form.used, form.stale, form.refused_status = True, on is not None, 409
        form.add_error(None, USED)
    except Refused as refused:
        if refused.status == 404:
            raise
        form.refused_status = refused.status
        for reason in refused.reasons:
            form.add_error(reason.field if reason.field in form.fields else None, str(reason))
    return None


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None


def _digest(request: HttpRequest) -> str:
    said = sorted((name, values) for name, values in request.POST.lists() if name not in OF_THE_SENDING)
    files = sorted((name, file.name, _hash_of(file)) for name, sent in request.FILES.lists() for file in sent)
    return sha256(json.dumps([request.get_full_path(), said, *files]).encode()).hexdigest()


def _hash_of(file: UploadedFile) -> str:
    """Of its content: another file of the same name is another form."""
    found = sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def _once(request: SignedIn, act: Callable[[], Any]) -> Any:
    """Do it, unless this very form was sent before: then what it made then. Of two at once, the second waits for the first. May raise Used."""
    if (key := _key(request)) is None:
        return act()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"form {key}"])
    if before := SentForm.objects.filter(key=key, user=request.user).first():
        if before.digest != _digest(request):
            raise Used
        return apps.get_model(before.made_kind)._default_manager.get(pk=before.made_pk)
    made = act()
    SentForm(
        key=key, user=request.user, digest=_digest(request), made_kind=made._meta.label_lower, made_pk=made.pk, sent_at=portal_now()
    ).save(force_insert=True)
    return made


def looked_at_anew(request: HttpRequest, form: Callable[..., F], seen: str, why: str, *, field: str = "looked_at") -> F:
    """A form of what would be done now, with what was typed: what was looked at, told in `field`, is something else by now, and nothing was done.

    `form` makes it from what is sent and begins with, as a form's class does; `why` says that nothing was done.
    """
    typed = request.POST.copy()
    typed[field] = seen
    again = form(typed, initial=typed.dict())
    again.is_valid()
    again.add_error(None, why)
    again.refused_status, again.stale = 409, True
    return again


def form_page(request: HttpRequest, form: AnyForm, template: str = "desk/form.html", *, on: Any = None, **context: Any) -> HttpResponse:
    """The page of a form: 200 when it is opened, the refusal's status when the rules said no, 400 when it is unsound."""
    status = getattr(form, "refused_status", 0) or (400 if form.is_bound and form.errors else 200)
    return render(request, template, {"form": form, "opened": opened(request, form, on), **context}, status=status)


def opened(request: HttpRequest, form: AnyForm, on: Any) -> dict[str, Any]:
    """What the form carries: as it came, while it is the same form; after a stale or used one, the record is shown as it is now."""
    same = request.method == "POST" and not getattr(form, "stale", False) and not getattr(form, "used", False)
    revision = request.POST.get("revision") if same else getattr(on, "revision", None)
    return {"key": (same and _key(request)) or uuid4(), "revision": revision}
