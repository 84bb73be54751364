"""Ex-committee: when the assessment is closed the seats can be asked between meetings, and what is decided is reported to the next."""

from datetime import UTC, datetime

import pytest

from change_requests import operations as changes
from decisions import operations as decisions
from decisions.models import Outcome, Question
from decisions.subjects import Subject, Terms
from meetings import operations as meetings
from meetings.tabling import what_may_be_tabled
from records import sweep
from tests.change_requests.offices import Office
from tests.conftest import set_clock
from tests.factories import MeetingFactory
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db


class Closed:
    """An assessment that is closed, with one objection in no theme; and a meeting to come."""

    def __init__(self):
        self.office = Office(set_clock)
        self.assessment = self.office.assessed()
        self.office.answer(self.assessment, 0, position="object", comments="Dear.")
        set_clock("2023-07-26 17:00")
        sweep.run()
        self.assessment.refresh_from_db()
        self.page = f"/desk/assessments/{self.assessment.pk}/"
        self.next = MeetingFactory(group=self.office.group, starts_at=datetime(2023, 9, 13, 9, tzinfo=UTC))


@pytest.fixture(scope="module")
def stage(scene):
    return scene(Closed)


@pytest.fixture
def closed(stage):
    return stage()


def test_the_seats_are_asked_from_the_page_when_every_objection_is_in_a_theme(closed):
    office, words = closed.office, "Put it to the seats between meetings"
    assert words not in office.reads(office.secretary, closed.page)
    changes.write_theme(closed.assessment, "Cost", rows=[office.place(closed.assessment, 0).pk], by=office.secretary)
    assert words not in office.reads(office.raiser, closed.page)
    visitor = Visitor(office.secretary)
    page = visitor.opens(closed.page)
    address = page.content.decode().partition(words)[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    form = visitor.opens(address)
    told = dict(forms_on(form)[0]["data"])
    assert (told["subject"], told["version"], told["window"], told["window_days"]) == ("CR001", "1.0", "window", "5")
    drafted = visitor.sends(form, {"decision_wording": "The SRO approved CR001 version 1.0"})
    assert drafted.status_code == 200
    question = Question.objects.get()
    assert question.decision.where_taken == "ex_committee"
    decisions.open_question(question, by=office.secretary)
    assert question.roll.count() == 2
    assert words not in text_of(visitor.opens(closed.page))


def test_what_is_decided_between_meetings_is_reported_to_the_next_one_once(closed):
    office = closed.office
    drafted = decisions.table(decisions.draft(office.group, "Hours", "The SRO approved it", by=office.secretary), by=office.secretary)
    decided = decisions.determine(drafted, Terms([Subject("change_request", "CR001", Outcome.APPROVED, version="1.0")]), by=office.chair)
    assert not [each for each in what_may_be_tabled(closed.next) if each.key == f"reported:{decided.pk}"], "An agenda is public: it names nothing that is not."
    decisions.publish(decided, by=office.secretary)
    offered = next(each for each in what_may_be_tabled(closed.next) if each.key == f"reported:{decided.pk}")
    assert (offered.title, offered.purpose) == (f"Report of {decided}: Hours", "information")
    meetings.table_offered(closed.next, offered.key, by=office.secretary)
    later = MeetingFactory(group=office.group, starts_at=datetime(2023, 10, 11, 9, tzinfo=UTC))
    assert not [each for each in what_may_be_tabled(later) if each.key == offered.key]
