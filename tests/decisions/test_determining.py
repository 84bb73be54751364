"""The Chair determines: a draft that nobody overwrites, a check that shows what will happen, and what is kept."""

from datetime import UTC, datetime

import pytest

from decisions import operations
from decisions.models import Decision, DeterminationDraft, Outcome, Reply
from decisions.preview import preview
from decisions.subjects import Subject, Terms
from groups.models import AssuranceReading, Counter
from ledger.models import Entry
from notifications.models import Notice
from records.rules import Refused
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
APPROVED = [Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]
REASON = "Without it the baseline stands for everybody."


@pytest.fixture
def decision(house):
    """Two advised approving, one rejecting."""
    return house.closed("approve", "approve", "reject")


def page_of(decision) -> str:
    return f"/desk/decisions/{decision.pk}/determine/"


def test_the_form_has_question_roll_comments_and_who_could_not_vote_on_one_page(house, clock):
    question = house.ask(if_not_approved="The baseline stands.")
    house.vote(question, "approve")
    clock("2023-07-19 17:00")
    operations.close_when_due(question)
    with pytest.raises(Refused):
        operations.cast_vote(house.row(question, 1), "reject", comment="Late", by=house.holders[1])
    operations.record_advice(Decision.objects.get(), "ofgem", "Ofgem has no objection.", by=house.chair)
    page = text_of(Visitor(house.chair).opens(page_of(Decision.objects.get())))
    for words in ("Should CR018 be approved?", "As consulted", "Tried and could not vote", "Ofgem has no objection."):
        assert words in page
    assert "Late" not in page  # how they would have voted is not kept


def test_a_draft_is_kept_however_unsound_and_shown_to_whoever_goes_on(house, decision):
    pmo, chair = Visitor(house.secretary), Visitor(house.chair)
    page = pmo.does(page_of(decision), {"reasons": [REASON, ""], "on": "not a date", "subject-0-outcome": "", "step": "save"})
    assert "The draft is saved" in text_of(page)
    form = chair.opens(page_of(decision)).content.decode()
    assert REASON in form
    assert 'value="not a date"' in form


def test_a_draft_keeps_what_its_form_asks_and_nothing_else_that_is_sent(house, decision):
    page = Visitor(house.secretary).does(page_of(decision), {"reasons": [REASON], "step": "save", "\0": "1", "x" * 900: "1"})
    assert "The draft is saved" in text_of(page)
    kept = set(DeterminationDraft.objects.get().body)
    assert {"reasons", "wording", "subject-0-ref"} <= kept
    assert not kept & {"revision", "step", "form_key", "\0", "x" * 900}


def test_of_two_who_prepare_the_second_to_save_is_told_and_keeps_what_was_typed(house, decision):
    pmo, chair = Visitor(house.secretary), Visitor(house.chair)
    first, second = pmo.opens(page_of(decision)), chair.opens(page_of(decision))
    pmo.sends(first, {"reasons": ["The secretary's reason", ""], "step": "save"})
    answer = chair.sends(second, {"reasons": ["The Chair's own reason", ""], "step": "save"})
    assert answer.status_code == 409
    assert f"{house.secretary} saved this draft since you opened it" in text_of(answer)
    assert "The Chair&#x27;s own reason" in answer.content.decode()
    assert DeterminationDraft.objects.get().body["reasons"][0] == "The secretary's reason"


def test_a_revision_of_a_draft_that_nobody_kept_is_refused_and_what_was_typed_is_still_there(house, decision):
    answer = Visitor(house.chair).does(page_of(decision), {"reasons": [REASON], "step": "save", "revision": "9"})
    assert answer.status_code == 409
    assert "There is no such draft" in text_of(answer)
    assert REASON in answer.content.decode()
    assert not DeterminationDraft.objects.exists()


def test_the_preview_shows_the_very_mail_and_changes_nothing(house, decision):
    before = (Entry.objects.count(), Notice.objects.count(), list(Counter.objects.values_list("owner", "last")))
    shown = preview(decision, Terms(APPROVED, reasons=[REASON]), by=house.chair)
    assert (Entry.objects.count(), Notice.objects.count(), list(Counter.objects.values_list("owner", "last"))) == before
    assert Decision.objects.get().status == "tabled"
    determined = operations.determine(decision, Terms(APPROVED, reasons=[REASON]), by=house.chair)
    sent = Notice.objects.filter(key=f"{determined}-determined").order_by("pk")
    assert [(m.address, m.subject, m.body) for m in shown["mails"]] == [(m.address, m.subject, m.body) for m in sent]
    assert shown["after"].reference == determined.reference


