"""Takes the pictures of README.md from a running demo.

    ./portal demo                                        in one terminal
    .portal/venv/bin/python docs/pictures.py [address]   in another

Needs the packages of requirements/dev.txt (any ./portal test installs them), Chromium, and pdftoppm.
"""

import io
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).resolve().parent / "pictures"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 760}
LARGEST = 250_000  # bytes
SECRETARIAT, PASSWORD = "rehearsal.pmo@example.org", "design-advisory-2026"  # as ./portal demo prints them


def main(address: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for name, path, height in (
            ("home", "/", 900),
            ("register", "/decisions/", 1000),
            ("decision", "/decisions/DAG-DEC60/", 1500),
            ("meeting", "/meetings/DAG026/", 1200),
            ("change-request", "/change-requests/CR900/", 1300),
            ("actions", "/actions/", 1000),
            ("group", "/groups/DAG/", 1100),
            ("search", "/search/?q=registration+hours", 900),
        ):
            visit(browser, address + path, name, DESKTOP | {"height": height})
        visit(browser, f"{address}/decisions/DAG-DEC60/", "phone", PHONE)
        desk(browser, address)
        signed_in(browser, address, SECRETARIAT, DESKTOP | {"height": 1300}, "agenda", path="/desk/meetings/REH004/agenda/")
        signed_in(browser, address, SECRETARIAT, DESKTOP | {"height": 1100}, "attendance", path="/desk/meetings/REH003/attendance/")
        signed_in(browser, address, SECRETARIAT, DESKTOP, "minuting", path="/desk/meetings/REH003/minute/")
        signed_in(browser, address, SECRETARIAT, {"width": 1920, "height": 900}, "wall", path="/desk/meetings/REH003/wall/")
        signed_in(browser, address, "dno@example.org", PHONE | {"height": 1250}, "voting", "Vote on CR902")
        signed_in(browser, address, "rehearsal.chair@example.org", DESKTOP | {"height": 1700}, "determining", "Decide CR901")
        process(browser, address)
        browser.close()
    minutes_page(address)


def chromium() -> str:
    found = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return found or sys.exit("There is no Chromium here: name one in PORTAL_CHROMIUM.")


def visit(browser: Browser, url: str, name: str, viewport: dict) -> None:
    page = browser.new_page(viewport=viewport)
    response = page.goto(url, wait_until="networkidle")
    if response is None or not response.ok:
        sys.exit(f"{url} did not answer as it should.")
    take(page, name)
    page.close()


def desk(browser: Browser, address: str) -> None:
    signed_in(browser, address, SECRETARIAT, DESKTOP, "desk")


def signed_in(browser: Browser, address: str, who: str, viewport: dict, name: str, link: str = "", path: str = "") -> None:
    """The desk of somebody, or where a link on it leads, or another page as they see it."""
    context = browser.new_context(viewport=viewport)
    page = context.new_page()
    page.goto(f"{address}/desk/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button[type=submit], main form button:not([type])")
    page.wait_for_url(f"{address}/desk/")
    if link:
        with page.expect_navigation():
            page.get_by_role("link", name=link).click()
    if path:
        page.goto(f"{address}{path}")
    take(page, name)
    context.close()


def process(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=DESKTOP | {"height": 1100})
    page.goto(f"{address}/decisions/REH-DEC03/#process")
    page.locator("section[aria-labelledby=process] summary").click()
    page.locator("#process").scroll_into_view_if_needed()
    take(page, "process")
    page.close()


def take(page: Page, name: str) -> None:
    keep(name, page.screenshot())


def minutes_page(address: str) -> None:
    with urllib.request.urlopen(f"{address}/meetings/DAG026/minutes.pdf") as answer:  # noqa: S310 (an address of ours)
        pdf = answer.read()
    made = subprocess.run(
        ["pdftoppm", "-png", "-singlefile", "-r", "72", "-f", "1", "-l", "1", "-"], input=pdf, capture_output=True, check=True
    )
    keep("minutes", made.stdout)


def keep(name: str, png: bytes) -> None:
    """Fewer colours, which a page of text does not miss, so that the pictures stay small."""
    small = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(96, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    if len(small.getvalue()) > LARGEST:
        sys.exit(f"{name}.png would be larger than {LARGEST} bytes.")
    (PICTURES / f"{name}.png").write_bytes(small.getvalue())
    print(f"{name}.png {len(small.getvalue()) // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8000")
