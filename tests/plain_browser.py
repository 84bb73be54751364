"""A browser without scripts: it follows links, fills in the fields of forms by what they are called, and sends what is in them."""

from collections.abc import Iterator
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from lxml import html

from groups.models import User
from tests.pages import Visitor, drained

FOCUSED = ("a", "button", "input", "select", "textarea", "summary")  # what Tab stops at
SENDING = ("button", "submit", "image", "reset")
ONLY_WITH_SCRIPTS = "ancestor-or-self::template | ancestor-or-self::*[@hidden or contains(@class, 'app-needs-js') or contains(@class, 'app-needs-scripts')]"


class PlainBrowser:
    """What one does in it has the names of what one does by keyboard (tests/browser/keys.py), so that a story can be told once for both."""

    def __init__(self, user: User | None = None):
        self.visitor = Visitor(user)
        self.files: dict[str, SimpleUploadedFile] = {}

    # --- pages

    def opens(self, address: str) -> "PlainBrowser":
        return self._shows(self.visitor.opens(address))

    def gets(self, address: str) -> bytes:
        return _content(self.visitor.opens(address))

    def _shows(self, page: HttpResponseBase) -> "PlainBrowser":
        asked = page.request  # type: ignore[attr-defined]
        self.address = asked["PATH_INFO"] + (f"?{asked['QUERY_STRING']}" if asked["QUERY_STRING"] else "")
        self.html, self.files = html.document_fromstring(page.content.decode()), {}  # type: ignore[attr-defined]
        self.at: html.HtmlElement | None = None
        assert page.status_code in (200, 400, 409), f"{self.address}: {page.status_code}, {self.words[:500]}"
        return self

    @property
    def words(self) -> str:
        return _text_of(self.html.xpath("//main")[0])

    def reads(self, *words: str) -> None:
        for each in words:
            assert each in self.words, f"“{each}” is not on {self.address}, but: {self.words[:3000]}"

    def reads_nothing_of(self, words: str) -> None:
        assert words not in self.words

    def sees(self, words: str) -> bool:
        return words in self.words

    def is_told(self, words: str) -> None:
        """By the banner at the head of the page."""
        [said, *_] = [_text_of(each) for each in self.html.xpath("//*[@role='alert']")] or [""]
        assert words in said, f"“{words}” is not said on {self.address}, but “{said}”: {self.words[:3000]}"

    def words_at(self, name: str) -> str:
        return _text_of(self.html.get_element_by_id(name))

    # --- one thing after the other on a page

    def reaches(self, *words: str, back: bool = False) -> "PlainBrowser":
        """The next that has all of these words in its name; after the last comes the first."""
        there = [each for each in self.html.iter(*FOCUSED) if not (each.get("type") == "hidden" or each.xpath(ONLY_WITH_SCRIPTS))]
        begin = there.index(self.at) if self.at in there else -1
        round_it = [*there[begin + 1 :], *there[: begin + 1]]
        if back:
            round_it = [*reversed(there[: max(begin, 0)]), *reversed(there[max(begin, 0) :])]
        names = [self._name_of(each) for each in round_it]
        self.at = next((each for each, name in zip(round_it, names, strict=True) if all(word in name for word in words)), None)
        assert self.at is not None, f"There is no {words} on {self.address}, but {names}"
        return self

    def _name_of(self, each: html.HtmlElement) -> str:
        legends = each.xpath("ancestor::fieldset[1]/legend") if each.get("type") == "radio" else []
        labels = [*self.html.xpath("//label[@for=$id]", id=each.get("id") or ""), *each.xpath("ancestor::label")]
        called = each.get("aria-label") or " ".join(map(_text_of, labels)) or _text_of(each)
        return " ".join(f"{' '.join(map(_text_of, legends))} {called}".split())

    def fills(self, words: str, text: str) -> "PlainBrowser":
        return self.reaches(words).types(text)

    def types(self, text: str) -> "PlainBrowser":
        assert self.at is not None
        if self.at.tag == "textarea":
            self.at.text = text
        else:
            self.at.set("value", text)
        return self

    def sets(self, words: str, value: str, *ways: str) -> "PlainBrowser":
        return self.fills(words, value)

    def chooses(self, group: str, words: str) -> "PlainBrowser":
        self.reaches(group)
        assert self.at is not None
        same = self.html.xpath("//input[@name=$name]", name=self.at.get("name"))
        [chosen] = [each for each in same if self._name_of(each).endswith(words)]
        for each in same:
            each.attrib.pop("checked", None)
        chosen.set("checked", "")
        self.at = chosen
        return self

    def picks(self, words: str, text: str) -> "PlainBrowser":
        self.reaches(words)
        assert self.at is not None
        for each in self.at.iter("option"):
            each.attrib.pop("selected", None)
        next(each for each in self.at.iter("option") if _text_of(each).startswith(text)).set("selected", "")
        return self

    def unfolds(self, *words: str) -> "PlainBrowser":
        return self.reaches(*words)

    def hands_in(self, name: str, kind: str, content: bytes) -> "PlainBrowser":
        [field] = self.html.xpath("//input[@type='file']")
        self.files[field.get("name")] = SimpleUploadedFile(name, content, kind)
        return self

    # --- to another page

    def presses(self, *words: str, back: bool = False) -> "PlainBrowser":
        return self.reaches(*words, back=back).sends()

    def sends(self) -> "PlainBrowser":
        """Follow the link that was reached, or send the form: by its first button, from a field."""
        assert self.at is not None
        if self.at.tag == "a":
            return self.opens(urljoin(self.address, self.at.get("href")))
        return self._shows(self._sent(self.at))

    def _sent(self, at: html.HtmlElement) -> HttpResponseBase:
        [form] = self._form_of(at)
        pressed = at if at.tag == "button" else next((each for each in self._fields_of(form) if each.tag == "button"), None)
        data: dict[str, list] = {}
        for name, value in self._told_in(form):
            data.setdefault(name, []).append(value)
        if pressed is not None and pressed.get("name"):
            data.setdefault(pressed.get("name"), []).append(pressed.get("value", ""))
        address = urljoin(self.address, form.get("action") or self.address)
        ask = self.visitor.client.post if form.get("method", "").lower() == "post" else self.visitor.client.get
        return ask(address, data, follow=True)

    def takes(self, *words: str) -> bytes:
        """What a link or a button hands out."""
        self.reaches(*words)
        assert self.at is not None
        return _content(self.visitor.opens(urljoin(self.address, self.at.get("href"))) if self.at.tag == "a" else self._sent(self.at))

    def _form_of(self, each: html.HtmlElement) -> list[html.HtmlElement]:
        return self.html.xpath("//form[@id=$id]", id=each.get("form")) if each.get("form") else each.xpath("ancestor::form[1]")

    def _fields_of(self, form: html.HtmlElement) -> Iterator[html.HtmlElement]:
        return (each for each in self.html.iter("input", "select", "textarea", "button") if self._form_of(each) == [form] and not each.xpath("ancestor::template"))

    def _told_in(self, form: html.HtmlElement) -> Iterator[tuple[str, object]]:
        """What its fields say, in order, as a browser sends it."""
        for each in self._fields_of(form):
            name, kind = each.get("name"), each.get("type", "")
            if not name or "disabled" in each.attrib or each.tag == "button" or kind in SENDING:
                continue
            if each.tag == "select":
                chosen = [option for option in each.iter("option") if "selected" in option.attrib] or list(each.iter("option"))[:1]
                yield from ((name, option.get("value", _text_of(option))) for option in chosen)
            elif each.tag == "textarea":
                yield name, (each.text or "").removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n")
            elif kind == "file":
                if name in self.files:
                    yield name, self.files[name]
            elif kind not in ("radio", "checkbox") or "checked" in each.attrib:
                yield name, each.get("value", "on" if kind in ("radio", "checkbox") else "")


def _content(answer: HttpResponseBase) -> bytes:
    assert answer.status_code == 200, answer.status_code
    return drained(answer).drained if answer.streaming else answer.content  # type: ignore[attr-defined]


def _text_of(element: html.HtmlElement) -> str:
    return " ".join(element.xpath("string(.)").split())
