"""What was mailed about a record, and what became of it for each who was told. An app says of its own mails what more is known of them, and who may see which."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from django.db.models import Min

from notifications.models import DeliveryAttempt, Notice
from notifications.operations import AGAIN


@dataclass(frozen=True)
class Told:
    """One who was told, by the last mail that was sent to them of it."""

    notice: Notice
    times: int  # how often it was sent

    @property
    def name(self) -> str:
        return self.notice.person.name if self.notice.person else self.notice.address

    @property
    def state(self) -> str:
        if self.came_back:
            return "Came back"
        return {Notice.Status.QUEUED: "Waiting to be sent", Notice.Status.SENT: "Handed to the mail server", Notice.Status.FAILED: "Not delivered"}[Notice.Status(self.notice.status)]

    @property
    def tone(self) -> str:
        if self.came_back or self.notice.status == Notice.Status.FAILED:
            return "red"
        return "yellow" if self.notice.status == Notice.Status.QUEUED else "green"

    @property
    def came_back(self) -> bool:
        return bool(self.notice.bounces.all())

    @property
    def said(self) -> str:
        """What the mail server made of it, where that is bad."""
        if self.came_back:
            return max(self.notice.bounces.all(), key=lambda each: each.pk).said
        return self._last.said if self._last and not self._last.accepted else ""

    @property
    def at(self) -> datetime | None:
        return self._last.at if self._last else None

    @property
    def _last(self) -> DeliveryAttempt | None:
        return max(self.notice.attempts.all(), key=lambda each: each.n, default=None)

    @property
    def may_be_sent_again(self) -> bool:
        return self.notice.status != Notice.Status.QUEUED

    @property
    def beside(self) -> str:
        """What else is known of it, under the heading that its sending has for that."""
        return ""


T = TypeVar("T", bound=Told)


@dataclass
class Sending(Generic[T]):
    """What went out at once to some people."""

    key: str
    subject: str
    at: datetime
    told: list[T] = field(default_factory=list)
    is_for_the_group: bool = False  # what went to one person, or to those alone who answer for the group, is not for all to see
    without_address: list[str] = field(default_factory=list)
    why_not: str = ""  # none of it is sent again any more, and why

    @property
    def to_whom(self) -> str:
        return f"to {len(self.told)} {'person' if len(self.told) == 1 else 'people'}"

    @property
    def troubled(self) -> int:
        return sum(each.tone == "red" for each in self.told)

    @property
    def more(self) -> str:
        """What is known of all of it beside how the mails fared, in a sentence."""
        return ""

    @property
    def heading(self) -> str:
        """Of the column with what else is known of each; none, no column."""
        return ""


class Sent(NamedTuple):
    """All mails under one key: of each who was told, what they were sent, the latest last."""

    key: str
    at: datetime
    own: list[list[Notice]]

    @property
    def subject(self) -> str:
        return self.own[0][0].subject


def sent_about(*references: str) -> list[Sent]:
    """Everything that was mailed about a record, under whichever reference it went, the latest first. Three queries and one, however much."""
    notices = list(Notice.objects.filter(reference__in=references).select_related("person").prefetch_related("attempts", "bounces").order_by("pk"))
    first = dict(Notice.history.filter(id__in=[each.pk for each in notices]).values_list("id").annotate(Min("history_date")))
    together: dict[str, list[Notice]] = {}
    for notice in notices:
        together.setdefault(AGAIN.sub("", notice.key), []).append(notice)
    made = [Sent(key, first[sent[0].pk], _of_each(sent)) for key, sent in together.items()]
    return sorted(made, key=lambda each: each.at, reverse=True)


def _of_each(notices: Sequence[Notice]) -> list[list[Notice]]:
    own: dict[int | str, list[Notice]] = {}
    for notice in notices:
        own.setdefault(notice.person_id or notice.address, []).append(notice)
    return list(own.values())


def by_name(told: list[T]) -> list[T]:
    return sorted(told, key=lambda each: each.name)