def test_the_chair_is_asked_again_who_they_are_before_the_check_and_loses_nothing(house, decision):
    chair = Visitor(house.chair, lately=False)
    asked = chair.does(page_of(decision), {"subject-0-outcome": "approved", "reasons": [REASON], "step": "check"})
    assert "Confirm it is you" in text_of(asked)
    check = chair.sends(asked, {"password": "correct horse battery"})
    assert "Check before deciding" in text_of(check)
    chair.sends(check)
    assert Decision.objects.get().status == "determined"


def test_the_second_chair_is_told_who_decided_when_and_what(house, decision, clock):
    clock("2023-07-20 12:03:11")
    chair = Visitor(house.chair)
    check = chair.does(page_of(decision), {"subject-0-outcome": "approved", "step": "check"})
    operations.determine(decision, Terms([Subject("change_request", "CR018", Outcome.DEFERRED)]), by=house.chair)
    answer = text_of(chair.sends(check))
    assert f"{house.chair} decided at 12:03:11 on 20 Jul 2023. CR018: deferred" in answer
    assert "another decision that revises it" in answer


def test_the_draft_is_read_by_assurance_once_it_is_shared_and_each_reading_is_written_down(house, decision):
    reader, pmo = Visitor(house.reader), Visitor(house.secretary)
    pmo.does(page_of(decision), {"reasons": [REASON, ""], "subject-0-outcome": "approved", "step": "save"})
    address = f"/desk/decisions/{decision.pk}/draft/"
    assert reader.client.get(address).status_code == 404
    pmo.client.post(f"/desk/do/decisions.share_draft/{decision.pk}/")
    assert REASON in text_of(reader.opens(address))
    assert "CR018 v1.8: approved" in text_of(reader.opens(address))
    assert AssuranceReading.objects.filter(person=house.reader.person, reference__contains=str(decision)).exists()
    assert Visitor(house.holders[0]).client.get(address).status_code == 404
    pmo.client.post(f"/desk/do/decisions.stop_sharing/{decision.pk}/")
    assert reader.client.get(address).status_code == 404


def test_every_seat_that_advised_rejecting_has_a_reply_or_is_shown_as_not_answered(house):
    decision = house.closed("approve", "reject", "reject")
    rows = [house.row(decision.questions.get(), n) for n in (1, 2)]
    operations.determine(decision, Terms(APPROVED, reasons=[REASON], replies={rows[0].pk: "A later release leaves time."}), by=house.chair)
    assert {r.row: r.text for r in Reply.objects.all()} == {rows[0]: "A later release leaves time.", rows[1]: ""}


def test_rejected_it_is_those_who_advised_approving_that_are_answered(house):
    decision = house.closed("approve", "approve", "reject")
    row = house.row(decision.questions.get(), 0)
    rejected = [Subject("change_request", "CR018", Outcome.REJECTED, version="1.8")]
    operations.determine(decision, Terms(rejected, reasons=[REASON], replies={row.pk: "Not before the code is changed."}), by=house.chair)
    assert {r.row.order: r.text for r in Reply.objects.all()} == {row.order: "Not before the code is changed.", row.order + 1: ""}


def test_put_off_it_goes_against_nobody(house):
    decision = house.closed("approve", "reject")
    operations.determine(decision, Terms([Subject("change_request", "CR018", Outcome.DEFERRED)]), by=house.chair)
    assert not Reply.objects.exists()


def test_a_reply_to_a_seat_that_got_what_it_advised_is_refused(house, decision):
    with pytest.raises(Refused, match="is not overruled"):
        operations.determine(decision, Terms(APPROVED, replies={house.row(decision.questions.get(), 0).pk: "Thank you"}), by=house.chair)


@pytest.mark.parametrize(
    ("outcome", "wording"),
    [
        (Outcome.APPROVED, "The SRO declined to approve CR018"), (Outcome.APPROVED, "The Chair rejected CR018"), (Outcome.APPROVED, "The group did not approve CR018"),
        (Outcome.REJECTED, "The SRO approved CR018 version 1.8"), (Outcome.DEFERRED, "The Programme has accepted CR018"),
    ],
)  # fmt: skip
def test_a_wording_that_says_the_other_verdict_is_refused(house, decision, outcome, wording):
    with pytest.raises(Refused, match="The wording says"):
        operations.determine(decision, Terms([Subject("change_request", "CR018", outcome, version="1.8")], reasons=[REASON], wording=wording), by=house.chair)


