"""What the public read of change requests, edition by edition."""

from django.db import models

from change_requests.models.change_request import ChangeRequest
from records.editions import Edition, numbered_once


class ChangeRequestEdition(Edition):
    sealed_as = "change_request_edition"
    noun = "change_request"

    change_request = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        constraints = [numbered_once("change_request")]
