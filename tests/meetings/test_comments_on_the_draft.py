"""Members comment on circulated minutes paragraph by paragraph, and are told what becomes of it."""

import pytest

from desk.things import things_to_do
from groups.models import User
from groups.standing import Standing
from meetings import operations
from meetings.models import CommentAnswer, DraftComment, MinutesEdition, NoDraftComments, Paragraph
from notifications.models import Notice
from records.clock import portal_now
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


def test_words_left_as_they_were_propose_nothing(room):
    room.circulated()
    assert room.said(proposed="CR018 was discussed.").proposed == ""


def test_a_wording_proposed_for_what_has_changed_since_is_not_put_over_it(room):
    room.circulated()
    first, second = room.said(), room.said("And loudly.", "CR018 was loudly opposed.")
    operations.answer_comment(first, "accepted", by=room.pmo)
    with pytest.raises(Refused, match="has been changed since"):
        operations.answer_comment(second, "accepted", by=room.pmo)


def test_a_record_is_not_reworded_by_a_comment(room):
    place = operations.write_paragraph(room.item, kind="action", by=room.pmo)
    operations.raise_action(room.meeting, "Amend CR024", owner="PMO", due_kind="asap", item=room.item, paragraph=place, by=room.pmo)
    room.circulated()
    said = operations.comment_on(place, room.seat, "Not the PMO", proposed="Let the SI amend it", by=room.user)
    with pytest.raises(Refused, match="A record stands there"):
        operations.answer_comment(said, "accepted", by=room.pmo)
    assert operations.answer_comment(said, "declined", why="The action was given to the SI.", by=room.pmo)


def test_an_embargoed_decision_and_a_mistaken_action_are_not_told_to_members(room):
    place = operations.write_paragraph(room.item, kind="action", by=room.pmo)
    action = operations.raise_action(room.meeting, "Mistaken", owner="PMO", due_kind="asap", item=room.item, paragraph=place, by=room.pmo)
    operations.take_off_action(action, by=room.pmo)
    decided = room.decided()
    room.circulated()
    page = text_of(Visitor(room.user).opens(PAGE))
    assert "Mistaken" not in page
    assert decided.wording in page
    assert Visitor(room.user).opens(f"/desk/actions/{action.pk}/").status_code == 404


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


def waits(room) -> list[str]:
    standing = Standing.at(room.user, portal_now())
    return [thing.title for thing in things_to_do(standing, portal_now()) if thing.verb == "have_no_comments"]


def test_the_draft_waits_on_a_members_desk_until_the_hour_of_publication(room):
    assert waits(room) == []
    room.circulated()
    assert waits(room) == ["Read the draft minutes of DAG026: comment, or say that you have no comments"]
    assert "20 Jul 2023" in text_of(Visitor(room.user).opens("/desk/"))
    assert "Comments are taken until the minutes are published, at the latest" in text_of(Visitor(room.user).opens(PAGE))
    operations.publish(room.minutes, by=room.pmo)
    assert waits(room) == []


def test_one_day_for_comments_is_said_in_the_mail_on_the_page_on_the_board_and_in_the_plan(room, clock):
    room.circulated()
    mail = Notice.objects.get(key__contains="-circulated-", address=room.user.email)
    assert "please say so by 17:00 on 20 Jul 2023; comments can be made until they are published, by 17:00 on 26 Jul 2023 at the latest: choose" in mail.body
    page = text_of(Visitor(room.user).opens(PAGE))
    assert "Please comment by 17:00 on 20 Jul 2023. Comments are taken until the minutes are published, at the latest 17:00 on 26 Jul 2023." in page
    assert "embers have commented on it, by 17:00 on 20 Jul 2023" in text_of(Visitor(room.pmo).opens("/desk/meetings/DAG026/"))
    assert "inutes of DAG026: members have commented on it" in text_of(Visitor(room.user).opens("/desk/deadlines/"))
    clock("2023-07-20 17:00")
    assert "Please comment by" not in text_of(Visitor(room.user).opens(PAGE))
    assert "26 Jul 2023" in text_of(Visitor(room.user).opens("/desk/"))


def test_minutes_that_go_out_after_the_day_for_comments_ask_for_no_day_that_is_past(room, clock):
    clock("2023-07-21 10:00")
    room.circulated()
    mail = Notice.objects.get(key__contains="-circulated-", address=room.user.email)
    assert "is wrong, say so until they are published, by 17:00 on 26 Jul 2023 at the latest" in mail.body


def test_who_has_no_comments_says_so_at_one_press_and_may_comment_all_the_same(room):
    room.circulated()
    page = Visitor(room.user).does(PAGE)
    assert "The secretariat sees that you have no comments." in text_of(page)
    assert (waits(room), NoDraftComments.objects.get().seat) == ([], room.seat)
    assert "No comments: DNO Representative." in text_of(Visitor(room.pmo).opens(PAGE))
    with pytest.raises(Refused, match="You have commented, or said that you have no comments"):
        operations.have_no_comments(room.minutes, by=room.user)
    assert room.said()
    with pytest.raises(Refused, match="Whoever holds a seat"):
        operations.have_no_comments(room.minutes, by=room.pmo)


def test_who_has_commented_is_not_asked_again(room):
    room.circulated()
    operations.answer_comment(room.said(), "accepted", by=room.pmo)
    assert waits(room) == []


def test_whoever_commented_checks_that_one_paragraph_from_the_mail(room):
    room.circulated()
    comment = room.said()
    operations.answer_comment(comment, "amended", wording="CR018 was opposed by the DNOs.", by=room.pmo)
    at = f"/desk/draft-comments/{comment.pk}/paragraph/"
    assert at in Notice.objects.get(key__contains="-answered").body
    assert at in Visitor(room.user).opens(PAGE).content.decode()
    page = text_of(Visitor(room.user).opens(at))
    for words in ("What was proposed", "CR018 was opposed.", "How it reads now", "CR018 was opposed by the DNOs.", "Taken up in other words"):
        assert words in page
    assert "Taken out: discussed. Put in: opposed by the DNOs." in page
    assert Visitor(user_of(SeatFactory())).opens(at).status_code == 404
