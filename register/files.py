"""A list as a file: exactly the list that is shown, for spreadsheets, programs and feed readers."""

import csv
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed

from records.canonical import plain
from records.exporting import csv_safe
from records.typed import cleaned
from register.listing import Listed


def as_file(request: HttpRequest, listed: Listed, form: str) -> HttpResponse:
    """`form` is csv, json or atom. A list longer than a file may be says where it goes on."""
    rows, more = listed.for_a_file()
    response = {"csv": _csv, "json": _json, "atom": _atom}[form](request, listed, rows, more)
    if more:
        response["Link"] = f'<{_here(request)}?{more}>; rel="next"'
    return response


def _here(request: HttpRequest) -> str:
    return settings.PORTAL_BASE_URL + request.path


def _csv(request: HttpRequest, listed: Listed, rows, more: str) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")  # the mark by which spreadsheets know that it is UTF-8
    response["Content-Disposition"] = f'attachment; filename="{listed.listing.slug}.csv"'
    writer = csv.writer(response)
    writer.writerow([name for name, _ in listed.listing.columns])
    for cells in listed.cells(rows):
        writer.writerow([csv_safe(_in_a_cell(value)) for value in cells.values()])
    return response


def _in_a_cell(value: Any) -> str:
    match plain(value):
        case None:
            return ""
        case bool() as told:
            return "yes" if told else "no"
        case list() as several:
            return "; ".join(map(str, several))
        case told:
            return str(told)


def _json(request: HttpRequest, listed: Listed, rows, more: str) -> HttpResponse:
    told = {"count": listed.count_in_words, "asked": listed.asked, "rows": list(listed.cells(rows)), "next": f"{_here(request)}?{more}" if more else None}
    return JsonResponse(plain(told), json_dumps_params={"ensure_ascii": False, "indent": 1})


class _Feed(Atom1Feed):
    """It says, as RFC 5005 has it, where it goes on."""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if self.feed["goes_on"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["goes_on"]})


def _atom(request: HttpRequest, listed: Listed, rows, more: str) -> HttpResponse:
    feed = _Feed(
        title=f"DAG Portal: {listed.listing.many}", link=settings.PORTAL_BASE_URL + request.path.removesuffix(".atom") + "/", language="en-GB",
        description="", feed_url=settings.PORTAL_BASE_URL + request.get_full_path(),
        goes_on=f"{_here(request)}?{more}" if more else "",
    )  # fmt: skip
    for row in rows:
        address = settings.PORTAL_BASE_URL + row.address
        feed.add_item(title=cleaned(row.title), link=address, unique_id=address, description=cleaned(row.summary), updateddate=row.issued_at)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
