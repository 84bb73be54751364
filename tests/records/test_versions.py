"""Versions are kept as they were written, and sort as they are meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.versions import NOT_STATED, in_words, is_draft, is_same_version, key_of_version

NUMBERS = st.lists(st.integers(0, 400), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.0", "version one"), ("v1.2", "1.2"), ("1.0", "1.0.0"), ("Version 1.8", "v1.8"), ("1.0 draft 2", "1.0 (draft 2)"), ("V 2", "2.0"), ("1.2 DRAFT", "1.2 draft")],
)
def test_two_ways_to_write_a_version_mean_the_same(one, other):
    assert is_same_version(one, other)


@pytest.mark.parametrize(("earlier", "later"), [("8.9", "8.10"), ("0.9", "1.0"), ("1.0 draft", "1.0"), ("1.0 draft 2", "1.0 draft 10"), ("1.0", "1.1 draft"), ("1.0", "1.0.1")])
def test_one_version_comes_after_another(earlier, later):
    assert key_of_version(earlier) < key_of_version(later)


@pytest.mark.parametrize("written", ["", NOT_STATED, "v", "1.", ".1", "1..2", "latest", "1.0beta", "CR018", "1" * 30, "1.2.3.4.5.6.7.8.9", "9" * 9 + "99", "１.０"])
def test_what_is_no_version_equals_nothing_and_not_itself(written):
    assert key_of_version(written) is None
    assert not is_same_version(written, written)


@given(NUMBERS, NUMBERS)
def test_versions_sort_as_their_numbers_do_whatever_zeros_end_them(one, other):
    def plain(numbers):
        return [*numbers, *[0] * (6 - len(numbers))]

    written = [".".join(map(str, numbers)) for numbers in (one, other)]
    keys = [key_of_version(each) for each in written]
    assert (keys[0] < keys[1], keys[0] == keys[1]) == (plain(one) < plain(other), plain(one) == plain(other))


@given(NUMBERS, st.integers(0, 50))
def test_a_draft_comes_before_what_it_is_a_draft_of_and_after_all_that_was_before(numbers, n):
    final = key_of_version(".".join(map(str, numbers)))
    draft = key_of_version(f"{'.'.join(map(str, numbers))} draft {n}")
    assert is_draft(draft)
    assert not is_draft(final)
    assert draft < final
    if numbers[-1]:
        assert key_of_version(".".join(map(str, [*numbers[:-1], numbers[-1] - 1]))) < draft


def test_a_version_is_called_by_its_number_however_it_was_written():
    assert [in_words(each) for each in ("1.8", "v1.8", "Version 1.8", "as circulated")] == ["version 1.8", "version 1.8", "version 1.8", "as circulated"]
