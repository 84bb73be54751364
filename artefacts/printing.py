"""The release note on paper: an edition of a release, with its ledger entry."""

from django.template.loader import render_to_string

from artefacts.models import ReleaseEdition, ReleaseNote
from groups.models import Group, User
from ledger.heads import entries_about, last_before
from ledger.operations import keep_printed
from ledger.withdrawn import without, words_withdrawn
from records.press import pdf


def print_release_note(edition: ReleaseEdition) -> ReleaseNote:
    """Make the edition's PDF and keep it. The worker does this, never a reader's request."""
    return keep_printed(ReleaseNote, edition, _pdf_of(edition), by=User.objects.the_clock())


def _pdf_of(edition: ReleaseEdition) -> bytes:
    """The same edition gives the same bytes."""
    return pdf(_html_of(edition), render_to_string("pdf/minutes.css"), made_at=edition.published_at)


def _html_of(edition: ReleaseEdition) -> str:
    """The head it prints is the last one that was out when it was published: a later one would make another file of it."""
    body = without(edition.body, words_withdrawn())
    context = {
        "edition": edition, "body": body, "group": Group.objects.get(code=body["group"]), "entry": next(iter(entries_about(edition)), None), "published_head": last_before(edition.published_at),
    }  # fmt: skip
    return render_to_string("pdf/release.html", context)
