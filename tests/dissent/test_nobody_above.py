"""A concern that is carried to a group nobody sits in, here: the secretariat writes down what it answered."""

import pytest

from dissent import operations as dissent
from dissent.models import Referral
from tests.conftest import set_clock
from tests.dissent.levels import Levels, may, refused, to_the_psg, told
from tests.dissent.test_pages import shown, visit
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def build() -> Levels:
    return Levels(set_clock, psg_sits=False)


def test_where_nobody_sits_above_it_goes_in_the_name_of_the_seat_and_the_secretariat_records_the_answer(house, clock):
    concern, there = to_the_psg(house, clock)
    assert (concern.carrier, there.raised_by_seat) == (None, house.dno_seat)
    assert house.pmo.email in told("PSG: significant concern")
    for who in (house.chair, house.dno, house.ipa, house.reader):
        refused(lambda who=who: dissent.answer_referral(there, "No.", by=who), "Only the Chair of PSG may answer this", 403)
    there = dissent.answer_referral(there, "The PSG agrees with the DAG.", by=house.pmo)
    assert there.answered_by == house.pmo.person
    assert "judge" in may(there, house.dno)


def test_the_secretariat_writes_down_what_a_body_outside_the_portal_answers(house):
    concern = house.concern()
    page = visit(house.pmo).does(f"/desk/referrals/{concern.pk}/carry/")
    there = Referral.objects.get(to_group=house.psg)
    assert "Nobody who chairs the PSG signs in here: you write its answer down." in text_of(page)
    form = visit(house.pmo).opens(f"/desk/referrals/{there.pk}/answer/")
    assert "You write down what the PSG answered. The record says that you did." in text_of(form)
    visit(house.pmo).sends(form, {"answer": "The PSG agrees."})
    assert f"Answer recorded by {house.pmo.person.name}" in shown(house.dno, f"/desk/referrals/{there.pk}/")
