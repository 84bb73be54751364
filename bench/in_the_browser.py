"""A process of its own: opens the page of long minutes in Chromium, and tells in JSON when it can be written on and how soon a letter stands there.

    python -m bench.in_the_browser PLAN    a JSON file: browser, address, session, times
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from bench import processor

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
READY = "/^(Everything is saved|Saved|Not saved yet)/"  # what the editor says when its last line has run; letters of the time before may be on their way still
LETTERS = "Members agreed."
# From the moment at which the page was asked for; and from each key until what it typed is drawn.
WATCH = """
window.drawn = []
new MutationObserver(() => {
  if (!window.usable && %s.test(document.querySelector('[data-state]')?.textContent)) requestAnimationFrame(() => setTimeout(() => { window.usable = performance.now() }))
}).observe(document, { subtree: true, childList: true, characterData: true })
addEventListener('input', (event) => requestAnimationFrame(() => setTimeout(() => window.drawn.push(performance.now() - event.timeStamp))), true)
"""
TOLD = "() => { const page = performance.getEntriesByType('navigation')[0]; return { usable: window.usable, answered: page.responseEnd, bytes: page.decodedBodySize } }"


def main(plan: Path) -> None:
    from playwright.sync_api import sync_playwright

    told = json.loads(plan.read_text("utf-8"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=told["browser"], args=FLAGS)
        context = browser.new_context()
        context.add_cookies([{"name": "sessionid", "value": told["session"], "url": told["address"]}])
        context.add_init_script(WATCH % READY)
        opened = [opens(context.new_page(), told["address"]) for _ in range(told["times"] + 1)][1:]  # the first fetches the scripts
        browser.close()
    print(json.dumps(opened))


def opens(page: Any, address: str) -> dict[str, Any]:
    before = processor.seconds([os.getpid()])
    page.goto(address, wait_until="commit")
    wait(page, "window.usable")
    told = page.evaluate(TOLD) | {"processor": (processor.seconds([os.getpid()]) - before) * 1000}
    page.locator("textarea").first.focus()
    page.keyboard.type(LETTERS)
    wait(page, f"window.drawn.length >= {len(LETTERS)}")
    told["letters"] = page.evaluate("window.drawn")
    page.close()
    return told  # type: ignore[no-any-return]


def wait(page: Any, true: str) -> None:
    """The page's security policy lets nothing be evaluated from inside it."""
    while not page.evaluate(true):
        page.wait_for_timeout(20)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
