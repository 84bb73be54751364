"""The steps of the process: each has its place in one list, and none is shown by chance."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from assurance.trail import ORDER, in_order
from records import process
from records.process import Line, step, steps


def another(seen):
    yield Line("Was it well done?", process.YES, "It was.")


@pytest.mark.parametrize("of", ORDER)
def test_every_step_that_an_app_registers_has_its_place(of):
    assert [steps(of)[name] for name in ORDER[of]] == in_order(steps(of), of)
    assert len(set(ORDER[of])) == len(ORDER[of]) == len(steps(of))


def test_a_step_without_a_place_is_not_passed_over():
    with pytest.raises(ImproperlyConfigured, match="ORDER lists: another"):
        in_order(steps() | {"another": another})


def test_a_place_without_its_step_is_not_passed_over():
    left = {name: found for name, found in steps().items() if name != "papers"}
    with pytest.raises(ImproperlyConfigured, match="ORDER lists: papers"):
        in_order(left)


def test_no_step_takes_the_name_of_another(monkeypatch):
    monkeypatch.setattr(process, "_steps", {})
    assert step("another")(another) is step("another")(another)
    with pytest.raises(ValueError, match="Two steps of the process are called another"):
        step("another")(lambda seen: [])
    assert steps() == {"another": another}
