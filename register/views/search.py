import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ledger.withdrawn import as_shown, words_withdrawn
from records.editions import nouns
from records.typed import cleaned, whole_number
from register.models import Shelf
from register.public import public
from register.published import fictional_groups
from register.search import LONGEST, START, STOP, count_in_words, found, named_exactly, snippets

KINDS = {
    "decision": "Decisions", "change_request": "Change requests", "artefact": "Artefacts", "release": "Releases", "meeting": "Meetings and minutes", "headline_report": "Headline reports", "action": "Actions",
    "group": "Groups", "seat": "Seats",
}  # fmt: skip
PER_PAGE, PAGES = 20, 50


@public
def search(request: HttpRequest) -> HttpResponse:
    """Everything on the shelf that says it, what fits best first. A reference, in any spelling, leads straight to its page."""
    query = cleaned(request.GET.get("q", "")).strip()[:LONGEST]
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in KINDS else ""
    if query and not kind and (named := named_exactly(query)):
        return redirect(named.address)
    page = min(max(whole_number(request.GET.get("page", "")), 1), PAGES)
    context = {"nav": "search", "q": query, "kind": kind, "number": page, **(_found(query, kind, page) if query else {})}
    return render(request, "register/search.html", context)


def _found(query: str, kind: str, page: int) -> dict[str, Any]:
    hits, counts = found(query, KINDS, kind, start=PER_PAGE * (page - 1), shown=PER_PAGE + 1)
    shown = hits[:PER_PAGE]
    return {
        "counts": [{"kind": name, "label": KINDS[name], "count": count_in_words(count)} for name, count in counts.items()],
        "total": count_in_words(sum(counts.values())) if counts else "",
        "hits": [_hit(row, text) for row, text in zip(shown, snippets(_texts(shown), query), strict=True)],
        "has_next": len(hits) > PER_PAGE and page < PAGES,
        "fictional": fictional_groups(),
    }


def _hit(row: Shelf, snippet: str) -> dict[str, Any]:
    return {"row": row, "kind": KINDS[row.noun], "parts": _parts(snippet)}


def _parts(snippet: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is what was looked for."""
    parts: list[tuple[str, bool]] = []
    for piece in snippet.split(START):
        found, stop, rest = piece.partition(STOP)
        parts += [(found, True), (rest, False)] if stop else [(piece, False)]
    return [(text, hit) for text, hit in parts if text]


def _texts(rows: list[Shelf]) -> list[str]:
    """What is said in each record that was found: a query a noun."""
    told: dict[tuple[str, int], str] = {}
    words = words_withdrawn()
    for name in {row.noun for row in rows}:
        noun, wanted = nouns[name], {row.record_pk: row.edition for row in rows if row.noun == name}
        for edition in noun.editions.objects.filter(**{f"{name}__in": wanted}).order_by(f"{name}_id", "-n").distinct(f"{name}_id"):
            if edition.n == wanted[edition.record_id]:
                shelved = noun.shelve(as_shown(edition, words))
                told[name, edition.record_id] = _running([shelved.summary, *shelved.words, *shelved.named])
    return [told.get((row.noun, row.record_pk), row.title) for row in rows]


def _running(texts: list[str]) -> str:
    """One after the other, without the marks of Markdown."""
    return " · ".join(re.sub(r"[*_`#>]{1,3}", "", text).strip() for text in texts if text.strip())
