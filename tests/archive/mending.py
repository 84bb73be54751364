"""A meeting read in from a paper of which something was misread, and the way through the pages that mend it."""

from archive.operations import import_minutes
from archive.views import LOOKED
from groups.models import User
from tests.archive.test_corrections import FIRST
from tests.factories import GroupFactory
from tests.pages import Visitor, text_of

LATER = FIRST.replace("XYZ007", "XYZ008").replace("5 July 2023", "12 July 2023").replace("10/07/2023", "12/07/2023").replace("2 August", "3 August")


def first_issue() -> None:
    GroupFactory(code="XYZ")
    read_in(FIRST, "first.md")


def read_in(text: str, name: str, **told):
    return import_minutes(text.encode(), name, by=User.objects.the_archivist(), **told)


def corrects(visitor: Visitor, address: str, typed: dict):
    """Through the page that asks once more."""
    check = visitor.does(address, typed)
    assert LOOKED in text_of(check)
    return visitor.sends(check, {"step": "record"})
