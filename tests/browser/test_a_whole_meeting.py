"""The meeting of 12 July 2023 run through the pages alone, by keyboard, from the day it is planned to what a reader sees of its minutes.

What is typed are the words of the retelling that the demonstration reads in, and the edition that comes of it is compared with that one.
"""

import re
from collections.abc import Iterator
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph
from playwright.sync_api import expect

from rehearsal.sign_ins import PASSWORD
from tests import databases
from tests.browser.before_dag026 import CHAIR, MEMBER, PMO, SECOND_PEN
from tests.browser.dag026 import Pen, Stage, edition_of
from tests.browser.dag026_compared import as_the_member_has_it, compared_with_the_retelling
from tests.browser.keys import Hands

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SEATED = ("Lachlan Muir", "Patrick Quill", "Cedric Bloom", "Jemima Orr")  # among the programme and the others, those with a seat
ANNOUNCED = {  # item -> what becomes of what: the wording is that of the paper
    2: "Minutes of 14 June 2023 approved",
    3: "Interface Code of Connections v1.0 baselined; DIP PKI Certificate Profiles v1.0 baselined; DIP PKI Policy v1.0 baselined",
    4: "D-Flow and Interface Mapping v1.0 baselined",
    6: "CR025 approved subject to implementing it in the way agreed",
}
INITIALS = {"Imogen Bright": "IBr", "Lorenzo Castell": "LCas", "Cedric Bloom": "CBl", "Jemima Orr": "JOr"}  # as the paper has them, where others would be proposed


@pytest.fixture
def stage(server, tab) -> Iterator[Stage]:
    with server.copy(template=databases.before_dag026(server.beside)) as address:
        yield Stage(address, server.databases[-1], tab, edition_of(server.template), server.beside)


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_dag026_from_the_day_it_is_planned_to_its_published_minutes(stage):
    pmo, chair = stage.hands(PMO), stage.hands(CHAIR)
    stage.at("2023-07-03 10:00")
    plan(stage, pmo)
    put_the_agenda_together(stage, pmo)
    stage.at("2023-07-04 10:00")
    invite_and_hear(pmo, stage.hands(MEMBER))
    circulate_papers(stage, pmo)
    stage.at("2023-07-12 11:00")
    say_who_came(stage, pmo)
    write_the_minutes(stage, pmo, stage.hands(SECOND_PEN))
    ask_whether_anybody_objects(stage, pmo)
    take_the_roll(stage, pmo)
    write_what_was_left(stage, pmo)
    stage.at("2023-07-12 13:35")
    close(stage, pmo)
    confirm_what_was_announced(chair)
    stage.at("2023-07-12 16:00")
    determine(stage, chair)
    stage.at("2023-07-13 10:00")
    publish_the_headlines(stage, pmo)
    take_the_draft_out_and_bring_it_back(stage, pmo)
    finish_the_draft(stage, pmo)
    clear(chair)
    circulate_and_hear_a_member(stage, pmo, stage.hands(MEMBER))
    stage.at("2023-07-19 10:00")
    publish(stage, pmo)
    read_by_anybody(stage, stage.hands())
    compared_with_the_retelling(stage)
    approve_at_the_next_meeting(stage, pmo, chair)


def says_who(hands: Hands) -> None:
    if "/reauthenticate/" in hands.page.url:
        hands.fills("Password", PASSWORD).sends()


def done(hands: Hands, said: str) -> None:
    expect(hands.page.get_by_role("alert").first).to_contain_text(said)


# --- before


def plan(stage: Stage, pmo: Hands) -> None:
    pmo.opens("/desk/groups/DAG/meetings/new/")
    pmo.fills("Number", "26").sets("Day", "2023-07-12", "12072023", "07122023")
    pmo.sets("Begins at", "10:00", "1000", "1000AM").sets("Ends at", "13:30", "1330", "0130PM")
    pmo.fills("Where", stage.told["meeting"]["venue"]).presses("Schedule it")
    done(pmo, "DAG026 is planned")


