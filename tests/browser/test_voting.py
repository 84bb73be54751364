"""Voting on a phone, and the vote in the room."""

import pytest
from playwright.sync_api import Page, expect

from rehearsal.sign_ins import PASSWORD
from tests.browser import looking
from tests.browser.conftest import CHAIR, REPRESENTATIVE, SECRETARY

AT_MOST = 6  # interactions from the link in the mail to the receipt, on a device that knows the password


class Counted:
    """A page on which each thing done with a finger is counted."""

    def __init__(self, page: Page):
        self.page, self.done = page, 0

    def presses(self, role: str, name: str, n: int = 0) -> None:
        self.page.get_by_role(role, name=name, exact=True).nth(n).click()
        self.done += 1


def vote_on_cr902(page: Page) -> str:
    """The address the mail gives."""
    page.goto("/desk/groups/REH/questions/")
    address = page.get_by_role("link", name="CR902 v1.3").get_attribute("href")
    return f"{address}vote/"


def test_from_the_mailed_link_to_the_receipt_it_takes_at_most_six_touches_sign_in_included(fresh, tab):
    known = tab(fresh, who=SECRETARY)
    address = vote_on_cr902(known)
    page = tab(fresh, width=375)
    phone = Counted(page)
    page.goto(address)  # the link
    phone.done += 1
    page.get_by_label("Email").fill(REPRESENTATIVE)  # filled in by the device, which knows them
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.presses("button", "Sign in")
    phone.presses("radio", "Approve")
    phone.presses("radio", "Yes")  # the second question of the form
    phone.presses("button", "Continue to check")
    expect(page.get_by_role("heading", level=1)).to_contain_text("DNO Representative")
    phone.presses("button", "Record this vote for DNO Representative")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vote recorded")
    assert phone.done <= AT_MOST


@pytest.mark.long
def test_going_back_to_the_check_page_shows_it_and_to_press_again_is_no_second_vote(fresh, tab):
    page = tab(fresh, who=REPRESENTATIVE)
    page.goto(vote_on_cr902(page))
    for answer in ("Approve", "Yes"):
        page.get_by_role("radio", name=answer).first.check()
    page.get_by_role("button", name="Continue to check").click()
    record = page.get_by_role("button", name="Record this vote for DNO Representative")
    record.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vote recorded")
    receipt = page.url
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You are voting for DNO Representative")
    record.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vote recorded")
    assert page.url == receipt


def test_each_target_is_as_wide_as_the_phone_and_tall_enough_for_a_thumb(demo, tab):
    page = tab(demo, who=REPRESENTATIVE, width=375)
    page.goto(vote_on_cr902(page))
    for target in page.locator(".app-choices .govuk-radios__item").all():
        box = target.bounding_box()
        assert box["height"] >= 44
        assert box["width"] >= 300


@pytest.mark.long
def test_what_was_typed_is_still_there_after_a_tab_was_closed_by_mistake(fresh, tab):
    page = tab(fresh, who=REPRESENTATIVE)
    address = vote_on_cr902(page)
    page.goto(address)
    page.get_by_label("Comment").first.fill("A long consideration")
    page.goto("/desk/")
    page.goto(address)
    expect(page.get_by_label("Comment").first).to_have_value("A long consideration")


