"""Verbs are said once: what is offered, what waits, and what is asked about before it is done."""

import pytest

from records.verbs import verbs
from tests.conftest import set_clock
from tests.decisions.houses import House
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def houses(scene):
    return scene(lambda: House(set_clock, seats=2))


@pytest.fixture
def house(houses, db, settings):
    settings.DEMO = True
    return houses()


def test_a_verb_is_either_a_form_or_a_press_of_a_button_that_finds_its_record():
    for verb in verbs():
        assert verb.name.count(".") == 1
        assert (verb.act is None) == (verb.find is None), verb.name
        assert verb.act is None or verb.done, f"{verb.name}: say what was done"
        assert not verb.asks_again or verb.confirms, f"{verb.name}: who is asked again who they are is shown what follows"


def test_what_is_done_on_a_form_is_not_done_by_a_button(house):
    secretary = Visitor(house.secretary)
    for verb in (verb for verb in verbs() if verb.act is None):
        with pytest.raises(TypeError, match="is done by its form"):
            verb.do(None, by=house.secretary)
        assert secretary.opens(f"/desk/do/{verb.name}/1/").status_code == 404, verb.name


def test_closing_a_vote_is_asked_about_first_and_says_who_has_not_voted(house):
    question = house.ask(window_days=None)
    page = Visitor(house.secretary).opens(f"/desk/do/decisions.close/{question.pk}/")
    said = text_of(page)
    assert "0 of 2 seats have voted" in said
    assert "not opened again" in said
    question.refresh_from_db()
    assert question.status == "open"
