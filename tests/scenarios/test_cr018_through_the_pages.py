"""CR018 on 12 July 2023, through the pages: twelve people sign in and vote, the Chair determines with six reasons, everybody can read why."""

from datetime import UTC, datetime

import pytest
from django.conf import settings as conf

from decisions import operations
from decisions.models import Cast, Decision, Question
from groups.models import Group, Seat
from groups.numbering import mint_past
from ledger.models import Entry
from ledger.verifying import faults
from meetings import operations as meetings
from meetings.models import Meeting
from notifications.models import Notice
from notifications.sweeping import run_and_remember
from tests.factories import UserFactory
from tests.pages import Visitor, text_of
from tests.scenarios.test_dag026_lived_through import ADVICE, REASONS, account, programme  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db


def _representative(seat: Seat):
    person = seat.holdings.get().person
    person.email = f"{seat.constituency.code}@example.org"
    return UserFactory(person=person.save_by(account("pmo@example.org")))


@pytest.fixture
def room(programme, clock, settings):  # noqa: F811
    """The DAG at its meeting of 12 July 2023, with everybody's browser open."""
    settings.DEMO = True

    class Room:
        def __init__(self):
            self.group = Group.objects.get(code="DAG")
            self.pmo, self.chair = Visitor(account("pmo@example.org")), Visitor(account("chair@example.org"))
            mint_past("group:DAG", "decision", 59)
            clock("2023-07-05 10:00")
            self.meeting = meetings.schedule(
                self.group, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), ends_at=datetime(2023, 7, 12, 12, 30, tzinfo=UTC),
                venue="Virtual", by=self.pmo.user,
            )  # fmt: skip
            self.item = meetings.table_item(self.meeting, "CR017 & CR018", purpose="decision", by=self.pmo.user)
            self.members = {
                seat.constituency.code: Visitor(_representative(seat))
                for seat in Seat.objects.filter(group=self.group, constituency__code__in=ADVICE)
            }

    return Room()


def test_cr018_from_the_question_to_the_public_page(room, clock, client):
    clock("2023-07-12 11:30")
    page = room.pmo.does(
        "/desk/groups/DAG/questions/new/",
        {
            "title": "CR018: registration service operating hours", "wording": "Should CR018 version 1.8 be approved?", "subject": "CR018",
            "decision_wording": "The SRO approved CR018 version 1.8 and rejected CR017", "version": "1.8", "consulted_version": "1.7",
            "changed_since": "Agents need not receive messages overnight.", "if_not_approved": "Everybody operates day and night, as the baseline has it.",
            "item": str(room.item.pk), "excludes": "CR017", "window": "room",
        },
    )  # fmt: skip
    question = Question.objects.get()
    assert "The question is drafted" in text_of(page)
    page = room.pmo.does(f"/desk/questions/{question.pk}/open/")
    assert "Roll call" in text_of(page)
    assert Notice.objects.filter(key=f"{question.reference}-opened").count() >= 12

    for code, visitor in room.members.items():
        form = visitor.opens(f"/desk/questions/{question.pk}/vote/")
        assert "Everybody operates day and night" in text_of(form)
        check = visitor.sends(form, {"choice": ADVICE[code], "comment": f"As the {code} constituency was consulted", "step": "check"})
        assert f"You are voting {ADVICE[code].title()} for" in text_of(check)
        receipt = visitor.sends(check, {"step": "cast"})
        assert "Vote recorded" in text_of(receipt)
        assert Entry.objects.order_by("-seq").first().fingerprint in text_of(receipt)
    assert Cast.objects.count() == 12

    absent = question.roll.get(seat__constituency__code="consumer")
    room.pmo.does(f"/desk/questions/{question.pk}/roll-call/?seat={absent.pk}", {"said": "absent"})
    page = room.pmo.client.post(f"/desk/do/decisions.close/{question.pk}/", follow=True)
    question.refresh_from_db()
    assert question.tally == {"abstain": 2, "absent": 1, "approve": 4, "reject": 6}

    clock("2023-07-12 13:30")
    meetings.hold(room.meeting, by=room.pmo.user)
    meetings.discuss_item(room.item, by=room.pmo.user)
    decision = Decision.objects.get()
    for body in ("ipa", "ofgem"):
        operations.record_advice(decision, body, f"The {body} was consulted and advised.", when="after", by=room.chair.user)
    clock("2023-07-12 16:00")
    determine = f"/desk/decisions/{decision.pk}/determine/"
    form = room.pmo.opens(determine)
    assert "You decide" not in text_of(form)
    typed = {"subject-0-outcome": "approved", "reasons": REASONS[:2], "step": "save"}
    assert "draft is saved" in text_of(room.pmo.sends(form, typed))

    form = room.chair.opens(determine)
    assert REASONS[1] in text_of(form)
    refused = room.chair.sends(form, {"reasons": [""], "step": "check"})
    assert refused.status_code == 409, text_of(refused)[:900]
    assert "balance of advice" in text_of(refused)
    form = room.chair.opens(determine)
    replies = {f"reply_{row.pk}": "" for row in question.roll.all() if row.result == "reject"}
    first = next(iter(replies))
    check = room.chair.sends(
        form,
        {
            "reasons": [*REASONS, ""], "directions": ["The change is implemented in a later release.", "The redline comes back to the DAG first."],
            "consensus": "no", "not_passed_up_why": "Both ways forward had been argued for months.", "determined_as": "DAG Chair", "on": "",
            "after_the_meeting": "on", "what_this_means": "Registration services need not run overnight.", **replies, first: "A later release leaves time.",
            "step": "check",
        },
    )  # fmt: skip
    assert "Check before deciding" in text_of(check)
    assert "goes against the balance of advice" in text_of(check)
    assert "DAG-DEC60 has been decided" in text_of(check)  # the mail, as it will be sent
    assert Decision.objects.get().status == "tabled"  # looking changed nothing
    done = room.chair.sends(check)
    assert "DAG-DEC60 is determined" in text_of(done)

    clock("2023-07-19 10:00")
    meetings.clear(meetings.send_to_chair(Meeting.objects.get().minutes, by=room.pmo.user), by=room.chair.user)
    meetings.circulate(Meeting.objects.get().minutes, by=room.pmo.user)
    meetings.publish(Meeting.objects.get().minutes, by=room.pmo.user)
    run_and_remember()
    public = text_of(client.get("/decisions/DAG-DEC60/"))
    assert "The group advised against approving CR018 v1.8 by 6 to 4, but it was approved." in public
    assert "CR018 approved, CR017 rejected" in public
    assert "CR017 Not stated Rejected: another was approved instead" in public  # the documents it settles
    assert all(reason in public for reason in REASONS)
    assert list(faults()) == []
    assert Notice.objects.filter(subject__contains="DAG-DEC60 has been decided").count() >= 12
    assert conf.DEMO
