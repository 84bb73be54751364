"""For how many working days an assessment is open, and which ones run. The moment itself is counted in `groups/windows.py`."""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from change_requests.lifecycle import AssessmentStatus
from change_requests.models import Assessment, ChangeRequestVersion, Clarification
from groups.policies import Key, working_days
from records.clock import london_date, london_moment

THEMES_DAYS = 3  # working days between an assessment's close and its papers, for themes and the raiser's replies
SECOND = 5  # working days of another assessment of the same change request, where no policy of the group's own says otherwise


def days_by_policy(version: ChangeRequestVersion, on: date) -> int:
    """Ten working days, or what the group's policy says; five for another assessment of the same change request (minutes of DAG026, item 6)."""
    days = working_days(version.group, Key.ASSESSMENT, on)
    again = Assessment.objects.filter(version__change_request=version.change_request_id).exclude(status=AssessmentStatus.WITHDRAWN).exists()
    return min(SECOND, days) if again else days


def assessments_running(now: datetime) -> QuerySet[Assessment]:
    open_now = Assessment.objects.filter(status=AssessmentStatus.OPEN, closes_at__gt=now)
    return open_now.select_related("version__change_request__group")


def assessment_in_words(assessment: Assessment) -> str:
    return f"close of the {assessment}"


def clarifications_to_tell(now: datetime) -> QuerySet[Assessment]:
    """Those with an answer that is not told yet: once a day, and on the last day and after it at once."""
    today = london_date(now)
    tomorrow = london_moment(today + timedelta(days=1), time.min)
    own = Clarification.objects.filter(assessment=OuterRef("pk"))
    told_today = Exists(own.filter(told_at__gte=london_moment(today, time.min)))
    waiting = Assessment.objects.filter(Exists(own.filter(answered_at__isnull=False, told_at=None)))
    return waiting.exclude(status=AssessmentStatus.WITHDRAWN).exclude(told_today, closes_at__gte=tomorrow)
