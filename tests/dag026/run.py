"""The meeting of 12 July 2023, from the day it is planned to the approval of its minutes: who does what on which page, in the words of its retelling.

It is run by keyboard in a browser (tests/browser/test_a_whole_meeting.py), and by forms alone (tests/desk/test_a_meeting_without_scripts.py).
"""

from collections.abc import Collection
from contextlib import suppress
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from rehearsal.sign_ins import PASSWORD

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SEATED = ("Lachlan Muir", "Patrick Quill", "Cedric Bloom", "Jemima Orr")  # among the programme and the others, those with a seat
ANNOUNCED = {  # item -> what becomes of what: the wording is that of the paper
    2: "Minutes of 14 June 2023 approved",
    3: "Interface Code of Connections v1.0 baselined; DIP PKI Certificate Profiles v1.0 baselined; DIP PKI Policy v1.0 baselined",
    4: "D-Flow and Interface Mapping v1.0 baselined",
    6: "CR025 approved subject to implementing it in the way agreed",
}
INITIALS = {"Imogen Bright": "IBr", "Lorenzo Castell": "LCas", "Cedric Bloom": "CBl", "Jemima Orr": "JOr"}  # as the paper has them, where others would be proposed
MEETING, MINUTE = "/desk/meetings/DAG026/", "/desk/meetings/DAG026/minute/"


class Told:
    """What the retelling says of the meeting: the edition that is made of it by reading it in."""

    def __init__(self, body: dict[str, Any]):
        self.body = body

    def item(self, number: int) -> dict[str, Any]:
        return next(each for each in self.body["items"] if each["number"] == number)

    def paragraphs(self, number: int) -> list[dict[str, Any]]:
        return self.item(number)["paragraphs"]

    @property
    def determined(self) -> dict[str, Any]:
        """What was decided of CR018, with its reasons."""
        return self.paragraphs(7)[-1]["decision"]


