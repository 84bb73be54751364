"""The addresses of all that is published, for search engines, by the protocol of sitemaps.org."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from records.canonical import plain
from register.models import Shelf
from register.public import public

MOST = 50_000  # addresses of one file, by the protocol
ALWAYS = (
    "home", "decisions", "change_requests", "artefacts", "processes", "releases", "meetings", "deadlines", "actions", "groups", "glossary", "status", "contact", "accessibility", "privacy",
)  # fmt: skip
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """All of it where one file may hold it; else a list of such files."""
    files = _files()
    if files == 1:
        return _addresses(1)
    return _written("sitemapindex", (_entry("sitemap", reverse("register:sitemap_part", args=[n])) for n in range(1, files + 1)))


@public
def part(request: HttpRequest, n: int) -> HttpResponse:
    if not 1 <= n <= _files():
        raise Http404
    return _addresses(n)


@public
def robots(request: HttpRequest) -> HttpResponse:
    """What is behind a sign-in is nothing for search engines, nor is what was searched for."""
    closed = "".join(f"Disallow: {path}\n" for path in ("/accounts/", "/desk/", "/search/"))
    return HttpResponse(f"User-agent: *\n{closed}\nSitemap: {settings.PORTAL_BASE_URL}{reverse('register:sitemap')}\n", content_type="text/plain; charset=utf-8")


def _files() -> int:
    return -(-(len(ALWAYS) + Shelf.objects.count()) // MOST)


def _addresses(n: int) -> HttpResponse:
    """The pages that are always there come first; behind them what is published, in the order in which it was."""
    first, last = (n - 1) * MOST - len(ALWAYS), n * MOST - len(ALWAYS)
    always = [_entry("url", reverse(f"register:{name}")) for name in ALWAYS] if n == 1 else []
    rows = Shelf.objects.order_by("pk").values_list("address", "issued_at")[max(first, 0) : last]
    return _written("urlset", [*always, *(_entry("url", address, plain(issued_at)) for address, issued_at in rows)])


def _entry(tag: str, path: str, changed: str = "") -> str:
    told = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<{tag}><loc>{escape(settings.PORTAL_BASE_URL + path)}</loc>{told}</{tag}>\n"


def _written(root: str, entries: Iterable[str]) -> HttpResponse:
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SCHEMA}">\n{"".join(entries)}</{root}>\n'
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")
