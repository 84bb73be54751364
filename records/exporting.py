"""What is taken away as a file, and opened by other programs."""

import csv
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse


def csv_safe(text: str) -> str:
    """A spreadsheet takes a cell that begins so for a formula: with an apostrophe before it, it is text."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def as_csv(name: str, lines: Iterable[Iterable[Any]]) -> HttpResponse:
    """A table to be saved as `name`.csv. It begins with the mark by which spreadsheets know that it is UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    csv.writer(response).writerows([csv_safe(str(cell)) for cell in line] for line in lines)
    return response
