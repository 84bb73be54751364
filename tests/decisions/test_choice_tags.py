"""How a seat's choice is shown."""

import pytest

from decisions.models import Choice, RollRow
from decisions.templatetags.votes import MARKS, choice_tag
from records.templatetags.portal import tag


@pytest.mark.parametrize("choice", Choice)
def test_every_choice_has_a_mark_of_its_own(choice):
    assert choice_tag(choice, choice.label) == tag(choice.label, *MARKS[choice])
    assert len(set(MARKS.values())) == len(MARKS)


@pytest.mark.parametrize("state", [RollRow.State.ABSENT, RollRow.State.EXPECTED, RollRow.State.UNREADABLE])
def test_a_seat_that_said_nothing_is_grey(state):
    assert choice_tag(state, state.label) == tag(state.label, "grey", "dash")
