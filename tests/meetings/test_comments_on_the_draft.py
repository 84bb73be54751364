"""Members comment on circulated minutes paragraph by paragraph, and are told what becomes of it."""

import pytest

from groups.models import User
from meetings import operations
from meetings.models import CommentAnswer, DraftComment, MinutesEdition, Paragraph
from notifications.models import Notice
from records.rules import Refused
from tests.factories import SeatFactory, user_of
from tests.meetings.rooms import Room
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
PAGE = "/desk/meetings/DAG026/minutes/comments/"


class Commented(Room):
    def __init__(self, clock):
        super().__init__(clock)
        self.seat = SeatFactory(group=self.group, label="DNO Representative")
        self.user = user_of(self.seat)

    @property
    def paragraph(self) -> Paragraph:
        return Paragraph.objects.select_related("item__meeting__group", "item__meeting__minutes").get()

    def said(self, text: str = "I said the opposite.", proposed: str = "CR018 was opposed.", by: User | None = None) -> DraftComment:
        return operations.comment_on(self.paragraph, self.seat, text, proposed=proposed, by=by or self.user)


@pytest.fixture
def room(clock, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return Commented(clock)


def test_a_member_says_what_is_wrong_and_how_it_should_read(room):
    room.circulated()
    visitor = Visitor(room.user)
    assert "Nobody has commented yet." in text_of(visitor.opens(PAGE))
    page = visitor.does(f"/desk/paragraphs/{room.paragraph.pk}/comment/", {"text": "I said the opposite.", "proposed": "CR018 was opposed."})
    assert "Your comment is with the secretariat." in text_of(page)
    comment = DraftComment.objects.get()
    assert (comment.seat, comment.text, comment.proposed, comment.on_text) == (room.seat, "I said the opposite.", "CR018 was opposed.", "CR018 was discussed.")
    assert room.paragraph.text == "CR018 was discussed.", "the minutes do not change by it"
    assert "It should read:" in Notice.objects.filter(key__contains="-comment-").first().body


@pytest.mark.parametrize(
    ("outcome", "typed", "reads"),
    [
        ("accepted", {}, "CR018 was opposed."),
        ("amended", {"wording": "CR018 was opposed by the DNOs."}, "CR018 was opposed by the DNOs."),
        ("declined", {"why": "The recording has it so."}, "CR018 was discussed."),
    ],
)
def test_the_secretariat_takes_it_up_or_says_why_not_and_the_member_is_told(room, outcome, typed, reads):
    room.circulated()
    comment = room.said()
    page = Visitor(room.pmo).does(f"/desk/draft-comments/{comment.pk}/answer/", {"outcome": outcome} | typed)
    assert "Answered. Whoever made the comment is told." in text_of(page)
    assert room.paragraph.text == reads
    told = Notice.objects.get(key__contains="-answered")
    assert told.person == room.user.person
    assert "You said of item 1" in told.body
    answer = CommentAnswer.objects.get()
    assert answer.get_outcome_display() in text_of(Visitor(room.user).opens(PAGE))


def test_the_history_says_on_whose_comment_a_paragraph_was_reworded(room):
    room.circulated()
    operations.answer_comment(room.said(), "accepted", by=room.pmo)
    assert room.paragraph.history.latest("history_id").history_change_reason == "on a comment of the DNO Representative"


def test_the_edition_has_the_words_that_were_taken_up(room):
    minutes = room.circulated()
    operations.answer_comment(room.said(), "accepted", by=room.pmo)
    operations.publish(minutes, by=room.pmo)
    assert MinutesEdition.objects.get().body["items"][0]["paragraphs"][0]["text"] == "CR018 was opposed."


def test_a_comment_is_answered_once(room):
    room.circulated()
    comment = room.said()
    operations.answer_comment(comment, "accepted", by=room.pmo)
    with pytest.raises(Refused, match="The comment is answered"):
        operations.answer_comment(DraftComment.objects.get(), "declined", why="No", by=room.pmo)


@pytest.mark.parametrize(
    ("outcome", "said", "sentence"),
    [("amended", {}, "Say how the paragraph reads then"), ("declined", {}, "Say why it is not taken up"), ("amended", {"wording": "x" * 10_001}, "at most 10,000")],
)
def test_what_becomes_of_it_is_said_whole(room, outcome, said, sentence):
    room.circulated()
    with pytest.raises(Refused, match=sentence):
        operations.answer_comment(room.said(), outcome, by=room.pmo, **said)


def test_without_a_proposed_wording_there_is_none_to_accept(room):
    room.circulated()
    with pytest.raises(Refused, match="No wording was proposed"):
        operations.answer_comment(room.said(proposed=""), "accepted", by=room.pmo)


def test_nobody_comments_before_it_is_circulated_nor_after_it_is_published(room):
    with pytest.raises(Refused, match="have not been circulated"):
        room.said()
    minutes = room.circulated()
    operations.publish(minutes, by=room.pmo)
    with pytest.raises(Refused, match="ask the secretariat for a correction"):
        room.said()


def test_nobody_speaks_for_another_seat(room):
    room.circulated()
    other = user_of(SeatFactory(group=room.group))
    with pytest.raises(Refused, match="You do not speak for the DNO Representative"):
        room.said(by=other)


def test_an_empty_comment_is_asked_for_words(room):
    room.circulated()
    page = Visitor(room.user).does(f"/desk/paragraphs/{room.paragraph.pk}/comment/", {"text": " ", "proposed": "CR018 was opposed."})
    assert page.status_code == 409
    assert "Say what is wrong with the paragraph." in text_of(page)


def test_before_circulation_the_page_is_nobodys_but_theirs_who_write_it(room):
    assert Visitor(room.user).opens(PAGE).status_code == 404
    assert Visitor(room.pmo).opens(PAGE).status_code == 200