@pytest.mark.long
def test_the_roll_is_called_by_keys_beside_a_vote_that_arrives_from_a_phone(fresh, tab):
    room = tab(fresh, who=SECRETARY)
    room.goto("/desk/groups/REH/questions/")
    room.get_by_role("link", name="CR903 v0.9").click()
    room.get_by_role("button", name="Open the vote").click()
    room.get_by_role("button", name="Open the vote").click()
    asked = room.locator("#asked")
    expect(asked).to_have_text("DNO Representative")
    room.keyboard.press("a")
    expect(asked).to_have_text("Elexon Representative (as central systems provider)")
    room.keyboard.press("n")
    expect(asked).to_have_text("I&C Supplier Representative")
    room.keyboard.press("x")
    expect(room.locator(".app-seats")).to_contain_text("Not here")
    phone = tab(fresh, who="idno@example.org", width=375)
    phone.goto("/desk/")
    phone.get_by_role("link", name="Vote on CR903").click()
    phone.get_by_label("Approve").check()
    phone.get_by_role("button", name="Continue to check").click()
    phone.get_by_role("button", name="Record this vote").click()
    expect(room.locator("[data-live]", has_text="seats have voted")).to_contain_text("2 of 13 seats have voted")
    expect(room.locator(".app-seats li", has_text="iDNO")).to_contain_text("Approve")
    comment = room.get_by_label("Comment, as spoken")
    comment.fill("a bar of rain")  # keys typed into a text are text
    expect(asked).to_have_text("Elexon Representative (as central systems provider)")
    room.get_by_label("Use keys").uncheck()
    room.locator("h1").click()
    room.keyboard.press("r")
    expect(asked).to_have_text("Elexon Representative (as central systems provider)")


def sound(page: Page) -> bool:
    """Nothing against the page at either width."""
    for width in (320, 1280):
        looking.widen(page, width)
        assert looking.broken_rules(page) == []
        assert looking.sideways(page) <= 0
    return True


@pytest.mark.long
def test_the_room_is_asked_whether_anybody_objects_and_a_silent_seat_corrects_it(fresh, tab):
    room = tab(fresh, who=SECRETARY)
    room.goto("/desk/groups/REH/questions/new/")
    room.get_by_label("Title of the decision").fill("CR025: interface names")
    room.get_by_label("The decision, as it would be recorded").fill("The SRO approved CR025 version 1.1")
    room.get_by_label("The question", exact=True).fill("Should CR025 version 1.1 be approved?")
    room.get_by_label("What is voted on").fill("CR025")
    room.get_by_label("In the room, whether anybody objects").check()
    room.get_by_role("button", name="Save the draft").click()
    for _ in range(2):  # once more, after a last look
        room.get_by_role("button", name="Ask the room").click()
    expect(room.locator("#asked")).to_have_text("Does anybody object?")
    assert sound(room)
    room.get_by_role("link", name="Large Supplier Representative").click()
    room.get_by_role("button", name="Not here").click()
    room.get_by_role("button", name="Nobody objects").click()
    expect(room.get_by_role("group", name="There, and raising no objection").get_by_role("checkbox", checked=True)).to_have_count(11)
    assert sound(room)
    room.get_by_role("button", name="Record it and close").click()
    expect(room.get_by_role("alert")).to_contain_text("It is recorded who raised no objection.")
    seat = tab(fresh, who="idno@example.org", width=375)
    seat.goto(room.url)
    seat.get_by_role("link", name="Correct that").click()
    assert sound(seat)
    seat.get_by_label("What does the seat object to?").fill("It should wait for the code drafting.")
    seat.get_by_role("button", name="Send the correction").click()
    expect(seat.locator(".app-votes")).to_contain_text("The holder disputes this: It should wait for the code drafting.")
    assert sound(seat)


@pytest.mark.long
def test_the_chair_who_comes_second_sees_who_decided_and_what(fresh, tab):
    first, second = tab(fresh, who=CHAIR), tab(fresh, who=CHAIR)
    for page in (first, second):
        page.goto("/desk/")
        page.get_by_role("link", name="Decide CR901").click()
        page.get_by_label("Outcome", exact=True).first.select_option("approved")
    first.get_by_role("button", name="Check before deciding").click()
    first.get_by_label("Password", exact=True).fill(PASSWORD)
    first.get_by_role("button", name="Confirm").click()
    first.get_by_role("button", name="Determine it now").click()
    expect(first.get_by_role("alert")).to_contain_text("is determined")
    second.get_by_role("button", name="Check before deciding").click()
    expect(second.get_by_role("main")).to_contain_text("Cleo Hart decided at")
