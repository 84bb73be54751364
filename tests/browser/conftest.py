"""A real browser in front of a whole portal with the demonstration in it.

The portal runs in a process of its own, on databases of its own: no other test meets its data, and it none of theirs.
"""

import contextlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, Page, sync_playwright

from rehearsal.sign_ins import PASSWORD
from tests import databases
from tests.browser.portal import session_of

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SECRETARY, CHAIR = "rehearsal.pmo@example.org", "rehearsal.chair@example.org"
PROGRAMME_PMO = "pmo@example.org"
REPRESENTATIVE, ASSURANCE = "dno@example.org", "rehearsal.assurance@example.org"
COPIES = itertools.count()  # of the demonstration, in this process: another server may follow the first
WAIT = 60_000  # milliseconds; nothing here takes one second, but on a busy machine: only a fault ever lasts as long


def find_browser() -> str:
    wanted = os.environ.get("PORTAL_CHROMIUM")
    return next((path for name in ([wanted] if wanted else BROWSERS) if (path := shutil.which(name))), "")


def why_none() -> str:
    """Why no browser can be driven here; empty if one can."""
    if not find_browser():
        return "there is no Chromium here: install it, or name it in PORTAL_CHROMIUM"
    driver = subprocess.run([compute_driver_executable()[0], "--version"], capture_output=True, timeout=60)
    if driver.returncode:
        return f"the browser's driver does not start: {driver.stderr.decode(errors='replace').strip()}"
    return ""


def pytest_collection_modifyitems(items):
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    reason = why_none() if here else ""
    for item in here:
        item.add_marker(pytest.mark.browser)
        if reason:
            item.add_marker(pytest.mark.skip(reason=reason))


# --- the portal


class Server:
    """The process of portal.py, and the copies of the demonstration that it serves."""

    def __init__(self, folder: Path):
        beside = databases.beside(folder)
        self.beside, self.template, self.databases, self.log = beside, databases.demonstration(beside), [], folder / "portal.log"
        self.leave = lambda address: None  # what looks at a copy is gone before the copy is: see the windows
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.browser.portal", "serve"],
                cwd=ROOT, env=databases.environment(self.template) | beside, text=True, bufsize=1,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            self._answer()
        except BaseException:
            self.end()
            raise

    def _answer(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"The portal of the browser tests ended:\n{self.log.read_text()[-3000:]}")
        return json.loads(line)

    @contextlib.contextmanager
    def copy(self, crowd: int = 0, template: str = ""):
        """Serve a fresh copy of the demonstration, or of another template, with so many more actions in it; its address."""
        with self.killable(crowd, template) as (address, _):
            yield address

    @contextlib.contextmanager
    def killable(self, crowd: int = 0, template: str = ""):
        """The same, and what kills the process that serves it and starts another in its place."""
        database = f"test_browser_{os.getpid()}_{next(COPIES)}"
        databases.create(database, template or self.template)
        self.databases.append(database)
        said = self._served(database=database, crowd=crowd)

        def kill() -> None:
            said.update(self._served(database=database, port=said["port"], instead_of=said["pid"]))

        yield f"http://localhost:{said['port']}", kill
        self.leave(f"http://localhost:{said['port']}")
        os.kill(said["pid"], signal.SIGKILL)

    def _served(self, **told) -> dict:
        self.process.stdin.write(json.dumps(told) + "\n")
        return self._answer()

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()
        databases.drop(*self.databases)


@pytest.fixture(scope="package")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("portal"))
    yield running
    running.end()


@pytest.fixture(scope="package")
def demo(server):
    """The address of a portal with the demonstration loaded, for tests that change nothing in it."""
    with server.copy() as address:
        yield address


@pytest.fixture
def fresh(server):
    """The address of a copy of the demonstration for one test to change."""
    with server.copy() as address:
        yield address


@pytest.fixture
def crowded(server):
    """The address of a copy with so many actions that the log has two pages."""
    with server.copy(crowd=60) as address:
        yield address


