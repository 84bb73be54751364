"""What can be done to a record, each verb said once, in its app's verbs.py.

From this come the buttons of a page, what waits on somebody's desk, the page that asks before something is done for good, the one
view of the verbs that have no form, and the tables of the documents. Whether a verb is offered is for its rule to say, and for
nothing else.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.urls import reverse

from records.rules import Refusal
from records.together import ask_together

Words = str | Callable[[Any], str]
Rule = Callable[[Any, Any, datetime], Iterable[Refusal]]


@dataclass(frozen=True)
class Verb:
    """One thing that can be done to one kind of record. `standing` is who asks, on which day; a `rule` yields what refuses it."""

    name: str  # "meetings.circulate"
    of: type[Model]
    rule: Rule
    label: Words  # on its button
    at: Callable[[Any], str]  # the page on which it is done: its form, or where its button stands
    act: Callable[..., Any] | None = None  # act(record, by=user): of a verb without a form
    find: Callable[[int, Any], Any] | None = None  # find(pk, standing): the record to act on; none, if they may not know of it
    asks_again: bool = False  # who it is, before it is done
    confirms: Callable[[Any], list[str]] | None = None  # it cannot be taken back: what follows, in sentences, to be read first
    shows: Callable[..., str] | None = None  # shows(record, by=user): what can be looked at before: it is done with all that makes its page public; the reference of that, a meeting's
    done: Words = ""  # what is said afterwards
    then: Callable[[Any], str] | None = None  # where to go afterwards, of what `act` returned; else to `at`
    look: Words = "button"  # or "secondary", "warning", "link"
    # What of it waits on somebody's desk, if it does: rows among which the rule decides; by when; and in which words.
    waits: Callable[[Any, datetime], Iterable[Any]] | None = None
    due: Callable[[Any, Any], datetime | None] = lambda record, standing: None
    title: Words | None = None
    waits_in_the_room: Callable[[Any, datetime], bool] = lambda record, now: False  # people sit there and wait for it: it comes before what has a day
    group: Callable[[Any], Any] | None = None  # whose business it is, where the record has no group of its own

    @property
    def short(self) -> str:
        return self.name.rpartition(".")[2]

    def may(self, record: Any, standing: Any, now: datetime) -> bool:
        return not any(self.rule(record, standing, now))

    def do(self, record: Any, *, by: Any) -> Any:
        """Only of a verb without a form."""
        if self.act is None:
            raise TypeError(f"{self.name} is done by its form.")
        return self.act(record, by=by)

    def about(self, record: Any) -> Any:
        """The group whose business it is."""
        return self.group(record) if self.group else record.group

    def in_words(self, words: Words, record: Any) -> str:
        return words if isinstance(words, str) else words(record)


@dataclass(frozen=True)
class Offer:
    """A verb that somebody can do to a record now."""

    verb: Verb
    record: Any

    @property
    def name(self) -> str:
        return self.verb.short

    @cached_property
    def look(self) -> str:
        return self.verb.in_words(self.verb.look, self.record)

    @property
    def label(self) -> str:
        return self.verb.in_words(self.verb.label, self.record)

    @property
    def is_pressed(self) -> bool:
        """Done by the press of a button, there and then: no form, and nothing to be read first."""
        return self.verb.act is not None and self.verb.confirms is None

    @property
    def url(self) -> str:
        """Where the button sends, or the link leads."""
        return self.verb.at(self.record) if self.verb.act is None else reverse("desk:do", args=[self.verb.name, self.record.pk])


_verbs: dict[str, Verb] = {}


def register(*verbs: Verb) -> None:
    """From an app's verbs.py, in the order in which buttons stand."""
    _verbs.update({verb.name: verb for verb in verbs})


def verbs() -> list[Verb]:
    return list(_verbs.values())


def verb_named(name: str) -> Verb | None:
    return _verbs.get(name)


def offers(record: Model, standing: Any, now: datetime) -> list[Offer]:
    """What this person can do to the record now."""
    return [Offer(verb, record) for verb in verbs() if verb.of is type(record) and verb.may(record, standing, now)]


def waiting(standing: Any, now: datetime) -> Iterator[Offer]:
    """Everything that waits for this person: if and only if they can do it now."""
    ask_together(standing)
    for verb in verbs():
        if verb.waits is not None:
            yield from (Offer(verb, record) for record in verb.waits(standing, now) if verb.may(record, standing, now))
