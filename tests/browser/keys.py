"""A person without a mouse: Tab until it has the focus, then type or press."""

from pathlib import Path

from playwright.sync_api import Page, expect

FOCUSED = """() => {
  const e = document.activeElement
  if (e === document.body) return ''
  const labels = e.labels ? [...e.labels].map(l => l.innerText) : []
  const group = e.type === 'radio' ? e.closest('fieldset')?.querySelector('legend')?.innerText ?? '' : ''
  return `${group} ${e.getAttribute('aria-label') || labels.join(' ') || e.innerText || ''}`.replace(/\\s+/g, ' ').trim()
}"""
PATIENCE = 300  # times Tab is pressed before a thing counts as out of reach


class Hands:
    """At one page, on the keyboard alone."""

    def __init__(self, page: Page):
        self.page, self.keys = page, page.keyboard

    def opens(self, address: str) -> "Hands":
        self.page.goto(address)
        return self

    # --- what is on it

    @property
    def address(self) -> str:
        return self.page.url

    def reads(self, *words: str) -> None:
        for each in words:
            expect(self.page.get_by_role("main")).to_contain_text(each)

    def reads_nothing_of(self, words: str) -> None:
        expect(self.page.get_by_role("main")).not_to_contain_text(words)

    def sees(self, words: str) -> bool:
        return self.page.get_by_text(words).count() > 0

    def is_told(self, words: str) -> None:
        """By the banner at the head of the page."""
        expect(self.page.get_by_role("alert").first).to_contain_text(words)

    def words_at(self, name: str) -> str:
        return " ".join((self.page.locator(f"#{name}").text_content() or "").split())

    def gets(self, address: str) -> bytes:
        return self.page.request.get(address).body()

    # --- one thing after the other

    @property
    def focused(self) -> str:
        return self.page.evaluate(FOCUSED)

    def reaches(self, *words: str, back: bool = False) -> "Hands":
        """Whatever has all of these words in its name."""
        met = []
        for _ in range(PATIENCE):
            self.keys.press("Shift+Tab" if back else "Tab")
            met.append(self.focused)
            if all(each in met[-1] for each in words):
                return self
        raise AssertionError(f"No Tab led to {words} on {self.page.url}, but to {list(dict.fromkeys(met))}")

    def fills(self, words: str, text: str) -> "Hands":
        """What stands there already is typed over."""
        self.reaches(words)
        self.keys.press("Control+A")
        self.keys.insert_text(text)
        return self

    def sets(self, words: str, value: str, *ways: str) -> "Hands":
        """A day or a time in a box of the browser's own, whose order of parts is that of the browser's language."""
        self.reaches(words)
        for typed in ways:
            for _ in "day month year":
                self.keys.press("ArrowLeft")
            self.keys.type(typed)
            if self.page.evaluate("document.activeElement.value") == value:
                return self
        raise AssertionError(f"“{words}” does not take {value}")

    def chooses(self, group: str, words: str) -> "Hands":
        """One of several, by the arrows."""
        self.reaches(group)
        for _ in range(20):
            if self.focused.endswith(words):
                self.keys.press("Space")
                return self
            self.keys.press("ArrowDown")
        raise AssertionError(f"There is no “{words}” of “{group}” on {self.page.url}")

    def picks(self, words: str, text: str) -> "Hands":
        """From a list that folds out, by its first letters."""
        self.reaches(words)
        self.keys.type(text)
        chosen = self.page.evaluate("document.activeElement.selectedOptions[0].label")
        assert chosen.startswith(text), f"“{words}” has {chosen} chosen, not {text}"
        return self

    def unfolds(self, *words: str) -> "Hands":
        self.reaches(*words)
        self.keys.press("Enter")
        return self

    def presses(self, *words: str, back: bool = False) -> "Hands":
        """What leads to another page."""
        self.reaches(*words, back=back)
        return self.sends()

    def sends(self) -> "Hands":
        with self.page.expect_navigation():
            self.keys.press("Enter")
        return self

    def hands_in(self, name: str, kind: str, content: bytes) -> "Hands":
        self.page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})
        return self

    def takes(self, *words: str) -> bytes:
        """What a link hands out."""
        with self.page.expect_download() as had:
            self.reaches(*words).keys.press("Enter")
        return Path(had.value.path()).read_bytes()
