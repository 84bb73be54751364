"""A person without a mouse: Tab until it has the focus, then type or press."""

from playwright.sync_api import Page

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
