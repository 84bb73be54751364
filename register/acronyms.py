"""What the short words of the programme stand for is said where a page first uses them."""

import re
from bisect import bisect_right
from functools import cache
from html import escape

from records.acronyms import terms


@cache
def _known() -> tuple[re.Pattern, dict[str, str]]:
    longs = {term.short: term.long for term in terms()}
    # What stands before a word is looked at behind it: a pattern that begins with letters is searched for by them, four times as fast.
    words = (rf"{short}(?<![\w&-]{short})" for short in map(re.escape, longs))
    return re.compile(rf"(?:{'|'.join(words)})(?![\w-])"), longs


# Where a word stands that is read by itself or sent back: headings name, links and controls are spoken as one.
_LEFT_ALONE = "a|abbr|button|code|h[1-6]|label|legend|option|script|style|summary|svg|textarea|title"
_NO_TEXT = re.compile(rf"<({_LEFT_ALONE})\b[^>]*>.*?</\1>|<[^>]*>", re.S)


def expanded(page: str) -> str:
    """The page with each short word told in full where its text first uses it: pointed at, read aloud, and on paper in brackets."""
    start, end = page.find("<main"), page.find("</main>")
    if start < 0 or end < 0:
        return page
    pattern, longs = _known()
    spans = [found.span() for found in _NO_TEXT.finditer(page, start, end)]
    starts, told, pieces, done = [first for first, _ in spans], set(), [], 0
    for found in pattern.finditer(page, start, end):
        short, at = found[0], found.start()
        before = bisect_right(starts, at) - 1
        if short in told or (before >= 0 and at < spans[before][1]):
            continue
        told.add(short)
        pieces += [page[done:at], f'<abbr title="{escape(longs[short])}">{short}</abbr>']
        done = found.end()
    return "".join([*pieces, page[done:]])
