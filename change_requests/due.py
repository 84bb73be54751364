"""Until when an assessment is open, and when the silent are reminded of it.

The moment is worked out once, when it is opened or given more time, and stored with its working: the group's closing time (17:00 in
London, unless a policy says otherwise) on the n-th working day after the day it was opened.
"""

from datetime import date, datetime, time

from django.db.models import QuerySet

from change_requests.lifecycle import AssessmentStatus
from change_requests.models import Assessment, ChangeRequestVersion
from groups.calendar import Counting
from groups.models import Group
from groups.policies import Key, working_days
from records.clock import london_date, london_moment
from records.working_days import Working

SECOND = 5  # working days of another assessment of the same change request, where no policy of the group's own says otherwise
BEFORE_THE_CLOSE = (2, 1, 0)  # working days before the last day at which the silent are reminded; and at half time
MORNING = time(9)


def days_by_policy(version: ChangeRequestVersion, on: date) -> int:
    """Ten working days, or what the group's policy says; five for another assessment of the same change request (minutes of DAG026, item 6)."""
    days = working_days(version.group, Key.ASSESSMENT, on)
    again = Assessment.objects.filter(version__change_request=version.change_request_id).exclude(status=AssessmentStatus.WITHDRAWN).exists()
    return min(SECOND, days) if again else days


def closes_at(group: Group, opened: datetime, days: int) -> tuple[datetime, Working]:
    """When an assessment closes that was opened then and runs for so many working days, and how that was counted."""
    return Counting().deadline(group, london_date(opened), days)


def assessments_running(now: datetime) -> QuerySet[Assessment]:
    open_now = Assessment.objects.filter(status=AssessmentStatus.OPEN, closes_at__gt=now)
    return open_now.select_related("version__change_request__group")


def assessment_in_words(assessment: Assessment) -> str:
    return f"close of the {assessment}"


def next_reminder(assessment: Assessment, after: datetime, counting: Counting | None = None) -> datetime | None:
    """The first reminder later than `after`: at half time, and two, one and no working days before the last. Those missed are skipped."""
    counting = counting or Counting()
    first, last = london_date(assessment.opens_at), london_date(assessment.closes_at)  # type: ignore[arg-type]
    days = [counting.days.add(first, (assessment.window_days or 0) // 2), *(counting.days.add(last, -n) for n in BEFORE_THE_CLOSE)]
    moments = sorted(london_moment(day, MORNING) for day in days if first < day <= last)
    return next((moment for moment in moments if moment > after), None)
