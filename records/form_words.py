"""What was sent with a form, in the words of the page that it stands on: “For which seat: Large Supplier”, where the request says “seat=12”."""

from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = ("textarea", "text", "email", "date", "time", "datetime-local", "number", "url", "search", "tel", "password")


@dataclass
class Control:
    """One thing on a page that something is said by. `words` are those of its value, where it is chosen and not typed."""

    kind: str
    name: str
    id: str = ""
    value: str = ""
    within: str = ""
    words: str = ""
    options: dict[str, str] = field(default_factory=dict)


class _Page(HTMLParser):
    """The controls of each form of a page, and the labels of all."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, list[Control]] = defaultdict(list)
        self.labels: dict[str, str] = {}
        self._form, self._groups = "", [""]
        self._heard: list[str] | None = None
        self._for, self._option = "", ""
        self._select: Control | None = None
        self._button: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = told.get("id") or f"form {len(self.forms)}"
            self.forms[self._form] = []
        elif tag == "fieldset" or (tag == "div" and told.get("role") == "group"):
            self._groups.append(told.get("aria-label", ""))
        elif tag == "div":
            self._groups.append(self._groups[-1])
        elif tag in ("label", "legend", "option", "button"):
            self._heard, self._for, self._option = [], told.get("for", ""), told.get("value", "")
        if tag in ("input", "textarea", "select", "button") and told.get("name"):
            self._note(tag, told)

    def _note(self, tag: str, told: dict[str, str]) -> None:
        kind = told.get("type", "text") if tag == "input" else tag
        control = Control(kind, told["name"], told.get("id", ""), told.get("value", ""), told.get("data-asks") or self._groups[-1], told.get("data-words", ""))
        self._select = control if tag == "select" else self._select
        self._button = control if tag == "button" else self._button
        self.forms[told.get("form") or self._form].append(control)

    def handle_data(self, data: str) -> None:
        if self._heard is not None:
            self._heard.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("fieldset", "div") and len(self._groups) > 1:
            self._groups.pop()
        elif tag == "form":
            self._form = ""
        if tag not in ("label", "legend", "option", "button") or self._heard is None:
            return
        words, self._heard = " ".join("".join(self._heard).split()).removesuffix("(optional)").strip(), None
        if tag == "label":
            self.labels[self._for] = words
        elif tag == "legend":
            self._groups[-1] = words
        elif tag == "option" and self._select:
            self._select.options[self._option] = words
        elif self._button:
            self._button.words, self._button = words, None


def in_words_of(html: str, sent: dict[str, list[str]]) -> dict[str, list[tuple[str, str]]]:
    """By the name of each field that the page has: what it asks and what was said, of each value that is one. Hidden ones ask nothing.

    Of several forms it is the one that has most of the fields.
    """
    page = _Page()
    page.feed(html)
    form = max(page.forms.values(), key=lambda controls: len({each.name for each in controls} & sent.keys()), default=[])
    found: dict[str, list[Control]] = defaultdict(list)
    for control in form:
        found[control.name].append(control)
    return {name: _said(page.labels, found[name], values) for name, values in sent.items() if name in found}


def _said(labels: dict[str, str], controls: list[Control], values: list[str]) -> list[tuple[str, str]]:
    told = [_one(labels, controls, n, value) for n, value in enumerate(values) if value.strip()]
    return [each for each in told if each]


def _one(labels: dict[str, str], controls: list[Control], n: int, value: str) -> tuple[str, str] | None:
    chosen = next((each for each in controls if each.value == value and each.kind not in TYPED), None)
    control = chosen or controls[min(n, len(controls) - 1)]
    label = labels.get(control.id, "")
    if control.kind == "hidden":
        return (control.within, control.words) if chosen and control.words else None
    if control.kind in ("radio", "checkbox"):
        return (control.within, label if chosen else value) if control.within else (label, "Yes")
    if control.kind == "button":
        return control.within or "You chose", control.words or value
    asks = f"{control.within}: {label}" if control.within and control.within != label else label
    return asks, control.options.get(value, value)