def put_the_agenda_together(stage: Stage, pmo: Hands) -> None:
    pmo.opens("/desk/meetings/DAG026/agenda/")
    decides = {2, 3, 4, 5, 6, 7}
    for item in stage.told["items"]:
        pmo.fills("Item", item["title"]).picks("What is it for?", "Decision" if item["number"] in decides else "Information")
        pmo.fills("Minutes allowed", "15").presses("Put it on the agenda")
        done(pmo, f"is item {item['number']}.")
    for _ in range(2):  # once more, having read what follows
        pmo.presses("Publish the agenda of DAG026")
    done(pmo, "The agenda of DAG026 is public.")


def invite_and_hear(pmo: Hands, member: Hands) -> None:
    pmo.opens("/desk/meetings/DAG026/")
    for _ in range(2):
        pmo.presses("Invite the members to DAG026")
    done(pmo, "The invitations to DAG026 go out")
    member.opens("/desk/").presses("Say whether you come to DAG026").chooses("Do you come?", "I come").presses("Send the reply")
    pmo.opens("/desk/meetings/DAG026/")
    expect(pmo.page.locator("#forecast + p")).to_have_text("1 of 13 constituencies represented, by the replies so far")


def circulate_papers(stage: Stage, pmo: Hands) -> None:
    """One paper goes out in time, and the worker binds the pack."""
    pmo.opens("/desk/meetings/DAG026/papers/").presses("Add a paper", "to item 7")
    pmo.fills("What is it called?", "CR018: options for the transition")
    pmo.page.locator("input[type=file]").set_input_files({"name": "options.csv", "mimeType": "text/csv", "buffer": b"Option;Cost\nNow;7\n"})
    pmo.presses("Add it").presses("Circulate the papers of DAG026").presses("Circulate them")
    done(pmo, "The papers of DAG026 go out with the next post")
    stage.sweeps()
    pmo.opens("/desk/meetings/DAG026/papers/")
    with pmo.page.expect_download() as had:
        pmo.reaches("Every paper, in a ZIP").keys.press("Enter")
    with ZipFile(had.value.path()) as pack:
        assert any(name.endswith("options.csv") for name in pack.namelist())
    expect(pmo.page.get_by_role("link", name="The pack as PDF")).to_be_visible()


# --- in the room


def say_who_came(stage: Stage, pmo: Hands) -> None:
    for section in stage.told["attendance"][2:]:
        for each in section["people"]:
            if each["name"] not in SEATED:
                pmo.opens("/desk/meetings/DAG026/attendance/").presses("add somebody who has no seat")
                pmo.fills("Their name", each["name"]).fills("Organisation or role", each["role"]).chooses("Listed among", section["section"]).presses("Add them")
                if pmo.page.get_by_text("The portal knows somebody of that name").count():
                    pmo.chooses("Which one is it?", "(MHHS Programme)").presses("Add them")
                done(pmo, f"{each['name']} is recorded as present")
    pmo.chooses("DNO Representative: Owen Hartnell", "Alternate Petra Lindqvist").chooses("I&C Supplier Representative: Hugh Pemberton", "Alternate Dilip Rao")
    pmo.chooses("Consumer Representative: Clara Fontaine", "Apologies")
    for name, initials in INITIALS.items():
        pmo.unfolds("Initials, part of it", name).fills(f"Initials of {name}", initials)
    for each in (each for section in stage.told["attendance"] for each in section["people"] if each["part"]):
        pmo.unfolds("Initials, part of it", each["name"]).picks("For how much of it", "Part")
    pmo.presses("Save, and everyone not said yet was present")
    done(pmo, "Saved: 12 of 13 constituencies represented.")


def written(told: dict, wording: str = "") -> str:
    """What a secretary types to have a paragraph of the paper."""
    if told["kind"] == "heading":
        return f"/heading {told['text']}"
    if told["kind"] == "action":
        return f"/action @{told['action']['owner']} by {told['action']['due']}: {told['action']['text']}"
    return told["text"]


