"""What is taken away as a file does nothing where it is opened."""

import pytest

from records.exporting import csv_safe


@pytest.mark.parametrize("formula", ["=HYPERLINK(A1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_calculate_is_text(formula):
    assert csv_safe(formula) == f"'{formula}"


@pytest.mark.parametrize("text", ["", "CR018", "a = b", "'quoted", " =1", "6–4"])
def test_any_other_cell_stays_as_it_is(text):
    assert csv_safe(text) == text
