"""What becomes of a line typed into the minutes, and of what is asked for beside them."""

from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from decisions import operations as decisions
from decisions.models import Decision, Question
from meetings import operations
from meetings.editions import _carried_actions
from meetings.models import Action, AgendaItem, Attendance, Meeting, Minutes, Notepad, Paragraph
from meetings.operations.writing import Change, fingerprint_of
from meetings.rules import findings_before_publishing
from records.rules import Refused
from tests.desk.minutes import PAGE
from tests.factories import PersonFactory, SeatFactory, user_of
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db


def test_an_action_goes_to_whoever_is_there_by_their_initials(desk):
    person = PersonFactory(name="Sade Agu")
    operations.record_attendance(desk.meeting, person, Attendance.Section.REPRESENTATIVES, role="Supplier Agent", initials="SA", by=desk.pmo)
    answer, block = desk.line("/action @sa by +5 wd: say what it costs")
    action = Action.objects.get()
    assert (action.owner, action.owner_person, action.due_on.isoformat()) == ("Supplier Agent (Sade Agu)", person, "2023-07-19")
    assert "New action 1" in answer.json()["blocks"].get(str(block.uid), {}).get("html", "New action 1")


def test_of_an_action_given_to_nobody_known_it_is_said_at_once_beneath_it(desk):
    operations.record_attendance(desk.meeting, PersonFactory(name="Sade Agu"), Attendance.Section.REPRESENTATIVES, role="Supplier Agent", initials="SA", by=desk.pmo)
    told = "“Cake Office” is nobody who came or sits in the group"
    answer, block = desk.line("/action @sa & Cake Office: bake it")
    action = Action.objects.get()
    assert action.owner == "Supplier Agent (Sade Agu) & Cake Office"
    html = answer.json()["blocks"][str(block.uid)]["html"]
    assert told in html
    assert f"/desk/actions/{action.pk}/change/" in html
    page = text_of(desk.visitor.opens(PAGE))
    assert told in page
    for owner in ("SA", "DAG Members", "Programme (PMO)", "pmo", "SA and Chair"):
        operations.change_action(Action.objects.get(), text="x", owner=owner, due_on=None, due_kind="asap", by=desk.pmo)
        assert "is nobody who came" not in text_of(desk.visitor.opens(PAGE)), owner
    desk.line("/action @Programme (Design Team): draw it", item=2)
    assert "“Programme (Design Team)” is nobody who came" in text_of(desk.visitor.opens(PAGE))


def test_from_an_action_there_is_a_way_back_to_where_it_is_minuted_and_its_form_marks_what_is_needed(desk):
    _, block = desk.line("/action @DAG Members: read it")
    action = Action.objects.get()
    back = f'href="{PAGE}#block-{block.uid}"'
    assert back in desk.visitor.opens(f"/desk/actions/{action.pk}/").content.decode()
    form = text_of(desk.visitor.opens(f"/desk/actions/{action.pk}/change/"))
    assert "What is to be done (optional)" not in form
    assert "Who (optional)" not in form
    assert "The date (optional)" in form
    assert back not in Visitor(desk.chair).opens(f"/desk/actions/{action.pk}/").content.decode()


def test_an_action_is_due_by_the_next_meeting_once_that_is_planned(desk):
    refused, _ = desk.line("/action @DAG Members by next meeting: read it")
    assert "No next meeting is planned" in str(refused.json())
    assert not Action.objects.exists()
    operations.schedule(desk.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=desk.pmo)
    answer, _ = desk.line("/action @DAG Members by the next DAG: read that", item=2)
    assert Action.objects.get().due_on == date(2023, 8, 9)
    assert "9 Aug 2023" in str(answer.json())


def test_a_line_sent_twice_makes_one_record(desk):
    _, block = desk.line("/action @DAG Members: read it")
    assert desk.send(line=str(block.uid)).status_code == 200
    assert Action.objects.count() == 1


def test_a_decision_is_drafted_tabled_and_stands_where_it_was_typed(desk):
    desk.line("/decision CR018: The SRO approved CR018 version 1.8", item=2)
    decision = Decision.objects.get()
    assert (decision.status, decision.title, decision.wording) == ("tabled", "CR018", "The SRO approved CR018 version 1.8")
    assert (decision.item, decision.paragraph.kind, decision.untabled_why) == (desk.items[1], "decision", "")


def test_in_a_working_group_it_is_the_groups_own_decision_and_its_chairs_to_confirm(desk):
    desk.group.level = 4
    desk.group.save_by(desk.pmo)
    desk.line("/announced CR025 v1.2 approved by consensus", item=2)
    made = Decision.objects.get()
    assert (made.maker, made.authority, made.wording) == ("group", "", "The DAG approved CR025 v1.2.")
    page = "/desk/meetings/DAG026/announced/"
    assert "1 decision is determined" in text_of(Visitor(desk.chair).does(page))
    made.refresh_from_db()
    assert (made.consensus, made.determined_as) == ("yes", "DAG Chair")


