"""The page on which minutes are typed, in one browser."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import WAIT

PAGE = "/desk/meetings/REH004/minute/"


class Editor:
    """The page of the minutes, in one browser."""

    def __init__(self, page: Page, address: str = PAGE):
        self.page, self.keys = page, page.keyboard
        page.goto(address)
        expect(page.locator(".app-editor--live")).to_be_visible()

    def item(self, number: int):
        return self.page.locator(f'[data-number="{number}"]')

    def begin(self, number: int) -> None:
        self.item(number).get_by_role("textbox").last.click()

    def reads(self, number: int) -> list[str]:
        return [text for text in self.item(number).locator("textarea").evaluate_all("all => all.map(each => each.value)") if text]

    def saved(self) -> None:
        """Every word is with the server."""
        expect(self.state).to_have_text(re.compile("^Saved"), timeout=WAIT)

    def paste(self, text: str) -> None:
        self.page.evaluate(
            """text => {
                const data = new DataTransfer()
                data.setData('text/plain', text)
                document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
            }""",
            text,
        )

    @property
    def state(self):
        return self.page.locator("[data-state]")

    @property
    def caret(self) -> tuple[str, int]:
        return tuple(self.page.evaluate("[document.activeElement.value, document.activeElement.selectionStart]"))


def again(editor: Editor) -> Editor:
    editor.page.reload()
    expect(editor.page.locator(".app-editor--live")).to_be_visible()
    return editor
