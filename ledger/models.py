"""PROVED: the append-only, hash-chained log of what has legal meaning.

An entry holds the hash of its payload, not the payload: what was said can lawfully be taken out
later, and the chain still proves that something was there.
"""

from django.db import models

from ledger.canonical import canonical, sha256

GENESIS = "0" * 64


class EntryQuerySet(models.QuerySet):
    def about(self, record):
        """The entries about one record, oldest first."""
        return self.filter(subject_kind=record._meta.label_lower, subject_pk=record.pk).order_by("seq")


class Entry(models.Model):
    """One link of the chain: at this moment, this was done by this person to this record."""

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

    def computed_hash(self) -> str:
        """The hash this entry should have, from its own columns."""
        names = (
            "seq", "at", "actor", "kind", "subject_kind", "subject_pk", "subject_ref",
            "payload_version", "payload_sha256", "prev_hash",
        )  # fmt: skip
        return sha256(canonical({name: getattr(self, name) for name in names}))

    @property
    def fingerprint(self) -> str:
        """The first twelve characters of the hash: enough to read aloud or print in a footer."""
        return self.hash[:12]


class Payload(models.Model):
    """What the entry says, kept beside the chain with the salt that hides it once it is redacted."""

    append_only = True

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="payload")
    salt = models.CharField(max_length=64)
    body = models.JSONField()

    def __str__(self):
        return f"payload of {self.entry}"

    def computed_sha256(self) -> str:
        return sha256(self.salt.encode(), canonical(self.body))
