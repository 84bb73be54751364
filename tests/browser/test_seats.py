"""Alternates and consultations in a real browser: each page in each state, by keyboard, and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looking
from tests.browser.conftest import PROGRAMME_PMO, REPRESENTATIVE
from tests.browser.test_every_page import (  # noqa: F401 (the same is measured of the pages here)
    NARROW,
    test_a_table_shown_as_cards_is_still_a_table_to_a_screen_reader,
    test_it_breaks_no_rule_of_accessibility,
    test_it_has_one_main_heading_and_every_address_in_it_leads_somewhere,
    test_it_never_scrolls_sideways,
    test_its_buttons_are_tall_enough_for_a_finger,
    test_its_console_is_silent_and_its_security_policy_is_kept,
    test_nothing_is_lost_when_a_reader_spaces_the_text_widely,
    test_whatever_has_the_focus_shows_it,
)
from tests.browser.test_keyboard import tab_to


def name_alternate(page: Page, name: str, email: str) -> None:
    page.goto("/desk/seats/mine/")
    page.get_by_role("button", name="Name an alternate").or_(page.get_by_role("link", name="Name an alternate")).click()
    page.get_by_label("Their name").fill(name)
    page.get_by_label("Their e-mail address").fill(email)
    page.get_by_label("REH004 on").check()
    page.get_by_role("button", name="Name the alternate").click()
    expect(page.get_by_role("alert")).to_contain_text(f"{name} is named.")


def approve(page: Page, name: str) -> None:
    page.goto("/desk/seats/")
    page.get_by_role("link", name=f"{name} for DNO Representative").click()
    page.get_by_label("Who approved it").fill("The DNO constituency")
    page.get_by_label("What is the evidence?").fill("E-mail of the four who replied")
    page.get_by_role("button", name="Record the approval").click()
    expect(page.get_by_role("alert")).to_contain_text(f"The approval of {name} is recorded.")


def begin_to_consult(page: Page) -> str:
    """Where the consultation on CR902 is."""
    page.goto("/desk/groups/REH/questions/")
    page.get_by_role("link", name="CR902 v1.3").click()
    page.get_by_role("link", name="Consult your constituency").click()
    page.get_by_role("button", name="Keep this brief").click()
    expect(page.get_by_role("main")).to_contain_text("0 of 4 have replied")
    return page.url


def links_on(page: Page) -> list[str]:
    return [place.get_attribute("data-copy") for place in page.locator("p[data-copy]").all()]


def reply(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Against").check()
    page.get_by_label("Why, or on what condition?").fill("It would cost us a night shift.")
    page.get_by_label("Your name").fill("Kit Moreton")
    page.get_by_role("button", name="Send the reply").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your reply is recorded")


@pytest.fixture(scope="module")
def begun(server, windows):
    """A copy in which the DNO seat has an alternate, another who waits, and a consultation with one reply; its addresses by name."""
    with server.copy() as address:
        holder, pmo, nobody = windows.open(address, who=REPRESENTATIVE), windows.open(address, who=PROGRAMME_PMO), windows.open(address)
        for name in ("Bea Hollis", "Cal Rook"):
            name_alternate(holder, name, f"{name[:3].lower()}@example.org")
        approve(pmo, "Bea Hollis")
        pmo.goto("/desk/seats/")
        approving = pmo.get_by_role("link", name="Cal Rook for").get_attribute("href")
        holder.goto("/desk/seats/mine/")
        revoking = holder.get_by_role("link", name="Revoke Bea Hollis").get_attribute("href")
        consultation = begin_to_consult(holder)
        used, unused, *_ = links_on(holder)
        reply(nobody, used)
        yield {
            "the seat": (address, REPRESENTATIVE, "/desk/seats/mine/"), "the seat for the PMO": (address, PROGRAMME_PMO, holder.url),
            "approving": (address, PROGRAMME_PMO, approving), "revoking": (address, REPRESENTATIVE, revoking),
            "the consultation": (address, REPRESENTATIVE, consultation), "a link": (address, "", unused), "a used link": (address, "", used),
        }  # fmt: skip
        for page in (holder, pmo, nobody):
            page.close()


STATES = ["the seat", "the seat for the PMO", "approving", "revoking", "the consultation", "a link", "a used link"]


@pytest.fixture(scope="module", params=[pytest.param(state, marks=pytest.mark.long) for state in STATES])
def page(request, begun, windows):
    address, who, path = begun[request.param]
    windows.complaints.clear()
    opened = windows.standing(address, who=who)
    looking.widen(opened, NARROW)
    opened.goto(path)
    opened.said = list(windows.complaints)
    return opened


@pytest.mark.long
def test_an_alternate_is_named_approved_and_revoked_without_scripts(fresh, tab):
    holder, pmo = (tab(fresh, who=who, java_script_enabled=False) for who in (REPRESENTATIVE, PROGRAMME_PMO))
    holder.goto("/desk/seats/mine/")
    holder.get_by_role("button", name="Name an alternate").click()
    holder.get_by_label("Their name").fill("Bea Hollis")
    holder.get_by_label("Their e-mail address").fill("bea@example.org")
    holder.get_by_label("A period, or another day").check()
    holder.get_by_role("button", name="Name the alternate").click()
    expect(holder.get_by_role("alert")).to_contain_text("Give the first day.")
    holder.get_by_label("First day").fill("2099-01-05")
    holder.get_by_role("button", name="Name the alternate").click()
    expect(holder.get_by_role("main")).to_contain_text("Waiting for the constituency’s approval")
    approve(pmo, "Bea Hollis")
    pmo.get_by_role("button", name="Send an invitation").click()
    expect(pmo.get_by_role("alert")).to_contain_text("An invitation goes to bea@example.org")
    holder.reload()
    holder.get_by_role("link", name="Revoke Bea Hollis").click()
    holder.get_by_label("Why?").fill("The constituency wants somebody else.")
    holder.get_by_role("button", name="Revoke now").click()
    holder.get_by_text("Alternates before (1)").click()
    expect(holder.get_by_role("main")).to_contain_text("The constituency wants somebody else.")


@pytest.mark.long
def test_a_consultation_runs_from_the_brief_to_the_voting_form_without_scripts(fresh, tab):
    holder, nobody = tab(fresh, who=REPRESENTATIVE, java_script_enabled=False), tab(fresh, java_script_enabled=False, width=375)
    begin_to_consult(holder)
    reply(nobody, links_on(holder)[0])
    holder.reload()
    expect(holder.get_by_role("main")).to_contain_text("1 of 4 has replied")
    holder.get_by_label("E-mail address of Skelbeck Networks (fictional)").fill("respondent@example.org")
    holder.get_by_role("button", name="Send the link to Skelbeck Networks (fictional)").click()
    expect(holder.get_by_role("alert")).to_contain_text("is asked with the next post")
    holder.get_by_role("button", name="Use this as the draft of our voting comment").click()
    holder.get_by_role("main").get_by_role("link", name="Vote", exact=True).click()
    expect(holder.get_by_label("Comment").first).to_have_value("Of 4 organisations consulted, 1 replied: 1 against.\n- It would cost us a night shift.")


def _down_to(page, choice: str) -> None:
    """By the arrow, through the choices and round again."""
    for _ in range(6):
        if page.get_by_label(choice).is_checked():
            return
        page.keyboard.press("ArrowDown")


@pytest.mark.long
def test_an_alternate_is_named_by_keyboard(fresh, tab):
    page = tab(fresh, who=REPRESENTATIVE)
    page.goto("/desk/seats/mine/")
    tab_to(page, "Name an alternate")
    page.keyboard.press("Enter")
    page.wait_for_url("**/new/")
    for label, text in (("Their name", "Bea Hollis"), ("Their e-mail address", "bea@example.org")):
        tab_to(page, label)
        page.keyboard.type(text)
    tab_to(page, "REH003.1 on")
    _down_to(page, "A period, or another day")  # the days appear beneath it, and are next in order
    page.keyboard.press("Tab")
    expect(page.get_by_label("First day")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    _down_to(page, "REH003.1 on")
    tab_to(page, "Name the alternate")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Bea Hollis is named.")


@pytest.mark.long
def test_an_organisation_replies_by_keyboard(fresh, tab):
    holder, page = tab(fresh, who=REPRESENTATIVE), tab(fresh)
    begin_to_consult(holder)
    page.goto(links_on(holder)[0])
    tab_to(page, "In favour")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Why, or on what condition?")
    page.keyboard.type("It would cost us a night shift.")
    tab_to(page, "Your name")
    page.keyboard.type("Kit Moreton")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Against")


@pytest.mark.long
def test_the_link_of_an_organisation_is_copied_with_a_button_that_names_it(fresh, tab):
    page = tab(fresh, who=REPRESENTATIVE)
    begin_to_consult(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy: Link for Skelbeck Networks (fictional)").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") in links_on(page)
    page.get_by_role("button", name="Copy: The brief as plain text").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("The Rehearsal group is asked:")