class DAG026:
    """Its steps, in order. `pmo`, `chair` and `member` are browsers, each with somebody signed in; `pen` is the secretary at the minutes.

    How a moment comes, how the worker does what is due, and how minutes are typed differs with the browser: told by whoever runs it.
    """

    def __init__(self, told: Told, pmo: Any, chair: Any, member: Any, pen: Any):
        self.told, self.pmo, self.chair, self.member, self.pen = told, pmo, chair, member, pen

    def at(self, moment: str) -> None:
        raise NotImplementedError

    def sweeps(self) -> None:
        raise NotImplementedError

    def anybody(self) -> Any:
        """A browser in which nobody is signed in."""
        raise NotImplementedError

    def edition(self) -> dict[str, Any]:
        """The latest of its minutes."""
        raise NotImplementedError

    def run(self) -> None:
        self.at("2023-07-03 10:00")
        self.plan()
        self.put_the_agenda_together()
        self.at("2023-07-04 10:00")
        self.invite_and_hear()
        self.circulate_papers()
        self.at("2023-07-12 11:00")
        self.say_who_came()
        self.write_the_minutes()
        self.ask_whether_anybody_objects()
        self.take_the_roll()
        self.write_what_was_left()
        self.at("2023-07-12 13:35")
        self.close()
        self.confirm_what_was_announced()
        self.at("2023-07-12 16:00")
        self.determine()
        self.at("2023-07-13 10:00")
        self.publish_the_headlines()
        self.take_the_draft_out_and_bring_it_back()
        self.finish_the_draft()
        self.clear()
        self.circulate_and_hear_a_member()
        self.at("2023-07-19 10:00")
        self.publish()

    # --- before

    def plan(self) -> None:
        pmo = self.pmo.opens("/desk/groups/DAG/meetings/new/")
        pmo.fills("Number", "26").sets("Day", "2023-07-12", "12072023", "07122023")
        pmo.sets("Begins at", "10:00", "1000", "1000AM").sets("Ends at", "13:30", "1330", "0130PM")
        pmo.fills("Where", self.told.body["meeting"]["venue"]).presses("Schedule it")
        pmo.is_told("DAG026 is planned")

    def put_the_agenda_together(self) -> None:
        pmo, decides = self.pmo.opens("/desk/meetings/DAG026/agenda/"), {2, 3, 4, 5, 6, 7}
        for item in self.told.body["items"]:
            pmo.fills("Item", item["title"]).picks("What is it for?", "For decision" if item["number"] in decides else "For information")
            pmo.fills("Minutes allowed", "15").presses("Put it on the agenda")
            pmo.is_told(f"is item {item['number']}.")
        for _ in range(2):  # once more, having read what follows
            pmo.presses("Publish the agenda of DAG026")
        pmo.is_told("The agenda of DAG026 is public.")

    def invite_and_hear(self) -> None:
        pmo, member = self.pmo.opens(MEETING), self.member
        for _ in range(2):
            pmo.presses("Invite the members to DAG026")
        pmo.is_told("The invitations to DAG026 go out")
        member.opens("/desk/").presses("Say whether you come to DAG026").chooses("Do you come?", "I come").presses("Send the reply")
        pmo.opens(MEETING).reads("1 of 13 constituencies represented, by the replies so far")

    def circulate_papers(self) -> None:
        """One paper goes out in time, and the worker binds the pack."""
        pmo = self.pmo.opens("/desk/meetings/DAG026/papers/").presses("Add a paper", "to item 7")
        pmo.fills("What is it called?", "CR018: options for the transition").hands_in("options.csv", "text/csv", b"Option;Cost\nNow;7\n")
        pmo.presses("Add it").presses("Circulate the papers of DAG026").presses("Circulate them")
        pmo.is_told("The papers of DAG026 go out with the next post")
        self.sweeps()
        with ZipFile(BytesIO(pmo.opens("/desk/meetings/DAG026/papers/").takes("Every paper, in a ZIP"))) as pack:
            assert any(name.endswith("options.csv") for name in pack.namelist())
        assert pmo.opens("/desk/meetings/DAG026/papers/").takes("The pack as PDF").startswith(b"%PDF")

    # --- in the room

    def say_who_came(self) -> None:
        for section in self.told.body["attendance"][2:]:
            for each in section["people"]:
                if each["name"] not in SEATED:
                    self._add(each["name"], each["role"], section["section"])
        pmo = self.pmo
        pmo.chooses("DNO Representative: Owen Hartnell", "Alternate Petra Lindqvist").chooses("I&C Supplier Representative: Hugh Pemberton", "Alternate Dilip Rao")
        pmo.chooses("Consumer Representative: Clara Fontaine", "Apologies")
        for name, initials in INITIALS.items():
            pmo.unfolds("Initials, part of it", name).fills(f"Initials of {name}", initials)
        for each in (each for section in self.told.body["attendance"] for each in section["people"] if each["part"]):
            pmo.unfolds("Initials, part of it", each["name"]).picks("For how much of it", "Part")
        pmo.presses("Save, and everyone not said yet was present")
        pmo.is_told("Saved: 12 of 13 constituencies represented.")

    def _add(self, name: str, role: str, section: str) -> None:
        pmo = self.pmo.opens("/desk/meetings/DAG026/attendance/").presses("add somebody who has no seat")
        pmo.fills("Their name", name).fills("Organisation or role", role).chooses("Without a seat, listed among", section).presses("Add them")
        if pmo.sees("The portal knows somebody of that name"):
            pmo.chooses("Which one is it?", "(MHHS Programme)").presses("Add them")
        pmo.is_told(f"{name} is recorded as present")

    def write_the_minutes(self, there: Collection[str] = ()) -> None:
        """Items 1 to 6, as far as the room is not asked, and but for the paragraphs that are there already."""
        self.pen.opens(1)
        for number in range(1, 7):
            if number > 1:
                self.pen.goes_on()
            for told in self.told.paragraphs(number):
                if told["label"] not in there and (line := written(told, number)):
                    self.pen.writes(line)
            self.pen.saved()

    def ask_whether_anybody_objects(self) -> None:
        told, pmo = self.told.paragraphs(5)[-1]["decision"], self.pmo
        self.pen.opens(5).asks_for("/objections CR027: Should CR027 be issued to Impact Assessment?")
        pmo.fills("The decision, as it would be recorded", told["wording"]).presses("Save the draft")
        for _ in range(2):  # once more, after a last look
            pmo.presses("Ask the room")
        assert pmo.words_at("asked") == "Does anybody object?"
        pmo.presses("Nobody objects").presses("Record it and close")
        pmo.is_told("It is recorded who raised no objection.")
        self.pen.opens(5)
        pmo.presses("Look at the decision", back=True).presses("The Chair announced it in the room")
        pmo.fills("How it goes", "CR027 issued").presses("Write it down")
        pmo.is_told("is announced, and waits for the Chair")

    def take_the_roll(self) -> None:
        told, pmo = self.told.paragraphs(7), self.pmo
        self.pen.opens(7)
        for each in told[:8]:
            self.pen.writes(written(each))
        self.pen.asks_for("/vote CR018 v1.8: Should CR018 be approved, with the redlined OC parted from it?")
        settled = self.told.determined
        pmo.fills("Title of the decision", settled["area"]).fills("The decision, as it would be recorded", settled["wording"])
        pmo.fills("What approving it would rule out", "CR017").presses("Save the draft")
        for _ in range(2):
            pmo.presses("Open the vote")
        self._hear_the_seats({row["constituency"]: row for row in told[8]["vote"]["rows"]})
        assert pmo.words_at("asked") == "Every seat has answered or is known to be absent"
        for _ in range(2):
            pmo.presses("Close the vote")
        pmo.is_told("The vote is closed")

    def _hear_the_seats(self, rows: dict[str, dict[str, str]]) -> None:
        """Whoever is known not to be there is not asked."""
        pmo = self.pmo
        with suppress(KeyError):
            for _ in range(len(rows)):
                row = rows[pmo.words_at("asked")]
                if row["comment"]:
                    pmo.fills("Comment, as spoken", row["comment"])
                pmo.presses({"approve": "Approve", "reject": "Reject", "abstain": "Abstain"}.get(row["choice"], "Not here"), back=bool(row["comment"]))

    def write_what_was_left(self) -> None:
        self.pen.opens(7)
        for told in self.told.paragraphs(7)[9:11]:
            self.pen.writes(told["text"])
        self.pen.saved()
        self.pen.opens(13)
        for told in self.told.paragraphs(13):
            self.pen.writes(written(told))
        self.pen.saved()
        self.pen.opens(8).asks_for("/defer the rest")
        self.pmo.presses("Defer item 8 and the rest")
        assert "was not reached" in self.pen.opens(8).reads_in(12)

    # --- afterwards

    def close(self) -> None:
        pmo = self.pmo.opens(MEETING)
        for _ in range(2):  # the second time, after reading what follows
            pmo.presses("Record that DAG026 was held")
        pmo.is_told("DAG026 is recorded as held.")
        pmo.presses("Say when the next meeting is").sets("The next meeting is on", "2023-08-09", "09082023", "08092023").presses("Write it down")

    def confirm_what_was_announced(self) -> None:
        says_who(self.chair.opens("/desk/").presses("Confirm what was announced at DAG026"))
        self.chair.presses("Confirm what is marked")
        self.chair.is_told("5 decisions are determined, and the members are told: DAG-DEC55, DAG-DEC56, DAG-DEC57, DAG-DEC58, DAG-DEC59.")

    def determine(self) -> None:
        """What was voted on, after the meeting: against the advice, with reasons."""
        reasons = self.told.determined["reasons"]
        chair = self.chair.opens("/desk/").presses("Decide CR017 & CR018 Next Steps")
        chair.picks("Outcome", "Approved")  # CR017 is offered as ruled out by it
        chair.fills("Reason 1", reasons[0]).presses("Save the draft")
        for n, reason in enumerate(reasons[1:], 2):
            chair.fills(f"Reason {n}", reason)
            if n % 2:
                chair.presses("Save the draft")  # for more boxes
        chair.fills("The decision, in your words", self.told.determined["wording"])
        chair.unfolds("What goes with it").fills("Your capacity", "DAG Chair").presses("Check before deciding")
        says_who(chair)
        chair.presses("Determine it now")
        chair.is_told("DAG-DEC60 is determined")

    def publish_the_headlines(self) -> None:
        pmo = self.pmo.opens(MEETING).presses("Publish the headline report of DAG026")
        says_who(pmo)
        pmo.presses("Publish it to everyone")
        pmo.is_told("The headline report of DAG026 is public")
        self.sweeps()
        reader = self.anybody().opens("/meetings/DAG026/headlines/")  # the page of the meeting would be kept for a minute, and its minutes be out before that is over
        reader.reads("DAG-DEC60")
        assert reader.gets("/meetings/DAG026/headlines.pdf").startswith(b"%PDF")

    def take_the_draft_out_and_bring_it_back(self) -> None:
        """Somebody rewords a paragraph in Word; it comes back as a proposal, which is declined."""
        pmo = self.pmo.opens(MEETING).presses("Take the draft minutes of DAG026 out as a Word document")
        draft = added_to(pmo.takes("Take the draft out"), self.told.paragraphs(1)[0]["text"], " It rained.")
        pmo.hands_in("draft.docx", DOCX, draft).picks("From whom it came", "Helena").presses("Read what it proposes")
        pmo.is_told("1 thing that Helena Marlowe proposes or says is beside the paragraphs now.")
        pmo.presses("Amend or decline what").chooses("What you do with it", "Not taken up").fills("Why", "It did not.").presses("Answer")
        pmo.is_told("Answered.")

    def finish_the_draft(self) -> None:
        """What happened since, and that the open actions were gone through."""
        pmo = self.pmo
        self.pen.opens(7)
        self.pen.writes(f"/update {self.told.paragraphs(7)[11]['text']}")
        self.pen.saved()
        for told in self.told.body["actions"]["previous"]:
            pmo.opens("/desk/groups/DAG/actions/").presses(told["reference"]).presses("Record what was said of it")
            pmo.picks("At which meeting", "DAG026").fills("What was said", "It stays open.").presses("Save")
            pmo.is_told("What was said of it is recorded.")
        pmo.opens(MEETING)
        for _ in range(2):
            pmo.presses("Send the draft minutes of DAG026 to the Chair")
        pmo.is_told("The Chair can read the minutes of DAG026 now")

    def clear(self) -> None:
        self.chair.opens("/desk/").presses("Clear the draft minutes of DAG026").presses("Clear the draft minutes of DAG026")
        self.chair.is_told("You cleared the minutes of DAG026.")

    def circulate_and_hear_a_member(self) -> None:
        pmo, member = self.pmo.opens(MEETING), self.member
        for _ in range(2):
            pmo.presses("Circulate the minutes of DAG026 to members")
        pmo.is_told("go to the members")
        member.opens(MEETING).presses("Comment on the minutes of DAG026").presses("Comment", "on paragraph 2 of item 7")
        member.fills("Your comment", "Two of us have these initials.").fills("How the paragraph should read", as_the_member_has_it(self.told)).presses("Send the comment")
        member.is_told("Your comment is with the secretariat.")
        pmo.opens("/desk/").presses("Answer the Supplier Agent Representative")
        pmo.chooses("What you do with it", "Accepted as it is proposed").presses("Answer")
        pmo.is_told("Answered.")

    def publish(self) -> None:
        pmo = self.pmo.opens(MEETING).presses("Publish the minutes of DAG026 to everyone")
        says_who(pmo)
        pmo.presses("Publish the minutes of DAG026 to everyone")
        pmo.is_told("The minutes of DAG026 are published.")

    # --- what comes of it

    def is_read_by_anybody(self) -> None:
        reader = self.anybody()
        reader.opens("/").fills("Search decisions", "DAG026").sends()
        reader.reads("Everyone was welcomed by the Chair", "12 July 2023", "DAG26-04", "Hugh Pemberton", "The item was not reached, for want of time")
        reader.reads_nothing_of("Two of us have these initials.")  # what a member said of the draft
        reader.opens("/decisions/DAG-DEC60/").reads("The group advised against approving CR018 v1.8 by 6 to 4, but it was approved.", *self.told.determined["reasons"])
        reader.reads("Post-meeting update, published 19 Jul 2023: DAG026, paragraph 7.")

    def approve_at_the_next_meeting(self) -> None:
        """By a decision of its own, as DAG-DEC55 approved those of June."""
        self.at("2023-07-20 10:00")
        pmo = self.pmo.opens("/desk/groups/DAG/meetings/new/").fills("Number", "27").sets("Day", "2023-08-09", "09082023", "08092023")
        pmo.sets("Begins at", "10:00", "1000", "1000AM").sets("Ends at", "13:00", "1300", "0100PM").presses("Schedule it")
        pmo.opens("/desk/meetings/DAG027/agenda/").presses("Table it", "Approve the minutes of DAG026")
        pmo.is_told("Approve the minutes of DAG026")
        self.at("2023-08-09 10:20")
        self.pen.opens(1, "DAG027")
        self.pen.writes("/announced Minutes of DAG026 approved")
        self.pen.saved()
        says_who(self.chair.opens("/desk/").presses("Confirm what was announced at DAG027"))
        self.chair.presses("Confirm what is marked")
        self.chair.is_told("1 decision is determined, and the members are told: DAG-DEC61.")
        self.sweeps()
        pmo.opens(MEETING).reads("Approved; published")


def says_who(browser: Any) -> None:
    if "/reauthenticate/" in browser.address:
        browser.fills("Password", PASSWORD).sends()


def written(told: dict[str, Any], item: int = 0) -> str:
    """What a secretary types to have a paragraph of the paper; nothing for a decision that is not announced."""
    if told["kind"] == "heading":
        return f"/heading {told['text']}"
    if told["kind"] == "action":
        return f"/action @{told['action']['owner']} by {told['action']['due']}: {told['action']['text']}"
    if told["kind"] == "decision":
        return f"/announced {ANNOUNCED[item]}: {told['decision']['wording']}" if item in ANNOUNCED else ""
    return told["text"]


def added_to(document: bytes, paragraph: str, words: str) -> bytes:
    """The Word document with something added to the paragraph that ends with this."""
    draft, there = Document(BytesIO(document)), BytesIO()
    [found] = [each for each in (DocxParagraph(each, draft) for each in draft.element.body.iter(qn("w:p"))) if each.text.endswith(paragraph)]
    found.runs[-1].text += words
    draft.save(there)
    return there.getvalue()


def as_the_member_has_it(told: Told) -> str:
    return told.paragraphs(7)[1]["text"].replace("TB ", "TBe ")
