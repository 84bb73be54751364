"""The link by which an organisation answers without an account: it says whose answer it is, and nobody can make one up."""

from django.core import signing

from change_requests.models import AssessmentRow, Colleague

_SIGNER = signing.Signer(salt="change_requests.respondent")
_COLLEAGUE = signing.Signer(salt="change_requests.colleague")


def token_for(row: AssessmentRow) -> str:
    """The secret part of an organisation's link. Signed, not stored, and the same each time; a new nonce makes it useless."""
    return _SIGNER.sign(f"{row.pk}.{row.nonce.hex}")


def row_for(token: str) -> AssessmentRow | None:
    """Whose link this is; none if it is nobody's."""
    try:
        pk, nonce = _SIGNER.unsign(token).split(".")
    except signing.BadSignature:
        return None
    return rows_with_all().filter(pk=pk, nonce=nonce).first()


def colleague_token(colleague: Colleague) -> str:
    """The secret part of a colleague's own link. A new link of the organisation makes it useless, too."""
    return _COLLEAGUE.sign(f"{colleague.pk}.{colleague.row.nonce.hex}")


def colleague_for(token: str) -> tuple[AssessmentRow, Colleague] | None:
    """Whose link this is, and for which answer; none if it is nobody's, or was taken back."""
    try:
        pk, nonce = _COLLEAGUE.unsign(token).split(".")
    except signing.BadSignature:
        return None
    colleague = Colleague.objects.filter(pk=pk, row__nonce=nonce, ended_at=None).first()
    row = rows_with_all().filter(pk=colleague.row_id).first() if colleague else None
    return (row, colleague) if row and colleague else None


def rows_with_all():
    """Rows of the roll, with what they belong to."""
    told = ("draft", "assessment__version__change_request__group", "assessment__version__change_request__raised_by", "organisation", "constituency")
    return AssessmentRow.objects.select_related(*told).prefetch_related("responses")
