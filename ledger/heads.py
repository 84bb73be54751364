"""The head of the ledger, and the heads published once a day, so that somebody keeps them outside.

Only a head kept outside shows that entries were cut off, that an older backup was put back, or that the chain was
rewritten as a whole. Days are London's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from ledger.models import BLOCK, GENESIS, DailyHead, Entry, Payload
from records.canonical import canonical, plain, sha256
from records.clock import LONDON, london_moment
from records.dates import as_day
from records.models import Signed
from records.prepared import Prepared, PreparedRecords

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


_COVERING = Prepared(
    lambda seq: DailyHead.objects.with_head().filter(last__gte=seq).order_by("last").values_list("day", "published_at", "seq", "hash")[:1], seq=-1
)


def covering(seq: int) -> PublishedHead | None:
    """The first head published after that entry, which vouches for it."""
    return next((PublishedHead(day, at, Head(own, hashed)) for day, at, own, hashed in _COVERING.rows(seq=seq) if own), None)


_ABOUT = PreparedRecords(lambda kind, pk: Entry.objects.filter(subject_kind=kind, subject_pk=pk).order_by("seq"), kind="?", pk=-1)


def entries_about(record: Signed) -> list[Entry]:
    """All entries about a record of which the ledger speaks seldom, such as an edition, oldest first."""
    return _ABOUT.records(kind=record.sealed_as, pk=record.pk)


def last_before(moment: datetime) -> PublishedHead | None:
    """The last head that was out by then."""
    return next(iter(_told(DailyHead.objects.with_head().filter(published_at__lte=moment)[:1])), None)


def _told(heads: Iterable) -> list[PublishedHead]:
    return [PublishedHead(daily.day, daily.published_at, Head(daily.seq, daily.hash)) for daily in heads if daily.seq]


@dataclass
class Cover:
    """A daily head that covers certain entries: its own entry, and the hashes in those of its blocks in which they are."""

    daily: DailyHead
    entry: Entry
    blocks: dict[int, list[str]]

    @property
    def head(self) -> Head:
        return Head(self.entry.seq, self.entry.hash)

    def faults(self) -> list[str]:
        """Whether the hashes are those that were there when the head was published. A sentence for anyone."""
        payload = getattr(self.entry, "payload", None)
        if payload is not None and self._fits(payload) and payload.body == plain({"record": self.daily.sealed(), "facts": {}}) and self._digested():
            return []
        return [f"The head published for {as_day(self.daily.day)} does not fit the entries it was made from."]

    def _fits(self, payload: Payload) -> bool:
        return (self.entry.computed_hash(), payload.computed_sha256()) == (self.entry.hash, self.entry.payload_sha256)

    def _digested(self) -> bool:
        return all(list(self.daily.blocks)[n : n + 1] == [sha256(canonical(hashes))] for n, hashes in self.blocks.items())


def covers(seqs: Iterable[int]) -> list[Cover]:
    """The daily heads that cover these entries, earliest first: no more of them than entries, whatever the ledger. At most three queries."""
    seqs = sorted(seqs)
    within = Entry.objects.filter(seq__in=seqs, seq__gte=OuterRef("first"), seq__lte=OuterRef("last"))
    dailies = {daily.pk: daily for daily in DailyHead.objects.filter(Exists(within)).order_by("last")}
    if not dailies:
        return []
    own = Entry.objects.filter(subject_kind=DailyHead.sealed_as, subject_pk__in=dailies).select_related("payload").order_by("seq")
    spans = {(d.pk, (seq - d.first) // BLOCK): d.span((seq - d.first) // BLOCK) for d in dailies.values() for seq in seqs if d.first <= seq <= d.last}
    wanted = Q(pk=None)
    for span in spans.values():
        wanted |= Q(seq__in=span)
    hashes = dict(Entry.objects.filter(wanted).values_list("seq", "hash"))
    found = [Cover(dailies[entry.subject_pk], entry, {}) for entry in own]
    for cover in found:
        mine = [(n, span) for (pk, n), span in spans.items() if pk == cover.daily.pk]
        cover.blocks = {n: [hashes[seq] for seq in span if seq in hashes] for n, span in mine}
    return found
