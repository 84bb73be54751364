"""What the clock does here: it has scanned what no scanner has spoken of yet, and compares what is to be compared."""

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from files import scanning
from files.models import Blob, Comparison, Scan
from files.operations import compare, scan
from files.scanning import Result
from files.storing import opened
from records.sweep import COMPARE, SCAN, chore

PAUSE = timedelta(hours=1)  # before the same file is tried again, of which the scanner could not say


def waiting(now: datetime) -> QuerySet[Blob]:
    """While the scanner is away nothing is due: mail does not wait until each file has been tried in vain."""
    if not scanning.is_named() or not (found := Blob.objects.unanswered()).exists() or not scanning.answers():
        return Blob.objects.none()
    could_not_say = Scan.objects.filter(at__gt=now - PAUSE).exclude(scanner="")
    return found.exclude(pk__in=could_not_say.values("blob"))


@chore("scan", SCAN, waiting)
def scan_again(blob: Blob) -> None:
    with opened(blob.sha256) as file:
        scan(blob, file.read(), by=get_user_model().objects.the_clock())


def to_be_compared(now: datetime) -> QuerySet[Comparison]:
    """What nobody may have is not read either: the comparison waits until the scanner has answered, and is never made of an infected file."""
    unmade = Comparison.objects.unmade().select_related("before__clean_copy", "after__clean_copy")
    for barred in (Blob.objects.filter(scans__result=Result.INFECTED), *([Blob.objects.unanswered()] if scanning.is_named() else [])):
        unmade = unmade.exclude(after__in=barred).exclude(before__in=barred)
    return unmade


@chore("compare", COMPARE, to_be_compared)
def compare_what_was_asked_for(comparison: Comparison) -> None:
    compare(comparison, by=get_user_model().objects.the_clock())
