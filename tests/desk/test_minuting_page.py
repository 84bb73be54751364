"""The page of the minutes as it is sent to: by forms without scripts, and by lists of changes with them."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from decisions.models import Decision
from meetings import operations
from meetings.models import Action, AgendaItem, Attendance, Paragraph
from meetings.operations.writing import reading
from tests.factories import GroupFactory, PersonFactory, chair_of, secretary_of
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db
PAGE = "/desk/meetings/DAG026/minute/"


class Desk:
    def __init__(self, clock):
        self.clock = clock
        self.group = GroupFactory(code="DAG")
        self.pmo, self.other, self.chair = secretary_of(self.group), secretary_of(self.group), chair_of(self.group)
        clock("2023-07-12 10:00")
        self.meeting = operations.schedule(self.group, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), by=self.pmo)
        self.items = [operations.table_item(self.meeting, title, purpose="decision", by=self.pmo) for title in ("Welcome", "CR018")]
        self.visitor = Visitor(self.pmo)

    def send(self, *changes: dict, visitor=None, **more):
        numbered = [change | {"item": self.items[change["item"] - 1].pk} if "item" in change else change for change in changes]
        body = json.dumps({"changes": numbered} | more)
        return (visitor or self.visitor).client.post(PAGE + "changes/", body, content_type="application/json", headers={"Accept": "application/json"})

    def typed(self, text: str, item: int = 1) -> Paragraph:
        uid = str(uuid4())
        assert self.send({"uid": uid, "item": item, "text": text, "placed": True}).status_code == 200
        return Paragraph.objects.select_related("typed").get(uid=uid)

    def line(self, text: str, item: int = 1):
        block = self.typed(text, item)
        return self.send(line=str(block.uid)), block


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.DEMO = True  # it has tests of its own


@pytest.fixture
def desk(clock):
    return Desk(clock)


def add(desk, text: str, item: int = 1):
    """Without scripts: typed into the last box of an item, and sent with its button."""
    page = desk.visitor.opens(PAGE)
    at = [n for n, form in enumerate(forms_on(page)) if f"item={desk.items[item - 1].pk}&" in form["action"]][-1]
    return desk.visitor.sends(page, {"text": text}, form=at)


# --- without scripts


def test_a_paragraph_is_added_changed_moved_deleted_and_brought_back_by_buttons(desk):
    for text in ("One.", "Two."):
        assert "Saved." in text_of(add(desk, text))
    page = desk.visitor.opens(PAGE)
    desk.visitor.sends(page, {"text": "Two, reworded.", "do": "save"}, form=1)
    assert [each.text for each in Paragraph.objects.order_by("order")] == ["One.", "Two, reworded."]
    desk.visitor.sends(desk.visitor.opens(PAGE), {"do": "up"}, form=1)
    assert [each.text for each in Paragraph.objects.order_by("order")] == ["Two, reworded.", "One."]
    desk.visitor.sends(desk.visitor.opens(PAGE), {"do": "down"}, form=0)
    assert [each.text for each in Paragraph.objects.order_by("order")] == ["One.", "Two, reworded."]
    desk.visitor.sends(desk.visitor.opens(PAGE), {"do": "drop"}, form=0)
    page = desk.visitor.opens(PAGE)
    assert "1 deleted paragraph of item 1" in text_of(page)
    desk.visitor.sends(page, {"do": "bring_back"}, form=2)
    assert [each.dropped for each in Paragraph.objects.order_by("order")] == [False, False]


def test_the_same_form_sent_twice_makes_one_paragraph(desk):
    page = desk.visitor.opens(PAGE)
    for _ in range(2):
        desk.visitor.sends(page, {"text": "Once."}, form=0)
    assert [each.text for each in Paragraph.objects.all()] == ["Once."]


def test_who_sends_an_old_form_sees_theirs_and_keeps_their_own_words(desk):
    add(desk, "Members agreed.")
    old = desk.visitor.opens(PAGE)
    other = Visitor(desk.other)
    other.sends(other.opens(PAGE), {"text": "Members agreed to wait."}, form=0)
    answer = desk.visitor.sends(old, {"text": "Members disagreed."}, form=0)
    assert answer.status_code == 409
    assert "Somebody changed this paragraph" in text_of(answer)
    assert "Members agreed to wait." in text_of(answer)
    assert "Members disagreed." in text_of(answer)
    desk.visitor.sends(answer, {}, form=0)
    assert Paragraph.objects.get().text == "Members disagreed."


def test_what_is_refused_is_said_and_what_was_typed_is_there_still(desk):
    answer = add(desk, "/action amend CR024")
    assert "There is no colon before what is to be done" in text_of(answer)
    assert "/action amend CR024" in text_of(answer)
    assert Action.objects.count() == 0


def test_a_line_is_a_record_from_then_on(desk):
    add(desk, "/action @DAG Members by 9 Aug: amend CR024")
    action = Action.objects.get()
    assert (action.text, action.owner, action.paragraph.kind, action.paragraph.text) == ("amend CR024", "DAG Members", "action", "")
    assert "New action 1 amend CR024 DAG Members; Wed 9 Aug 2023" in text_of(desk.visitor.opens(PAGE))


def test_nobody_but_the_secretariat_opens_it(desk):
    answer = Visitor(desk.chair).opens(PAGE)
    assert answer.status_code == 403
    assert "Only the secretariat" in text_of(answer)


# --- with scripts


def test_what_is_sent_is_answered_with_what_each_block_reads_now(desk):
    uid = str(uuid4())
    answer = desk.send({"uid": uid, "item": 1, "text": "The Chair op", "placed": True}).json()
    assert answer["blocks"][uid]["reads"] == reading(Paragraph.objects.select_related("typed").get(uid=uid))
    assert answer["at"] == "10:00:00"


def test_two_at_once_are_told_of_each_other(desk):
    block = desk.typed("Members agreed.")
    known = reading(block)
    other = Visitor(desk.other)
    assert desk.send({"uid": str(block.uid), "text": "Members agreed to wait.", "base": known}, visitor=other).status_code == 200
    answer = desk.send({"uid": str(block.uid), "text": "Members disagreed.", "base": known})
    assert answer.status_code == 409
    theirs = answer.json()["differs"][str(block.uid)]
    assert (theirs["text"], theirs["by"], theirs["when"]) == ("Members agreed to wait.", str(desk.other), "10:00:00")


def test_who_is_not_signed_in_any_more_is_told_so_and_not_led_away(desk):
    desk.visitor.client.logout()
    answer = desk.send({"uid": str(uuid4()), "item": 1, "text": "x"})
    assert (answer.status_code, answer.json()["refused"]) == (401, ["Your sign-in has run out."])


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"changes": 1}', b'{"changes": [1]}', b'{"changes": [{"uid": "x"}]}', b'{"changes": [{"text": "x"}]}', b"\xff", b"[" * 5000,
             b'{"changes": [{"uid": "00000000-0000-0000-0000-000000000001", "item": "1"}]}', b'{"changes": [{"uid": "00000000-0000-0000-0000-000000000001", "kind": "vote"}]}'],
)  # fmt: skip
def test_what_is_no_list_of_changes_is_refused(desk, body):
    answer = desk.visitor.client.post(PAGE + "changes/", body, content_type="application/json")
    assert answer.status_code == 400
    assert "could not be read" in answer.json()["refused"][0]


def test_more_than_a_long_paste_is_refused_whole(desk):
    answer = desk.send(*({"uid": str(uuid4()), "item": 1, "text": "x", "placed": True} for _ in range(501)))
    assert answer.status_code == 409
    assert Paragraph.objects.count() == 0


def test_hidden_characters_do_not_get_into_the_minutes(desk):
    assert desk.typed("Members\u202e agreed\x00.").reads == "Members agreed."


def test_what_others_wrote_is_told_with_its_place(desk):
    since = desk.visitor.client.get(PAGE + "now/").json()["now"]
    first = desk.typed("One.")
    desk.send({"uid": str(uuid4()), "item": 1, "text": "Two.", "after": str(first.uid), "placed": True})
    told = Visitor(desk.other).client.get(PAGE + "now/", {"since": since}).json()
    assert [(each["text"], each["item"], each["after"]) for each in told["blocks"]] == [("One.", first.item_id, None), ("Two.", first.item_id, str(first.uid))]
    assert [each["who"] for each in told["writing"]] == [str(desk.pmo)] * 2
    assert desk.visitor.client.get(PAGE + "now/", {"since": since}).json()["writing"] == [], "not of oneself"


@pytest.mark.parametrize("since", ["", "yesterday", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00", "2023-07-12", "9" * 5000])
def test_any_time_may_be_asked_for(desk, since):
    assert desk.visitor.client.get(PAGE + "now/", {"since": since}).status_code == 200


# --- lines


def test_an_action_goes_to_whoever_is_there_by_their_initials(desk):
    person = PersonFactory(name="Sade Agu")
    operations.record_attendance(desk.meeting, person, Attendance.Section.REPRESENTATIVES, role="Supplier Agent", initials="SA", by=desk.pmo)
    answer, block = desk.line("/action @sa by +5 wd: say what it costs")
    action = Action.objects.get()
    assert (action.owner, action.owner_person, action.due_on.isoformat()) == ("Supplier Agent (Sade Agu)", person, "2023-07-19")
    assert "New action 1" in answer.json()["blocks"].get(str(block.uid), {}).get("html", "New action 1")


def test_a_line_sent_twice_makes_one_record(desk):
    _, block = desk.line("/action @DAG Members: read it")
    assert desk.send(line=str(block.uid)).status_code == 200
    assert Action.objects.count() == 1


def test_a_decision_is_drafted_tabled_and_stands_where_it_was_typed(desk):
    desk.line("/decision CR018: The SRO approved CR018 version 1.8", item=2)
    decision = Decision.objects.get()
    assert (decision.status, decision.title, decision.wording) == ("tabled", "CR018", "The SRO approved CR018 version 1.8")
    assert (decision.item, decision.paragraph.kind, decision.untabled_why) == (desk.items[1], "decision", "")


def test_a_decision_on_an_item_not_tabled_for_one_says_so(desk):
    AgendaItem.objects.get(pk=desk.items[1].pk)
    item = operations.table_item(desk.meeting, "Any other business", by=desk.pmo)
    desk.items.append(item)
    desk.line("/decision Timetable: The SRO approved the timetable", item=item.number)
    assert Decision.objects.get().untabled_why == "raised in the meeting"


def test_an_item_is_deferred_in_one_line(desk):
    desk.line("/defer", item=2)
    assert AgendaItem.objects.get(number=2).status == "deferred"
    assert Paragraph.objects.get(item__number=2).reads == "The item was deferred."


def test_a_heading_an_update_and_a_ruling_keep_their_words(desk):
    for text in ("/heading CR024: redline", "/update After the meeting, it was confirmed.", "/ruling the vote is put again."):
        desk.line(text)
    assert sorted((each.kind, each.reads) for each in Paragraph.objects.select_related("typed")) == [
        ("addendum", "After the meeting, it was confirmed."), ("heading", "CR024: redline"), ("text", "The Chair ruled: the vote is put again."),
    ]  # fmt: skip


@pytest.mark.parametrize(("typed", "window"), [("/vote", "room"), ("/objections", "objections")])
def test_a_question_is_put_on_its_form_with_item_and_way_chosen(desk, typed, window):
    answer, _ = desk.line(typed, item=2)
    page = desk.visitor.opens(answer.json()["go"])
    chosen = dict(next(form["data"] for form in forms_on(page) if "wording" in dict(form["data"])))
    assert (chosen["item"], chosen["window"]) == (str(desk.items[1].pk), window)
    assert not Paragraph.objects.filter(dropped=False).exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("/shout", "There is no /shout"), ("/decision CR018", "Write it so: /decision"), ("/action @SJ by the summer: x", "no day that can be read"), ("/heading", "Write it so")],
)
def test_a_line_that_cannot_be_carried_out_says_why_and_stays(desk, typed, sentence):
    answer, block = desk.line(typed)
    assert answer.status_code == 409
    assert sentence in " ".join(answer.json()["refused"])
    assert Paragraph.objects.select_related("typed").get(pk=block.pk).reads == typed


def test_what_was_not_carried_out_is_found_before_publishing(desk):
    desk.typed("/acton @SJ: amend CR024")
    operations.hold(desk.meeting, by=desk.pmo)
    assert "“/acton @SJ: amend CR024” was not carried out." in text_of(Visitor(desk.pmo).opens("/desk/meetings/DAG026/"))


def test_the_history_of_a_paragraph_says_who_wrote_what_when(desk):
    block = desk.typed("Members agreed.")
    desk.send(left=[str(block.uid)])
    desk.send({"uid": str(block.uid), "text": "Members agreed to wait.", "base": reading(Paragraph.objects.get(pk=block.pk))}, left=[str(block.uid)], visitor=Visitor(desk.other))
    page = text_of(desk.visitor.opens(f"/desk/paragraphs/{block.pk}/"))
    assert f"Typed by {desk.other}" in page
    assert "Members agreed to wait." in page
    assert f"Typed by {desk.pmo}" in page
    assert page.index("Members agreed to wait.") < page.index("Members agreed."), "the latest first"


def test_the_page_costs_the_same_however_much_is_minuted(desk, django_assert_max_num_queries):
    for n in range(30):
        desk.typed(f"Paragraph {n}", item=1 + n % 2)
    with django_assert_max_num_queries(30):
        desk.visitor.client.get(PAGE)
