"""Using the portal as a person would: signing in, opening a page, filling in the form that is on it."""

import re
import time
from html import unescape
from html.parser import HTMLParser

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from groups.models import User

# What might be typed into an empty field of each type.
TYPED = {"text": "As consulted", "date": "2023-07-14", "email": "ann@example.org", "time": "10:00", "datetime-local": "2023-07-14T10:00"}


class _Fields(HTMLParser):
    """What each form would send if nobody typed anything; and under `sound`, something that might be sent for every field there is."""

    def __init__(self):
        super().__init__()
        self.forms: list[dict] = []
        self._form: dict | None = None
        self._by_id: dict[str, dict] = {}
        self._area: dict | None = None
        self._select: str | None = None

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form" and told.get("method") == "post":
            self._form = {"action": told.get("action", ""), "data": [], "buttons": [], "sound": {}}
            self.forms.append(self._form)
            self._by_id[told.get("id", "")] = self._form
        form = self._by_id.get(told["form"]) if "form" in told else self._form
        if form is None:
            return
        if tag == "input" and told.get("name"):
            ticked = told.get("type") in ("radio", "checkbox")
            form["sound"].setdefault(told["name"], told.get("value") or TYPED.get(told.get("type"), "1"))
            if not ticked or "checked" in told:
                form["data"].append((told["name"], told.get("value", "on" if ticked else "") or ""))
        elif tag == "textarea" and told.get("name"):
            self._area = form
            form["sound"].setdefault(told["name"], TYPED["text"])
            form["data"].append((told["name"], ""))
        elif tag == "select":
            self._select = told["name"]
        elif tag == "option" and self._select:
            if told.get("value"):
                form["sound"].setdefault(self._select, told["value"])
            if "selected" in told:
                form["data"].append((self._select, told.get("value", "")))
        elif tag == "button":
            form["buttons"].append((told.get("name"), told.get("value")))
            if told.get("name"):
                form["sound"].setdefault(told["name"], told.get("value", ""))

    def handle_data(self, data):
        if self._area:
            name, text = self._area["data"][-1]
            self._area["data"][-1] = (name, text + (data.removeprefix("\n") if not text else data))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None


def forms_on(page: HttpResponse) -> list[dict]:
    if page.streaming:
        return []
    return [form for form in forms_in(page.content.decode()) if "logout" not in form["action"]]


def forms_in(html: str) -> list[dict]:
    found = _Fields()
    found.feed(html)
    return found.forms


def drained(answer: HttpResponseBase) -> HttpResponseBase:
    """The answer, read to its end: of a file that nobody reads the end would stay open."""
    if answer.streaming:
        answer.drained = b"".join(answer)  # type: ignore[attr-defined]
    return answer


def text_of(page: HttpResponse) -> str:
    """The words of a page, without its markup."""
    body = re.sub(r"<(script|style|head).*?</\1>|(</?abbr\b[^>]*>)", lambda found: "" if found[2] else " ", page.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


class Visitor:
    """Somebody signed in, who has said lately who they are."""

    def __init__(self, user: User | None = None, *, lately: bool = True):
        self.client, self.user = Client(), user
        if user:
            self.client.force_login(user)
            if lately:
                session = self.client.session
                session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
                session["account_authentication_methods_user"] = str(user.pk)
                session.save()

    def opens(self, address: str) -> HttpResponse:
        return self.client.get(address, follow=True)

    def sends(self, page: HttpResponse, typed: dict | None = None, *, form: int = 0) -> HttpResponse:
        """Fill in the n-th form of the page (the sign-out form not counted), and send it. A list of values is several boxes."""
        there = forms_on(page)[form]
        data: dict[str, list[str]] = {}
        for name, value in there["data"]:
            data.setdefault(name, []).append(value)
        for name, value in (typed or {}).items():
            data[name] = value if isinstance(value, list) else [value]
        return self.client.post(there["action"] or page.request["PATH_INFO"], data, follow=True)

    def does(self, address: str, typed: dict | None = None, *, form: int = 0) -> HttpResponse:
        """Open a page, fill in its form, send it."""
        return self.sends(self.opens(address), typed, form=form)
