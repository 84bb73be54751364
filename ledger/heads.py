"""The head of the ledger, and the heads published once a day, so that somebody keeps them outside.

Only a head kept outside shows that entries were cut off, that an older backup was put back, or that the chain was
rewritten as a whole. Days are London's.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from ledger.models import GENESIS, DailyHead, Entry
from records.clock import LONDON, london_moment

PUBLISHED_AFTER = time(17)  # in London, on working days and others


class Head(NamedTuple):
    """The last entry's number and hash. Kept outside the portal, it shows if entries were cut off or all rewritten."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """Read "412:3f9a…". Raises ValueError."""
        seq, _, hashed = text.strip().partition(":")
        if len(hashed) < 12 or not seq.isdigit() or not set(hashed) <= set("0123456789abcdef"):
            raise ValueError(f"“{text}” is not a ledger head such as 412:3f9a…")
        return cls(int(seq), hashed)


class PublishedHead(NamedTuple):
    """A head as it was published: for which day, when, and what was told."""

    day: date
    published_at: datetime
    head: Head


def head() -> Head:
    return Head(*(Entry.objects.order_by("-seq").values_list("seq", "hash").first() or (0, GENESIS)))


def day_of_head(now: datetime) -> date:
    """The last day whose five o'clock has passed."""
    local = now.astimezone(LONDON)
    return local.date() if local.time() >= PUBLISHED_AFTER else local.date() - timedelta(days=1)


def head_is_due(now: datetime) -> bool:
    """Whether that day has no head yet, and something was sealed before its five o'clock."""
    day = day_of_head(now)
    begun = Entry.objects.order_by("seq").values_list("at", flat=True).first()
    return begun is not None and begun < london_moment(day, PUBLISHED_AFTER) and not DailyHead.objects.filter(day__gte=day).exists()


def published_heads(limit: int) -> list[PublishedHead]:
    """The latest, newest first."""
    return _told(DailyHead.objects.with_head()[:limit])


def covering(seq: int) -> PublishedHead | None:
    """The first head published after that entry, which vouches for it."""
    return next(iter(_told(DailyHead.objects.with_head().filter(last__gte=seq).order_by("last")[:1])), None)


def last_before(moment: datetime) -> PublishedHead | None:
    """The last head that was out by then."""
    return next(iter(_told(DailyHead.objects.with_head().filter(published_at__lte=moment)[:1])), None)


def covering_any(seqs: Iterable[int]) -> list[DailyHead]:
    """For each of these entries the daily head that covers it, earliest first: no more heads than entries."""
    within = Entry.objects.filter(seq__in=list(seqs), seq__gte=OuterRef("first"), seq__lte=OuterRef("last"))
    return list(DailyHead.objects.with_head().filter(Exists(within), seq__isnull=False).order_by("last"))


def _told(heads: Iterable) -> list[PublishedHead]:
    return [PublishedHead(daily.day, daily.published_at, Head(daily.seq, daily.hash)) for daily in heads if daily.seq]
