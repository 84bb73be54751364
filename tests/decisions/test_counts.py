"""Counts as people type them in minutes, read. What they are compared with is in tests/meetings/test_nudges.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.counts import counts_in, represented_in
from decisions.models import Choice

FOR, AGAINST, NEITHER = Choice.APPROVE, Choice.REJECT, Choice.ABSTAIN


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("CR906 was approved by 11 of 13 representatives.", [{FOR: 11}]),
        ("11 of 13 approved.", [{FOR: 11}]),
        ("Eleven out of thirteen members voted to approve it.", [{FOR: 11}]),
        ("It was approved 6-4.", [{FOR: 6, AGAINST: 4}]),
        ("It was approved 6–4, two abstaining.", [{FOR: 6, AGAINST: 4}, {NEITHER: 2}]),
        ("CR906 v1.0 was rejected by six votes to four.", [{AGAINST: 6, FOR: 4}]),
        ("Two members voted to approve, one rejected and no seats abstained.", [{FOR: 2}, {AGAINST: 1}, {NEITHER: 0}]),
        ("It was supported by nine constituencies.", [{FOR: 9}]),
        ("10 of the 13 seats were in favour, 3 against.", [{FOR: 10}, {AGAINST: 3}]),
    ],
)
def test_a_count_is_read_with_its_sides(text, sides):
    assert [count.sides for count in counts_in(text)] == sides


@pytest.mark.parametrize("text", ["The group advised against CR018 by six to four.", "Six votes to four.", "Members voted 4-6.", "The seats divided 6 to 4."])
def test_a_count_that_does_not_say_which_side_is_which_is_read_as_both(text):
    assert [count.either for count in counts_in(text)] == [(6, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "CR906 v1.0 approved.", "CR18 approved; DES-18 rejected.", "It was approved by 12 July.", "Approval is delayed by 3 to 5 days.", "The vote moves by 2 to 4 weeks.",
        "It was approved by the SRO.", "It was voted on from 10:00 to 10:30.", "Version 1.6-4 was approved.", "Costs rose by 5% against plan.",
    ],
)  # fmt: skip
def test_what_counts_no_votes_is_none(text):
    assert list(counts_in(text)) == []


def test_how_many_were_represented_is_read():
    assert [(came, of) for _, came, of in represented_in("10 of 13 represented; ten of the thirteen constituencies were represented.")] == [(10, 13), (10, 13)]
    assert list(represented_in("10 of 13 actions are closed.")) == []


@given(st.text(alphabet="1 of63-to approved votes.by", max_size=200))
def test_whatever_is_typed_is_read_or_not(text):
    for count in counts_in(text):
        assert count.sides or count.either
    list(represented_in(text))