def test_of_a_decision_on_an_item_not_tabled_for_one_it_is_asked_why_until_it_is_determined(desk):
    item = operations.table_item(desk.meeting, "Any other business", purpose="discussion", by=desk.pmo)
    desk.items.append(item)
    desk.line("/decision Timetable: The SRO approved the timetable", item=item.number)
    made, visitor = Decision.objects.get(), Visitor(desk.pmo)
    page = f"/desk/decisions/{made.pk}/untabled/"
    assert made.untabled_why == "", "nobody said why: nothing is made up"
    assert page in visitor.opens("/desk/meetings/DAG026/minute/").content.decode()
    operations.hold(desk.meeting, by=desk.pmo)
    minutes = Minutes.objects.get()
    [asked] = [each for each in findings_before_publishing(minutes) if "was tabled for discussion" in each]
    assert (str(asked), asked.at) == (f"{made} (Timetable) is a decision, and item {item.number} was tabled for discussion: say why it was taken all the same.", page)
    assert visitor.does(page, {"why": " "}).status_code == 400
    assert "It is recorded why" in text_of(visitor.does(page, {"why": "Ofgem asked for it that morning."}))
    made.refresh_from_db()
    assert made.untabled_why == "Ofgem asked for it that morning."
    assert not [each for each in findings_before_publishing(minutes) if "was tabled for discussion" in each]


def test_why_it_was_taken_is_not_asked_of_what_was_tabled_for_decision_nor_of_what_is_determined(desk):
    desk.line("/decision Timetable: The SRO approved the timetable", item=2)
    made = Decision.objects.get()
    with pytest.raises(Refused, match="was tabled for decision"):
        decisions.say_why_untabled(made, "Because", by=desk.pmo)
    AgendaItem.objects.filter(pk=made.item_id).update(purpose="discussion")
    with pytest.raises(Refused, match="Only the Chair of DAG or the secretariat"):
        decisions.say_why_untabled(made, "Because", by=user_of(SeatFactory(group=desk.group)))
    Decision.objects.filter(pk=made.pk).update(status="withdrawn")
    with pytest.raises(Refused, match="is withdrawn: it says no more"):
        decisions.say_why_untabled(made, "Because", by=desk.pmo)


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
    [("/shout", "There is no /shout"), (f"/action @{'x' * 201}: y", "at most 200 characters"), (f"/decision {'x' * 301}: y", "at most 300 characters"),
     ("/action @a by" + " " * 9000 + "x", "There is no colon"), ("/decision CR018", "Write it so: /decision"), ("/action @SJ by the summer: x", "no day that can be read"), ("/heading", "Write it so"),
     ("/action @\u0421A: read it", "mixes letters that look alike (Cyrillic and Latin)"), ("/decision \u0421R018 approved", "mixes letters that look alike")],
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
    desk.send({"uid": str(block.uid), "text": "Members agreed to wait.", "base": fingerprint_of(Paragraph.objects.get(pk=block.pk))}, left=[str(block.uid)], visitor=Visitor(desk.other))
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


def test_a_vote_stands_where_it_was_asked_for(desk):
    desk.typed("Members went on to the next point.", item=2)
    answer, _ = desk.line("/vote", item=2)  # each is put before what stands there
    desk.typed("CR018 was introduced.", item=2)
    sent = desk.visitor.does(answer.json()["go"], {"title": "CR018", "decision_wording": "The SRO approved CR018", "wording": "Should CR018 be approved?", "subject": "CR018"})
    assert "The question is drafted" in text_of(sent)
    kinds = list(Paragraph.objects.filter(item=desk.items[1], dropped=False).order_by("order").values_list("kind", flat=True))
    assert kinds == ["text", "decision", "vote", "text"]


def test_the_rest_is_deferred_in_one_line_once_it_is_confirmed(desk):
    after = [operations.table_item(desk.meeting, title, by=desk.pmo) for title in ("CR024", "CR025")]
    desk.items += after
    coming = operations.schedule(desk.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=desk.pmo)
    desk.typed("Members were welcomed.")
    desk.typed("CR018 was discussed.", item=2)
    answer, _ = desk.line("/defer the rest", item=3)
    assert set(AgendaItem.objects.filter(pk__in=[each.pk for each in after]).values_list("status", flat=True)) == {"discussed", "tabled"}
    check = desk.visitor.opens(answer.json()["go"])
    for said in ("Item 3, CR024, is deferred; in its minute stands", "Item 4, CR025, is deferred.", "Each goes on the agenda of DAG027 on 9 Aug 2023, with its papers."):
        assert said in text_of(check)
    desk.visitor.sends(check)
    for each in after:
        each.refresh_from_db()
    assert [each.status for each in after] == ["deferred", "deferred"]
    assert after[1].paragraphs.get().text == "The item was not reached, for want of time, and was deferred to the next meeting."
    assert after[1].deferred_to.meeting == coming