def write_the_minutes(stage: Stage, pmo: Hands, other: Hands) -> None:
    """Items 1 to 6, as far as the room is not asked. Two write in the first; in the third the line breaks."""
    pen, second = Pen(pmo).opens(1), Pen(other).opens(1)
    pen.writes(stage.item(1)["paragraphs"][0]["text"])
    pen.saved()
    first = other.page.locator('[data-number="1"] textarea').first
    expect(first).to_have_value(stage.item(1)["paragraphs"][0]["text"])  # without loading the page again
    second.keys.press("Control+Enter")
    second.writes(stage.item(2)["paragraphs"][0]["text"])
    second.saved()
    expect(pmo.page.locator('[data-number="2"] textarea').first).to_have_value(stage.item(2)["paragraphs"][0]["text"])
    for number in range(2, 7):
        pen.keys.press("Control+Enter")
        for told in stage.item(number)["paragraphs"][number == 2 :]:
            if number == 3 and told["label"] == "3.3":
                break_the_line(pen, told["text"])
            elif told["kind"] != "decision":
                pen.writes(written(told))
            elif number in ANNOUNCED:
                pen.writes(f"/announced {ANNOUNCED[number]}: {told['decision']['wording']}")
        pen.saved()


def break_the_line(pen: Pen, text: str) -> None:
    pen.saved()
    pen.hands.page.context.set_offline(True)
    pen.writes(text)
    expect(pen.state).to_contain_text("(offline)")
    pen.hands.page.wait_for_timeout(60_000)  # a minute, in which it tries again and again
    expect(pen.state).to_contain_text("(offline)")
    pen.hands.page.context.set_offline(False)
    pen.saved()


def ask_whether_anybody_objects(stage: Stage, pmo: Hands) -> None:
    told = stage.item(5)["paragraphs"][-1]["decision"]
    Pen(pmo).opens(5).asks_for("/objections CR027: Should CR027 be issued to Impact Assessment?")
    pmo.fills("The decision, as it would be recorded", told["wording"]).presses("Save the draft")
    for _ in range(2):  # once more, after a last look
        pmo.presses("Ask the room")
    expect(pmo.page.locator("#asked")).to_have_text("Does anybody object?")
    pmo.presses("Nobody objects").presses("Record it and close")
    done(pmo, "It is recorded who raised no objection.")
    pmo.opens(decision_of(stage, pmo, 5)).presses("The Chair announced it in the room")
    pmo.fills("How it goes", "CR027 issued").presses("Write it down")
    done(pmo, "is announced, and waits for the Chair")


def decision_of(stage: Stage, hands: Hands, number: int) -> str:
    hands.opens("/desk/meetings/DAG026/minute/")
    return hands.page.locator(f'[data-number="{number}"] a', has_text="Look at the decision").get_attribute("href")


def take_the_roll(stage: Stage, pmo: Hands) -> None:
    told = stage.item(7)["paragraphs"]
    pen = Pen(pmo).opens(7)
    for each in told[:8]:
        pen.writes(written(each))
    pen.asks_for("/vote CR018 v1.8: Should CR018 be approved, with the redlined OC parted from it?")
    settled = told[-1]["decision"]
    pmo.fills("Title of the decision", settled["area"]).fills("The decision, as it would be recorded", settled["wording"])
    pmo.fills("What approving it would rule out", "CR017").presses("Save the draft")
    for _ in range(2):
        pmo.presses("Open the vote")
    rows = {row["constituency"]: row for row in told[8]["vote"]["rows"]}
    for _ in range(len(rows)):
        if pmo.page.locator("#asked").text_content() not in rows:
            break  # whoever is known not to be there is not asked
        row = rows[pmo.page.locator("#asked").text_content()]
        if row["comment"]:
            pmo.fills("Comment, as spoken", row["comment"])
        pmo.presses({"approve": "Approve", "reject": "Reject", "abstain": "Abstain"}.get(row["choice"], "Not here"), back=bool(row["comment"]))
    expect(pmo.page.locator("#asked")).to_have_text("Every seat has answered or is known to be absent")
    for _ in range(2):
        pmo.presses("Close the vote")
    done(pmo, "The vote is closed")


def write_what_was_left(stage: Stage, pmo: Hands) -> None:
    pen = Pen(pmo).opens(7)
    for told in stage.item(7)["paragraphs"][9:11]:
        pen.writes(told["text"])
    pen.saved()
    pen.opens(13)
    for told in stage.item(13)["paragraphs"]:
        pen.writes(written(told))
    pen.saved()
    pen.opens(8).asks_for("/defer the rest")
    pmo.presses("Defer item 8 and the rest")
    pen.opens(8)
    expect(pmo.page.locator('[data-number="12"] textarea').first).to_have_value(re.compile("was not reached"))


