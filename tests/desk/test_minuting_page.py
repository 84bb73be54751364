"""The page of the minutes as it is sent to: by forms without scripts, and by lists of changes with them."""

from uuid import uuid4

import pytest

from desk.lines import SHAPES, WORDS
from meetings import operations
from meetings.models import Action, Paragraph
from meetings.operations.writing import fingerprint_of
from tests.desk.minutes import PAGE, add, send_form
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db


# --- without scripts


def test_a_paragraph_is_added_changed_moved_deleted_and_brought_back_by_buttons(desk):
    def reads():
        return [each.reads for each in Paragraph.objects.filter(dropped=False).order_by("order")]

    for text in ("One.", "Two."):
        assert "Saved." in text_of(add(desk, text))
    send_form(desk.visitor, desk.visitor.opens(PAGE), {0: "One, reworded.", 1: "Two, reworded."}, do="save")
    assert reads() == ["One, reworded.", "Two, reworded."]
    send_form(desk.visitor, desk.visitor.opens(PAGE), {-1: "Three."}, chosen=1, do="up")
    assert reads() == ["Two, reworded.", "One, reworded.", "Three."]
    send_form(desk.visitor, desk.visitor.opens(PAGE), chosen=0, do="down")
    assert reads() == ["One, reworded.", "Two, reworded.", "Three."]
    send_form(desk.visitor, desk.visitor.opens(PAGE), chosen=0, do="drop")
    page = desk.visitor.opens(PAGE)
    assert "1 deleted paragraph of item 1" in text_of(page)
    assert reads() == ["Two, reworded.", "Three."]
    [uid] = [value for name, value in forms_on(page)[0]["buttons"] if name == "bring_back"]
    send_form(desk.visitor, page, bring_back=uid)
    assert reads() == ["One, reworded.", "Two, reworded.", "Three."]
    assert "History of a paragraph" in text_of(send_form(desk.visitor, desk.visitor.opens(PAGE), chosen=0, do="history"))


def test_nothing_is_done_with_a_paragraph_that_was_not_chosen_and_what_was_typed_is_there_still(desk):
    add(desk, "One.")
    answer = send_form(desk.visitor, desk.visitor.opens(PAGE), {0: "One, reworded.", -1: "Two."}, do="drop")
    assert answer.status_code == 409
    assert "Choose a paragraph first" in text_of(answer)
    assert [Paragraph.objects.get().reads, Paragraph.objects.get().dropped] == ["One.", False]
    send_form(desk.visitor, answer)
    assert [each.reads for each in Paragraph.objects.order_by("order")] == ["One, reworded.", "Two."]


def test_what_another_wrote_in_a_paragraph_beside_mine_stays(desk):
    for text in ("One.", "Two."):
        add(desk, text)
    old, other = desk.visitor.opens(PAGE), Visitor(desk.other)
    send_form(other, other.opens(PAGE), {0: "One, by another."})
    send_form(desk.visitor, old, {1: "Two, by me."})
    assert [each.reads for each in Paragraph.objects.order_by("order")] == ["One, by another.", "Two, by me."]


def test_the_same_form_sent_twice_makes_one_paragraph_and_one_record(desk):
    for text in ("Once.", "/action @DAG Members by 9 Aug: amend CR024"):
        page = desk.visitor.opens(PAGE)
        for _ in range(2):
            assert "Saved." in text_of(send_form(desk.visitor, page, {-1: text}))
    assert [each.text for each in Paragraph.objects.order_by("order")] == ["Once.", ""]
    assert Action.objects.count() == 1


def test_who_sends_an_old_form_sees_theirs_and_keeps_their_own_words(desk):
    add(desk, "Members agreed.")
    old = desk.visitor.opens(PAGE)
    other = Visitor(desk.other)
    send_form(other, other.opens(PAGE), {0: "Members agreed to wait."})
    answer = send_form(desk.visitor, old, {0: "Members disagreed.", -1: "And so on."})
    assert answer.status_code == 409
    assert "Somebody changed this paragraph" in text_of(answer)
    assert "Members agreed to wait." in text_of(answer)
    assert "Members disagreed." in text_of(answer)
    send_form(desk.visitor, answer)
    assert [each.reads for each in Paragraph.objects.order_by("order")] == ["Members disagreed.", "And so on."]


def test_what_is_refused_is_said_and_what_was_typed_is_there_still(desk):
    answer = add(desk, "/action amend CR024")
    assert "There is no colon before what is to be done" in text_of(answer)
    assert "/action amend CR024" in text_of(answer)
    assert Action.objects.count() == 0


def test_a_line_is_a_record_from_then_on(desk):
    add(desk, "/action @DAG Members by 9 Aug: amend CR024")
    action = Action.objects.get()
    assert (action.text, action.owner, action.paragraph.kind, action.paragraph.text) == ("amend CR024", "DAG Members", "action", "")
    assert "New action 1 amend CR024 DAG Members; 9 Aug 2023" in text_of(desk.visitor.opens(PAGE))


MANY = """Members agreed.
It took an hour.

/Action @DAG Members by 9 Aug: amend CR024
/ heading What follows
The Chair thanked
- those who came
- all others.
"""


def shown():
    return [(each.kind, each.reads) for each in Paragraph.objects.filter(dropped=False).order_by("order")]


AS_IN_THE_EDITOR = [("text", "Members agreed.\nIt took an hour."), ("action", ""), ("heading", "What follows"), ("text", "The Chair thanked\n- those who came\n- all others.")]


def test_what_is_typed_into_one_box_is_as_many_paragraphs_and_records_as_in_the_editor(desk):
    page = desk.visitor.opens(PAGE)
    assert "Saved." in text_of(send_form(desk.visitor, page, {-1: MANY}))
    assert shown() == AS_IN_THE_EDITOR
    assert Action.objects.get().text == "amend CR024"
    send_form(desk.visitor, page, {-1: MANY})
    assert (shown(), Action.objects.count()) == (AS_IN_THE_EDITOR, 1), "the same form once more"


