"""Signing in by a passkey: by Chromium's own virtual authenticator, and the pages that everybody has."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import REPRESENTATIVE, confirm
from tests.browser.test_voting import vote_on_cr902

REASON = "It was raised in February, and “nothing” was left open."


def has_a_passkey(page: Page) -> None:
    """One that verifies who one is, and keeps the account's name: as a phone's fingerprint does."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    page.goto("/accounts/2fa/webauthn/add/")
    confirm(page)
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(re.compile("/accounts/2fa/(?!webauthn/add)"))


@pytest.mark.long
def test_a_vote_sent_after_the_sign_in_ran_out_comes_back_by_a_passkey_as_by_a_password(fresh, tab):
    page = tab(fresh, who=REPRESENTATIVE)
    has_a_passkey(page)
    address = vote_on_cr902(page)
    page.goto(address)
    page.get_by_role("radio", name="Reject").first.check()
    page.get_by_role("radio", name="Yes").first.check()
    page.get_by_role("textbox").first.fill(REASON)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Continue to check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in again")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you typed")
    expect(page.get_by_text(REASON)).to_be_visible()
    page.get_by_role("button", name="Go on with this").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You are voting for DNO Representative")
    expect(page.get_by_text(REASON)).to_be_visible()
    page.goto("/desk/")
    expect(page.get_by_text("CR902").first).to_be_visible()  # it waits as before: nothing was done by signing in
