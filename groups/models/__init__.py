"""WHO: people, organisations, constituencies, groups, and the dated seats from which every right comes."""

from groups.models.editions import GroupEdition, SeatEdition
from groups.models.erasure import ErasureRequest
from groups.models.people import AccountHolder, Belonging, Constituency, ConstituencyAlias, Organisation, Person, User
from groups.models.policies import AssuranceReading, Counter, HolidayChange, Policy, SentForm, TermsOfReference
from groups.models.seats import Alternate, Appointment, Group, Holding, Participation, Seat

__all__ = [
    "AccountHolder",
    "Alternate",
    "Appointment",
    "AssuranceReading",
    "Belonging",
    "Constituency",
    "ConstituencyAlias",
    "Counter",
    "ErasureRequest",
    "Group",
    "GroupEdition",
    "Holding",
    "HolidayChange",
    "Organisation",
    "Participation",
    "Person",
    "Policy",
    "Seat",
    "SeatEdition",
    "SentForm",
    "TermsOfReference",
    "User",
]  # fmt: skip
