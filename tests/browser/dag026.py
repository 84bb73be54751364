"""Where DAG026 is run: the portal at that day, its clock, and a secretary who writes its minutes by keyboard."""

import re
import subprocess
import sys
from contextlib import closing

from playwright.sync_api import expect

from tests import databases
from tests.browser.conftest import ROOT, WAIT
from tests.browser.keys import Hands
from tests.browser.portal import clock_at

EDITION = "SELECT body FROM meetings_minutesedition e JOIN meetings_minutes m ON m.id = e.minutes_id JOIN meetings_meeting g ON g.id = m.meeting_id WHERE g.code = 'DAG026'"


class Stage:
    """The portal in which the meeting is run, its clock, and who sits at it."""

    def __init__(self, address: str, database: str, tab, told: dict, beside: dict):
        self.address, self.database, self.tab, self.told, self.beside = address, database, tab, told, beside

    def at(self, moment: str) -> None:
        with closing(databases.connected(self.database)) as owner:
            owner.execute(clock_at(moment))

    def sweeps(self) -> None:
        """The worker does what is due."""
        ran = subprocess.run([sys.executable, "manage.py", "sweep"], cwd=ROOT, env=databases.environment(self.database) | self.beside, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stdout + ran.stderr

    def hands(self, who: str = "") -> Hands:
        return Hands(self.tab(self.address, who=who))

    @property
    def edition(self) -> dict:
        return edition_of(self.database)

    def item(self, number: int) -> dict:
        return next(each for each in self.told["items"] if each["number"] == number)


def edition_of(database: str) -> dict:
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
            self.keys.press("Control+Enter")
        return self

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