# --- afterwards


def close(stage: Stage, pmo: Hands) -> None:
    pmo.opens("/desk/meetings/DAG026/")
    for _ in range(2):  # the second time, after reading what follows
        pmo.presses("Record that DAG026 was held")
    done(pmo, "DAG026 is recorded as held.")
    pmo.presses("Say when the next meeting is").sets("The next meeting is on", "2023-08-09", "09082023", "08092023").presses("Write it down")


def confirm_what_was_announced(chair: Hands) -> None:
    chair.opens("/desk/").presses("Confirm what was announced at DAG026")
    says_who(chair)
    chair.presses("Confirm what is marked")
    done(chair, "5 decisions are determined, and the members are told: DAG-DEC55, DAG-DEC56, DAG-DEC57, DAG-DEC58, DAG-DEC59.")


def determine(stage: Stage, chair: Hands) -> None:
    """What was voted on, after the meeting: against the advice, with reasons."""
    reasons = stage.item(7)["paragraphs"][-1]["decision"]["reasons"]
    chair.opens("/desk/").presses("Decide CR017 & CR018 Next Steps")
    chair.picks("Outcome", "Approved")  # CR017 is offered as ruled out by it
    chair.fills("Reason 1", reasons[0]).presses("Save the draft")
    for n, reason in enumerate(reasons[1:], 2):
        chair.fills(f"Reason {n}", reason)
        if n % 2:
            chair.presses("Save the draft")  # for more boxes
    chair.fills("The decision, in your words", stage.item(7)["paragraphs"][-1]["decision"]["wording"])
    chair.unfolds("What goes with it").fills("Your capacity", "DAG Chair").presses("Check before deciding")
    says_who(chair)
    chair.presses("Determine it now")
    done(chair, "DAG-DEC60 is determined")


def publish_the_headlines(stage: Stage, pmo: Hands) -> None:
    pmo.opens("/desk/meetings/DAG026/").presses("Publish the headline report of DAG026")
    says_who(pmo)
    pmo.presses("Publish it to everyone")
    done(pmo, "The headline report of DAG026 is public")
    stage.sweeps()
    reader = stage.hands()
    reader.opens("/meetings/DAG026/headlines/")  # the page of the meeting would be kept for a minute, and its minutes be out before that is over
    expect(reader.page.get_by_role("main")).to_contain_text("DAG-DEC60")
    assert reader.page.request.get(f"{stage.address}/meetings/DAG026/headlines.pdf").body().startswith(b"%PDF")


def take_the_draft_out_and_bring_it_back(stage: Stage, pmo: Hands) -> None:
    """Somebody rewords a paragraph in Word; it comes back as a proposal, which is declined."""
    pmo.opens("/desk/meetings/DAG026/").presses("Take the draft minutes of DAG026 out as a Word document")
    with pmo.page.expect_download() as had:
        pmo.reaches("Take the draft out").keys.press("Enter")
    draft = Document(had.value.path())
    text = stage.item(1)["paragraphs"][0]["text"]
    paragraphs = [DocxParagraph(each, draft) for each in draft.element.body.iter(qn("w:p"))]
    [paragraph] = [each for each in paragraphs if each.text.endswith(text)]
    paragraph.runs[-1].text += " It rained."
    draft.save(had.value.path())
    pmo.page.locator("input[type=file]").set_input_files({"name": "draft.docx", "mimeType": DOCX, "buffer": had.value.path().read_bytes()})
    pmo.picks("From whom it came", "Helena").presses("Read what it proposes")
    done(pmo, "1 thing that Helena Marlowe proposes or says is beside the paragraphs now.")
    pmo.presses("Amend or decline what").chooses("What you do with it", "Not taken up").fills("Why", "It did not.").presses("Answer")
    done(pmo, "Answered.")


