"""A group with an artefact, somebody who owns it, seats, and a firm with somebody who answers for it."""

import pytest

from artefacts import operations as artefacts
from artefacts.models import ArtefactVersion, Comment, Review, ReviewRow
from groups.models import Appointment, User
from notifications.models import Notice
from records.clock import LONDON
from records.rules import Refused
from tests.decisions.houses import House
from tests.factories import AppointmentFactory, OrganisationFactory, UserFactory
from tests.pages import Visitor, text_of


class Desk(House):
    """A house of two seats; version 0.9 of its artefact is put forward."""

    def __init__(self, clock, **group):
        super().__init__(clock, seats=2, **group)
        self.artefact = artefacts.add_artefact(self.group, "D-Flow and Interface Mapping", document_number="DES-196", by=self.secretary)
        self.owner = UserFactory(person=AppointmentFactory(kind=Appointment.Kind.ARTEFACT_OWNER, scope=self.artefact.slug, group=self.group).person)
        self.firm = OrganisationFactory(name="Fenmoor Networks")
        self.respondent = UserFactory(person=AppointmentFactory(kind="respondent", organisation=self.firm).person)
        self.version = self.put_forward("0.9")

    def put_forward(self, label: str) -> ArtefactVersion:
        return artefacts.put_forward(artefacts.draft_version(self.artefact, label, by=self.owner), by=self.owner)

    def review(self, version: ArtefactVersion | None = None, **told) -> Review:
        """Of the two seats and the firm, for ten working days."""
        asked = {"asked": "Are the flows complete?", "seats": self.seats, "organisations": [self.firm], "by": self.secretary} | told
        return artefacts.open_review(version or self.version, asked.pop("asked"), **asked)

    def place(self, review: Review, n: int) -> ReviewRow:
        """The first seat, the second, the firm."""
        return review.roll.get(order=n + 1)

    def speaker(self, n: int) -> User:
        return [*self.holders, self.respondent][n]

    def say(self, review: Review, n: int, text: str = "Flow D0300 is missing.", weight: str = "should", section: str = "4.2") -> Comment:
        return artefacts.comment(self.place(review, n), section, text, weight, by=self.speaker(n))

    def closed(self, review: Review) -> Review:
        self.clock("2023-07-26 17:00")
        return artefacts.close_review_when_due(review)

    def reads(self, user: User | None, address: str) -> str:
        return text_of(Visitor(user).opens(address))

    @property
    def body(self) -> dict:
        return self.artefact.editions.latest("n").body

    @property
    def told(self) -> dict:
        """The latest review, as the public reads it."""
        return self.body["reviews"][0]


def refused(match: str):
    return pytest.raises(Refused, match=match)


def local(moment) -> str:
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}"


def mails(about: str) -> list[str]:
    return sorted(Notice.objects.filter(subject__icontains=about).values_list("address", flat=True))


def heard(row: ReviewRow) -> str:
    return ReviewRow.objects.get(pk=row.pk).heard
