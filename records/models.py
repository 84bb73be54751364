"""What every governance record has: a history with an author, a revision, and perhaps a published moment."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from records.clock import portal_now
from records.opened import refuse_if_stale
from records.operations import refuse_if_it_is_too_late
from records.typed import cleaned


def both_or_neither(*fields: str, name: str) -> models.CheckConstraint:
    """A constraint for facts that come together, such as who decided and when."""
    neither = Q(**{f"{field}__isnull": True for field in fields})
    both = Q(**{f"{field}__isnull": False for field in fields})
    return models.CheckConstraint(condition=neither | both, name=name)


def one_of(field: str, choices: type[models.TextChoices], *, name: str) -> models.CheckConstraint:
    """A constraint that the database, too, knows the words a field may hold."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


class Unsigned(RuntimeError):
    """Somebody tried to save a record without saying who does it. Use `save_by`."""


class Signed(models.Model):
    """A row that is only saved by somebody, never deleted, and can be sealed into the ledger."""

    # Rows may only ever be added: the database refuses UPDATE and DELETE (records/guards.py).
    append_only = False
    # What the ledger calls it: a name of the noun's own, which stays when the model is renamed or moves to another app.
    sealed_as = ""
    # Or the noun with which it is sealed, as a part of it; or why it is not sealed at all. One of the three is said.
    sealed_with = ""

    not_sealed = ""

    # Columns that keep a file's text as it came, with whatever is in it.
    verbatim: tuple[str, ...] = ()

    # What the ledger covers of this record; a model with rows of its own overrides sealed().
    sealed_fields: tuple[str, ...] = ()
    # What it does not cover of a record that is sealed, and why not. Every column is in one of the two.
    unsealed: ClassVar[dict[str, str]] = {}

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not getattr(self, "_signed", False):
            raise Unsigned(f"{type(self).__name__}: use save_by(user), so that the record says who did it and why.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Unsigned(f"{type(self).__name__}: nothing is deleted; withdraw or supersede it.")

    def _save_signed(self) -> None:
        if self.pk:
            refuse_if_it_is_too_late(self)
        self._keep_what_can_be_seen()
        self._signed = True
        try:
            self.save()
        finally:
            del self._signed

    def _keep_what_can_be_seen(self) -> None:
        """Whatever way a text came: nothing is put down of it that cannot be seen. What stands stays as it was sealed, and a frozen body as it was hashed."""
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            if field.attname in self.verbatim or not isinstance(value, str) or (seen := cleaned(value)) == value:
                continue
            stored = type(self)._base_manager.filter(pk=self.pk).values_list(field.attname, flat=True).first() if self.pk else None
            if stored != value:
                setattr(self, field.attname, seen)

    def sealed(self) -> dict[str, Any]:
        """What the ledger proves of this record: rebuilt from today's row each time it is verified."""
        return {name: getattr(self, name) for name in self.sealed_fields}


class History(HistoryManager):
    """The histories of one record. Its class is made once, and not each time somebody asks for them or one is added to."""

    made: ClassVar[dict[type[models.QuerySet], Any]] = {}

    @classmethod
    def from_queryset(cls, queryset_class, class_name=None):
        if queryset_class not in cls.made:
            cls.made[queryset_class] = super().from_queryset(queryset_class, class_name)
        return cls.made[queryset_class]


class Record(Signed):
    """A row with legal or procedural meaning that changes over time: it keeps a history."""

    revision = models.PositiveIntegerField(default=0, editable=False)
    history = HistoricalRecords(inherit=True, history_manager=History)

    class Meta:
        abstract = True

    def save_by(self, user, why: str = "", *, at: datetime | None = None):
        """Save, and let the history say who did it, why, and when by the database's clock. Returns the record. May raise Stale."""
        refuse_if_stale(self)
        self._history_user, self._change_reason = user, why
        self._history_date = at or portal_now()
        self.revision += 1
        try:
            self._save_signed()
        finally:
            del self._history_user, self._change_reason, self._history_date
        return self


class Fact(Signed):
    """A row that is true once and for all: a vote, an edition, a delivery attempt. It is its own history."""

    append_only = True

    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    class Meta:
        abstract = True

    def save_by(self, user):
        """Add the row, saying who did. Returns it."""
        self.recorded_by = user
        self._save_signed()
        return self


class Origin(models.TextChoices):
    PORTAL = "portal", "Recorded in the portal"
    IMPORTED = "imported", "Read in from published papers"


class PublishedQuerySet(models.QuerySet):
    """The one place that says what the public may see."""

    def published(self):
        return self.filter(published_at__isnull=False)


class Publishable(Record):
    """A record the public sees from a moment on.

    `published_at` is the database's clock when the portal published it; `first_published_on` is the
    date printed on papers that were published before the portal held them.
    """

    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    first_published_on = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)

    objects: ClassVar[Any] = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [both_or_neither("published_at", "published_by", name="%(app_label)s_%(class)s_published")]
