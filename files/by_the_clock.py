"""What the clock does here: it has scanned what no scanner has spoken of yet."""

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from files import scanning
from files.models import Blob, Scan
from files.operations import scan
from files.storing import opened
from records.sweep import SCAN, chore

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
