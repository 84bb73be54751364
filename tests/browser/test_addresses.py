"""What a reader can pass on: the address of a list, of a decision, of a paragraph."""

import shutil
import subprocess

import pytest
from playwright.sync_api import Page, expect

PARAGRAPH = "7.5"


def found(page: Page) -> list[str]:
    return page.locator(".app-record__title a").all_inner_texts()


def test_a_paragraph_of_minutes_has_an_address_that_leads_to_it(reader):
    reader.goto(f"/meetings/DAG026/#p{PARAGRAPH}")
    paragraph = reader.locator(f"[id='p{PARAGRAPH}']")
    expect(paragraph).to_be_in_viewport()
    assert reader.evaluate("document.querySelector(':target').id") == f"p{PARAGRAPH}"
    expect(reader.get_by_role("link", name=f"{PARAGRAPH}: link to this paragraph")).to_have_attribute("href", f"#p{PARAGRAPH}")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="there is no pdftotext here: it comes with poppler-utils")
def test_every_paragraph_has_the_same_number_in_the_pdf(reader):
    reader.goto("/meetings/DAG026/")
    shown = [number.strip() for number in reader.locator(".app-para__number").all_inner_texts()]
    pdf = reader.request.get("/meetings/DAG026/minutes.pdf").body()
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, stdout=subprocess.PIPE, check=True).stdout.decode()
    printed = [line.split()[0] for line in text.splitlines() if line.split()]
    assert PARAGRAPH in shown
    assert [number for number in shown if number not in printed] == []


def test_what_is_asked_of_the_register_is_in_its_address(reader):
    reader.goto("/decisions/")
    reader.get_by_label("Search", exact=True).fill("approved")
    reader.get_by_label("Group").select_option("DAG")
    reader.get_by_label("Year").select_option("2023")
    reader.get_by_role("button", name="Show decisions").click()
    reader.wait_for_url("**/decisions/?**")
    assert {"q=approved", "group=DAG", "year=2023"} <= set(reader.url.partition("?")[2].split("&"))


def test_a_shared_address_shows_the_same_list_to_whoever_opens_it(demo, tab, reader):
    reader.goto("/decisions/?q=approved&group=DAG&year=2023")
    other = tab(demo, java_script_enabled=False, width=320)
    other.goto(reader.url)
    assert found(reader) == found(other) != []
    assert other.get_by_label("Group").input_value() == "DAG"


def test_each_chip_takes_one_filter_away_and_leaves_the_others(reader):
    reader.goto("/decisions/?q=nothingofthekind&group=DAG&year=2023")
    expect(reader.get_by_role("status")).to_have_text("0 decisions")
    reader.get_by_role("link", name="Remove filter: “nothingofthekind”").click()
    expect(reader.get_by_role("status")).to_have_text("6 decisions")
    assert sorted(reader.url.partition("?")[2].split("&")) == ["group=DAG", "year=2023"]
    reader.get_by_role("link", name="Clear all filters").click()
    expect(reader.get_by_role("status")).to_have_text("9 decisions")


def test_the_back_button_brings_the_last_list_back(reader):
    reader.goto("/decisions/?group=DAG")
    dag = found(reader)
    reader.get_by_role("link", name="Remove filter: Group: DAG").click()
    expect(reader.get_by_role("status")).to_have_text("9 decisions")
    reader.go_back()
    assert found(reader) == dag


def test_the_address_of_a_decision_is_copied_with_one_button(reader):
    reader.goto("/decisions/DAG-DEC60/")
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.get_by_role("button", name="Copy").click()
    expect(reader.get_by_text("Copied")).to_be_visible()
    assert reader.evaluate("navigator.clipboard.readText()") == reader.url
