"""How the tests are handed out to the processes of a run."""

from types import SimpleNamespace

import pytest

from tests.workers import ByModule

TESTS = [
    *(f"tests/decisions/test_a.py::test_{n}" for n in range(5)),
    *(f"tests/decisions/test_b.py::test_{n}" for n in range(2)),
    *(f"tests/meetings/test_c.py::test_{n}" for n in range(3)),
    *(f"tests/browser/test_d.py::test_{n}" for n in range(2)),
]


class Worker:
    """A process that does what it is told, and says so."""

    def __init__(self, name: str):
        self.gateway, self.waiting, self.done, self.shutting_down = SimpleNamespace(id=name), list[int](), list[str](), False

    def send_runtest_some(self, tests: list[int]) -> None:
        self.waiting += tests

    def send_steal(self, tests: list[int]) -> None:
        self.asked_back = tests

    def shutdown(self) -> None:
        self.shutting_down = True


def handed_out(workers: int) -> list[Worker]:
    """Each does one test after the other, in turn; what is left of a module may be asked back."""
    there = [Worker(f"gw{n}") for n in range(workers)]
    scheduled = ByModule(SimpleNamespace(getvalue=lambda _: ["popen"] * workers))  # type: ignore[arg-type]
    for each in there:
        scheduled.add_node(each)  # type: ignore[arg-type]
        scheduled.add_node_collection(each, TESTS)  # type: ignore[arg-type]
    scheduled.schedule()
    while any(each.waiting for each in there):
        for each in (each for each in there if each.waiting):
            test = each.waiting.pop(0)
            each.done.append(TESTS[test])
            scheduled.mark_test_complete(each, test)  # type: ignore[arg-type]
            if (stolen_from := scheduled.steal_requested_from_node) is not None:
                left = [n for n in stolen_from.asked_back if n in stolen_from.waiting]
                stolen_from.waiting = [n for n in stolen_from.waiting if n not in left]
                scheduled.remove_pending_tests_from_node(stolen_from, left)
    assert scheduled.tests_finished
    return there


@pytest.mark.parametrize("workers", [1, 2, 3, 5])
def test_each_is_done_once(workers):
    assert sorted(test for each in handed_out(workers) for test in each.done) == sorted(TESTS)


def modules_of(worker: Worker) -> set[str]:
    return {test.partition("::")[0].rpartition("/")[2] for test in worker.done}


def test_a_module_is_whose_it_was_given_to_until_nothing_else_is_left():
    first, second = handed_out(2)
    assert second.done[:2] == ["tests/decisions/test_b.py::test_0", "tests/decisions/test_b.py::test_1"]
    assert [test for test in first.done if "test_a" in test] == TESTS[:5]
    assert modules_of(first) & modules_of(second) <= {"test_c.py", "test_d.py"}


def test_the_third_of_three_waits_for_the_browser_and_takes_nothing_from_the_others():
    *others, third = handed_out(3)
    assert modules_of(third) == {"test_d.py"}
    assert third.shutting_down
    assert {module for each in others for module in modules_of(each)} == {"test_a.py", "test_b.py", "test_c.py"}
