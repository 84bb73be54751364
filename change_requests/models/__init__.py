"""ALTERED: requests to change the design, their versions, how they were assessed, what was decided, and where that is implemented."""

from change_requests.models.assessment import (
    Assessment,
    AssessmentKind,
    AssessmentRow,
    Audience,
    Extension,
    Response,
    ResponseDraft,
    Theme,
)
from change_requests.models.change_request import Attachment, Category, ChangeRequest, ChangeRequestVersion
from change_requests.models.decided import Determination, Exclusion
from change_requests.models.edition import ChangeRequestEdition
from change_requests.models.files import FileForm, RequestFile
from change_requests.models.implementation import Implementation

__all__ = [
    "Assessment", "AssessmentKind", "AssessmentRow", "Attachment", "Audience", "Category", "ChangeRequest", "ChangeRequestEdition", "ChangeRequestVersion",
    "Determination", "Exclusion", "Extension", "FileForm", "Implementation", "RequestFile", "Response", "ResponseDraft", "Theme",
]  # fmt: skip
