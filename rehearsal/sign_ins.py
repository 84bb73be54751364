"""Who can sign in to the demonstration, and with which password."""

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from change_requests.lifecycle import AssessmentStatus
from change_requests.links import token_for
from change_requests.models import AssessmentRow
from groups.models import Person, User

PASSWORD = "design-advisory-2026"  # noqa: S105 (printed for visitors of a demonstration; accounts exist in demo mode only)
SIGN_INS = {
    "rehearsal.pmo@example.org": "secretariat of the Rehearsal group",
    "rehearsal.chair@example.org": "its Chair",
    "rehearsal.assurance@example.org": "its assurance reader",
    "rehearsal.ofgem@example.org": "its observer from Ofgem",
    "dno@example.org": "its DNO representative, whose vote on CR902 is asked for",
    "largesupplier@example.org": "its Large Supplier representative",
    "icsupplier@example.org": "its I&C Supplier representative",
    "mediumsupplier@example.org": "its Medium Supplier representative",
    "smallsupplier@example.org": "its Small Supplier representative, who has voted",
    "idno@example.org": "its iDNO representative, who has voted",
    "elexon@example.org": "its Elexon representative, who has voted",
    "recco@example.org": "its RECCo representative, who has stated a position",
    "supplieragent@example.org": "its Supplier Agent representative, whose concern waits for an answer",
    "independentagent@example.org": "its independent Supplier Agent representative",
    "ngeso@example.org": "its National Grid ESO representative",
    "dcc@example.org": "its DCC representative, who has voted",
    "raiser@example.org": "who raised CR904 and CR905 for Plumbline Data Agents",
    "owner@example.org": "who owns the rehearsal interface catalogue",
    "respondent@example.org": "who answers for two networks, on CR904 now",
    "answers@example.org": "who has put an answer to CR904 forward for Ferrule and Finch Energy",
    "approves@example.org": "whose approval that answer waits for",
    "pmo@example.org": "PMO secretariat of the DAG",
    "chair@example.org": "Chair of the DAG",
}


def make_accounts() -> None:
    """An account with the printed password for everyone in the demonstration who has an address. Demo mode only."""
    if not settings.DEMO:
        return
    hashed = make_password(PASSWORD)  # slow on purpose; but this one is printed, so that once is enough
    for person in Person.objects.filter(email__endswith="@example.org", user=None):
        User.objects.create(username=person.email or "", email=person.email or "", password=hashed, person=person)


def personal_link() -> tuple[str, str] | None:
    """Of an organisation that was asked and is silent still: its name, and the address by which it answers without an account."""
    asked = AssessmentRow.objects.filter(assessment__status=AssessmentStatus.OPEN, assessment__version__change_request__group__code="REH", responses=None).exclude(told=[])
    row = asked.order_by("assessment_id", "order").first()
    return (row.organisation_name, settings.PORTAL_BASE_URL + reverse("change_requests:answer_by_link", args=[token_for(row)])) if row else None
