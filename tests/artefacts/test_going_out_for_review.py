"""Before a version is put to review the secretariat looks at who is asked, with which files, until when."""

import pytest

from artefacts import operations as artefacts
from artefacts.models import Review
from notifications.models import Notice
from tests.artefacts.libraries import Desk
from tests.conftest import set_clock
from tests.factories import AppointmentFactory, SeatFactory
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


class Counter(Desk):
    """A version with a document and with another that is for the PMO and assurance alone, ready to go out."""

    def __init__(self, clock):
        super().__init__(clock)
        version = artefacts.draft_version(self.artefact, "1.0", by=self.owner)
        artefacts.attach(version, ("flows.txt", b"Flow D0300"), form="clean", by=self.owner)
        artefacts.attach(version, ("threats.txt", b"Closed"), form="annex", visibility="pmo_and_assurance", by=self.owner)
        self.version = artefacts.put_forward(version, by=self.owner)
        self.at = f"/desk/artefacts/versions/{self.version.pk}/review/"

    def checks(self, **typed):
        seats = [str(seat.pk) for seat in self.seats]
        return Visitor(self.secretary).does(self.at, {"asked": "Are the flows complete?", "seats": seats, "organisations": [str(self.firm.pk)]} | typed)


def build():
    return Counter(set_clock)


def test_nobody_is_asked_before_it_was_looked_at_and_then_once(desk):
    shown = desk.checks()
    told = text_of(shown)
    assert not Review.objects.exists()
    assert "2 seats and 1 organisation are asked, and 3 people are mailed." in told
    for user in (*desk.holders, desk.respondent):
        assert user.email in told
    assert "10 working days after 12 Jul 2023 is 26 Jul 2023 (no bank holidays in between)" in told
    assert "from now until 17:00 on 26 Jul 2023" in told
    assert "flows.txt" in told
    visitor = Visitor(desk.secretary)
    for _ in range(2):
        done = visitor.sends(shown, {"step": "issue"})
    assert "is in review. 3 are asked, and told." in text_of(done)
    assert Review.objects.get().roll.count() == 3
    assert Notice.objects.filter(key=f"review-{Review.objects.get().pk}-opened").count() == 3


def test_a_file_that_nobody_who_is_asked_can_read_is_named(desk):
    assert "threats.txt is for the PMO and assurance: nobody who is asked can read it." in text_of(desk.checks())


def test_for_whom_nobody_is_known_is_named(desk):
    vacant = SeatFactory(group=desk.group, label="Nowhere Representative")
    row = desk.review(desk.put_forward("1.1"), seats=[vacant]).roll.get(seat=vacant)
    assert row.told == []
    desk.respondent.person.email = None
    desk.respondent.person.save_by(desk.pmo)
    assert "Nobody is known who could be mailed for Fenmoor Networks. They stand on the roll, and nobody is told." in text_of(desk.checks())


def test_what_has_changed_since_it_was_looked_at_is_looked_at_again(desk):
    shown, visitor = desk.checks(), Visitor(desk.secretary)
    AppointmentFactory(kind="respondent", organisation=desk.firm)
    again = visitor.sends(shown, {"step": "issue"})
    assert again.status_code == 409
    assert "What would go out has changed since you looked, so nobody was asked." in text_of(again)
    assert "4 people are mailed" in text_of(again)
    assert not Review.objects.exists()
    visitor.sends(again, {"step": "issue"})
    assert Review.objects.get().asked == "Are the flows complete?"


def test_what_the_rules_refuse_is_said_beside_the_form_and_one_may_go_back(desk):
    refused = desk.checks(days="3")
    assert refused.status_code == 409
    assert "The policy is 10 working days: say why it is 3 here." in text_of(refused)
    back = Visitor(desk.secretary).sends(desk.checks(), {"step": "change"})
    assert "Are the flows complete?" in text_of(back)
    assert "Check before it goes out" in text_of(back)
