"""What can be done about a freeze: end it."""

from django.urls import reverse

from change_requests.models import Freeze
from change_requests.rules.freezing import refusals_to_end_freeze
from groups.standing import Standing
from records.verbs import Verb, register


def find_freeze(pk: int, standing: Standing) -> Freeze | None:
    """For those who have a place in the group; everybody else reads of it on the group's public page."""
    found = Freeze.objects.select_related("group").filter(pk=pk).first()
    return found if found and standing.belongs_to(found.group) else None


register(
    Verb(
        name="change_requests.end_freeze", of=Freeze, rule=refusals_to_end_freeze, at=lambda freeze: reverse("change_requests:end_freeze", args=[freeze.pk]),
        look="secondary", label="End it early",
    ),
)  # fmt: skip
