"""Bodies of an earlier form are read in today's; what was sealed is not touched."""

import pytest

from decisions.models import DecisionEdition
from records import editions


@pytest.fixture
def upgraded(monkeypatch):
    """Two changes of shape since the first."""
    monkeypatch.setattr(editions, "_upgrades", {})
    editions.upgrade_of("decision")(lambda body: {**body, "second": True})
    editions.upgrade_of("decision")(lambda body: {**body, "third": body["second"]})


def test_a_body_is_taken_through_every_form_since_its_own(upgraded):
    first, second = (DecisionEdition(n=1, form=form, body=body) for form, body in ((1, {}), (2, {"second": False})))
    assert editions.as_today(first) == {"second": True, "third": True}
    assert editions.as_today(second) == {"second": False, "third": False}
    assert first.body == {}
    assert editions.form_of("decision") == 3


def test_where_two_bodies_differ_is_told_by_place():
    then, now = {"a": [1, {"b": 2}], "c": 3}, {"a": [1, {"b": 4}], "d": 3}
    assert list(editions.differing(then, now)) == ["a.1.b", "c", "d"]
