"""PROVED: the append-only, hash-chained log of what has legal meaning.

An entry holds the hash of its payload, not the payload: what was said can lawfully be taken out
later, and the chain still proves that something was there.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, ClassVar

from django.db import models
from django.db.models import OuterRef, Subquery

from ledger.tallies import Tallied
from records.canonical import canonical, sha256, written
from records.clock import portal_now
from records.dates import as_day, as_moment
from records.models import Fact

GENESIS = "0" * 64
BLOCK = 128  # entries whose hashes a daily head digests together: who checks one of them is shown the hashes of these


class EntryQuerySet(models.QuerySet):
    def about(self, record):
        """The entries about one record, oldest first."""
        return self.filter(subject_kind=record.sealed_as, subject_pk=record.pk).order_by("seq")


class Entry(models.Model):
    """One link of the chain: at this moment, this was done by this person to this record."""

    not_sealed = "it is the ledger itself: a link of the chain"

    append_only = True

    seq = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=60)
    subject_pk = models.BigIntegerField()
    subject_ref = models.CharField(max_length=120)
    payload_version = models.PositiveSmallIntegerField()
    payload_sha256 = models.CharField(max_length=64)
    prev_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["subject_kind", "subject_pk", "seq"], name="ledger_subject")]

    def __str__(self):
        return f"entry {self.seq} ({self.kind} of {self.subject_ref})"

    def columns(self) -> dict[str, Any]:
        """What its hash is made of."""
        names = (
            "seq", "at", "actor", "kind", "subject_kind", "subject_pk", "subject_ref",
            "payload_version", "payload_sha256", "prev_hash",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}

    def computed_hash(self) -> str:
        """The hash this entry should have, from its own columns."""
        return sha256(canonical(self.columns()))

    @property
    def fingerprint(self) -> str:
        """The first twelve characters of the hash: enough to read aloud or print in a footer."""
        return self.hash[:12]


class Payload(models.Model):
    """What the entry says, kept beside the chain with the salt that hides it once it is redacted."""

    not_sealed = "its hash is in the entry it belongs to"

    append_only = True

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="payload")
    salt = models.CharField(max_length=64)
    body = models.JSONField()

    def __str__(self):
        return f"payload of {self.entry}"

    def computed_sha256(self) -> str:
        return sha256(self.salt.encode(), written(self.body))


class DailyHeadQuerySet(models.QuerySet):
    def with_head(self):
        """Each with `seq` and `hash` of its own entry: the head as it was published."""
        own = Entry.objects.filter(subject_kind=DailyHead.sealed_as, subject_pk=OuterRef("pk")).order_by("seq")
        return self.defer("tallies").annotate(seq=Subquery(own.values("seq")[:1]), hash=Subquery(own.values("hash")[:1]))


class DailyHead(Tallied, Fact):
    """The head of the ledger as it was published for a day: what is kept outside, so that a cut or rewritten chain shows.

    It is sealed itself, and the head that is told is that of its own entry. Its payload digests the hashes of every
    entry since the daily head before, in blocks of BLOCK: with the head in hand, one entry can be proved to have been
    there without showing what the others say. Its tallies count what was added to every append-only table meanwhile.
    """

    sealed_as = "daily_head"
    sealed_fields = ("day", "published_at", "first", "last", "blocks")
    unsealed: ClassVar[dict[str, str]] = {"tallies": "their digest is"}

    day = models.DateField(unique=True, help_text="in London")
    published_at = models.DateTimeField()
    first = models.BigIntegerField(help_text="the first entry that no daily head before it covers")
    last = models.BigIntegerField(unique=True)
    blocks = models.JSONField(help_text="the digests of the hashes of entries first to last")

    objects = DailyHeadQuerySet.as_manager()

    class Meta:
        ordering = ["-day"]

    def __str__(self):
        return f"head of the ledger on {as_day(self.day)}"

    def span(self, block: int) -> range:
        """The numbers of the entries in one of its blocks."""
        start = self.first + block * BLOCK
        return range(start, min(start + BLOCK, self.last + 1))

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()

    @classmethod
    def own_faults(cls) -> Iterator[str]:
        """A published head which the entries before it do not bear out."""
        covered = 0
        for daily in cls.objects.order_by("last").iterator():
            if daily.first != covered + 1 or daily.blocks != digests(daily.first, daily.last):
                yield f"The {daily} does not fit the entries it was made from."
            covered = daily.last


def digests(first: int, last: int) -> list[str]:
    """The hashes of these entries, digested in blocks."""
    hashes = Entry.objects.filter(seq__range=(first, last)).order_by("seq").values_list("hash", flat=True).iterator()
    return [sha256(canonical(block)) for block in iter(lambda: list(islice(hashes, BLOCK)), [])]


class BlackOut(Fact):
    """Words that should never have been public: on whose order they were taken out of everything that is shown, and why.

    Editions, entries and their hashes stay as they are; whatever shows a body leaves these words out and says so.
    """

    sealed_as = "black_out"
    unsealed: ClassVar[dict[str, str]] = {"words": "their hash is: they are not to be told"}

    words = models.TextField()
    why = models.CharField(max_length=300)
    ordered_by = models.CharField(max_length=200, help_text="on whose order: a court, the data protection officer")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"black-out of {as_day(self.at)}"

    def sealed(self):
        """The words themselves are no part of what is proved: only that it was these."""
        return {"words_sha256": sha256(self.words.encode()), "why": self.why, "ordered_by": self.ordered_by, "at": self.at}

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()

    def erased_from(self, noun: str, record_pk: int) -> list[int]:
        """The numbers of those editions of a record from which its words were erased, not only taken out when shown."""
        made = getattr(self, "redaction", None)
        return made.editions.get(noun, {}).get(str(record_pk), []) if made else []


class Redaction(Tallied, Fact):
    """The words of a black-out erased from every table: from what, and by which digest each of these is known since.

    What does not give the hash that was sealed before is known by these digests, and by nothing else, for erased and not for forged.
    """

    sealed_as = "redaction"
    sealed_fields = ("black_out_id", "at", "entries", "records", "columns", "editions", "rows")
    unsealed: ClassVar[dict[str, str]] = {"tallies": "their digest is"}

    black_out = models.OneToOneField(BlackOut, models.PROTECT, related_name="redaction")
    at = models.DateTimeField()
    entries = models.JSONField(help_text="entry -> the hash of its payload since")
    records = models.JSONField(help_text="entry -> what reads otherwise than it sealed -> the digest of how it reads since")
    columns = models.JSONField(help_text="entry -> its own columns that hold the words: hashed, so they stay, and are withdrawn when shown")
    editions = models.JSONField(help_text="noun -> record -> the numbers of its editions from which words were erased")
    rows = models.JSONField(help_text="table -> row -> column -> the digest of what stands there since")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"redaction of {as_day(self.at)}"

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()


class Check(models.Model):
    """One check of the whole ledger, of what is public or of the files, remembered, so that anybody can see when it was last found whole."""

    not_sealed = "it tells of checks, which anybody can run again; counted in the daily heads"

    class What(models.TextChoices):
        LEDGER = "ledger", "The ledger"
        REGISTER = "register", "What is public"
        FILES = "files", "The files"

    what = models.CharField(max_length=8, choices=What, default=What.LEDGER)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    counted = models.BigIntegerField(help_text="entries, records or files")
    faults = models.JSONField(default=list)
    append_only = True  # and `finished_at` is the database's own moment, whatever is said (ledger/sql/stamped.sql)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"check of {self.get_what_display().lower()} at {as_moment(self.started_at)}"

    @classmethod
    def last_of(cls, what: str) -> "Check | None":
        return cls.objects.filter(what=what).first()

    @classmethod
    def remember(cls, what: str, started_at: datetime, counted: int, faults: list[str]) -> "Check":
        check = cls(what=what, started_at=started_at, finished_at=portal_now(), counted=counted, faults=faults)
        check.save(force_insert=True)
        return check
