"""Minutes are written in Markdown; this makes it safe HTML, with references as links."""

import html
import re
from collections.abc import Mapping
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# No headings (the page owns them), no images (nothing is ever fetched), no raw HTML. Who types a new line means one.
_MARKDOWN = MarkdownIt("zero", {"html": False, "linkify": False, "breaks": True}).enable(
    [
        "paragraph", "list", "emphasis", "link", "newline", "escape", "entity", "backticks", "blockquote", "table",
        "strikethrough",
    ]
)
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br", "code", "blockquote", "s", "table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}


ROWS_SHOWN, ROWS_A_TABLE = 200, 100  # of a long table on a page; of each table into which one is parted on paper
_TABLE = re.compile(r"^(\|[^\n]*\n\|[\s:|-]+\n)((?:\|[^\n]*(?:\n|$)){2,})", re.MULTILINE)  # its two lines of head, and its rows


def rendered(text: str, links: Mapping[str, str] | None = None, *, inline: bool = False) -> SafeString:
    """Markdown as safe HTML. `links` maps a reference to its address: each mention becomes a link. Of a long table the rest is folded, as it was typed."""
    parts = [text] if inline or len(text) < ROWS_SHOWN else _folded(text)
    made = [_with_links(_clean(part, inline), links or {}) if n % 2 == 0 else part for n, part in enumerate(parts)]
    return mark_safe("".join(made))  # noqa: S308 (cleaned by the allow-list, or escaped)


def on_paper(text: str) -> SafeString:
    """The same for paper, on which nothing can be folded. A long table is parted into several: one of thousands of rows takes for ever to set."""
    parted = _TABLE.sub(lambda table: "\n".join(f"{table[1]}{''.join(rows)}" for rows in _batches(table[2].splitlines(keepends=True))), text)
    return mark_safe(_clean(parted, False))  # noqa: S308 (cleaned by the allow-list)


def _batches(rows: list[str]) -> list[list[str]]:
    return [rows[n : n + ROWS_A_TABLE] for n in range(0, len(rows), ROWS_A_TABLE)]


def _folded(text: str) -> list[str]:
    """Markdown and HTML by turns: what is rendered, and the rows of a long table that are too many to be."""
    parts, at = [], 0
    for table in _TABLE.finditer(text):
        rows = table[2].splitlines(keepends=True)
        if len(rows) > ROWS_SHOWN:
            rest = rows[ROWS_SHOWN:]
            parts += [text[at : table.start()] + table[1] + "".join(rows[:ROWS_SHOWN]), _FOLD.format(len(rest), html.escape("".join(rest)))]
            at = table.end()
    return [*parts, text[at:]]


_FOLD = """<details class="govuk-details app-rest"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">{} more rows</span></summary>
<pre class="app-rest__rows" tabindex="0">{}</pre></details>"""


@lru_cache(maxsize=4096)
def _clean(text: str, inline: bool) -> str:
    """Kept, since what is published is frozen: the same text is asked for again and again."""
    made = _MARKDOWN.renderInline(text) if inline else _MARKDOWN.render(text)
    return nh3.clean(made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"https", "http", "mailto"}, link_rel="noopener noreferrer")


def _with_links(clean: str, links: Mapping[str, str]) -> str:
    if not links:
        return clean
    pattern = _any_of(tuple(sorted(links, key=len, reverse=True)))
    if not pattern.search(clean):
        return clean
    pieces, inside = re.split(r"(<[^>]*>)", clean), 0
    for n, piece in enumerate(pieces):
        if piece.startswith("<"):
            inside += (piece.startswith("<a ")) - (piece == "</a>")
        elif not inside:
            pieces[n] = pattern.sub(lambda m: f'<a href="{html.escape(links[m[1]])}">{m[1]}</a>', piece)
    return "".join(pieces)


@lru_cache(maxsize=256)
def _any_of(references: tuple[str, ...]) -> re.Pattern:
    return re.compile(rf"(?<![\w./-])({'|'.join(map(re.escape, references))})(?![\w-])")


def plain(text: str) -> str:
    """Markdown as plain text on one line, for a search snippet, a feed or an e-mail subject."""
    made = nh3.clean(_MARKDOWN.render(text), tags=set())
    return " ".join(html.unescape(made).split())
