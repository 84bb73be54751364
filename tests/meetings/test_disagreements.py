"""A comment that was not taken up may stand: the published minutes say beside the paragraph who disagrees with it. And what was changed since the draft went out."""

from datetime import UTC, date, datetime

import pytest

from meetings import operations
from meetings.models import Action, DraftComment, MeetingEdition, MinutesEdition, Paragraph
from meetings.printing import html_of
from meetings.rules import findings_before_publishing
from notifications.models import Notice
from records.rules import Refused
from tests.conftest import set_clock
from tests.factories import SeatFactory, user_of
from tests.meetings.rooms import Room
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
CHANGED = "/desk/meetings/DAG026/minutes/changed/"
WORDS = "I said the opposite."
SENTENCE = f"The DNO Representative disagrees with 1.1: {WORDS}"


class Declined(Room):
    """Circulated minutes, with an action, and a comment that was not taken up."""

    def __init__(self, clock):
        super().__init__(clock)
        self.seat = SeatFactory(group=self.group, label="DNO Representative")
        self.user = user_of(self.seat)
        place = operations.write_paragraph(self.item, kind="action", by=self.pmo)
        self.action = operations.raise_action(self.meeting, "Amend CR024", owner="PMO", due_on=date(2023, 7, 26), item=self.item, paragraph=place, by=self.pmo)
        gone = operations.write_paragraph(self.item, kind="action", by=self.pmo)
        mistaken = operations.raise_action(self.meeting, "Mistaken", owner="PMO", due_kind="asap", item=self.item, paragraph=gone, by=self.pmo)
        operations.take_off_action(mistaken, by=self.pmo)
        operations.write_paragraph(self.item, "The meeting closed.", by=self.pmo)
        self.circulated()
        first = Paragraph.objects.get(text="CR018 was discussed.")
        said = operations.comment_on(first, self.seat, WORDS, by=self.user)
        operations.answer_comment(said, "declined", why="The recording has it so.", by=self.pmo)

    @property
    def comment(self) -> DraftComment:
        return DraftComment.objects.select_related("paragraph__item__meeting__group", "seat", "made_by").get()

    def change(self, due_on: date, **told) -> Action:
        said = {"text": self.action.text, "owner": self.action.owner, "due_on": due_on, "due_kind": "date", "why": "Asked for"}
        return operations.change_action(self.action, **said | told, by=self.pmo)

    def published(self) -> dict:
        operations.publish(self.minutes, by=self.pmo)
        return MinutesEdition.objects.get().body


@pytest.fixture(scope="module")
def stage(scene):
    return scene(lambda: Declined(set_clock))


