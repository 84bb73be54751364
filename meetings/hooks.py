"""What follows here when the verb of a lower app runs: the working day on which minutes were published is counted anew; a PDF that
holds words which were withdrawn is given out no more, and is emptied when they are erased."""

from typing import Any

from groups.models import HolidayChange, User
from ledger.erasing import Erasure
from ledger.models import BlackOut
from ledger.withdrawn import holds
from meetings.models import (
    AgendaPDF,
    AgendaPDFWithdrawal,
    EditionPDF,
    HeadlinePDF,
    HeadlinePDFWithdrawal,
    Meeting,
    MinutesEdition,
    PDFWithdrawal,
)
from records.editions import issue
from records.hooks import effects_of


@effects_of("groups.change_holiday")
def count_the_days_anew(change: HolidayChange, *, by: User) -> None:
    """Of meetings held before it: only they can count it. What reads as before gets no new edition."""
    held = Meeting.objects.public().filter(held_on__lt=change.day, publication_due_at__isnull=False)
    for pk in held.values_list("pk", flat=True):
        issue("meeting", pk, f"A bank holiday was written down: {change.name}.", by=by)


PRINTED = ((EditionPDF, PDFWithdrawal), (HeadlinePDF, HeadlinePDFWithdrawal), (AgendaPDF, AgendaPDFWithdrawal))


def _says(pdf: EditionPDF | HeadlinePDF | AgendaPDF) -> list[Any]:
    """What of an edition is printed: its body, and what changed."""
    edition = pdf.edition
    return [edition.body, edition.note if isinstance(edition, MinutesEdition) else edition.why]


@effects_of("ledger.black_out")
def take_back_pdfs(made: BlackOut, *, by: User) -> None:
    for printed, withdrawal in PRINTED:
        for pdf in printed.objects.standing().defer("content").select_related("edition").order_by("pk").iterator(chunk_size=50):
            if holds(_says(pdf), made.words):
                withdrawal(pdf=pdf, black_out=made).save_by(by)


@effects_of("ledger.redact")
def empty_pdfs(made: BlackOut, *, erasure: Erasure, **_) -> None:
    """Those that were taken back, for these words or for others, while they hold them. What was made since is made without."""
    for printed, _withdrawal in PRINTED:
        taken_back = printed.objects.exclude(withdrawal=None).defer("content").select_related("edition").order_by("pk")
        for pdf in taken_back.iterator(chunk_size=50):
            if holds(_says(pdf), made.words):
                erasure.put(pdf, content=b"")
