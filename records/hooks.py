"""How an app higher up takes part in a verb of one below it, without the lower app knowing of it.

An app registers in its `hooks.py`, which its AppConfig.ready() imports. A refusal or an exception undoes the whole verb, in
whose transaction all run. What is offered goes into the form with which the verb is done, and can be changed there.
docs/lifecycles.md prints who hangs on which verb.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from records.rules import Refusal

_refusals: dict[str, list[Callable]] = defaultdict(list)
_effects: dict[str, list[Callable]] = defaultdict(list)
_offers: dict[str, list[Callable]] = defaultdict(list)


def refusals_for(verb: str) -> Callable:
    """Register a rule (a generator of sentences) that may refuse the verb, named as "meetings.publish"."""
    return _registering(_refusals, verb)


def effects_of(verb: str) -> Callable:
    """Register a function that does what must follow when the verb runs."""
    return _registering(_effects, verb)


def offers_for(verb: str) -> Callable:
    """Register what is handed to the form of the verb below: subjects to settle, words for a comment."""
    return _registering(_offers, verb)


def _registering(book: dict[str, list[Callable]], verb: str) -> Callable:
    def register(function: Callable) -> Callable:
        if function not in book[verb]:
            book[verb].append(function)
        return function

    return register


def refusals_from_above(verb: str, record, **context) -> Iterator[Refusal]:
    """Every reason the apps higher up give against the verb."""
    for rule in _refusals[verb]:
        yield from (reason if isinstance(reason, Refusal) else Refusal(reason) for reason in rule(record, **context))


def effects_above(verb: str, record, **context) -> None:
    """Let the apps higher up do what must follow."""
    for effect in _effects[verb]:
        effect(record, **context)


def offered_from_above(verb: str, record, **context) -> Iterator[Any]:
    """Everything that the apps higher up have for the verb's form."""
    for offer in _offers[verb]:
        offered: Iterable[Any] = offer(record, **context)
        yield from offered


def hanging_on() -> dict[str, list[str]]:
    """Verb -> who hangs on it, for docs/lifecycles.md."""
    verbs = sorted({*_refusals, *_effects, *_offers})
    return {
        verb: [f"{f.__module__}.{f.__name__}" for f in (*_refusals[verb], *_effects[verb], *_offers[verb])]
        for verb in verbs
        if _refusals[verb] or _effects[verb] or _offers[verb]
    }
