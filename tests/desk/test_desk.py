"""The desk: shown if and only if it can be done now and is not done."""

import re
from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.things import things_to_do
from groups.standing import Standing
from meetings import operations as meetings
from meetings.models import Meeting
from meetings.verbs import minutes_of
from records.clock import portal_now
from records.rules import Refused
from records.verbs import offers
from tests.factories import GroupFactory, PersonFactory, SeatFactory, UserFactory, chair_of, secretary_of, user_of
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(clock):
    """A group with everybody in it, and its meeting."""

    class House:
        def __init__(self):
            clock("2023-07-01 10:00")
            self.group = GroupFactory()
            self.users = {
                "chair": chair_of(self.group),
                "secretary": secretary_of(self.group),
                "representative": user_of(SeatFactory(group=self.group)),
                "stranger": UserFactory(),
            }
            self.meeting = meetings.schedule(self.group, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), by=self.users["secretary"])
            clock("2023-07-12 15:00")

        def now(self) -> Meeting:
            return Meeting.objects.select_related("group", "minutes").get(pk=self.meeting.pk)

        def offered(self, user) -> set[str]:
            return {offer.name for record in (self.now(), minutes_of(self.now())) if record for offer in offers(record, Standing.at(user, portal_now()), portal_now())}

        def url(self, verb: str) -> str:
            """Where the button of the verb sends."""
            return f"/desk/do/meetings.{verb}/{(self.now() if verb == 'hold' else self.now().minutes).pk}/"

    return House()


VERBS = {
    "hold": lambda meeting, user: meetings.hold(meeting, by=user),
    "send_to_chair": lambda meeting, user: meetings.send_to_chair(meeting.minutes, by=user),
    "clear": lambda meeting, user: meetings.clear(meeting.minutes, by=user),
    "circulate": lambda meeting, user: meetings.circulate(meeting.minutes, by=user),
    "publish": lambda meeting, user: meetings.publish(meeting.minutes, by=user),
}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["chair", "secretary", "representative", "stranger"]), st.sampled_from(sorted(VERBS))), max_size=8))
def test_a_verb_is_offered_if_and_only_if_it_can_be_done(house, tries):
    with transaction.atomic():
        for who, verb in tries:
            user, offered = house.users[who], verb in house.offered(house.users[who])
            try:
                with transaction.atomic():
                    VERBS[verb](house.now(), user)
                done = True
            except (Refused, AttributeError):  # before it is held a meeting has no minutes to clear
                done = False
            assert done == offered, f"{verb} by the {who}: offered {offered}, done {done}"
        transaction.set_rollback(True)


def test_the_desk_lists_what_waits_most_urgent_first(house, client, settings, clock):
    settings.DEMO = True
    client.force_login(house.users["secretary"])
    assert "Record that" in client.get("/desk/").content.decode()
    meetings.hold(house.meeting, by=house.users["secretary"])
    meetings.send_to_chair(house.now().minutes, by=house.users["secretary"])
    assert "Publish the headline report" in client.get("/desk/").content.decode()
    meetings.publish_headlines(house.meeting, by=house.users["secretary"])
    page = client.get("/desk/").content.decode()
    assert "Nothing waits for you" in page
    assert "Minutes of" in page  # the deadline that runs
    meetings.clear(house.now().minutes, by=house.users["chair"])
    clock("2023-07-24 10:00")
    page = client.get("/desk/").content.decode()
    assert "You have 1 thing to do" in page
    assert "17:00 on 26 Jul 2023" in page
    assert "2 working days left" in page


def test_things_are_in_order_of_their_deadlines(house, clock):
    secretary = house.users["secretary"]
    clock("2023-07-01 10:00")
    earlier = meetings.schedule(house.group, "25", starts_at=datetime(2023, 7, 5, 9, tzinfo=UTC), by=secretary)
    clock("2023-07-12 15:00")
    for meeting in (house.meeting, earlier):
        meetings.hold(meeting, by=secretary)
        meetings.clear(meetings.send_to_chair(Meeting.objects.get(pk=meeting.pk).minutes, by=house.users["secretary"]), by=house.users["chair"])
    now = portal_now()
    titles = [t.title for t in things_to_do(Standing.at(secretary, now), now) if t.verb == "circulate"]
    assert [title.split()[-3] for title in titles] == [earlier.code, house.meeting.code]


def test_the_chair_clears_the_secretary_circulates_and_publishes_through_the_pages(house, client, settings):
    settings.DEMO = True
    code = house.meeting.code
    steps = [("secretary", "hold"), ("secretary", "send_to_chair"), ("chair", "clear"), ("secretary", "circulate"), ("secretary", "publish")]
    for who, verb in steps:
        visitor = Visitor(house.users[who])
        assert house.url(verb) in visitor.opens(f"/desk/meetings/{code}/").content.decode()
        visitor.client.post(house.url(verb))
    assert client.get(f"/meetings/{code}/").status_code == 200
    assert house.now().published_at is not None


