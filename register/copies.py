"""Public pages as they were last made, each with the state of the record it was made from.

While nothing is published, a page that is asked for again is the page that was made before, to the byte; only when something
was published, or a minute has turned, is it made anew. So a crowd that comes to read a decision costs little, and
nobody reads anything staler than without this. Each process keeps its own.
"""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from django.db import DatabaseError, connection
from django.http import HttpResponse

MOST = 256  # pages
LARGEST = 256 * 1024  # bytes of a page that is kept


class Copy(NamedTuple):
    state: str
    content: bytes
    headers: dict[str, str]


_kept: OrderedDict[str, Copy] = OrderedDict()
_lock = Lock()


def state_of_the_shelf() -> str:
    """One word for everything that pages made from editions would show now: the same word, the same pages.

    It is the highest stamp of the shelf, which goes up with every edition and every black-out and with nothing else, and the
    minute: what is open, due or late turns on the minute. Votes and sign-ins do not touch it.
    """
    return _asked("SELECT concat((SELECT max(stamp) FROM register_shelf), ' ', date_trunc('minute', portal_now()))")


def state_of_the_rows() -> str:
    """The same for pages that are made from rows and the ledger: PostgreSQL's own snapshot, which tells the transactions whose
    effects are visible, and the minute."""
    return _asked("SELECT concat(pg_current_snapshot(), ' ', date_trunc('minute', portal_now()))")


def _asked(sql: str) -> str:
    """Empty where no such word can be had. Inside a transaction it would leave out what that transaction has written itself."""
    if connection.in_atomic_block:
        return ""
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]
    except DatabaseError:
        return ""  # the page itself says what is the matter


def copy_of(address: str, state: str) -> HttpResponse | None:
    """The page of that address, if it was made from this very state."""
    with _lock:
        copy = _kept.get(address)
        if not state or copy is None or copy.state != state:
            return None
        _kept.move_to_end(address)
    return HttpResponse(copy.content, headers=copy.headers)


def keep(address: str, state: str, response: HttpResponse) -> None:
    """Keep a page that was made when the record was in this state. What was written while it was made gives another state."""
    if not state or response.status_code != 200 or response.streaming or len(response.content) > LARGEST:
        return
    with _lock:
        _kept[address] = Copy(state, response.content, dict(response.items()))
        _kept.move_to_end(address)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
