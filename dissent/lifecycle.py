"""The states of what is referred from one group to another, and of a concern about procedure; and the verbs between them."""

from django.db.models import TextChoices

from records.lifecycle import Lifecycle, Move


class ReferralStatus(TextChoices):
    RAISED = "raised", "Raised"
    ANSWERED = "answered", "Answered"
    ACCEPTED = "accepted", "Answered, satisfied"
    NOT_SATISFIED = "not_satisfied", "Answered, not satisfied"
    CARRIED_UP = "carried_up", "Carried to the group above"
    WITHDRAWN = "withdrawn", "Withdrawn"


REFERRAL = Lifecycle(
    "referral",
    answer=Move({ReferralStatus.RAISED}, ReferralStatus.ANSWERED),
    accept=Move({ReferralStatus.ANSWERED}, ReferralStatus.ACCEPTED),
    dispute=Move({ReferralStatus.ANSWERED}, ReferralStatus.NOT_SATISFIED),
    carry_up=Move({ReferralStatus.RAISED, ReferralStatus.NOT_SATISFIED}, ReferralStatus.CARRIED_UP),
    withdraw=Move({ReferralStatus.RAISED, ReferralStatus.NOT_SATISFIED}, ReferralStatus.WITHDRAWN),
)


class ConcernStatus(TextChoices):
    RAISED = "raised", "Raised"
    RULED_ON = "ruled_on", "Ruled on"


CONCERN = Lifecycle("procedural concern", rule=Move({ConcernStatus.RAISED}, ConcernStatus.RULED_ON))
