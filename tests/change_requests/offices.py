"""A group with constituencies of several organisations, somebody who raises change requests, and people who answer for firms."""

import pytest

from change_requests import operations as changes
from change_requests.models import Assessment, AssessmentRow, ChangeRequest, ChangeRequestVersion
from groups.models import Organisation, User
from notifications.models import Notice
from records.clock import LONDON
from records.rules import Refused
from tests.decisions.houses import House
from tests.factories import AppointmentFactory, BelongingFactory, OrganisationFactory, UserFactory
from tests.pages import Visitor, text_of

SAID = {"issue": "Messages wait.", "solution": "Answer them at once."}
NONE = {"position": "no_impact", "impact": "none"}


class Office(House):
    """A house of two seats; each constituency has two organisations, and each organisation somebody who answers for it."""

    def __init__(self, clock, **group):
        super().__init__(clock, seats=2, **group)
        self.organisation = OrganisationFactory(name="Fenmoor Networks")
        self.raiser = self.appointed("raiser", self.organisation)
        self.firms: list[Organisation] = []
        self.respondents: list[User] = []
        for seat in self.seats:
            for _ in range(2):
                firm = OrganisationFactory()
                BelongingFactory(organisation=firm, constituency=seat.constituency)
                self.firms.append(firm)
                self.respondents.append(self.appointed("respondent", firm))

    def appointed(self, kind: str, organisation: Organisation) -> User:
        return UserFactory(person=AppointmentFactory(kind=kind, organisation=organisation).person)

    def drafted(self, title: str = "Registration hours", label: str = "1.0", **said) -> ChangeRequest:
        request = changes.draft(self.group, title, self.organisation, by=self.raiser)
        self.with_files(changes.draft_version(request, label, by=self.raiser, **(SAID | said)))
        return request

    def with_files(self, version: ChangeRequestVersion) -> ChangeRequestVersion:
        """Every attachment that it names has its file."""
        for each in version.attachments.filter(dropped=False):
            changes.attach(version, (f"{version.pk} {each.n}.txt", each.title.encode()), form="attachment", attachment=each, by=self.raiser)
        return version

    def raised(self, title: str = "Registration hours", label: str = "1.0", **said) -> ChangeRequest:
        return changes.raise_request(self.drafted(title, label, **said), by=self.raiser)

    def assessed(self, request: ChangeRequest | None = None, **told) -> Assessment:
        """The newest version of it, out for ten working days."""
        version = (request or self.raised()).versions.order_by("-key")[0]
        return changes.open_assessment(version, **({"kind": "impact", "authority": "The Programme’s", "by": self.secretary} | told))

    def place(self, assessment: Assessment, n: int) -> AssessmentRow:
        return assessment.roll.get(organisation=self.firms[n])

    def answer(self, assessment: Assessment, n: int, **said):
        return changes.submit(self.place(assessment, n), NONE | said, name="Somebody", by=self.respondents[n])

    def reads(self, user: User | None, address: str) -> str:
        """The words of a page as that person sees it."""
        return text_of(Visitor(user).opens(address))


def refused(match: str):
    return pytest.raises(Refused, match=match)


def local(moment) -> str:
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}"


def mails(about: str) -> list[str]:
    return sorted(Notice.objects.filter(subject__icontains=about).values_list("address", flat=True))