@pytest.fixture
def room(stage, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return stage()


def test_whoever_made_the_comment_lets_it_stand_beside_the_paragraph_for_good(room, client):
    assert f"/desk/draft-comments/{room.comment.pk}/let-stand/" in Notice.objects.get(key__contains="-answered").body
    page = Visitor(room.user).does(f"/desk/draft-comments/{room.comment.pk}/let-stand/")
    assert "It stands. It is printed beside the paragraph when the minutes are published." in text_of(page)
    assert f"Item 1: beside a paragraph it is printed that the DNO Representative disagrees: “{WORDS}”" in list(findings_before_publishing(room.minutes))
    body = room.published()
    assert body["items"][0]["paragraphs"][0]["disagreements"] == [{"who": "The DNO Representative", "text": WORDS}]
    assert SENTENCE in text_of(client.get("/meetings/DAG026/"))
    assert SENTENCE in html_of(MinutesEdition.objects.get()).replace("<strong>", "").replace("</strong>", "")
    assert MeetingEdition.objects.latest("n").body["minutes"]["disagreements"] == [{"paragraph": "1.1", "who": "The DNO Representative", "text": WORDS}]
    assert MeetingEdition.objects.latest("n").body["minutes"]["disagreements"] == client.get("/meetings/DAG026.json").json()["minutes"]["disagreements"]


def test_as_oneself_it_stands_under_ones_own_name(room):
    made = operations.let_stand(room.comment, "Not so.", for_seat=False, by=room.user)
    assert (made.who, made.sentence_in_part) == (room.user.person.name, f"{room.user.person.name} disagrees: “Not so.”")


@pytest.mark.parametrize(
    ("said", "sentence"), [({"text": " "}, "Say what you disagree with"), ({"text": "x" * 1_001}, "Keep it under 1,000 characters: it stands beside the paragraph")]
)
def test_it_is_said_in_few_words(room, said, sentence):
    with pytest.raises(Refused, match=sentence):
        operations.let_stand(room.comment, **said, for_seat=True, by=room.user)


def test_nobody_else_nor_twice_nor_after_publication(room):
    with pytest.raises(Refused, match="Whoever made the comment may let it stand"):
        operations.let_stand(room.comment, "Not so.", for_seat=True, by=room.pmo)
    operations.let_stand(room.comment, "Not so.", for_seat=True, by=room.user)
    with pytest.raises(Refused, match="It stands already"):
        operations.let_stand(room.comment, "Not so.", for_seat=True, by=room.user)
    said = operations.comment_on(room.comment.paragraph, room.seat, "Another", by=room.user)
    with pytest.raises(Refused, match="The comment is not answered yet"):
        operations.let_stand(said, "Not so.", for_seat=True, by=room.user)
    operations.answer_comment(said, "declined", why="No", by=room.pmo)
    room.published()
    with pytest.raises(Refused, match="are published: ask the secretariat for a correction"):
        operations.let_stand(said, "Not so.", for_seat=True, by=room.user)


def test_whoever_let_it_stand_takes_it_back_until_the_minutes_are_published(room):
    stands = operations.let_stand(room.comment, WORDS, for_seat=True, by=room.user)
    with pytest.raises(Refused, match="Whoever let the comment stand takes it back"):
        operations.take_back_disagreement(room.comment, by=room.pmo)
    does = f"/desk/do/meetings.take_back_disagreement/{room.comment.pk}/"
    page = Visitor(room.user).opens("/desk/meetings/DAG026/minutes/comments/")
    assert does in page.content.decode()
    assert "It cannot be let stand once more" in text_of(Visitor(room.user).opens(does))
    page = text_of(Visitor(room.user).does(does))
    assert f"It stood beside the paragraph until {room.user.person} took it back" in page
    assert stands.sentence_in_part not in " ".join(findings_before_publishing(room.minutes))
    assert "took back a comment" in Notice.objects.filter(key__contains="-taken-back").first().body
    for act in (lambda: operations.take_back_disagreement(room.comment, by=room.user), lambda: operations.let_stand(room.comment, WORDS, for_seat=True, by=room.user)):
        with pytest.raises(Refused, match="taken back"):
            act()
    assert "disagreements" not in room.published()["items"][0]["paragraphs"][0]


def test_what_is_published_is_not_taken_back(room):
    operations.let_stand(room.comment, WORDS, for_seat=True, by=room.user)
    room.published()
    with pytest.raises(Refused, match="are published: ask the secretariat for a correction"):
        operations.take_back_disagreement(room.comment, by=room.user)


def test_whoever_left_the_seat_speaks_for_themselves(room, as_owner):
    holding = room.user.person.holdings.get()
    holding.during = ("2021-11-01", "2023-07-12")
    holding.save_by(room.pmo)
    with pytest.raises(Refused, match="You do not speak for the DNO Representative any more"):
        operations.let_stand(room.comment, "Not so.", for_seat=True, by=room.user)
    assert operations.let_stand(room.comment, "Not so.", for_seat=False, by=room.user)


class TestChangedSinceTheDraft:
    def test_members_read_what_was_changed_before_and_after_it_is_published(self, room):
        assert "Nothing: they say the same, word by word." in text_of(Visitor(room.user).opens(CHANGED))
        said = operations.comment_on(room.comment.paragraph, room.seat, "Opposed", proposed="CR018 was opposed.", by=room.user)
        operations.accept_comment(said, by=room.pmo)
        told = "CR018 was Taken out: discussed. Put in: opposed."
        assert told in text_of(Visitor(room.user).opens(CHANGED))
        room.published()
        page = text_of(Visitor(room.user).opens(CHANGED))
        assert told in page
        assert "to edition 1 of the minutes, published" in page
        assert CHANGED in Notice.objects.filter(key__contains="DAG026-edition-1").first().body

    def test_it_is_for_those_who_have_a_place_in_the_group(self, room):
        assert Visitor(user_of(SeatFactory())).opens(CHANGED).status_code == 404


class TestWhatTheMinutesPrint:
    def test_a_record_that_was_taken_back_leaves_no_gap_and_no_empty_box(self, room):
        page = Visitor(room.user).opens("/desk/meetings/DAG026/minutes/comments/").content.decode()
        assert page.count('class="app-draft" id="paragraph-') == 3
        assert [each["label"] for each in room.published()["items"][0]["paragraphs"]] == ["1.1", "1.2", "1.3"]

    def test_an_action_that_was_given_another_date_since_is_printed_as_it_was_agreed(self, room):
        moved = room.change(date(2023, 8, 9))
        body = room.published()
        assert [body["actions"]["new"][0]["due"], body["items"][0]["paragraphs"][1]["action"]["due"]] == ["26 Jul 2023"] * 2
        assert moved.due_in_words == "9 Aug 2023"

    def test_a_date_that_was_written_down_wrongly_is_printed_as_it_is_mended(self, room):
        room.change(date(2023, 8, 9))
        page = Visitor(room.pmo).does(f"/desk/actions/{room.action.pk}/change/", {"due_on": "2023-07-25", "why": "A slip", "written_wrongly": "on"})
        assert "The action is changed." in text_of(page)
        assert room.published()["actions"]["new"][0]["due"] == "25 Jul 2023"

    def test_minutes_that_members_have_keep_the_words_and_the_owner_that_were_agreed(self, room):
        room.change(date(2023, 7, 26), text="Buy cakes", owner="Cake Office")
        body = room.published()
        told = {"reference": "DAG26-01", "area": "CR018", "text": "Amend CR024", "owner": "PMO", "due": "26 Jul 2023"}
        assert [body["actions"]["new"][0], body["items"][0]["paragraphs"][1]["action"]] == [told, told]

    def test_no_further_edition_has_an_action_in_other_words_unsaid(self, room, client):
        room.published()
        room.change(date(2023, 7, 26), text="Buy cakes", owner="Cake Office", why="It was asked for")
        added = operations.issue_edition(room.minutes, "addendum", note="A word was added elsewhere.", by=room.pmo)
        assert (added.body["actions"]["new"][0]["text"], added.note) == ("Amend CR024", "A word was added elsewhere.")
        page = text_of(client.get("/actions/DAG26-01/"))
        assert "As its meeting agreed it “Amend CR024” (PMO; 26 Jul 2023)" in page
        assert client.get("/actions/DAG26-01.json").json()["as_raised"] == {"text": "Amend CR024", "owner": "PMO", "due": "26 Jul 2023"}
        assert "It was asked for" in text_of(client.get("/actions/DAG26-01/changes/"))
        own = text_of(Visitor(room.pmo).opens(f"/desk/actions/{room.action.pk}/"))
        assert "reworded (it was “Amend CR024”), given to another (it was PMO’s)" in own
        assert "“Amend CR024” (PMO; 26 Jul 2023). Its minutes go on saying so." in own

    def test_what_was_written_down_wrongly_is_mended_and_the_edition_says_what_it_was(self, room):
        room.published()
        room.change(date(2023, 7, 26), text="Amend CR025", written_wrongly=True)
        mended = operations.issue_edition(room.minutes, "correction", note="A slip.", by=room.pmo)
        assert mended.body["items"][0]["paragraphs"][1]["action"]["text"] == "Amend CR025"
        assert mended.note == "A slip. Action DAG26-01 was written down wrongly: it read “Amend CR024” (PMO; 26 Jul 2023)."

    def test_words_that_are_changed_back_are_those_that_were_agreed(self, room):
        room.change(date(2023, 7, 26), text="Buy cakes")
        back = room.change(date(2023, 7, 26))
        assert (back.text, back.text_as_raised) == ("Amend CR024", "")

    def test_a_later_meeting_prints_an_action_as_it_then_read(self, room):
        room.published()
        room.change(date(2023, 7, 26), text="Buy cakes")
        later = operations.schedule(room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=room.pmo)
        operations.review_action(room.action, later, by=room.pmo)
        again = Action.objects.get(pk=room.action.pk)
        operations.change_action(again, text="Buy tea", owner="PMO", due_on=date(2023, 7, 26), due_kind="date", why="Cheaper", by=room.pmo)
        assert again.words_at(later)["text"] == "Buy cakes"
        assert again.words_at(room.meeting)["text"] == "Amend CR024"