def test_the_rest_is_deferred_by_a_button_that_says_first_what_follows(desk):
    desk.typed("Members were welcomed.")
    check = desk.visitor.opens(f"/desk/do/meetings.defer_rest/{desk.meeting.pk}/")
    assert "Item 2, CR018, is deferred." in text_of(check)
    assert "No later meeting is planned" in text_of(check)
    assert "What DAG meeting 26 did not reach is deferred." in text_of(desk.visitor.sends(check)).replace("DAG026", "DAG meeting 26")
    assert AgendaItem.objects.get(number=2).status == "deferred"
    assert desk.visitor.opens(f"/desk/do/meetings.defer_rest/{desk.meeting.pk}/").status_code == 409


def test_where_the_day_of_the_next_meeting_was_announced_it_is_planned_with_what_is_deferred(desk):
    operations.announce_next(operations.hold(desk.meeting, by=desk.pmo), date(2023, 12, 13), by=desk.pmo)
    desk.typed("Members were welcomed.")
    check = desk.visitor.opens(f"/desk/do/meetings.defer_rest/{desk.meeting.pk}/")
    assert "on 13 Dec 2023, as was announced" in text_of(check)
    desk.visitor.sends(check)
    made = Meeting.objects.get(number="27")
    assert made.starts_at == datetime(2023, 12, 13, desk.meeting.starts_local.hour, tzinfo=UTC), "at the same hour of London, in winter"
    assert [each.title for each in made.items.on_the_agenda()] == ["CR018"]


def test_a_line_that_was_not_carried_out_says_why_beside_it_until_it_is_mended(desk):
    for text, said in (
        ("/actoin @SJ: amend CR024", "There is no /actoin."), ("/action amend CR024", "There is no colon before what is to be done."), ("/heading", "Write it so: /heading CR024: redline."),
        ("/defer", "This line was not carried out."),
    ):  # fmt: skip
        block = desk.typed(text)
        assert said in text_of(desk.visitor.opens(PAGE))
        operations.change_minute(desk.meeting, [Change(uid=block.uid, base=fingerprint_of(block), text="CR024 was amended.")], by=desk.pmo)
        assert said not in text_of(desk.visitor.opens(PAGE))


def test_a_notepad_written_in_two_windows_keeps_both(desk):
    at, scripts = f"{PAGE}notepad/", {"Accept": "application/json"}
    first = desk.visitor.client.post(at, {"text": "Ask RG.", "reads": ""}, headers=scripts).json()
    clash = desk.visitor.client.post(at, {"text": "Ring MHHS.", "reads": ""}, headers=scripts)
    assert (clash.status_code, clash.json()) == (409, {"theirs": "Ask RG.", "reads": first["reads"]})
    page = desk.visitor.client.post(at, {"text": "Ring MHHS.", "reads": ""}, follow=True)
    assert "Both are kept" in text_of(page)
    assert Notepad.objects.get().text == "Ask RG.\n\nRing MHHS."


def test_holding_a_meeting_asks_first_and_says_what_is_left(desk, clock):
    operations.table_item(desk.meeting, "CR024", by=desk.pmo)
    page = text_of(desk.visitor.opens(f"/desk/do/meetings.hold/{desk.meeting.pk}/"))
    assert "and nobody deferred" in page
    assert "Its headline report is due by 14 Jul 2023, its minutes and decisions by 26 Jul 2023." in page


def test_from_a_vote_that_was_typed_there_is_a_way_back_to_its_item_on_every_page_to_the_roll_call(desk):
    answer, _ = desk.line("/vote CR018 v1.8: Should CR018 be approved?", item=2)
    back, visitor = 'href="/desk/meetings/DAG026/minute/#item-2"', Visitor(desk.pmo)
    form = answer.json()["go"]
    assert back in visitor.opens(form).content.decode()
    visitor.does(form, {"decision_wording": "The SRO approved CR018"})
    question = Question.objects.get()
    for page in ("", "open/", "roll-call/"):
        if page == "roll-call/":
            visitor.does(f"/desk/questions/{question.pk}/open/")
        assert back in visitor.opens(f"/desk/questions/{question.pk}/{page}").content.decode(), page
    member = Visitor(user_of(SeatFactory(group=desk.group))).opens(f"/desk/questions/{question.pk}/").content.decode()
    assert back not in member
    assert 'href="/desk/meetings/DAG026/"' in member


