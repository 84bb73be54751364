"""What is taken away as a file, and opened by other programs."""

import csv
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse

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
