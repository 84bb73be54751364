"""Who read what is not public."""

from groups.models import AssuranceReading, User
from records.clock import portal_now
from records.operations import operation


@operation
def log_reading(user: User, reference: str) -> AssuranceReading:
    """Write down that an assurance reader read something not public."""
    return AssuranceReading(person=user.person, reference=reference, read_at=portal_now()).save_by(user)