def finish_the_draft(stage: Stage, pmo: Hands) -> None:
    """What happened since, and that the open actions were gone through."""
    pen = Pen(pmo).opens(7)
    pen.writes(f"/update {stage.item(7)['paragraphs'][11]['text']}")
    pen.saved()
    for told in stage.told["actions"]["previous"]:
        pmo.opens("/desk/groups/DAG/actions/").presses(told["reference"]).presses("Record what was said of it")
        pmo.picks("At which meeting", "DAG026").fills("What was said", "It stays open.").presses("Save")
        done(pmo, "What was said of it is recorded.")
    pmo.opens("/desk/meetings/DAG026/")
    for _ in range(2):
        pmo.presses("Send the draft minutes of DAG026 to the Chair")
    done(pmo, "The Chair can read the minutes of DAG026 now")


def clear(chair: Hands) -> None:
    chair.opens("/desk/").presses("Clear the draft minutes of DAG026").presses("Clear the draft minutes of DAG026")
    done(chair, "You cleared the minutes of DAG026.")


def circulate_and_hear_a_member(stage: Stage, pmo: Hands, member: Hands) -> None:
    pmo.opens("/desk/meetings/DAG026/")
    for _ in range(2):
        pmo.presses("Circulate the minutes of DAG026 to members")
    done(pmo, "go to the members")
    member.opens("/desk/meetings/DAG026/").presses("Comment on the minutes of DAG026").presses("Comment", "on paragraph 2 of item 7")
    member.fills("Your comment", "Two of us have these initials.").fills("How the paragraph should read", as_the_member_has_it(stage)).presses("Send the comment")
    done(member, "Your comment is with the secretariat.")
    pmo.opens("/desk/").presses("Answer the Supplier Agent Representative")
    pmo.chooses("What you do with it", "Accepted as it is proposed").presses("Answer")
    done(pmo, "Answered.")


def publish(stage: Stage, pmo: Hands) -> None:
    pmo.opens("/desk/meetings/DAG026/").presses("Publish the minutes of DAG026 to everyone")
    says_who(pmo)
    pmo.presses("Publish the minutes of DAG026 to everyone")
    done(pmo, "The minutes of DAG026 are published.")


def approve_at_the_next_meeting(stage: Stage, pmo: Hands, chair: Hands) -> None:
    """By a decision of its own, as DAG-DEC55 approved those of June."""
    stage.at("2023-07-20 10:00")
    pmo.opens("/desk/groups/DAG/meetings/new/").fills("Number", "27").sets("Day", "2023-08-09", "09082023", "08092023")
    pmo.sets("Begins at", "10:00", "1000", "1000AM").sets("Ends at", "13:00", "1300", "0100PM").presses("Schedule it")
    pmo.opens("/desk/meetings/DAG027/agenda/").presses("Table it", "Approve the minutes of DAG026")
    done(pmo, "Approve the minutes of DAG026")
    stage.at("2023-08-09 10:20")
    pen = Pen(pmo).opens(1, "DAG027")
    pen.writes("/announced Minutes of DAG026 approved")
    pen.saved()
    chair.opens("/desk/").presses("Confirm what was announced at DAG027")
    says_who(chair)
    chair.presses("Confirm what is marked")
    done(chair, "1 decision is determined, and the members are told: DAG-DEC61.")
    stage.sweeps()
    pmo.opens("/desk/meetings/DAG026/")
    expect(pmo.page.get_by_role("main")).to_contain_text("Approved; published")


# --- what comes of it


def read_by_anybody(stage: Stage, reader: Hands) -> None:
    reader.opens("/").fills("Search decisions", "DAG026").sends()
    page = reader.page.get_by_role("main")
    for words in ("Everyone was welcomed by the Chair", "12 July 2023", "DAG26-04", "Hugh Pemberton", "The item was not reached, for want of time"):
        expect(page).to_contain_text(words)
    expect(page).not_to_contain_text("Two of us have these initials.")  # what a member said of the draft
    reader.opens("/decisions/DAG-DEC60/")
    expect(page).to_contain_text("The group advised against approving CR018 v1.8 by 6 to 4, but it was approved.")
    for reason in stage.item(7)["paragraphs"][-1]["decision"]["reasons"]:
        expect(page).to_contain_text(reason)
