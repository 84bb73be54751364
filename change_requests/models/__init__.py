"""ALTERED: requests to change the design, their versions, how they were assessed, what was decided, and where that is implemented."""

from change_requests.models.answering import AnsweringRule, Approval, Colleague, MailedOriginal
from change_requests.models.assessment import (
    Answered,
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
from change_requests.models.clarification import Clarification
from change_requests.models.decided import Determination, Exclusion
from change_requests.models.edition import ChangeRequestEdition
from change_requests.models.files import FileForm, RequestFile
from change_requests.models.freeze import Freeze
from change_requests.models.implementation import Implementation
from change_requests.models.off_roll import OffRollAnswer
from change_requests.models.past import PastAnswer, PastAssessment

__all__ = [
    "Answered", "AnsweringRule", "Approval", "Assessment", "AssessmentKind", "AssessmentRow", "Attachment", "Audience", "Category", "ChangeRequest",
    "ChangeRequestEdition", "ChangeRequestVersion", "Clarification", "Colleague", "Determination", "Exclusion", "Extension", "FileForm", "Freeze",
    "Implementation", "MailedOriginal", "OffRollAnswer", "PastAnswer", "PastAssessment", "RequestFile", "Response", "ResponseDraft", "Theme",
]  # fmt: skip
