"""What differs between two texts and two tables: what is told can be read back, is counted, and has an end."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.comparing import CHANGED, IN, MOST, OUT, SAME, changes, words
from files.differences import MOST_BLOCKS, MOST_LETTERS, MOST_LETTERS_SAME, SAME_TOLD, between, marked
from files.reading import read, texts
from files.reading.passages import Passage, Read, Unreadable

WORD = st.sampled_from(["a", "b", "the", "hour", "REH-DES-01", "…"])
PASSAGE = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
PASSAGES = st.lists(PASSAGE, max_size=12)


def running(*passages: str) -> Read:
    return Read("paragraph", [Passage(each) for each in passages])


def differing(told: dict) -> list[tuple]:
    return [(b["kind"], b["where"], b.get("text") or (b["before"], b["after"])) for b in told["blocks"] if b["kind"] != SAME]


@given(PASSAGES, PASSAGES)
def test_every_passage_of_both_is_told_once_and_in_its_order(one, other):
    told = list(changes(one, other))
    assert [n for change in told for n in change.before] == list(range(len(one)))
    assert [n for change in told for n in change.after] == list(range(len(other)))
    for kind, before, after in told:
        assert (bool(before), bool(after)) == {SAME: (True, True), CHANGED: (True, True), OUT: (True, False), IN: (False, True)}[kind]
        if kind in (SAME, CHANGED):
            assert ([one[n] for n in before] == [other[n] for n in after]) == (kind == SAME)


@given(PASSAGE, PASSAGE)
def test_both_passages_can_be_read_from_the_words_of_one_that_changed(before, after):
    told = words(before, after)
    assert "".join(piece.text for piece in told if piece.kind != OUT) == after
    assert "".join(piece.text for piece in told if piece.kind != IN).split() == before.split()


@given(PASSAGES, PASSAGES)
def test_the_places_that_are_kept_of_a_passage_give_its_words(one, other):
    for block in between(running(*one), running(*other))["blocks"]:
        if block["kind"] == CHANGED:
            sides = {OUT: block["before"], IN: block["after"], SAME: block["after"]}
            assert [(kind, sides[kind][start:end]) for kind, start, end in block["steps"]] == [tuple(p) for p in words(block["before"], block["after"])]


@given(PASSAGES, PASSAGES)
def test_what_is_counted_adds_up_to_both_texts(one, other):
    told = between(running(*one), running(*other))
    assert told[SAME] + told[CHANGED] + told[OUT] == len(one)
    assert told[SAME] + told[CHANGED] + told[IN] == len(other)
    assert sum(block.get("count", 0) for block in told["blocks"]) == told[SAME]


def test_a_passage_is_told_beside_the_one_it_was_made_from_and_not_beside_its_neighbour():
    told = between(
        running("Requests are answered within an hour.", "Errors are told in words, as listed."),
        running("Whoever sends keeps a copy.", "Requests are answered within two hours.", "Errors are told in words, as listed."),
    )
    assert differing(told) == [(IN, "", "Whoever sends keeps a copy."), (CHANGED, "", ("Requests are answered within an hour.", "Requests are answered within two hours."))]


def test_lines_that_repeat_a_thousand_times_do_not_hide_what_stands_once():
    """Of the blank cells of a large table, there are more pairs than can be looked at."""
    one = [text for n in range(400) for text in ("Not applicable", f"Field {n}")]
    other = [text for text in one if text != "Field 200"] + ["Field 400"]
    assert MOST < 400 * 400
    assert [(kind, [one[n] for n in a], [other[n] for n in b]) for kind, a, b in changes(one, other) if kind != SAME] == [(OUT, ["Field 200"], []), (IN, [], ["Field 400"])]


def test_what_is_told_has_an_end_and_what_is_left_out_is_counted():
    told = between(running(*(f"{n} " + "x " * 400 for n in range(3_000))), running())
    assert (told[OUT], told["left_out"] + len(told["blocks"])) == (3_000, 3_000)
    assert sum(len(block["text"]) for block in told["blocks"]) <= MOST_LETTERS
    assert len(between(running(*map(str, range(3_000))), running())["blocks"]) == MOST_BLOCKS
    same = between(running(*("y" * 20_000 + str(n) for n in range(9))), running(*("y" * 20_000 + str(n) for n in range(9))))
    assert same["blocks"][0]["count"] == 9
    assert sum(map(len, same["blocks"][0]["texts"])) <= MOST_LETTERS_SAME
    assert len(between(running(*map(str, range(99))), running(*map(str, range(99))))["blocks"][0]["texts"]) == SAME_TOLD


# --- tables


def table(*rows: list[str]) -> Read:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return texts.csv_table(out.getvalue().encode())


HEAD = ["key", "field", "length"]


def test_rows_are_found_by_their_key_wherever_they_stand():
    told = between(table(HEAD, ["A", "meter", "16"], ["B", "value", "9"], ["C", "read at", "16"]), table(HEAD, ["D", "sign", "1"], ["C", "read at", "16"], ["A", "meter", "18"]))
    assert differing(told) == [(IN, "row D", "key: D; field: sign; length: 1"), (CHANGED, "row A, column length", ("16", "18")), (OUT, "row B", "key: B; field: value; length: 9")]
    assert (told["unit"], told[SAME], told[CHANGED], told[IN], told[OUT]) == ("row", 1, 1, 1, 1)


def test_two_columns_are_the_key_together_where_the_first_alone_tells_no_rows_apart():
    told = between(table(HEAD, ["A", "meter", "16"], ["A", "value", "9"]), table(HEAD, ["A", "sign", "1"], ["A", "meter", "16"], ["A", "value", "8"]))
    assert differing(told) == [(IN, "row A / sign", "key: A; field: sign; length: 1"), (CHANGED, "row A / value, column length", ("9", "8"))]


def test_a_row_with_several_cells_that_differ_counts_once():
    told = between(table(HEAD, ["A", "meter", "16"]), table(HEAD, ["A", "value", "9"]))
    assert (told[CHANGED], len(told["blocks"])) == (1, 2)


def test_of_a_column_that_came_each_value_is_told_once_and_not_all_of_very_many():
    one, other = table(["key"], *([str(n)] for n in range(99))), table(["key", "unit", "place"], *([str(n), "kWh", f"{n:02}"] for n in range(99)))
    assert [text for _, _, text in differing(between(one, other))] == ["Column unit: kWh", f"Column place: {'; '.join(f'{n:02}' for n in range(20))}; and 79 more"]


def test_a_column_that_came_is_told_once_and_changes_no_row():
    told = between(table(HEAD, ["A", "meter", "16"]), table([*HEAD, "unit"], ["A", "meter", "16", "kWh"]))
    assert differing(told) == [(IN, "", "Column unit: kWh")]
    assert (told[SAME], told[CHANGED], told[IN], told["columns"]) == (1, 0, 0, {IN: 1, OUT: 0})


@given(st.lists(st.tuples(WORD, WORD, WORD), max_size=8), st.lists(st.tuples(WORD, WORD, WORD), max_size=8))
def test_every_row_of_both_tables_is_counted_once(one, other):
    told = between(table(HEAD, *map(list, one)), table(HEAD, *map(list, other)))
    assert told[SAME] + told[CHANGED] + told[OUT] == len(one)
    assert told[SAME] + told[CHANGED] + told[IN] == len(other)


# --- values


def values(whole: object) -> Read:
    return texts.json_values(json.dumps(whole).encode())


def test_what_lies_in_a_list_goes_by_its_name_so_that_another_before_it_moves_nothing():
    one = {"flows": [{"id": "D10", "length": 16}, {"id": "D11", "length": 9, "tags": ["x", "y"]}]}
    other = {"flows": [{"id": "D09", "length": 1}, {"id": "D10", "length": 18}, {"id": "D11", "length": 9, "tags": ["x"]}]}
    assert differing(between(values(one), values(other))) == [
        (IN, "flows[D09].id", "D09"), (IN, "flows[D09].length", "1"), (CHANGED, "flows[D10].length", ("16", "18")), (CHANGED, "flows[D11].tags", ("[x, y]", "[x]")),
    ]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [("1", 1), ("true", True), ("null", None), ("", None), ([], "[]"), (1.0, 1)])
def test_a_text_is_not_the_same_as_a_number_or_a_word_of_json_that_looks_alike(one, other):
    assert between(values({"a": one}), values({"a": other}))[CHANGED] == 1


def test_no_two_values_go_by_one_path():
    assert list(values({"a.b": 1, "a": {"b": 2}, "": {"": 3}, "c": [{"id": "x]"}, {"id": "x"}]}).values) == ['"a.b"', "a.b", '"".""', 'c["x]"].id', "c[x].id"]


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=9)
WHOLE = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4), max_leaves=12)


@given(WHOLE)
def test_whatever_json_it_is_it_is_the_same_as_itself(whole):
    told = between(values(whole), values(whole))
    assert not told[CHANGED] + told[IN] + told[OUT]


# --- what cannot be compared


def test_a_table_and_running_text_are_not_compared():
    with pytest.raises(Unreadable, match="One holds a table and the other running text"):
        between(table(HEAD, ["A", "b", "c"]), running("A b c"))


def test_a_document_without_marks_has_none_to_draw():
    with pytest.raises(Unreadable, match="No change is marked"):
        marked(Read("paragraph", marked=[[(SAME, "As it was.")]]))


@pytest.mark.parametrize("kind", ["zip", "png", "vsdx", "xml"])
def test_of_what_holds_no_text_that_is_read_the_portal_says_so(kind):
    with pytest.raises(Unreadable, match="reads no text from a file of this kind"):
        read(kind, b"whatever")
