"""A table that is brought in on a page: shown line by line as it was read, and done at a second press.

Nothing is kept between the two: what is done is read from the text on the page again, and only if it reads as what was looked at.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator

from groups.forms.sheets import SheetForm
from groups.sending import sent_files
from groups.signed_in import SignedIn
from records.canonical import canonical, sha256
from records.importing import in_words
from records.rules import Refused

MOST_SHOWN = 300  # characters of a cell


@dataclass(frozen=True)
class Taking:
    """What a sheet is brought in for.

    `read` gives its lines, each with `n`, `cells`, `does`, `refusals` and `passed_over`, and raises Refused where it is no such table;
    `act` does what they say, all of it or nothing, and may raise Refused. `what`, `done` and `button` are its words: "comment", "added", "Add".
    """

    read: Callable[[str], Sequence[Any]]
    act: Callable[[str, Sequence[Any]], object]
    columns: Sequence[str]
    what: str
    done: str
    button: str
    back: str
    follows: str = ""


def sheet_page(request: SignedIn, taking: Taking, template: str = "desk/sheet.html", **context: Any) -> HttpResponse:
    """The answer to one request about a sheet."""
    page = _Page(request, taking, template, context)
    if request.method != "POST":
        return page.of(SheetForm())
    form = SheetForm(request.POST, sent_files(request))
    if not form.is_valid() or (text := form.text()) is None:
        return page.of(form, status=400)
    return _looked_at(page, text, by_file=bool(form.cleaned_data["file"]))


def _looked_at(page: "_Page", text: str, *, by_file: bool) -> HttpResponse:
    form = SheetForm.showing(text)
    try:
        read = page.taking.read(text)
    except Refused as refused:
        return page.refusing(form, refused, "sheet", status=400)
    if any(each.refusals for each in read):
        return page.of(form, read, status=400)
    said = page.request.POST
    if said.get("step") == "do" and not by_file and said.get("sees") == _digest(read):
        return _done(page, form, text, read)
    return page.of(form, read)


def _done(page: "_Page", form: SheetForm, text: str, read: Sequence[Any]) -> HttpResponse:
    taking, n = page.taking, _count(read)
    try:
        taking.act(text, read)
    except Refused as refused:
        return page.refusing(form, refused, None, read, status=refused.status)
    messages.success(page.request, f"{n} {taking.what}{' is' if n == 1 else 's are'} {taking.done}.{' ' if taking.follows else ''}{taking.follows}")
    return redirect(taking.back)


def _count(read: Sequence[Any]) -> int:
    return sum(bool(each.does) for each in read)


def _told(does: Any) -> str:
    """What is done with a line, where the line says it itself; a record to be made speaks by its cells."""
    return does if isinstance(does, str) else ""


def _digest(read: Sequence[Any]) -> str:
    return sha256(canonical([[each.n, each.cells, _told(each.does), each.passed_over] for each in read]))


@dataclass(frozen=True)
class _Page:
    request: SignedIn
    taking: Taking
    template: str
    context: dict[str, Any]

    def of(self, form: SheetForm, read: Sequence[Any] | None = None, status: int = 200) -> HttpResponse:
        taking, new = self.taking, _count(read or ())
        context = {
            "nav": "desk", "form": form, "columns": ", ".join(taking.columns), "back": taking.back, "read": None, "new": new,
            "button": f"{taking.button} {new} {taking.what}{'' if new == 1 else 's'}",
        }  # fmt: skip
        if read is not None:
            context |= {
                "read": [self._line(each) for each in read], "refused": any(each.refusals for each in read), "sees": _digest(read),
                "summary": in_words(read, taking.what, taking.done),
            }  # fmt: skip
        return render(self.request, self.template, context | self.context, status=status)

    def refusing(self, form: SheetForm, refused: Refused, field: str | None, read: Sequence[Any] | None = None, *, status: int) -> HttpResponse:
        for reason in refused.reasons:
            form.add_error(field, str(reason))
        return self.of(form, read, status=status)

    def _line(self, line: Any) -> dict[str, Any]:
        cells = [(name, Truncator(line.cells[name]).chars(MOST_SHOWN)) for name in self.taking.columns]
        return {"n": line.n, "cells": cells, "refusals": line.refusals, "becomes": line.passed_over or _told(line.does) or "Taken."}
