"""What became of an answer: the themes it was put into, with the raiser's replies, and what was decided; as far as both are public."""

from change_requests.bodies import published_determinations
from change_requests.lifecycle import AssessmentStatus
from change_requests.models import AssessmentRow, ChangeRequest, Determination, Theme
from change_requests.states import is_settled


def decided_on(request: ChangeRequest) -> Determination | None:
    """What has settled it, if that is public. A decision that leaves it open is not the last word."""
    made = published_determinations(request)
    return made[-1] if is_settled(made) else None


def answered_rows(request: ChangeRequest) -> list[AssessmentRow]:
    """Those who answered an assessment of it of which the results are public."""
    rows = AssessmentRow.objects.filter(
        assessment__version__change_request=request, assessment__status=AssessmentStatus.CLOSED, assessment__results_published_at__isnull=False,
        responses__isnull=False,
    ).distinct()  # fmt: skip
    return list(rows.select_related("assessment__version").prefetch_related("responses", "assessment__themes").order_by("assessment_id", "order"))


def themes_of(row: AssessmentRow) -> list[Theme]:
    return sorted((theme for theme in row.assessment.themes.all() if not theme.dropped and row.pk in theme.rows), key=lambda theme: theme.n)