class TestWhatIsSaidOfAnActionOfAnEarlierMeeting:
    @pytest.fixture
    def action(self, desk) -> Action:
        desk.clock("2023-06-14 10:00")
        earlier = operations.schedule(desk.group, "25", starts_at=datetime(2023, 6, 14, 9, tzinfo=UTC), by=desk.pmo)
        desk.clock("2023-06-14 14:00")
        operations.hold(earlier, by=desk.pmo)
        raised = operations.raise_action(earlier, "Publish the costs", owner="Programme (PMO)", due_kind="asap", by=desk.pmo)
        desk.clock("2023-07-12 10:00")
        return raised

    def test_it_is_done_by_a_line_whose_words_stand_in_the_minute_and_on_the_log(self, desk, action):
        _, block = desk.line("/done dag25-01: published as DES-196 v1.1")
        action.refresh_from_db()
        block.refresh_from_db()
        assert (action.status, action.closed_on, block.kind, block.text) == ("done", date(2023, 7, 12), "text", "DAG25-01 is done: published as DES-196 v1.1")
        assert action.history.filter(history_change_reason="published as DES-196 v1.1").exists()
        review = action.reviews.get()
        assert (review.meeting, review.status, review.note) == (desk.meeting, "done", "published as DES-196 v1.1")

    def test_the_minutes_say_that_it_is_done_and_days_in_words(self, desk, action):
        other = operations.raise_action(action.meeting, "Ask the auditors", owner="Programme (PMO)", due_on=date(2023, 12, 4), due_kind="date", by=desk.pmo)
        desk.line("/done DAG25-01: published as DES-196 v1.1")
        desk.line(f"/note {other.reference}: it is with the auditors.")
        told = {each["reference"]: each for each in _carried_actions(desk.meeting)}
        assert (told["DAG25-01"]["state"], told["DAG25-01"]["note"]) == ("Done", "published as DES-196 v1.1")
        assert ("state" in told[other.reference], told[other.reference]["due"]) == (False, "4 Dec 2023")
        page = render_to_string("register/_actions_table.html", {"actions": list(told.values()), "caption": "Carried over", "id": "carried", "links": {}})
        assert " ".join(strip_tags(page).split()).count("At this meeting:") == 2
        assert ">Done<" in page

    def test_without_a_word_it_is_done_all_the_same_and_sent_twice_once(self, desk, action):
        _, block = desk.line("/done DAG25-01")
        desk.send(line=str(block.uid))
        block.refresh_from_db()
        assert block.text == "DAG25-01 is done."
        assert action.reviews.count() == 1

    def test_what_was_said_of_it_is_noted_and_it_stays_open(self, desk, action):
        _, block = desk.line("/note DAG25-01: it is with the auditors.")
        action.refresh_from_db()
        block.refresh_from_db()
        assert (action.status, action.reviews.get().note, block.text) == ("open", "it is with the auditors.", "DAG25-01: it is with the auditors.")

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("/done DAG99-01: gone", "DAG99-01 is on no action log of DAG"), ("/note DAG25-01", "Write it so: /note DAG26-01: it is with the auditors."),
            ("/done", "Write it so: /done DAG26-01: published as DES-196 v1.1."), ("/done the costs: they are out", "Write it so: /done"),
        ],
    )  # fmt: skip
    def test_a_line_about_no_action_is_refused_and_stays_as_it_was_typed(self, desk, action, line, reason):
        answer, block = desk.line(line)
        assert reason in " ".join(answer.json()["refused"])
        block.refresh_from_db()
        assert block.reads == line
        action.refresh_from_db()
        assert action.status == "open"

    def test_nor_is_one_closed_twice_or_one_of_the_meeting_itself(self, desk, action):
        desk.line("/done DAG25-01")
        answer, _ = desk.line("/done DAG25-01: again")
        assert "DAG25-01 is done." in " ".join(answer.json()["refused"])
        desk.line("/action @DAG Members: read it")
        answer, _ = desk.line(f"/done {Action.objects.latest('pk')}")
        assert "or was raised at no earlier meeting than this." in " ".join(answer.json()["refused"])

    def test_open_actions_stand_beside_the_item_that_goes_through_them(self, desk, action):
        item = operations.table_item(desk.meeting, "Minutes and actions", purpose="information", presenter="Sade Agu", minutes_allowed=10, by=desk.pmo)
        operations.add_paper(item, "Action log of June", owed_by="Sade Agu", by=desk.pmo)
        page = Visitor(desk.pmo).opens("/desk/meetings/DAG026/minute/")
        section = page.content.decode().split(f'id="item-{item.number}"')[1]
        assert "1 open action of earlier meetings" in section
        assert f'href="/desk/actions/{action.pk}/"' in section
        told = text_of(page)
        assert "For information; Sade Agu; 10:00, 10 minutes" in told
        assert "Papers : Action log of June" in told
        assert '{"reference": "DAG25-01"' in page.content.decode()
        assert '{"reference": "DAG026", "title": "12 Jul 2023"}' in page.content.decode()
