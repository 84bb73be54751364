"""A large file is seen on its way; what comes back is the page that would have come without scripts."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from files.kinds import MIB, MOST_BYTES
from files.models import Blob
from tests.browser.conftest import FLAGS, WAIT, find_browser, why_none
from tests.factories import UserFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.files.urls"),
    pytest.mark.skipif(bool(why_none()), reason=why_none() or "there is a browser"),
]


@pytest.fixture
def page(live_server, settings_of_a_demo):
    client = Client()
    client.force_login(UserFactory())
    session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": live_server.url}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        context = browser.new_context(base_url=live_server.url)
        context.set_default_timeout(WAIT)
        context.add_cookies([session])
        opened = context.new_page()
        opened.complaints = []
        opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.on("console", lambda said: opened.complaints.append(said.text) if "Content Security Policy" in said.text else None)
        yield opened
        assert not opened.complaints
        browser.close()


@pytest.fixture
def settings_of_a_demo(settings):
    settings.DEMO = True  # the second factor has tests of its own


def choose(page, name: str, content: bytes) -> None:
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/plain", "buffer": content})
    page.get_by_role("button", name="Hand in").click()


@pytest.mark.long
def test_a_large_file_is_seen_on_its_way_and_the_page_after_it_is_shown(page):
    page.goto("/in/")
    page.evaluate("new MutationObserver(() => { window.seen ||= !!document.querySelector('form progress') }).observe(document, {childList: true, subtree: true})")
    choose(page, "a.txt", b"words " * MIB)
    expect(page.get_by_text("Kept.")).to_be_visible()
    assert page.url.endswith(f"/in/?kept={Blob.objects.get().pk}")
    assert page.evaluate("window.seen")
    before = page.url
    choose(page, "b.txt", b"other " * MIB)  # the page that took its place works as well
    page.wait_for_function("before => location.href !== before", arg=before)
    expect(page.get_by_text("Kept.")).to_be_visible()
    assert Blob.objects.count() == 2


@pytest.mark.long
def test_a_small_file_is_sent_as_ever(page):
    page.goto("/in/")
    choose(page, "a.txt", b"words")
    expect(page.get_by_text("Kept.")).to_be_visible()


def test_what_is_refused_is_shown_as_it_would_be_without_scripts(page):
    page.goto("/in/")
    choose(page, "a.pdf", b"words " * MIB)
    expect(page.get_by_role("alert")).to_contain_text("not what its name says")
    assert page.title().startswith("Error:")
    assert not Blob.objects.exists()


@pytest.mark.long
def test_what_is_too_large_is_said_before_it_is_sent(page, tmp_path):
    large = tmp_path / "a.txt"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    page.goto("/in/")
    page.set_input_files("input[type=file]", large)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("status").filter(has_text="larger than 25 MB")).to_be_visible()
    assert page.url.endswith("/in/")
