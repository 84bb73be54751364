"""What can be measured on a page that is open."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}, "landmark-unique": {"enabled": True}},  # the one is off unless asked for, the other no rule of WCAG but good practice
    "resultTypes": ["violations", "incomplete"],
}
# What axe cannot decide and a person has looked at: the number drawn on a bar of a vote, a label beside its box or button, and a
# reference in a reason, which has its number before it.
LOOKED_AT = {
    ("color-contrast", "app-votebar__count"), ("color-contrast", "govuk-checkboxes__label"), ("color-contrast", "govuk-radios__label"),
    ("color-contrast", '<a href="/change-requests/'), ("color-contrast", "app-inline-hint"),
}  # fmt: skip

# WCAG 1.4.12: a reader may space text this widely, and nothing may be lost.
WIDE_TEXT = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
SPACE_OUT = """css => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = css ? [sheet] : []
}"""
CLIPPED = """() => [...document.querySelectorAll('body *')].filter(e => {
  const style = getComputedStyle(e)
  const seen = e.getClientRects().length && style.clip === 'auto' && style.clipPath === 'none' && !e.closest('svg')
  const text = [...e.childNodes].filter(n => n.nodeType === 3 && n.textContent.trim())
  if (!seen || !text.length || ['inline', 'contents'].includes(style.display)) return false
  const hides = v => ['hidden', 'clip'].includes(v)
  if ((hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1) || (hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1)) return true
  if (!e.matches('button, .govuk-button, .app-tag, .app-chip')) return false
  const box = e.getBoundingClientRect()
  return text.some(n => {
    const range = document.createRange()
    range.selectNodeContents(n)
    const drawn = range.getBoundingClientRect()
    return drawn.left < box.left - 1 || drawn.right > box.right + 1 || drawn.top < box.top - 1 || drawn.bottom > box.bottom + 1
  })
}).map(e => e.outerHTML.slice(0, 160))"""
SMALL_BUTTONS = """() => [...document.querySelectorAll('.govuk-button, .govuk-service-navigation__toggle, .app-masthead a')]
  .filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 160))"""
# Focus must change how the thing itself, or what labels it, is drawn around its edge.
UNMARKED = """() => {
  for (const folded of document.querySelectorAll('details')) folded.open = true
  const drawn = e => {
    const of = (thing, pseudo) => { const s = getComputedStyle(thing, pseudo); return [s.outlineStyle === 'none' ? '' : s.outline, s.boxShadow].join() }
    const label = e.labels && e.labels[0]
    return [of(e), label ? of(label, '::before') : ''].join()
  }
  const things = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  return things.filter(e => e.getClientRects().length && !e.disabled).filter(e => {
    e.blur()
    const before = drawn(e)
    e.focus({ focusVisible: true, preventScroll: true })
    const after = drawn(e)
    const had = document.activeElement === e
    e.blur()
    return !had || before === after
  }).map(e => e.outerHTML.slice(0, 160))
}"""
TWICE = """() => {
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id)
  return ids.filter((id, n) => ids.indexOf(id) !== n)
}"""
# Shown as cards, a table stays one only to a screen reader that is told so.
UNTOLD = """() => {
  const roles = { TABLE: 'table', THEAD: 'rowgroup', TBODY: 'rowgroup', TR: 'row', TD: 'cell' }
  return [...document.querySelectorAll('.app-table--stack, .app-table--stack :is(thead, tbody, tr, th, td)')].filter(e => {
    const role = roles[e.tagName] || { col: 'columnheader', row: 'rowheader' }[e.scope]
    return e.getAttribute('role') !== role
  }).map(e => e.outerHTML.slice(0, 160))
}"""
LEADING_NOWHERE = """() => [...document.querySelectorAll('a[href^="#"]')]
  .filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map(a => a.outerHTML.slice(0, 160))"""


def broken_rules(page: Page, *, colours_of_the_reader: bool = False) -> list[str]:
    """What axe finds against, and what it leaves to be decided by looking. It cannot judge colours that the reader forces."""
    if not page.evaluate("!!window.axe"):
        page.evaluate(AXE_SCRIPT)
    rules = RULES["rules"] | {"color-contrast": {"enabled": not colours_of_the_reader}}
    found = page.evaluate("rules => axe.run(rules)", RULES | {"rules": rules})
    ran = {rule["id"] for kind in ("passes", "violations", "incomplete") for rule in found[kind]}
    assert {"target-size", "landmark-unique"} <= ran
    undecided = [
        (rule, node) for rule in found["incomplete"] for node in rule["nodes"] if not looked_at(rule["id"], node["html"])
    ]
    broken = [(rule, node) for rule in found["violations"] for node in rule["nodes"]]
    return [f"{rule['id']}: {rule['help']}: {node['html'][:200]}" for rule, node in broken + undecided]


def looked_at(rule: str, html: str) -> bool:
    return any(rule == known and mark in html for known, mark in LOOKED_AT)


def widen(page: Page, width: int, height: int = 900) -> None:
    if page.viewport_size != {"width": width, "height": height}:
        page.set_viewport_size({"width": width, "height": height})


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
