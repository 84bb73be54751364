"""A meeting from its planning to its published minutes by forms alone, as a browser without scripts sends them. With them, and in full: tests/browser/test_a_whole_meeting.py."""

import pytest

from decisions.models import Question
from meetings.models import AgendaItem, DraftComment, Meeting, Paragraph
from tests.decisions.houses import House
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db
MINUTE, DESK = "/desk/meetings/DAG026/minute/", "/desk/meetings/DAG026/"


class Room:
    """Everybody with a browser of their own."""

    def __init__(self, clock):
        self.clock, self.house = clock, House(clock, seats=3, code="DAG")
        self.pmo, self.chair, self.member = (Visitor(user) for user in (self.house.secretary, self.house.chair, self.house.holders[0]))

    def adds(self, number: int, text: str) -> str:
        """Typed into the last box of an item."""
        page = self.pmo.opens(MINUTE)
        *_, last = [name for name, _ in forms_on(page)[number - 1]["data"] if name.startswith("text.")]
        return self.pmo.sends(page, {last: text}, form=number - 1).request["PATH_INFO"]

    def does(self, who: Visitor, verb: str, pk: int) -> str:
        return text_of(who.does(f"/desk/do/{verb}/{pk}/"))


@pytest.fixture
def room(clock, settings):
    settings.DEMO = True
    return Room(clock)


@pytest.mark.long
def test_a_meeting_is_run_by_forms_alone(room, client):
    pmo = room.pmo
    pmo.does("/desk/groups/DAG/meetings/new/", {"number": "26", "day": "2023-07-12", "starts": "10:00", "ends": "12:00"})
    for title in ("Welcome", "CR017 and CR018", "Any other business"):
        pmo.does("/desk/meetings/DAG026/agenda/", {"title": title, "purpose": "decision"}, form=-1)
    meeting = Meeting.objects.get()
    assert "The agenda of DAG026 is public." in room.does(pmo, "meetings.publish_agenda", meeting.pk)
    room.clock("2023-07-12 10:30")
    assert "3 of 3 constituencies represented" in text_of(pmo.does("/desk/meetings/DAG026/attendance/", {"step": "rest"}))

    for text in ("Members were welcomed.", "/action @DAG Members by +5 wd: read the timetable", "/announced CR025 v1.2 approved"):
        room.adds(1, text)
    form = pmo.opens(room.adds(2, "/vote CR018 v1.8: Should CR018 be approved?") + f"?item={AgendaItem.objects.get(number=2).pk}&window=room")
    pmo.sends(form, {"title": "CR018", "decision_wording": "The SRO approved CR018", "wording": "Should CR018 be approved?", "subject": "CR018", "version": "1.8", "excludes": "CR017"})
    question = Question.objects.get()
    pmo.does(f"/desk/questions/{question.pk}/open/")
    for said in ("approve", "approve", "reject"):
        pmo.does(f"/desk/questions/{question.pk}/roll-call/", {"said": said, "comment": f"We {said}."})
    assert "The vote is closed" in room.does(pmo, "decisions.close", question.pk)
    assert "Deferred" in text_of(pmo.does(room.adds(3, "/defer the rest")))

    room.clock("2023-07-12 12:05")
    assert "DAG026 is recorded as held." in room.does(pmo, "meetings.hold", meeting.pk)
    assert "1 decision is determined" in text_of(room.chair.does("/desk/meetings/DAG026/announced/"))
    determine = f"/desk/decisions/{question.decision_id}/determine/"
    check = room.chair.does(determine, {"subject-0-outcome": "approved", "reasons": ["The two exclude each other."], "step": "check"})
    assert "DAG-DEC02 is determined" in text_of(room.chair.sends(check))
    minutes = meeting.minutes
    for who, verb in ((pmo, "send_to_chair"), (room.chair, "clear"), (pmo, "circulate")):
        room.does(who, f"meetings.{verb}", minutes.pk)
    first = Paragraph.objects.get(item__number=1, kind="text")
    room.member.does(f"/desk/paragraphs/{first.pk}/comment/", {"text": "By whom?", "proposed": "The Chair welcomed members."})
    pmo.does(f"/desk/draft-comments/{DraftComment.objects.get().pk}/answer/", {"outcome": "accepted"})
    assert "The minutes of DAG026 are published." in room.does(pmo, "meetings.publish", minutes.pk)

    page = text_of(client.get("/meetings/DAG026/"))
    for words in ("The Chair welcomed members.", "DAG26-01", "DAG-DEC01", "DAG-DEC02", "We reject.", "Deferred"):
        assert words in page