@pytest.fixture(scope="package")
def after_publication(server, windows):
    """The address of a copy in which REH002 was published this minute: its PDF is not made yet."""
    with server.copy() as address:
        page = windows.open(address, who=SECRETARY)
        page.goto("/desk/meetings/REH002/")
        for verb in ("Circulate", "Publish"):
            page.get_by_role("button", name=verb).click()
            confirm(page)
            page.get_by_role("button", name=verb).click()  # having read what follows from it
            page.get_by_role("alert").wait_for()
        page.close()
        yield address


# --- the browser


@pytest.fixture(scope="package")
def windows(server):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        opened = Windows(browser)
        server.leave, alone = opened.leave, server.leave
        yield opened
        server.leave = alone
        browser.close()


class Windows:
    """Opens tabs on a portal, signed in or not, and notes what their consoles say."""

    def __init__(self, browser: Browser):
        self.browser, self.contexts, self.tabs, self.complaints = browser, {}, {}, []

    def open(self, address: str, *, who: str = "", width: int = 1280, height: int = 900, **wishes) -> Page:
        """Signed in as somebody from the demonstration, or not. Tabs of the same kind share a window."""
        key = (address, who, *sorted(wishes.items()))
        if key not in self.contexts:
            self.contexts[key] = self.browser.new_context(base_url=address, locale="en-GB", timezone_id="Europe/London", **wishes)
            self.contexts[key].set_default_timeout(WAIT)
            if who:
                self.contexts[key].add_cookies([cookie_of(who, address)])
        page = self.contexts[key].new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.on("console", lambda said: self._heard(said.type, said.text, said.location.get("url", ""), page))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def standing(self, address: str, **wishes) -> Page:
        """A tab that stays open, for tests that only read: a new one costs more than the page in it."""
        key = (address, *sorted(wishes.items()))
        if key not in self.tabs:
            self.tabs[key] = self.open(address, **wishes)
        return self.tabs[key]

    def leave(self, address: str) -> None:
        """Close every tab on this portal: one that asks it every few seconds would complain once it is gone."""
        for key in [key for key in self.contexts if key[0] == address]:
            self.contexts.pop(key).close()
        self.tabs = {key: page for key, page in self.tabs.items() if key[0] != address}

    def _heard(self, kind: str, text: str, about: str, page: Page) -> None:
        """Browsers complain of the status of a refusal or a missing page itself; that is no fault of the page."""
        of_the_page_itself = text.startswith("Failed to load resource") and about.split("#")[0] == page.url.split("#")[0]
        if kind in ("error", "warning") and not of_the_page_itself:
            self.complaints.append(f"{page.url}: {text}")


def cookie_of(who: str, address: str) -> dict:
    """That of somebody signed in."""
    return {"name": settings.SESSION_COOKIE_NAME, "value": session_of(who), "url": address}


def sign_in(page: Page, who: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(who)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: urlsplit(address).path == "/desk/")


def confirm(page: Page) -> None:
    """Before anything is done that is not taken back, or an account is changed, the portal asks again."""
    if urlsplit(page.url).path == "/accounts/reauthenticate/":
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
        page.wait_for_url(lambda address: urlsplit(address).path != "/accounts/reauthenticate/")


@pytest.fixture
def tab(windows):
    """tab(address, who=…, width=…): a tab of the browser. What it says on its console, or breaks in the security policy, fails the test."""
    opened: list[Page] = []
    windows.complaints.clear()

    def tab_on(address: str, **wishes) -> Page:
        opened.append(windows.open(address, **wishes))
        return opened[-1]

    yield tab_on
    for page in opened:
        page.close()
    assert windows.complaints == []


@pytest.fixture
def refusals_are_heard(tab, windows):
    """The browser itself complains of each answer that says no, and of a line that is broken: some tests are about just that."""
    yield
    windows.complaints[:] = [said for said in windows.complaints if "Failed to load resource" not in said]


@pytest.fixture
def reader(demo, tab) -> Page:
    """Anybody, at a desk."""
    return tab(demo)


@pytest.fixture
def reader_without_scripts(demo, tab) -> Page:
    return tab(demo, java_script_enabled=False)
