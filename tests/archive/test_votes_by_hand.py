"""What was misread of votes is mended by hand, beside the rolls as they are printed; one that was missed is put down, and one that was made up taken out."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from archive.operations import add_missed_vote, correct_vote_by_hand
from archive.voted import Row, Voted, as_read
from decisions.models import Decision, Question
from groups.models import Group
from ledger.heads import published_heads
from ledger.models import Entry
from ledger.verifying import faults
from meetings.models import Meeting, MinutesEdition
from notifications.sweeping import run_and_remember
from records.rules import Refused
from tests.archive.mending import corrects, read_in
from tests.archive.test_corrections import FIRST
from tests.conftest import set_clock
from tests.factories import QuestionFactory, chair_of, issue_all, secretary_of
from tests.pages import forms_on, text_of
from tests.register.proving import page, run_script, written

pytestmark = pytest.mark.django_db

MISSED = "/desk/meetings/XYZ007/votes/missed/"


def the_vote() -> Question:
    return Question.objects.get(status="closed")


def row_of(constituency: str):
    return the_vote().roll.get(constituency=constituency)


def address_of(question: Question) -> str:
    return f"/desk/questions/{question.pk}/correct/"


def nothing_is_amiss() -> None:
    assert list(faults()) == []
    call_command("verify_ledger")
    issue_all("group", "seat")
    call_command("verify_register")


def test_a_vote_that_was_missed_is_put_down_as_the_paper_prints_it_and_its_decision_shows_it(secretary, client):
    shown = text_of(secretary.opens(MISSED))
    assert "What the paper prints" in shown
    assert "Constituency | Approve | Reject North Representative | Approve: ✓ South Representative | Approve: ✓" in shown, "with the column that each mark stands in"
    item, decision = Meeting.objects.get().items.first(), Decision.objects.get(number=13)
    typed = {
        "item": str(item.pk), "subject": "CR902", "version": "1.0", "wording": "Should CR902 be approved?", "decision": str(decision.pk), "said-seat-1": "reject", "comment-seat-1": "It is late.",
        "said-seat-2": "absent", "comment-seat-2": "Not in attendance", "constituency-missed": "East Representative", "said-missed": "approve", "why": "It stands over the page.",
    }  # fmt: skip
    corrects(secretary, MISSED, typed)
    said = (
        "The vote on CR902 v1.0 was missed: North Representative “Reject” (“It is late.”); South Representative “Not in attendance” (“Not in attendance”); "
        "East Representative “Approve”. It advises on XYZ-DEC13. It stands over the page."
    )
    vote = Question.objects.get(subject="CR902")
    assert (vote.origin, vote.recount(), vote.decision, vote.item) == ("imported", {"absent": 1, "approve": 1, "reject": 1}, decision, item)
    edition = MinutesEdition.objects.latest("n")
    assert (edition.kind, edition.note) == ("correction", f"Corrected by hand. Votes: {said}")
    kinds = [(each["kind"], each.get("decision", {}).get("reference")) for each in edition.body["items"][0]["paragraphs"]]
    assert kinds.index(("decision", "XYZ-DEC13")) == kinds.index(("vote", None), 2) + 1, "it stands before the decision it advises on"
    assert decision.editions.latest("n").why == f"Corrected by hand: {said}"
    shown = text_of(client.get("/decisions/XYZ-DEC13/"))
    assert "East Representative" in shown
    assert "It is late." in shown
    assert "It stands over the page." in text_of(client.get("/decisions/XYZ-DEC13/changes/"))
    assert [entry.kind for entry in Entry.objects.about(Meeting.objects.get().imported_files.get())] == ["imported", "corrected by hand"]
    assert "A vote on CR902 is recorded there already" in text_of(secretary.does(MISSED, typed))
    nothing_is_amiss()


def test_a_missed_vote_is_put_down_for_the_seats_that_were_looked_at_or_not_at_all(secretary):
    vote, item = the_vote(), Meeting.objects.get().items.first()
    check = secretary.does(MISSED, {"item": str(item.pk), "subject": "CR902", "said-seat-1": "reject", "said-seat-2": "approve", "comment-seat-1": "It is late.", "why": "Over the page."})
    assert "North Representative “Reject” (“It is late.”); South Representative “Approve”" in text_of(check)
    corrects(secretary, address_of(vote), {f"said-{row_of('North Representative').pk}": "not_in_it", "constituency-missed": "East Representative", "said-missed": "approve", "why": "A heading."})
    refused = secretary.sends(check, {"step": "record"})
    assert refused.status_code == 409
    assert not Question.objects.filter(subject="CR902").exists()
    assert "“North Representative” is not asked for any more, since what is known of seats and votes was changed meanwhile." in text_of(refused)
    said = {name: value for name, value in forms_on(refused)[0]["data"] if "seat-" in name}
    assert {name: value for name, value in said.items() if value} == {
        "constituency-seat-1": "North Representative", "said-seat-1": "reject", "comment-seat-1": "It is late.",
        "constituency-seat-2": "South Representative", "said-seat-2": "approve", "constituency-seat-3": "East Representative",
    }, "what was typed is kept, and who is asked for now comes after it"  # fmt: skip
    moved = {"said-seat-1": "", "comment-seat-1": "", "constituency-missed": "North Representative", "said-missed": "reject", "comment-missed": "It is late."}
    check = secretary.sends(refused, moved)
    assert "The vote on CR902 was missed: South Representative “Approve”; North Representative “Reject” (“It is late.”)." in text_of(check)
    secretary.sends(check, {"step": "record"})
    rows = Question.objects.get(subject="CR902").roll.order_by("order")
    assert [(row.constituency, row.result) for row in rows] == [("South Representative", "approve"), ("North Representative", "reject")]
    nothing_is_amiss()


def test_a_missed_vote_is_put_down_for_the_seat_that_was_looked_at_though_it_has_another_place_by_now(secretary):
    item = Meeting.objects.get().items.first()
    check = secretary.does(MISSED, {"item": str(item.pk), "subject": "CR902", "said-seat-2": "reject", "why": "Over the page."})
    corrects(secretary, address_of(the_vote()), {f"said-{row_of('North Representative').pk}": "not_in_it", "why": "A heading."})
    secretary.sends(check, {"step": "record"})
    assert [(row.constituency, row.result) for row in Question.objects.get(subject="CR902").roll.all()] == [("South Representative", "reject")]


def test_the_subject_and_the_version_of_a_vote_are_told_each_though_together_they_read_the_same(secretary):
    typed = {"subject": "CR901 v1.0", "version": "", "wording": "Should CR901 be approved?", "why": "So it is printed."}
    assert the_vote().on == "CR901 v1.0"
    corrects(secretary, address_of(the_vote()), typed)
    note = MinutesEdition.objects.latest("n").note
    assert "The vote on CR901 v1.0: what was voted on was “CR901”, and is “CR901 v1.0”." in note
    assert "The vote on CR901 v1.0: its version was “1.0”, and is “-”." in note


@pytest.mark.parametrize("subject", ["cr901", "CR 901", "CR0901"])
def test_the_same_vote_is_not_there_twice_however_its_subject_is_spelt(first, subject):
    by, item = secretary_of(Group.objects.get(code="XYZ")), Meeting.objects.get().items.get(questions=the_vote())
    told = Voted(subject, rows={"missed": Row("North Representative", "approve")})
    with pytest.raises(Refused, match="A vote on CR901 is recorded there already"):
        add_missed_vote(Meeting.objects.get(), told, item=item, why="Missed.", by=by)
    other = add_missed_vote(Meeting.objects.get(), replace(told, subject="CR902"), item=item, why="Missed.", by=by)
    with pytest.raises(Refused, match="A vote on CR901 is recorded there already"):
        correct_vote_by_hand(other, replace(as_read(other), subject=subject), why="Misread.", by=by)
    vote = Question.objects.get(subject="CR901")
    assert correct_vote_by_hand(vote, replace(as_read(vote), subject=subject), why="So it is printed.", by=by).subject == subject, "its own is no other"


def test_a_correction_that_passes_over_a_row_of_the_vote_is_refused(first):
    then, south = as_read(the_vote()), str(row_of("South Representative").pk)
    with pytest.raises(Refused, match="Nothing is said of 1 of the rows of the vote") as refused:
        correct_vote_by_hand(the_vote(), replace(then, rows={south: Row("South Representative", "reject")}), why="Misread.", by=secretary_of(Group.objects.get(code="XYZ")))
    assert [reason.code for reason in refused.value.reasons] == ["state"]
    assert the_vote().recount() == {"approve": 2}


def test_a_seat_whose_choice_or_words_were_misread_is_mended_and_the_vote_stays_the_same(secretary, client):
    vote, south = the_vote(), row_of("South Representative")
    typed = {f"said-{south.pk}": "reject", f"comment-{south.pk}": "Too late.", "why": "The marks were swapped."}
    corrects(secretary, address_of(vote), typed)
    said = "The vote on CR901 v1.0: South Representative was “Approve”, and is “Reject”. The vote on CR901 v1.0: South Representative said “-”, and says “Too late.”. The marks were swapped."
    assert the_vote() == vote
    assert vote.recount() == {"approve": 1, "reject": 1}
    assert [cast.choice for cast in south.casts.order_by("n")] == ["approve", "reject"], "what was read stays beneath what counts"
    assert MinutesEdition.objects.latest("n").note == f"Corrected by hand. Votes: {said}"
    assert vote.decision.editions.latest("n").why == f"Corrected by hand: {said}"
    assert "Too late." in text_of(client.get("/decisions/XYZ-DEC12/"))
    nothing_is_amiss()


def test_a_seat_that_was_missed_comes_to_the_roll(secretary):
    vote = the_vote()
    corrects(secretary, address_of(vote), {"constituency-missed": "East Representative", "said-missed": "abstain", "comment-missed": "No view.", "why": "The row was cut off."})
    assert the_vote() == vote
    assert [(row.constituency, row.result) for row in vote.roll.order_by("order")] == [("North Representative", "approve"), ("South Representative", "approve"), ("East Representative", "abstain")]
    assert "East Representative was missed: “Abstain” (“No view.”)." in MinutesEdition.objects.latest("n").note
    nothing_is_amiss()


@pytest.mark.many(1)
@pytest.mark.parametrize(("said", "left"), [("not_in_it", {"approve": 1}), ("absent", {"absent": 1, "approve": 1}), ("unreadable", {"approve": 1, "unreadable": 1})])
def test_a_seat_that_did_not_vote_after_all_has_the_whole_vote_put_down_anew_in_its_place(secretary, client, said, left):
    vote, place = the_vote(), the_vote().paragraph
    corrects(secretary, address_of(vote), {f"said-{row_of('South Representative').pk}": said, "why": "It is a heading."})
    vote.refresh_from_db()
    now = the_vote()
    assert (vote.status, vote.decision, vote.paragraph) == ("withdrawn", None, None)
    assert vote.withdrawn_why.startswith("Corrected by hand: The vote on CR901 v1.0: South Representative was “Approve”, and is ")
    assert (now.recount(), now.paragraph, now.decision, now.wording) == (left, place, Decision.objects.get(number=12), vote.wording)
    assert len(Decision.objects.get(number=12).editions.latest("n").body["votes"]) == 1
    assert "It was taken out" in text_of(secretary.opens(address_of(vote)))
    nothing_is_amiss()


def test_what_was_asked_and_on_which_decision_it_advises_are_mended(secretary, client):
    vote = the_vote()
    typed = {"subject": "CR903", "version": "2.0", "wording": "Should CR903 be approved?", "decision": str(Decision.objects.get(number=14).pk), "why": "The heading was of another."}
    corrects(secretary, address_of(vote), typed)
    note = MinutesEdition.objects.latest("n").note
    assert "The vote on CR901 v1.0: what was voted on was “CR901”, and is “CR903”. The vote on CR901 v1.0: its version was “1.0”, and is “2.0”." in note
    assert "The vote on CR901 v1.0: it advised on XYZ-DEC12, and advises on XYZ-DEC14." in note
    assert [len(Decision.objects.get(number=n).editions.latest("n").body["votes"]) for n in (12, 14)] == [0, 1]
    assert "Should CR903 be approved?" in text_of(client.get("/decisions/XYZ-DEC14/"))
    nothing_is_amiss()


def test_a_vote_that_hangs_on_no_decision_is_put_to_its_own(secretary):
    vote = the_vote()
    corrects(secretary, address_of(vote), {"decision": "", "why": "It is of another."})
    assert "on no decision" in text_of(secretary.opens("/desk/meetings/XYZ007/"))
    corrects(secretary, address_of(vote), {"decision": str(Decision.objects.get(number=12).pk), "why": "It is of this one."})
    assert "it advised on no decision, and advises on XYZ-DEC12. It is of this one." in Decision.objects.get(number=12).editions.latest("n").why
    nothing_is_amiss()


def test_a_vote_that_the_reader_made_up_is_taken_out_and_the_papers_table_stays_in_the_minutes(secretary, client):
    vote = the_vote()
    corrects(secretary, address_of(vote), {"is_in_it": "no", "why": "It is a table of costs."})
    vote.refresh_from_db()
    assert (vote.status, vote.decision) == ("withdrawn", None)
    said = "The vote on CR901 v1.0 is not in the paper, and is taken out. It is a table of costs."
    assert MinutesEdition.objects.latest("n").note == f"Corrected by hand. Votes: {said}"
    decision = Decision.objects.get(number=12)
    assert (decision.editions.latest("n").why, decision.editions.latest("n").body["votes"]) == (f"Corrected by hand: {said}", [])
    assert "In numbers: Approve 2" not in text_of(client.get("/meetings/XYZ007/"))
    assert "South Representative" in text_of(client.get("/meetings/XYZ007/"))
    nothing_is_amiss()


def test_what_was_said_with_a_vote_that_was_made_up_stays_in_the_minutes(secretary, client):
    apart = "South Representative\t✓\t\n\nConstituency\tComment\nNorth Representative\tIt comes late for us\n"
    read_in(FIRST.replace("South Representative\t✓\t\n", apart), "second.md", confirmed=True)
    assert the_vote().roll.get(constituency="North Representative").counted.comment == "It comes late for us"
    corrects(secretary, address_of(the_vote()), {"is_in_it": "no", "why": "It is a table of costs."})
    assert "North Representative: It comes late for us" in text_of(client.get("/meetings/XYZ007/"))
    nothing_is_amiss()


@pytest.mark.many(1)
@pytest.mark.parametrize("said", ["reject", "not_in_it"])
def test_what_was_corrected_by_hand_can_be_checked_by_anybody_as_what_was_read_in_can(secretary, client, tmp_path, said):
    corrects(secretary, address_of(the_vote()), {f"said-{row_of('South Representative').pk}": said, "why": "Misread."})
    corrects(secretary, f"/desk/decisions/{Decision.objects.get(number=13).pk}/correct/", {"outcome_1": "rejected", "why": "Misread."})
    set_clock("2023-07-12 17:05")
    run_and_remember()
    for reference in ("XYZ-DEC12", "XYZ-DEC13"):
        checked = page(client, reference)
        assert "Nothing has been altered." in checked
        assert "What was read in, corrected by hand" in checked
        file = client.get(f"/decisions/{reference}/verify.json").json()
        assert run_script(written(tmp_path, file), str(published_heads(1)[0].head))[0] == 0
    file["decision"]["record"]["wording"] += "."
    assert run_script(written(tmp_path, file)) == (1, "What is told of the decision is not what was sealed.\n")


def test_a_vote_that_was_mended_on_its_decisions_page_since_is_not_overwritten(secretary):
    vote, south = the_vote(), row_of("South Representative")
    mine = secretary.opens(address_of(vote))
    corrects(secretary, f"/desk/decisions/{vote.decision_id}/correct/", {f"vote_{south.pk}": "abstain", "why": "So it is printed."})
    refused = secretary.sends(mine, {f"said-{south.pk}": "reject", "why": "So I read it."})
    assert refused.status_code == 409
    assert "There now: Abstain" in text_of(refused)


def test_a_correction_of_a_vote_pressed_twice_is_one(secretary):
    check = secretary.does(address_of(the_vote()), {f"said-{row_of('South Representative').pk}": "absent", "why": "It says so."})
    for _ in range(2):
        secretary.sends(check, {"step": "record"})
    assert (MinutesEdition.objects.count(), Question.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({}, "Nothing is changed"), ({"subject": " "}, "Say what was voted on"), ({"subject": "СR901"}, "looks like|mixes letters"), ({"version": "one"}, "Give the version in figures"), ({"decision": 0}, "Choose a decision that was read in"),
        ({"rows": {}}, "at least one seat"), ({"rows": {"missed": Row("North", "maybe")}}, "Say how the seat voted"), ({"rows": {"missed": Row("", "approve")}}, "Give the seat as the paper prints it"),
        ({"rows": {"missed": Row("North Representative", "approve"), "missed-2": Row("North Representative", "reject")}}, "has a row already"), ({"rows": {"0": Row("North", "approve")}}, "not there any more"),
        ({"rows": {"missed": Row("North", "absent", "x" * 201)}}, "Keep it to 200 characters"),
    ],
)  # fmt: skip
def test_what_no_vote_could_say_is_refused(first, wrong, reason):
    with pytest.raises(Refused, match=reason):
        correct_vote_by_hand(the_vote(), replace(as_read(the_vote()), **wrong), why="Misread.", by=secretary_of(Group.objects.get(code="XYZ")))


def test_a_missed_vote_stands_under_an_item_of_its_meeting_and_is_on_something_else(first):
    by, item = secretary_of(Group.objects.get(code="XYZ")), Meeting.objects.get().items.first()
    told = Voted("CR902", rows={"missed": Row("North Representative", "approve")})
    for wrong, where, reason in ((told, None, "Choose the item"), (replace(told, subject="CR901"), item, "recorded there already"), (replace(told, rows={}), item, "at least one seat")):
        with pytest.raises(Refused, match=reason):
            add_missed_vote(Meeting.objects.get(), wrong, item=where, why="Missed.", by=by)
    with pytest.raises(Refused, match="Say what was misread"):
        add_missed_vote(Meeting.objects.get(), told, item=item, why=" ", by=by)
    assert not Question.objects.filter(subject="CR902").exists()


def test_only_the_secretariat_mends_a_vote_and_only_one_that_was_read_in(first):
    group, item = Group.objects.get(code="XYZ"), Meeting.objects.get().items.first()
    with pytest.raises(Refused, match="Only the secretariat of XYZ"):
        correct_vote_by_hand(the_vote(), replace(as_read(the_vote()), made_up=True), why="Misread.", by=chair_of(group))
    with pytest.raises(Refused, match="Only the secretariat of XYZ"):
        add_missed_vote(Meeting.objects.get(), Voted("CR902", rows={"missed": Row("North", "approve")}), item=item, why="Missed.", by=chair_of(group))
    kept = QuestionFactory(group=group, item=item)
    with pytest.raises(Refused, match="nothing of it was read in from papers"):
        correct_vote_by_hand(kept, Voted(made_up=True), why="Misread.", by=secretary_of(group))


# --- a newer paper


def refused_to_read(text: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        read_in(text, "second.md")
    return refused.value.reasons[1:]


def test_a_newer_paper_does_not_undo_unseen_what_was_mended_of_a_vote(first):
    south, by = row_of("South Representative"), secretary_of(Group.objects.get(code="XYZ"))
    then = as_read(the_vote())
    correct_vote_by_hand(the_vote(), replace(then, rows=then.rows | {str(south.pk): Row("South Representative", "reject")}), why="Misread.", by=by)
    assert refused_to_read(FIRST + "\n") == [
        "The vote on CR901 v1.0: South Representative was “reject”, and is “approve”.",
        "The vote on CR901 v1.0 was corrected by hand before. What differs here takes the place of that.",
    ]
    read_in(FIRST + "\n", "second.md", confirmed=True)
    assert the_vote().recount() == {"approve": 2}
    assert list(faults()) == []


def test_a_newer_paper_that_misses_the_same_vote_asks_before_it_is_gone(first):
    by, item = secretary_of(Group.objects.get(code="XYZ")), Meeting.objects.get().items.first()
    add_missed_vote(Meeting.objects.get(), Voted("CR902", rows={"missed": Row("North Representative", "approve")}), item=item, why="Missed.", by=by)
    assert refused_to_read(FIRST + "\n") == [
        "The vote on CR902 is not in it any more.", "The vote on CR902 was corrected by hand before. What differs here takes the place of that.",
    ]  # fmt: skip
    read_in(FIRST + "\n", "second.md", confirmed=True)
    assert Question.objects.get(subject="CR902").status == "withdrawn"
    assert list(faults()) == []


def test_a_newer_paper_that_has_what_was_taken_out_by_hand_asks_before_it_comes_back(first):
    correct_vote_by_hand(the_vote(), replace(as_read(the_vote()), made_up=True), why="A table of costs.", by=secretary_of(Group.objects.get(code="XYZ")))
    assert refused_to_read(FIRST + "\n") == ["The vote on CR901 v1.0 was taken out by hand, and is in it again."]
    read_in(FIRST + "\n", "second.md", confirmed=True)
    assert the_vote().recount() == {"approve": 2}
    assert MinutesEdition.objects.latest("n").kind == "correction"
    assert list(faults()) == []


def test_where_a_newer_paper_has_another_roll_the_vote_advises_on_what_somebody_said_it_does(first):
    vote, decision = the_vote(), Decision.objects.get(number=14)
    correct_vote_by_hand(vote, replace(as_read(vote), decision=decision.pk), why="It is of that one.", by=secretary_of(decision.group))
    read_in(FIRST + "\n", "second.md")
    assert the_vote().decision == decision, "the paper does not say"
    read_in(FIRST.replace("South Representative\t✓\t\n", ""), "third.md", confirmed=True)
    assert (the_vote().recount(), the_vote().decision) == ({"approve": 1}, decision)
    assert list(faults()) == []


def test_a_vote_that_advises_on_no_decision_by_hand_advises_on_none_after_a_newer_paper_with_another_roll(first):
    vote = the_vote()
    correct_vote_by_hand(vote, replace(as_read(vote), decision=None), why="It is of another.", by=secretary_of(vote.group))
    read_in(FIRST.replace("South Representative\t✓\t\n", ""), "second.md", confirmed=True)
    assert (the_vote().recount(), the_vote().decision) == ({"approve": 1}, None)
    assert list(faults()) == []
