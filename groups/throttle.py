"""How often somebody may try to sign in: the more tries have failed, the longer the wait, and never for whoever tries from elsewhere.

A wrong password and a wrong code are tries alike, and count together: whoever knows the one may guess no more of the other.

Tries that make somebody wait are counted for an address and the network they come from, and for that network alone (one password, many
addresses); never for an address alone, since then anybody could lock out anybody: of those, its owner is told. A wait ends by itself, and nothing is locked.
"""

import hashlib
from time import time as moment
from typing import NamedTuple

from django.core.cache import cache

FREE, FREE_FOR_ALL = 5, 30  # failed tries without a wait: for one address, for all addresses from one network
LONGEST = 300  # seconds
REMEMBERED = 3600  # seconds since the last try that failed


class Failed(NamedTuple):
    tries: int = 0
    last: float = 0.0

    def wait(self, free: int, now: float) -> int:
        """How many seconds are left to wait: none at first, then 2, 4, 8 … after each try that fails."""
        if self.tries < free:
            return 0
        until = self.last + min(2 ** min(self.tries - free + 1, 12), LONGEST)
        return max(0, round(until - now + 0.5))


def seconds_to_wait(address: str, source: str) -> int:
    """Before the next try at this address from this network."""
    now = moment()
    return max(_failed(key).wait(free, now) for key, free in _counted(address, source))


def note_failure(address: str, source: str) -> None:
    for key, _ in _counted(address, source):
        cache.set(key, tuple(Failed(_failed(key).tries + 1, moment())), REMEMBERED)


TOLD = 10  # wrong passwords at one address within REMEMBERED, from wherever: then its owner is told


def note_wrong(what: str, whose: str) -> int:
    """How many codes of this account, or passwords at this address, were wrong of late, wherever they came from: for whoever tells its owner. Nobody waits for it."""
    failed = Failed(_failed(key := _key(what, whose)).tries + 1, moment())
    cache.set(key, tuple(failed), REMEMBERED)
    return failed.tries


def forget(address: str, source: str) -> None:
    """Somebody was who they said they are. What failed from that network at other addresses is not forgotten with it."""
    cache.delete(_counted(address, source)[0][0])


def _failed(key: str) -> Failed:
    return Failed(*cache.get(key, ()))


def _counted(address: str, source: str) -> tuple[tuple[str, int], ...]:
    return (_key("address", address.strip().casefold(), source), FREE), (_key("source", source), FREE_FOR_ALL)


def _key(*parts: str) -> str:
    return "failed-sign-in:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()
