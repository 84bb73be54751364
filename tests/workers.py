"""Which worker runs which tests: a module at a time, and, where there are three of them, what mostly waits on the third.

A module is one worker's, since its scene takes long to make; only at the end is what is left of the last ones shared out. Whoever tests in a
browser waits for it half of the time, and so for a demonstration to begin or to end, and for others in a race: with a worker for that beside
the two, no processor is idle.
"""

from collections.abc import Sequence
from functools import cached_property

import pytest
from xdist.scheduler import WorkStealingScheduling
from xdist.scheduler.worksteal import MIN_PENDING
from xdist.workermanage import WorkerController

WAIT = {"browser", "launcher", "races"}  # folders of tests


class ByModule(WorkStealingScheduling):
    def check_schedule(self) -> None:
        waits = self._who_waits()
        if waits and self.pending and not waits.shutting_down and len(self.node2pending[waits]) < MIN_PENDING and self._next_module(waits) is None:
            waits.shutdown()  # a third one at what does not wait would only keep the other two from it
        super().check_schedule()

    def _send_tests(self, node: WorkerController, num: int) -> None:
        """As many modules as it takes for the worker to know what comes next, whatever their number of tests."""
        mine: list[int] = []
        while len(self.node2pending[node]) + len(mine) < MIN_PENDING and (module := self._next_module(node)):
            mine += self._taken(module)
        if mine:
            self.node2pending[node].extend(mine)
            node.send_runtest_some(mine)

    def _next_module(self, node: WorkerController) -> str | None:
        waits = node is self._who_waits()
        modules = dict.fromkeys(self._module[n] for n in self.pending)
        wanted = (each for each in modules if (each.split("/")[-2] in WAIT) == waits)
        return next(wanted, None if waits else next(iter(modules), None))

    def _who_waits(self) -> WorkerController | None:
        return self.nodes[-1] if len(self.nodes) > 2 else None

    def _taken(self, module: str) -> Sequence[int]:
        taken = [n for n in self.pending if self._module[n] == module]
        self.pending[:] = [n for n in self.pending if self._module[n] != module]
        return taken

    @cached_property
    def _module(self) -> list[str]:
        """Of each test."""
        return [test.partition("::")[0] for test in self.collection or ()]


def pytest_xdist_make_scheduler(config: pytest.Config, log) -> ByModule | None:
    return ByModule(config, log) if config.getvalue("dist") == "worksteal" else None
