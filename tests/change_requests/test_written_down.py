"""What the secretariat writes down for somebody else is asked of the secretary who types, not of whoever answered."""

import pytest

from change_requests.models import Response
from tests.change_requests.offices import Office
from tests.conftest import set_clock
from tests.factories import BelongingFactory, OrganisationFactory
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
TO_WHOEVER_ANSWERS = ("your organisation", "on you?", "cost you", "would you", "on us", "you object to", "your name")


class Post:
    """One assessment is out; of one firm nobody is known who answers."""

    def __init__(self):
        self.office = Office(set_clock)
        self.alone = OrganisationFactory(name="Nobody Known Ltd")
        BelongingFactory(organisation=self.alone, constituency=self.office.seats[0].constituency)
        self.assessment = self.office.assessed(question="What of the dates?")
        self.row = self.office.place(self.assessment, 0)
        self.secretary = Visitor(self.office.secretary)
        self.mailed = f"/desk/assessments/rows/{self.row.pk}/mailed/"
        self.off_roll = f"/desk/assessments/{self.assessment.pk}/off-roll/"


@pytest.fixture(scope="module")
def stage(scene):
    return scene(Post)


@pytest.fixture
def post(stage):
    return stage()


@pytest.mark.parametrize("form", ["mailed", "off_roll"])
def test_the_form_and_what_is_refused_of_it_speak_of_them_and_not_to_them(post, form):
    at = getattr(post, form)
    for page in (post.secretary.opens(at), post.secretary.does(at, {"position": "object", "name": "", "sent_from": ""}), post.secretary.does(at, {"team": "Testing"})):
        told = text_of(page)
        assert not [words for words in TO_WHOEVER_ANSWERS if words in told.lower()], told
        assert "No impact on them" in told
        assert "Answer to what was asked in particular “What of the dates?”" in told
    assert "Give the name of whoever answered." in told
    assert "Choose their position." in told


def test_a_mailed_answer_names_the_organisation_and_the_receipt_says_who_is_mailed(post):
    assert f"Position of {post.row.organisation_name}" in text_of(post.secretary.opens(post.mailed))
    done = text_of(post.secretary.does(post.mailed, {"position": "no_impact", "name": "Ann Example", "sent_from": ""}))
    assert f"The answer of {post.row.organisation_name} is recorded, in the name of Ann Example: CR001-IA1/" in done
    assert "Whoever answers for them is mailed a receipt, and may answer anew." in done
    assert Response.objects.get().submitted_name == "Ann Example"


def test_where_nobody_is_known_no_receipt_is_spoken_of(post):
    row = post.assessment.roll.get(organisation=post.alone)
    done = text_of(post.secretary.does(f"/desk/assessments/rows/{row.pk}/mailed/", {"position": "no_impact", "name": "Ann Example", "sent_from": ""}))
    assert "Nobody is known who answers for Nobody Known Ltd: no receipt went there." in done
    assert "Whoever answers for them" not in done


def test_off_the_roll_the_secretary_is_told_that_nobody_is_mailed(post):
    done = text_of(post.secretary.does(post.off_roll, {"team": "Testing", "position": "no_impact", "name": "Mo Example"}))
    assert "The answer of Testing is recorded, in the name of Mo Example: CR001-IA1/O1. It is counted apart. Nobody is mailed: tell them the receipt." in done


def test_a_seat_of_the_programme_answers_for_its_own_team(post):
    observer = Visitor(post.office.observer)
    told = text_of(observer.opens(post.off_roll))
    assert "Your team’s position" in told
    assert "No impact on us" in told
    assert "Choose the position of your organisation." in text_of(observer.does(post.off_roll, {"team": "Testing"}))
    assert "Nobody is mailed" not in text_of(observer.does(post.off_roll, {"team": "Testing", "position": "no_impact", "name": "Mo Example"}))
