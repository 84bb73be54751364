"""What the pages of every published record share: which edition is shown, what changed between two, and the file behind it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render

from files.models import Blob
from files.serving import stream
from ledger.heads import covering, entries_about
from ledger.models import BlackOut
from ledger.printed import Printed
from ledger.withdrawn import as_shown, without, words_withdrawn
from notifications.models import SweepRun
from records.canonical import canonical
from records.editions import Body, differing
from records.typed import whole_number
from register.comparing import versions_of
from register.models import Shelf
from register.public import public
from register.published import Published, editions_of, published_or_404, shelved, twin

NAV = {
    "decision": "decisions", "change_request": "change_requests", "artefact": "artefacts", "release": "artefacts", "meeting": "meetings", "headline_report": "meetings", "action": "actions",
    "group": "groups", "seat": "groups",
}  # fmt: skip


def page_of(found: Published, nav: str) -> dict[str, Any]:
    """What the layout of a record's page needs: the edition, what vouches for it, and what it is cited by."""
    entry = next(iter(entries_about(found.edition)), None)
    return {
        "nav": nav,
        "row": found.row,
        "body": found.body,
        "edition": found.edition,
        "is_latest": found.is_latest,
        "asked": found.asked,
        "withdrawn": found.withdrawn,
        "made_of": made_of(found.edition.sha256, found.withdrawn),
        "entry": entry,
        "vouching_head": covering(entry.seq) if entry else None,
        "canonical_url": settings.PORTAL_BASE_URL + found.row.address,
    }


def made_of(sha256: str, withdrawn: Iterable[BlackOut], *also: Any) -> str:
    """By what parts of a page are kept: the hash of what was frozen, which black-outs apply to it, and what was looked up besides."""
    return f"{sha256}-{[each.pk for each in withdrawn]}-{hash(also)}"


def twin_of(noun: str, reference: str, params: QueryDict) -> HttpResponse:
    """The body of an edition, to the byte that was hashed; words withdrawn since are left out, and their places named."""
    found = published_or_404(noun, reference, params)
    body, whole = twin(found)
    response = HttpResponse(canonical(body), content_type="application/json")
    response["X-Edition"] = f"{found.edition.n}; sha256={found.edition.sha256}"
    if whole:
        response["ETag"] = f'"{found.edition.sha256}"'
    return response


def file_of(request: HttpRequest, noun: str, reference: str, digest: str) -> HttpResponseBase:
    """A file that the latest edition names, by its hash: what is in no edition is nobody's to have here."""
    body = published_or_404(noun, reference).body
    named = next((each for version in body["versions"] for each in version["files"] if each["digest"] == digest), None)
    blob = Blob.objects.to_be_shown().filter(sha256=named["sha256"]).first() if named else None
    if named is None or blob is None:
        raise Http404
    return stream(request, blob, named["name"])


Texts = Callable[[Body, Body], Iterator[tuple[str, list]]]


def versions_page(request: HttpRequest, noun: str, reference: str, texts: Texts) -> HttpResponse:
    """Two versions side by side: what is said in them, and their files. `texts` tells heading and paragraphs of what differs."""
    found = published_or_404(noun, reference)
    context = versions_of(found.body, found.row, request.GET)
    told = list(texts(context["before"], context["after"])) if context["to"] else []
    context |= {
        "nav": NAV[noun], "noun": noun, "row": found.row, "called": found.row.title if noun == "artefact" else found.row.reference, "told": told, "canonical_url": settings.PORTAL_BASE_URL + request.path,
    }  # fmt: skip
    return render(request, "register/versions.html", context)


@public
def changes(request: HttpRequest, noun: str, reference: str) -> HttpResponse:
    return _changes(request, noun, reference)


@public
def changes_of_a_seat(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    return _changes(request, "seat", f"{code}/{slug}")


def _changes(request: HttpRequest, noun: str, reference: str) -> HttpResponse:
    """Every edition of a record, what changed with each and when; and any two side by side."""
    row = shelved(noun, reference)
    if row is None:
        raise Http404
    editions, words = list(editions_of(row).defer("body")), words_withdrawn()
    for edition in editions:
        edition.why = without(edition.why, words)
    first, second = whole_number(request.GET.get("from", "")), whole_number(request.GET.get("to", ""))
    context = {
        "nav": NAV[noun], "row": row, "editions": editions, "canonical_url": settings.PORTAL_BASE_URL + request.path,
        "compared": _compared(row, first, second) if first and second else None, "from": first, "to": second,
    }  # fmt: skip
    return render(request, "register/changes.html", context)


def _compared(row: Shelf, first: int, second: int) -> dict[str, Any]:
    told = {edition.n: edition for edition in editions_of(row).filter(n__in=(first, second))}
    if first not in told or second not in told:
        raise Http404
    words = words_withdrawn()
    before, after = as_shown(told[first], words), as_shown(told[second], words)
    return {"before": told[first], "after": told[second], "lines": [_line(path, before, after) for path in differing(before, after)]}


def _line(path: str, before: Any, after: Any) -> dict[str, str]:
    return {"where": _in_words(path), "before": _told(_at(before, path)), "after": _told(_at(after, path))}


def _in_words(path: str) -> str:
    """ "votes.0.rows.3.choice" -> "votes 1, rows 4, choice"."""
    words: list[str] = []
    for part in path.split("."):
        if part.isdigit() and words:
            words[-1] += f" {int(part) + 1}"
        else:
            words.append(part.replace("_", " "))
    return ", ".join(words)


def _at(body: Any, path: str) -> Any:
    for part in path.split("."):
        if body is None:
            return None
        body = body[int(part)] if isinstance(body, list) else body.get(part)
    return body


def _told(value: Any) -> str:
    if value in (None, "", [], {}):
        return "–"
    match value:
        case bool():
            return "yes" if value else "no"
        case dict():
            return "; ".join(f"{key.replace('_', ' ')}: {_told(each)}" for key, each in value.items())
        case list():
            return " · ".join(map(_told, value))
    return str(value)


def pdf_answer(request: HttpRequest, made: Printed | None, name: str, *, address: str, called: str, chore: str, key: int) -> HttpResponse:
    """The stored file. While the worker is still at it: 503, and when to come again; `chore` and `key` say whose work it is. It is never made on request."""
    if made is None:
        failed = SweepRun.gave_up_on(chore, key)
        response = render(request, "register/pdf_later.html", {"address": address, "called": called, "failed": failed}, status=503)
        response["Retry-After"], response["Cache-Control"] = "3600" if failed else "60", "no-store"
        return response
    response = HttpResponse(bytes(made.content), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
