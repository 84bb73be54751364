"""Draft minutes go out as a Word document and come back: what is changed in it, marked or not, and what is said in its margin becomes proposals."""

import io
import re
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from meetings import operations
from meetings.models import DraftComment, DraftCopy, DraftReturn, Paragraph
from meetings.word_draft import document
from notifications.models import Notice
from records.rules import Refused
from tests.conftest import set_clock
from tests.factories import SeatFactory, user_of
from tests.files.samples import office as office_file
from tests.meetings.rooms import Room
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
PAGE, COMMENTS = "/desk/meetings/DAG026/minutes/word/", "/desk/meetings/DAG026/minutes/comments/"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ANN = 'w:id="9" w:author="Ann Smith" w:date="2023-07-13T09:00:00Z"'


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def put_in(text: str) -> str:
    return f"<w:ins {ANN}>{run(text)}</w:ins>"


def taken_out(text: str) -> str:
    return f"<w:del {ANN}>{run(text, 'delText')}</w:del>"


def said_of(text: str, key: int = 1) -> str:
    return f'<w:commentRangeStart w:id="{key}"/>{run(text)}<w:commentRangeEnd w:id="{key}"/><w:r><w:commentReference w:id="{key}"/></w:r>'


def edited(content: bytes, *changes: tuple[str, str], comments: dict[int, str] | None = None) -> bytes:
    """The document as Word would save it: each change is a run's text, and the runs in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = before.read(name).decode()
            for text, instead in changes if name == "word/document.xml" else ():
                part, n = re.subn(text if text.startswith("<") else re.escape(run(text)), lambda _, instead=instead: instead, part, count=1)
                assert n, f"{text} is not in the draft"
            after.writestr(name, part)
        if comments:
            told = "".join(f'<w:comment w:id="{key}" w:author="Ann Smith"><w:p>{run(words)}</w:p></w:comment>' for key, words in comments.items())
            after.writestr("word/comments.xml", f'<w:comments xmlns:w="{WORD}">{told}</w:comments>')
    return out.getvalue()


class Draft(Room):
    """Three paragraphs, the second a heading, and an action; a Chair who reads it, and a seat."""

    def __init__(self, clock):
        super().__init__(clock)
        operations.write_paragraph(self.item, "On costs", kind="heading", by=self.pmo)
        operations.write_paragraph(self.item, "SC asked for the costs.\n\n- of 2023\n- of 2024", by=self.pmo)
        place = operations.write_paragraph(self.item, kind="action", by=self.pmo)
        self.action = operations.raise_action(self.meeting, "Amend CR024", owner="PMO", due_kind="asap", item=self.item, paragraph=place, by=self.pmo)
        self.seat = SeatFactory(group=self.group, label="DNO Representative")
        self.user = user_of(self.seat)
        operations.record_attendance(self.meeting, self.user.person, "representatives", seat=self.seat, initials="SC", by=self.pmo)

    def taken_out(self) -> bytes:
        return document(operations.take_out(self.minutes, by=self.pmo))

    @property
    def from_the_chair(self) -> str:
        seat = self.group.seats.get(role="chair")
        return f"{seat.pk}-{self.chair.person_id}"

    @property
    def from_a_member(self) -> str:
        return f"{self.seat.pk}-{self.user.person_id}"

    def brings(self, content: bytes, sender: str | None = None, name: str = "draft.docx"):
        return Visitor(self.pmo).client.post(PAGE, {"file": SimpleUploadedFile(name, content), "sender": sender or self.from_the_chair}, follow=True)

    def proposed(self, *changes: tuple[str, str], sender: str | None = None, **told) -> list[tuple]:
        page = self.brings(edited(self.taken_out(), *changes, **told), sender)
        assert page.redirect_chain, text_of(page)
        return list(DraftComment.objects.order_by("pk").values_list("asks", "text", "proposed", "author", "unmarked"))


@pytest.fixture(scope="module")
def stage(scene):
    return scene(lambda: Draft(set_clock))


@pytest.fixture
def room(stage, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return stage()


def test_the_secretariat_takes_it_out_and_what_left_is_known(room):
    page = Visitor(room.pmo).sends(Visitor(room.pmo).opens(PAGE))
    assert page["Content-Disposition"] == 'attachment; filename="DAG026 draft minutes.docx"'
    content = b"".join(page)
    copy = DraftCopy.objects.get()
    assert [each["text"].split("\n")[0] for each in copy.blocks] == [
        "CR018 was discussed.", "On costs", "SC asked for the costs.", "Action DAG26-01: Amend CR024 (PMO; As soon as possible (reviewed at the next meeting))",
    ]
    assert content == document(copy) == room.taken_out(), "taken out again, it is the same copy while it says the same"
    with pytest.raises(Refused, match="It says what left"):
        operations.bring_back(room.minutes, SimpleUploadedFile("draft.docx", content), seat=room.group.seats.get(role="chair"), person=room.chair.person, by=room.pmo)


def test_marked_changes_are_proposals_on_their_blocks_and_the_draft_stays(room):
    change = ("CR018 was discussed.", f"{run('CR018 was ')}{taken_out('discussed')}{put_in('opposed')}{run('.')}")
    assert room.proposed(change) == [("words", "", "CR018 was opposed.", "Ann Smith", False)]
    shown = text_of(Visitor(room.pmo).opens(COMMENTS))
    assert "In draft.docx, by Ann Smith as that document says; brought in by" in shown
    assert Paragraph.objects.get(text__startswith="CR018").reads == "CR018 was discussed."
    assert Notice.objects.filter(key__contains="-comment-").count() == 0
    comment = DraftComment.objects.get()
    Visitor(room.pmo).client.post(f"/desk/do/meetings.accept_comment/{comment.pk}/")
    assert Paragraph.objects.get(text__startswith="CR018").reads == "CR018 was opposed."


def test_when_it_was_and_who_came_stands_before_the_items_and_what_is_changed_there_is_said(room):
    words = [each.text for each in Document(io.BytesIO(room.taken_out())).element.body.iter(qn("w:t")) if each.text]
    head = words[: words.index("CR018 was discussed.")]
    assert head[head.index("Who came") + 1] == "12 Jul 2023"
    assert any(each.endswith("(SC), DNO Representative") for each in head)
    told = room.proposed(("12 Jul 2023", f"{run('12 Jul ')}{taken_out('2023')}{put_in('2022')}"))
    assert len(told) == 1
    assert told[0][1].startswith("On who came: it should read 12 Jul 2022")


def test_changes_that_nobody_marked_are_seen_too(room):
    assert room.proposed(("CR018 was discussed.", run("CR018 was agreed."))) == [("words", "", "CR018 was agreed.", "", True)]


def test_a_word_processor_opens_it_and_what_it_saves_can_be_read(room):
    """As a word processor reads it: its headings, its paragraphs, and the properties of the file."""
    draft = Document(io.BytesIO(room.taken_out()))
    paragraphs = [DocxParagraph(each, draft) for each in draft.element.body.iter(qn("w:p"))]  # each block stands in a content control
    said = [paragraph.text for paragraph in paragraphs]
    for words in ("DAG", "CR018", "On costs", "CR018 was discussed."):
        assert any(words in each for each in said), words
    assert [each.text for each in paragraphs if each.style.name.startswith("Heading")], "items can be jumped to"
    [paragraph] = [each for each in paragraphs if each.text == "CR018 was discussed."]
    paragraph.runs[-1].text = "CR018 was discussed at length."
    draft.save(saved := io.BytesIO())
    room.brings(saved.getvalue())
    assert [(each.asks, each.proposed, each.unmarked) for each in DraftComment.objects.all()] == [("words", "CR018 was discussed at length.", True)]


def test_what_is_said_in_the_margin_is_a_comment_with_the_words_it_is_about(room):
    said = room.proposed(("CR018 was discussed.", f"{run('CR018 was ')}{said_of('discussed')}{run('.')}"), comments={1: "At length?"})
    assert said == [("words", "On “discussed”: At length?", "", "Ann Smith", False)]


def test_paragraphs_between_the_blocks_and_within_them_are_new_ones(room):
    told = room.proposed(
        ("CR018 was discussed.", f'{run("CR018 was discussed.")}</w:p><w:p><w:pPr><w:rPr><w:ins {ANN}/></w:rPr></w:pPr>{put_in("At length.")}'),
        ("<w:sectPr>", f"<w:p>{put_in('The meeting closed.')}</w:p><w:sectPr>"),
    )
    assert told == [("behind", "", "At length.", "Ann Smith", False), ("behind", "", "The meeting closed.", "Ann Smith", False)]
    first = DraftComment.objects.order_by("pk").first()
    operations.accept_comment(first, by=room.pmo)
    assert [each.reads for each in room.item.paragraphs.order_by("order")][:3] == ["CR018 was discussed.", "At length.", "On costs"]


def test_a_paragraph_that_is_taken_out_goes_when_that_is_accepted(room):
    assert room.proposed(("CR018 was discussed.", taken_out("CR018 was discussed."))) == [("out", "", "", "Ann Smith", False)]
    operations.accept_comment(DraftComment.objects.get(), by=room.pmo)
    assert Paragraph.objects.get(text__startswith="CR018").dropped


def test_records_and_headings_of_items_are_not_changed_by_a_proposal(room):
    told = room.proposed(("Action DAG26-01: Amend CR024 (PMO; As soon as possible (reviewed at the next meeting))", run("Action: SI amends it")), ("1. CR018", run("1. CR18")))
    assert told == [
        ("words", "The heading of the item should read: 1. CR18", "", "", False), ("words", "It should read: Action: SI amends it", "", "", True),
    ]  # fmt: skip


def test_nothing_that_was_written_anywhere_is_passed_over(room):
    told = room.proposed(
        ("Decisions, actions and votes, at a grey bar, are kept elsewhere: say in a comment what is wrong with them.", run("See my notes below.")),
        ("CR018 was discussed.", f'{run("CR018 was discussed.")}<w:r><w:drawing/></w:r>'),
        ("<w:sectPr>", f'<w:sdt><w:sdtPr><w:tag w:val="mine"/></w:sdtPr><w:sdtContent><w:p>{run("In a box.")}</w:p></w:sdtContent></w:sdt><w:sectPr>'),
    )
    assert sorted(told) == [
        ("behind", "", "In a box.", "", False),
        ("words", "At the head of the document: See my notes below.", "", "", False),
        ("words", "In the document there is a picture here, which is not read.", "", "", False),
    ]


def test_a_block_that_has_moved_on_says_so_and_nothing_is_written_over_it(room):
    room.proposed(("CR018 was discussed.", f"{run('CR018 was discussed')}{put_in(' at length')}{run('.')}"))
    block = Paragraph.objects.get(text="CR018 was discussed.")
    operations.change_minute(room.meeting, [operations.Change(uid=block.uid, text="CR018 was read.", base=operations.writing.fingerprint_of(block))], by=room.pmo)
    assert "The paragraph has been changed since. When this was written it read: CR018 was discussed." in text_of(Visitor(room.pmo).opens(COMMENTS))
    with pytest.raises(Refused, match="has been changed since"):
        operations.accept_comment(DraftComment.objects.get(), by=room.pmo)
    operations.answer_comment(DraftComment.objects.get(), "amended", wording="CR018 was read at length.", by=room.pmo)
    assert Paragraph.objects.get(pk=block.pk).reads == "CR018 was read at length."


def test_the_same_document_twice_and_saved_anew_doubles_nothing(room):
    left = room.taken_out()
    content = edited(left, ("CR018 was discussed.", run("CR018 was agreed.")))
    room.brings(content)
    assert "This very document was brought back" in text_of(room.brings(content))
    again = edited(content, ("CR018 was agreed.", f"{run('CR018 was ')}{run('agreed.')}"))
    assert "All that it proposes is on the list already" in text_of(room.brings(again))
    assert (DraftComment.objects.count(), DraftReturn.objects.count()) == (1, 1)


def test_while_the_chair_has_the_minutes_they_are_not_reworded(room):
    operations.send_to_chair(room.minutes, by=room.pmo)
    room.proposed(("CR018 was discussed.", run("CR018 was agreed.")))
    with pytest.raises(Refused, match="The Chair has the minutes of DAG026: take them back"):
        operations.accept_comment(DraftComment.objects.get(), by=room.pmo)
    operations.send_back(room.minutes, why="Agreed with the Chair", by=room.pmo)
    assert operations.accept_comment(DraftComment.objects.get(), by=room.pmo)


def test_before_it_is_circulated_it_comes_from_the_chair_and_members_do_not_read_that(room):
    page = room.brings(edited(room.taken_out(), ("CR018 was discussed.", run("CR018 was agreed."))), room.from_a_member)
    assert page.status_code == 400
    assert "choose something that is offered" in text_of(page)
    room.proposed(("CR018 was discussed.", run("CR018 was wrecked.")))
    room.circulated()
    assert "wrecked" not in text_of(Visitor(room.user).opens(COMMENTS))
    assert room.proposed(("CR018 was discussed.", run("CR018 was postponed.")), sender=room.from_a_member)[-1][2] == "CR018 was postponed."
    assert "postponed" in text_of(Visitor(room.user).opens(COMMENTS))


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "draft.docx", "The file is empty."), (b"MZ\0\0", "draft.docx", "The file is a program"), (b"a;b", "draft.csv", "What can be handed in here: Word document"),
        (office_file("docm"), "draft.docx", "holds macros"), (office_file(), "draft.docx", "This is no draft that was taken out here"),
        (office_file(main="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "draft.docx", "document type or entities"),
    ],
)  # fmt: skip
def test_what_is_no_draft_of_this_meeting_is_refused_in_words(room, content, name, sentence):
    page = room.brings(content, name=name)
    assert page.status_code in (400, 409)
    assert sentence in text_of(page)


def test_a_draft_of_another_meeting_is_refused(room):
    other = operations.schedule(room.group, "27", starts_at=datetime(2023, 7, 12, 11, tzinfo=UTC), by=room.pmo)
    item = operations.table_item(other, "CR019", by=room.pmo)
    operations.write_paragraph(item, "CR019 was discussed.", by=room.pmo)
    minutes = operations.hold(other, by=room.pmo).minutes
    page = room.brings(document(operations.take_out(minutes, by=room.pmo)))
    assert "This is the draft of DAG027, not of DAG026." in text_of(page)


def test_nobody_but_the_secretariat_takes_it_out(room):
    assert Visitor(room.user).opens(PAGE).status_code == 404
    room.circulated()
    for somebody in (room.user, room.chair):
        assert Visitor(somebody).client.post("/desk/meetings/DAG026/minutes/draft.docx").status_code == 403
    operations.publish(room.minutes, by=room.pmo)
    assert "are published: there is no draft any more" in text_of(Visitor(room.pmo).opens(PAGE))


def test_a_post_meeting_update_says_in_words_that_it_is_one_and_of_which_day_and_comes_back_as_it_left(room, clock):
    clock("2023-07-14 10:00")
    operations.write_paragraph(room.item, "The Programme confirmed the costs.", kind="addendum", by=room.pmo)
    content = room.taken_out()
    assert "Post-meeting update, 14 Jul 2023" in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    with pytest.raises(Refused, match="It says what left"):
        operations.bring_back(room.minutes, SimpleUploadedFile("draft.docx", content), seat=room.group.seats.get(role="chair"), person=room.chair.person, by=room.pmo)
    assert room.proposed(("The Programme confirmed the costs.", run("The Programme stated the costs.")))[0][2] == "The Programme stated the costs."
