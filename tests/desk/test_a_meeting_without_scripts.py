"""The meeting of 12 July 2023 by forms alone, as a browser without scripts sends them: the same steps as by keyboard (tests/browser/test_a_whole_meeting.py).

What one of the two can do and the other cannot is a fault of the pages.
"""

from typing import Any

import pytest
from django.db import transaction

from archive.operations import import_minutes
from archive.samples import DAG026 as RETELLING
from groups.models import User
from meetings.models import MinutesEdition
from records.sweep import run as sweep
from tests.dag026.before import CHAIR, MEMBER, PMO, load_people, load_the_past
from tests.dag026.compared import compared_with_the_retelling
from tests.dag026.run import DAG026, Told
from tests.plain_browser import PlainBrowser

pytestmark = pytest.mark.django_db


class PlainPen:
    """A secretary at the minutes: each paragraph is typed into the empty box at the end of its item, and saved by the button under it."""

    def __init__(self, browser: PlainBrowser):
        self.browser, self.number, self.page = browser, 1, ""

    def opens(self, number: int, code: str = "DAG026") -> "PlainPen":
        self.page, self.number = f"/desk/meetings/{code}/minute/", number
        self.browser.opens(self.page)
        self.browser.at = self._boxes(number)[-1]
        return self

    def goes_on(self) -> None:
        self.number += 1

    def writes(self, text: str) -> None:
        self._boxes(self.number)[-1].text = text
        self.browser.presses(f"Save item {self.number}")
        self.saved()

    def asks_for(self, line: str) -> None:
        """A line that leads to a form."""
        self._boxes(self.number)[-1].text = line
        self.browser.presses(f"Save item {self.number}")
        assert self.browser.address != self.page

    def saved(self) -> None:
        assert self.browser.address == self.page
        self.browser.is_told("Saved.")

    def reads_in(self, number: int) -> str:
        """How the first paragraph of an item begins."""
        return self._boxes(number)[0].text

    def _boxes(self, number: int) -> list[Any]:
        return self.browser.html.xpath("//section[@data-number=$number]//textarea", number=str(number))


class ByForms(DAG026):
    """In the process and the transaction of the test."""

    def __init__(self, told: Told, clock):
        self.clock = clock
        pmo, chair, member = (PlainBrowser(User.objects.get(email=email)) for email in (PMO, CHAIR, MEMBER))
        super().__init__(told, pmo, chair, member, PlainPen(pmo))

    def at(self, moment: str) -> None:
        self.clock(moment)

    def sweeps(self) -> None:
        sweep()

    def anybody(self) -> PlainBrowser:
        return PlainBrowser()

    def edition(self) -> dict[str, Any]:
        return latest_edition()


def latest_edition() -> dict[str, Any]:
    return MinutesEdition.objects.filter(minutes__meeting__code="DAG026").order_by("n").last().body


def as_retold() -> Told:
    """The edition that is made of the retelling by reading it in. Nothing of it stays."""
    with transaction.atomic():
        import_minutes(RETELLING.read_bytes(), RETELLING.name, by=User.objects.the_archivist())
        told = Told(latest_edition())
        transaction.set_rollback(True)
    return told


@pytest.fixture
def meeting(clock, settings):
    settings.DEMO = True  # the second factor has tests of its own
    clock("2023-07-20 10:00")
    load_people()
    told = as_retold()
    clock("2023-06-21 10:00")
    load_the_past()
    return ByForms(told, clock)


@pytest.mark.long
def test_dag026_by_forms_alone_from_the_day_it_is_planned_to_its_published_minutes(meeting):
    meeting.run()
    meeting.is_read_by_anybody()
    compared_with_the_retelling(meeting.edition(), meeting.told)
    meeting.approve_at_the_next_meeting()