def test_a_refusal_is_a_page_that_says_why(house, client, settings):
    settings.DEMO = True
    client.force_login(house.users["secretary"])
    meetings.hold(house.meeting, by=house.users["secretary"])
    answer = client.post(house.url("publish"))
    assert answer.status_code == 409
    assert "have not been circulated" in answer.content.decode()
    assert "Nothing has changed" in answer.content.decode()


def test_who_publishes_is_asked_again_who_they_are_and_then_asked_to_confirm(house, settings):
    settings.DEMO = True
    meetings.hold(house.meeting, by=house.users["secretary"])
    meetings.circulate(meetings.clear(meetings.send_to_chair(house.now().minutes, by=house.users["secretary"]), by=house.users["chair"]), by=house.users["secretary"])
    secretary = Visitor(house.users["secretary"], lately=False)
    asked = secretary.client.post(house.url("publish"), follow=True)
    assert "Confirm it is you" in text_of(asked)
    assert house.now().published_at is None
    back = secretary.sends(asked, {"password": "correct horse battery"})
    assert house.now().published_at is None  # nothing is done by signing in
    assert "become public at once" in text_of(back)
    secretary.sends(back)
    assert house.now().published_at is not None


def test_a_button_pressed_on_what_has_been_changed_meanwhile_does_nothing_and_says_so(house, settings):
    settings.DEMO = True
    secretary, chair = Visitor(house.users["secretary"]), house.users["chair"]
    meetings.hold(house.meeting, by=house.users["secretary"])
    meetings.clear(meetings.send_to_chair(house.now().minutes, by=house.users["secretary"]), by=chair)
    check = secretary.opens(house.url("circulate"))
    meetings.send_back(house.now().minutes, why="One sentence is wrong", by=chair)
    meetings.clear(meetings.send_to_chair(house.now().minutes, by=house.users["secretary"]), by=chair)
    answer = secretary.sends(check)
    assert answer.status_code == 409
    assert "changed since you looked at it" in text_of(answer)
    assert house.now().minutes.status == "cleared"
    secretary.sends(answer)
    assert house.now().minutes.status == "circulated"


def test_minutes_that_do_not_exist_yet_cannot_be_cleared(house, client, settings):
    settings.DEMO = True
    client.force_login(house.users["chair"])
    assert client.post("/desk/do/meetings.clear/1/").status_code == 404


def test_who_has_no_place_is_told_so(client):
    client.force_login(UserFactory())
    assert "You have no seat at present" in client.get("/desk/").content.decode()


def test_a_signed_in_page_is_stored_nowhere(client):
    client.force_login(UserFactory())
    assert client.get("/desk/")["Cache-Control"] == "private, no-store"


def test_a_draft_is_read_by_those_who_write_it_then_by_the_chair_then_by_members(house, client, settings):
    settings.DEMO = True
    meetings.hold(house.meeting, by=house.users["secretary"])
    item = meetings.table_item(house.meeting, "CR018", by=house.users["secretary"])
    meetings.write_paragraph(item, "Something not yet cleared.", by=house.users["secretary"])
    place = meetings.write_paragraph(item, kind="action", by=house.users["secretary"])
    meetings.raise_action(house.meeting, "Do it", owner="PMO", due_kind="asap", item=item, paragraph=place, by=house.users["secretary"])

    def page(who):
        client.force_login(house.users[who])
        return client.get(f"/desk/meetings/{house.meeting.code}/").content.decode()

    assert "Something not yet cleared." in page("secretary")
    for who in ("chair", "representative"):
        assert "being written" in page(who), "the secretariat's own until it is sent"
        assert "Something not yet cleared." not in page(who)
    meetings.send_to_chair(house.now().minutes, by=house.users["secretary"])
    assert "Something not yet cleared." in page("chair")
    assert "Something not yet cleared." not in page("representative")
    meetings.circulate(meetings.clear(house.now().minutes, by=house.users["chair"]), by=house.users["secretary"])
    assert "Something not yet cleared." in page("representative")


def test_once_a_meeting_has_begun_who_came_waits_to_be_recorded(house, clock, settings):
    settings.DEMO = True
    secretary, waits = Visitor(house.users["secretary"]), f"Record who came to {house.meeting.code}"
    assert waits in text_of(secretary.opens("/desk/"))
    meetings.record_attendance(house.meeting, PersonFactory(), "representatives", initials="AB", by=house.users["secretary"])
    assert waits not in text_of(secretary.opens("/desk/"))
    clock("2023-07-01 10:00")
    assert waits not in text_of(secretary.opens("/desk/"))


def test_two_links_of_one_name_on_a_desk_lead_to_one_place(house):
    for user in house.users.values():
        named: dict[str, set[str]] = {}
        for address, words in re.findall(r'<a\b[^>]*?href="([^"]+)"[^>]*>(.*?)</a>', Visitor(user).opens("/desk/").content.decode(), re.DOTALL):
            named.setdefault(" ".join(re.sub(r"<[^>]+>", "", words).split()), set()).add(address)
        assert {name: where for name, where in named.items() if len(where) > 1} == {}
