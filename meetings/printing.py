"""The minutes on paper: an edition, its ledger entry, and the layout of the programme's own minutes."""

from django.template.loader import render_to_string

from groups.models import User
from ledger.heads import last_before
from ledger.withdrawn import without, words_withdrawn
from meetings.editions import publication_entry
from meetings.models import EditionPDF, MinutesEdition
from meetings.operations import store_pdf


def print_edition(edition: MinutesEdition) -> EditionPDF:
    """Make the edition's PDF and keep it. The worker does this, never a reader's request."""
    return store_pdf(edition, pdf_of(edition), by=User.objects.the_clock())


def pdf_of(edition: MinutesEdition) -> bytes:
    """The same edition gives the same bytes."""
    from records.printing import pdf  # its libraries take a second to load, and only the worker prints

    return pdf(html_of(edition), render_to_string("pdf/minutes.css"), made_at=edition.published_at)


def html_of(edition: MinutesEdition) -> str:
    """The head it prints is the last one that was out when it was published: a later one would make another file of it."""
    published_head = last_before(edition.published_at)
    body, note = without([edition.body, edition.note], words_withdrawn())
    context = {"edition": edition, "body": body, "note": note, "entry": publication_entry(edition), "published_head": published_head}
    return render_to_string("pdf/minutes.html", context)