def test_a_condition_in_the_wording_is_named_where_the_outcome_has_none(house, decision):
    wording = "CR018 is approved on the condition that costs stay below the estimate"
    with pytest.raises(Refused, match="says “is approved” of CR018, and names a condition, but the outcome is “Approved”"):
        operations.determine(decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")], reasons=[REASON], wording=wording), by=house.chair)


def test_a_wording_that_says_both_of_two_subjects_stands(house, decision):
    both = [*APPROVED, Subject("change_request", "CR017", Outcome.REJECTED, version="1.0")]
    decided = operations.determine(decision, Terms(both, reasons=[REASON], wording="The SRO approved CR018 and rejected CR017"), by=house.chair)
    assert decided.wording == "The SRO approved CR018 and rejected CR017"


@pytest.mark.parametrize(("now", "where"), [("2023-07-20 13:00", "meeting"), ("2023-07-24 09:00", "after")])
def test_what_is_decided_on_a_later_day_was_not_decided_at_the_meeting(house, clock, now, where):
    decision = operations.table(operations.draft(house.group, "Hours", "To be worded", meeting=house.meeting(), untabled_why="It was raised there.", by=house.secretary), by=house.secretary)
    clock(now)
    decided = operations.determine(decision, Terms(APPROVED, reasons=[REASON]), by=house.chair)
    assert decided.where_taken == where


def test_the_amber_note_is_no_block(house):
    decision = house.closed("reject", "reject", "approve")
    chair = Visitor(house.chair)
    page = chair.does(page_of(decision), {"subject-0-outcome": "approved", "reasons": [REASON, ""], "step": "check"})
    assert "This goes against the balance of advice" in text_of(page)
    assert "is determined" in text_of(chair.sends(page))


def test_that_something_is_decided_already_is_said_before_it_is_decided_again(house, decision):
    first = operations.determine(decision, Terms(APPROVED, reasons=[REASON]), by=house.chair)
    question = house.ask(window_days=1)
    house.vote(question, "reject", "reject", "approve")
    house.clock("2023-07-21 17:00")
    operations.close_when_due(question)
    again = Decision.objects.get(pk=question.decision_id)
    chair = Visitor(house.chair)
    page = chair.does(page_of(again), {"subject-0-outcome": "rejected", "reasons": [REASON, ""], "step": "check"})
    assert f"CR018 v1.8 is decided already: approved, by {first}. If this is to take its place, withdraw this one and revise {first}." in text_of(page)
    assert "is determined" in text_of(chair.sends(page)), "a note, and no block"


def test_a_wording_that_still_speaks_of_approving_is_pointed_out(house, decision):
    chair = Visitor(house.chair)
    page = chair.does(page_of(decision), {"subject-0-outcome": "rejected", "wording": "The SRO approved CR018", "reasons": [REASON, ""], "step": "check"})
    assert "The wording says “approved” of CR018, but the outcome is “Rejected”." in text_of(page)
    page = chair.does(page_of(decision), {"wording": "CR018 could have been approved", "step": "check"})
    assert "The wording speaks of approving, but nothing is approved" in text_of(page)
    page = chair.does(page_of(decision), {"wording": "The SRO rejected CR018", "step": "check"})
    assert "The wording speaks" not in text_of(page)
    chair.sends(page)
    assert Decision.objects.get().wording == "The SRO rejected CR018"


def test_a_decision_without_words_of_its_own_is_worded_from_its_outcomes(house, decision):
    chair = Visitor(house.chair)
    chair.sends(chair.does(page_of(decision), {"subject-0-outcome": "rejected", "wording": "", "reasons": [REASON, ""], "step": "check"}))
    assert Decision.objects.get().wording == "The SRO rejected CR018 v1.8."
    page = text_of(chair.opens(f"/desk/decisions/{decision.pk}/"))
    assert "What was decided" in page
    assert REASON in page


def test_a_time_is_promised_while_the_decision_is_awaited(house, decision):
    page = Visitor(house.chair).does(f"/desk/decisions/{decision.pk}/promise/", {"on": "2023-07-24"})
    assert "17:00 on 24 Jul 2023" in text_of(page)
    assert Decision.objects.get().promised_by == datetime(2023, 7, 24, 16, tzinfo=UTC)
    again = Visitor(house.chair).does(f"/desk/decisions/{decision.pk}/promise/", {"on": "2023-07-01"})
    assert "still to come" in text_of(again)


def test_the_level_is_recorded_with_its_clause_and_who_says_so(house, decision):
    page = Visitor(house.secretary).does(f"/desk/decisions/{decision.pk}/level/", {"level": "3", "clause": "ToR, Deciding", "said_by": "The Chair"})
    assert "Level 3: for the group itself to decide. Stated by The Chair, on the clause “ToR, Deciding”." in text_of(page)
    empty = Visitor(house.secretary).does(f"/desk/decisions/{decision.pk}/level/", {"clause": "", "said_by": ""})
    assert empty.status_code == 400