def test_a_paragraph_that_is_parted_keeps_its_place_among_the_others(desk):
    for text in ("One.", "Last."):
        add(desk, text)
    for more in ("Two.", "Two."):
        page = desk.visitor.opens(PAGE)
        for _ in range(2):
            send_form(desk.visitor, page, {0: f"One.\r\n \r\n{more}\n/action @DAG Members: read it"})
    assert shown() == [("text", "One."), ("text", "Two."), ("action", ""), ("text", "Two."), ("action", ""), ("text", "Last.")]


def test_of_many_lines_it_is_said_which_could_not_be_done_and_all_that_was_typed_is_there_still(desk):
    typed = "Members agreed.\n\n/action @DAG Members: read it\n/action amend CR024\n/vote CR018"
    answer = add(desk, typed)
    assert "“/action amend CR024” was not carried out: There is no colon before what is to be done" in text_of(answer)
    assert typed in dict(forms_on(answer)[0]["data"]).values()
    assert (Paragraph.objects.count(), Action.objects.count()) == (0, 0)
    answer = send_form(desk.visitor, answer, {-1: typed.replace("/action amend", "/objections amend")})
    assert "“/vote CR018” was not carried out: It leads to a page of its own" in text_of(answer)
    assert Paragraph.objects.count() == 0


def test_a_capital_letter_asks_for_the_same_record(desk):
    for text in ("/Action @DAG Members: read it", "/ action @DAG Members: read it again"):
        desk.line(text)
    assert [each.text for each in Action.objects.order_by("pk")] == ["read it", "read it again"]


def test_what_else_is_done_while_it_runs_is_one_press_away(desk):
    page = desk.visitor.opens(PAGE).content.decode()
    for address in ("/desk/meetings/DAG026/attendance/", "/desk/meetings/DAG026/wall/", f"/desk/do/meetings.hold/{desk.meeting.pk}/"):
        assert f'href="{address}"' in page
    operations.hold(desk.meeting, by=desk.pmo)
    assert "/desk/do/meetings.hold/" not in desk.visitor.opens(PAGE).content.decode()


def test_of_each_line_the_menu_says_its_shape():
    assert set(SHAPES) == set(WORDS)


def test_nobody_but_the_secretariat_opens_it(desk):
    answer = Visitor(desk.chair).opens(PAGE)
    assert answer.status_code == 403
    assert "Only the secretariat" in text_of(answer)


# --- with scripts


def test_what_is_sent_is_answered_with_what_each_block_reads_now(desk):
    uid = str(uuid4())
    answer = desk.send({"uid": uid, "item": 1, "text": "The Chair op", "placed": True}).json()
    assert answer["blocks"][uid]["reads"] == fingerprint_of(Paragraph.objects.select_related("typed").get(uid=uid))
    assert answer["at"] == "10:00:00"


def test_two_at_once_are_told_of_each_other(desk):
    block = desk.typed("Members agreed.")
    known = fingerprint_of(block)
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


def test_markup_that_is_typed_is_words(desk):
    for text in ("</textarea><script>alert(1)</script>", "/action @DAG Members: <img src=x onerror=alert(1)>"):
        desk.line(text)
    page = desk.visitor.opens(PAGE)
    assert "<script>alert" not in page.content.decode()
    assert "<img src=x" not in page.content.decode()
    assert "</textarea><script>alert(1)</script>" in dict(forms_on(page)[0]["data"]).values()


def test_a_line_that_was_deleted_before_its_turn_is_not_carried_out(desk):
    block = desk.typed("/action @DAG Members: read it")
    desk.send({"uid": str(block.uid), "dropped": True, "base": fingerprint_of(block)})
    assert desk.send(line=str(block.uid)).status_code == 200
    assert Action.objects.count() == 0


def test_a_paragraph_that_was_deleted_before_it_was_ever_saved_is_none(desk):
    uid = str(uuid4())
    answer = desk.send({"uid": uid, "dropped": True}, {"uid": str(uuid4()), "item": 1, "text": "Members agreed.", "placed": True})
    assert answer.status_code == 200
    assert uid not in answer.json()["blocks"]
    assert [each.reads for each in Paragraph.objects.select_related("typed")] == ["Members agreed."]


def test_half_a_character_breaks_nothing(desk):
    body = '{"changes": [{"uid": "%s", "item": %d, "text": "a\\ud800b", "placed": true}]}' % (uuid4(), desk.items[0].pk)  # noqa: UP031 - braces
    assert desk.visitor.client.post(PAGE + "changes/", body, content_type="application/json").status_code == 200
    assert Paragraph.objects.select_related("typed").get().reads == "a?b"


def test_deleting_a_line_does_not_carry_it_out(desk):
    desk.typed("/action @DAG Members: read it")
    send_form(desk.visitor, desk.visitor.opens(PAGE), {0: "/action @DAG Members: read it all"}, chosen=0, do="drop")
    assert Action.objects.count() == 0
    assert Paragraph.objects.get().dropped


def test_who_saves_what_somebody_deleted_keeps_their_words(desk):
    block = desk.typed("Members agreed.")
    page = desk.visitor.opens(PAGE)
    other = Visitor(desk.other)
    send_form(other, other.opens(PAGE), chosen=0, do="drop")
    answer = send_form(desk.visitor, page, {0: "Members agreed to wait."})
    assert answer.status_code == 409
    assert "Somebody deleted this paragraph" in text_of(answer)
    assert "Members agreed to wait." in text_of(answer)
    assert Paragraph.objects.get(pk=block.pk).dropped


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
