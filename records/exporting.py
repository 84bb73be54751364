"""What is taken away as a file, and opened by other programs."""

import csv
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_safe(text: str) -> str:
    """A spreadsheet takes a cell that begins so for a formula: with an apostrophe before it, it is text.

    One that has an apostrophe there of its own gets another, so that it is read as it was (`records/importing.py`).
    """
    return f"'{text}" if text.lstrip("'").startswith(BEGINS_A_FORMULA) else text


def is_made_safe(cell: str) -> bool:
    return cell.startswith("'") and cell.lstrip("'").startswith(BEGINS_A_FORMULA)


def as_csv(name: str, lines: Iterable[Iterable[Any]]) -> HttpResponse:
    """A table to be saved as `name`.csv. It begins with the mark by which spreadsheets know that it is UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    csv.writer(response).writerows([csv_safe(str(cell)) for cell in line] for line in lines)
    return response


class _Line:
    """What a csv writer writes to, and hands back at once."""

    def write(self, text: str) -> str:
        return text


def as_streamed_csv(name: str, lines: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """The same, sent line by line while it is made: for tables that may be long."""
    written = csv.writer(_Line())
    told = (written.writerow([csv_safe(str(cell)) for cell in line]) for line in lines)
    response = StreamingHttpResponse(chain(["\ufeff"], told), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
