"""In which way an organisation that was asked is silent: nobody known, told and not reached, told and not looked at, looked at; or it stands by an earlier answer."""

from collections.abc import Iterable

from django.db.models import TextChoices

from change_requests.models import AssessmentRow
from change_requests.notices import link_key, opened_key
from notifications.models import Notice


class Silence(TextChoices):
    BEFORE = "before", "Answered the assessment before; not confirmed for this version, and not counted"
    OPENED = "opened", "Silent: told, opened, and not answered"
    UNOPENED = "unopened", "Silent: told, and not opened"
    BOUNCED = "bounced", "Silent: the mail came back"
    NO_CONTACT = "no_contact", "Silent: nobody is known who answers for it"


def how_silent(row: AssessmentRow, *, before: bool, bounced: set[int]) -> Silence:
    """Of a row without an answer. `bounced` are the rows whose mails came back."""
    if before:
        return Silence.BEFORE
    if row.opened_at:
        return Silence.OPENED
    if not row.told_at:
        return Silence.NO_CONTACT
    return Silence.BOUNCED if row.pk in bounced else Silence.UNOPENED


def bounced_among(rows: Iterable[AssessmentRow]) -> set[int]:
    """Those of which every mail that told of it came back, or could not be delivered. Two queries, however many.

    What counts is the mail that brought the link that is good now.
    """
    silent = [row for row in rows if row.told_at and row.opened_at is None]
    keys = {opened_key(row.assessment_id) for row in silent} | {link_key(row) for row in silent}
    notices = Notice.objects.filter(key__in=keys).prefetch_related("bounces") if keys else Notice.objects.none()
    told = {(each.key, each.address): each.status == Notice.Status.FAILED or bool(each.bounces.all()) for each in notices.only("key", "address", "status")}
    return {row.pk for row in silent if _all_lost(row, told)}


def _all_lost(row: AssessmentRow, told: dict[tuple[str, str], bool]) -> bool:
    mails = [told.get((link_key(row), address), told.get((opened_key(row.assessment_id), address))) for address in row.told]
    return bool(mails) and all(lost is True for lost in mails)
