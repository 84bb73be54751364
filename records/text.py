"""Minutes are written in Markdown; this makes it safe HTML, with references as links."""

import html
import re
from collections.abc import Mapping
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# No headings (the page owns them), no images (nothing is ever fetched), no raw HTML.
_MARKDOWN = MarkdownIt("zero", {"html": False, "linkify": False}).enable(
    [
        "paragraph", "list", "emphasis", "link", "newline", "escape", "entity", "backticks", "blockquote", "table",
        "strikethrough",
    ]
)
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br", "code", "blockquote", "s", "table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}


def rendered(text: str, links: Mapping[str, str] | None = None, *, inline: bool = False) -> SafeString:
    """Markdown as safe HTML. `links` maps a reference to its address: each mention becomes a link."""
    return mark_safe(_with_links(_clean(text, inline), links or {}))  # noqa: S308 (cleaned by the allow-list)


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
