"""ALTERED: requests to change the design, their versions, and what was decided of them."""

from change_requests.models.change_request import Attachment, Category, ChangeRequest, ChangeRequestVersion
from change_requests.models.decided import Determination, Exclusion
from change_requests.models.edition import ChangeRequestEdition

__all__ = ["Attachment", "Category", "ChangeRequest", "ChangeRequestEdition", "ChangeRequestVersion", "Determination", "Exclusion"]
