"""WHO: people, organisations, constituencies, groups, and the dated seats from which every right comes."""

from groups.models.people import Belonging, Constituency, ConstituencyAlias, Organisation, Person, User
from groups.models.policies import AssuranceReading, Counter, HolidayChange, Policy, SentForm, TermsOfReference
from groups.models.seats import Alternate, Appointment, Group, Holding, Participation, Seat

__all__ = [
    "Alternate",
    "Appointment",
    "AssuranceReading",
    "Belonging",
    "Constituency",
    "ConstituencyAlias",
    "Counter",
    "Group",
    "Holding",
    "HolidayChange",
    "Organisation",
    "Participation",
    "Person",
    "Policy",
    "Seat",
    "SentForm",
    "TermsOfReference",
    "User",
]  # fmt: skip
