"""Agendas, minutes and headline reports on paper: an edition, its ledger entry, and the layout of the programme's own minutes."""

from django.template.loader import render_to_string

from groups.models import User
from ledger.heads import entries_about, last_before
from ledger.operations import keep_printed
from ledger.withdrawn import as_shown, without, words_withdrawn
from meetings.editions import publication_entry
from meetings.models import AgendaPDF, EditionPDF, HeadlinePDF, HeadlineReportEdition, Meeting, MeetingEdition, MinutesEdition
from records.press import pdf


def print_edition(edition: MinutesEdition) -> EditionPDF:
    """Make the edition's PDF and keep it. The worker does this, never a reader's request."""
    return keep_printed(EditionPDF, edition, pdf_of(edition), by=User.objects.the_clock())


def pdf_of(edition: MinutesEdition) -> bytes:
    """The same edition gives the same bytes."""
    return pdf(html_of(edition), render_to_string("pdf/minutes.css"), made_at=edition.published_at)


def html_of(edition: MinutesEdition) -> str:
    """The head it prints is the last one that was out when it was published: a later one would make another file of it."""
    published_head = last_before(edition.published_at)
    body, note = without([edition.body, edition.note], words_withdrawn())
    context = {"edition": edition, "body": body, "note": note, "entry": publication_entry(edition), "published_head": published_head}
    return render_to_string("pdf/minutes.html", context)


def print_headlines(edition: HeadlineReportEdition) -> HeadlinePDF:
    return keep_printed(HeadlinePDF, edition, _on_paper("pdf/headlines.html", edition, edition.headline_report.meeting), by=User.objects.the_clock())


def print_agenda(edition: MeetingEdition) -> AgendaPDF:
    return keep_printed(AgendaPDF, edition, _on_paper("pdf/agenda.html", edition, edition.meeting), by=User.objects.the_clock())


def _on_paper(template: str, edition: HeadlineReportEdition | MeetingEdition, meeting: Meeting) -> bytes:
    return pdf(as_html(template, edition, meeting), render_to_string("pdf/minutes.css"), made_at=edition.published_at)


def as_html(template: str, edition: HeadlineReportEdition | MeetingEdition, meeting: Meeting) -> str:
    words = words_withdrawn()
    context = {
        "edition": edition, "body": as_shown(edition, words), "note": without(edition.why, words), "group": meeting.group,
        "entry": next(iter(entries_about(edition)), None), "published_head": last_before(edition.published_at),
    }  # fmt: skip
    return render_to_string(template, context)
