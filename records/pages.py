"""A long list, a page at a time: for those who are signed in. Lists of the register are read otherwise (`register/listing.py`)."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from records.typed import whole_number

A_PAGE = 50


class AskedPage(Page):
    query = ""  # what the list was narrowed by, for the links to its other pages


def paged(rows: Any, asked: str | None, **narrowed: str) -> AskedPage:
    """The page that was asked for; a page beyond the last is the last."""
    page = Paginator(rows, A_PAGE).get_page(whole_number(asked, 1))
    told = AskedPage(page.object_list, page.number, page.paginator)
    told.query = urlencode({name: value for name, value in narrowed.items() if value})
    return told
