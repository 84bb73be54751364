"""For how many working days an assessment is open, and which ones run. The moment itself is counted in `groups/windows.py`."""

from datetime import date, datetime

from django.db.models import QuerySet

from change_requests.lifecycle import AssessmentStatus
from change_requests.models import Assessment, ChangeRequestVersion
from groups.policies import Key, working_days

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
