"""Where DAG026 is run by keyboard: the portal at that day, its clock, and a secretary who writes its minutes."""

import re
import subprocess
import sys
from contextlib import closing
from typing import Any

from playwright.sync_api import expect

from tests import databases
from tests.browser.conftest import ROOT, WAIT
from tests.browser.keys import Hands
from tests.browser.portal import clock_at
from tests.dag026.before import CHAIR, MEMBER, PMO
from tests.dag026.run import DAG026, Told

EDITION = "SELECT body FROM meetings_minutesedition e JOIN meetings_minutes m ON m.id = e.minutes_id JOIN meetings_meeting g ON g.id = m.meeting_id WHERE g.code = 'DAG026' ORDER BY e.n DESC LIMIT 1"


class ByKeyboard(DAG026):
    """In a browser, on a portal in a process of its own."""

    def __init__(self, address: str, database: str, tab, told: Told, beside: dict[str, str]):
        self.database, self.beside = database, beside
        self.hands = lambda who="": Hands(tab(address, who=who))
        pmo = self.hands(PMO)
        super().__init__(told, pmo, self.hands(CHAIR), self.hands(MEMBER), Pen(pmo))

    def at(self, moment: str) -> None:
        with closing(databases.connected(self.database)) as owner:
            owner.execute(clock_at(moment))

    def sweeps(self) -> None:
        ran = subprocess.run([sys.executable, "manage.py", "sweep"], cwd=ROOT, env=databases.environment(self.database) | self.beside, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stdout + ran.stderr

    def anybody(self) -> Hands:
        return self.hands()

    def edition(self) -> dict[str, Any]:
        return edition_of(self.database)


def edition_of(database: str) -> dict[str, Any]:
    with closing(databases.connected(database)) as owner:
        (body,) = owner.execute(EDITION).fetchone()
    return body


class Pen:
    """A secretary at the minutes."""

    def __init__(self, hands: Hands):
        self.hands, self.keys = hands, hands.keys

    def opens(self, number: int, code: str = "DAG026") -> "Pen":
        """At the end of an item."""
        self.hands.opens(f"/desk/meetings/{code}/minute/")
        expect(self.hands.page.locator(".app-editor--live")).to_be_visible()
        self.hands.reaches("Item 1, ")
        for _ in range(number - 1):
            self.goes_on()
        return self

    def goes_on(self) -> None:
        """To the next item."""
        self.keys.press("Control+Enter")

    @property
    def state(self):
        return self.hands.page.locator("[data-state]")

    def saved(self) -> None:
        refused = self.hands.page.locator("[data-said]").all_text_contents()
        expect(self.state, f"refused: {refused}").to_have_text(re.compile(r"^(Saved [\d:]+|Everything is saved\.)$"), timeout=WAIT)

    def writes(self, text: str) -> None:
        self.keys.insert_text(text)
        self.keys.press("Enter")

    def asks_for(self, line: str) -> None:
        """A line that leads to a form."""
        self.saved()
        self.keys.insert_text(line)
        self.hands.sends()

    def reads_in(self, number: int) -> str:
        """How the first paragraph of an item begins."""
        return self.first_of(number).input_value()

    def first_of(self, number: int):
        return self.hands.page.locator(f'[data-number="{number}"] textarea').first
