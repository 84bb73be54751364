"""Before it is issued, and while it runs: do the days fit between the close and the papers of the meeting that is to decide?"""

from datetime import UTC, datetime

import pytest

from change_requests import operations as changes
from change_requests.models import ChangeRequest
from decisions import operations as decisions
from decisions.models import Outcome
from decisions.subjects import Subject, Terms
from tests.change_requests.offices import Office
from tests.conftest import set_clock
from tests.factories import MeetingFactory

pytestmark = pytest.mark.django_db


class Planned:
    """A change request that is raised, and two meetings to come; on 14 July 2023."""

    def __init__(self):
        self.office = Office(set_clock)
        set_clock("2023-07-14 10:00")
        self.request = self.office.raised()
        self.soon, self.later = (MeetingFactory(group=self.office.group, starts_at=datetime(2023, month, day, 9, tzinfo=UTC)) for month, day in ((8, 9), (9, 13)))

    def aims_at(self, meeting) -> None:
        changes.change(self.request, self.request.title, category="normal", target_meeting=meeting, by=self.office.raiser)

    @property
    def form(self) -> str:
        return self.office.reads(self.office.secretary, f"/desk/change-requests/versions/{self.request.versions.get().pk}/assess/")


@pytest.fixture(scope="module")
def stage(scene):
    return scene(Planned)


@pytest.fixture
def plan(stage):
    return stage()


def test_days_that_fit_are_said_and_how_they_were_counted(plan):
    assert f"Issue 14 Jul 2023, close 28 Jul 2023, papers out 2 Aug 2023 for {plan.soon.code} on 9 Aug 2023: 3 working days for themes." in plan.form
    assert "10 from its issue to its close; papers go out 5 before the meeting (the first after its close, since it aims at none)" in plan.form
    assert "This does not fit" not in plan.form
    assert "the seats could be asked from 2 Aug 2023 until 9 Aug 2023, 5 working days" in plan.form


def test_days_that_do_not_fit_are_said_with_what_would(plan, clock):
    clock("2023-07-17 10:00")
    plan.aims_at(plan.soon)
    assert "2 working days for themes" in plan.form
    assert f"To fit, it could be open for 9 working days at most; or {plan.later.code} on 13 Sep 2023 is the first meeting that leaves enough." in plan.form
    clock("2023-07-31 10:00")
    assert f"no working day for themes. This does not fit: papers for {plan.soon.code} go out before it is closed" in plan.form


def test_the_page_of_the_assessment_counts_from_its_own_close_until_it_is_decided(plan):
    plan.aims_at(plan.soon)
    assessment = plan.office.assessed(ChangeRequest.objects.get(pk=plan.request.pk), days=11, days_why="A holiday")
    page = plan.office.reads(plan.office.secretary, f"/desk/assessments/{assessment.pk}/")
    assert "close 31 Jul 2023, papers out 2 Aug 2023" in page
    assert "This does not fit" in page


def test_whoever_raised_it_does_not_learn_from_the_page_that_it_was_decided(plan):
    assessment = plan.office.assessed(ChangeRequest.objects.get(pk=plan.request.pk))
    page = f"/desk/assessments/{assessment.pk}/"
    drafted = decisions.table(decisions.draft(plan.office.group, "Hours", "The SRO decided", by=plan.office.secretary), by=plan.office.secretary)
    decisions.determine(drafted, Terms([Subject("change_request", "CR001", Outcome.APPROVED, version="1.0")]), by=plan.office.chair)
    assert "Do the days fit?" in plan.office.reads(plan.office.raiser, page)
    assert "Do the days fit?" not in plan.office.reads(plan.office.secretary, page)


def test_without_a_meeting_it_says_so(plan, clock):
    clock("2023-09-13 18:00")
    assert f"No meeting of {plan.office.group.code} is planned: plan one after 27 Sep 2023, or ask the seats between meetings." in plan.form


def test_without_a_meeting_after_the_close_it_says_so_and_names_the_last_one(plan, clock):
    clock("2023-09-04 10:00")
    assert f"is planned after the close on 18 Sep 2023: the last that is planned, {plan.later.code}, is on 13 Sep 2023. Plan a later one" in plan.form
    plan.aims_at(plan.later)
    assert f"papers for {plan.later.code} go out before it is closed" in plan.form
