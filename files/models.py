"""KEPT SAFE: what was handed in, by its hash; what the virus scanner said of it; the same without its authors.

What a file means (which paper of which meeting it is) is said by the apps above, in rows that inherit `Attached`.
"""

from typing import Any, ClassVar

from django.db import models

from files import scanning
from files.kinds import Kind
from files.scanning import Result
from records.models import Fact, Record, one_of

HASH = 64  # characters of a SHA-256
SEALED_BY_ITS_HASH = "what rests on it is sealed with the record it is attached to, by its hash"


class BlobQuerySet(models.QuerySet):
    def to_be_shown(self):
        """With all that is asked of it when it is shown or handed out."""
        return self.select_related("clean_copy").prefetch_related("scans")

    def unanswered(self):
        """Those of which no scanner has said yet whether they are clean."""
        return self.exclude(scans__result__in=(Result.CLEAN, Result.INFECTED))


class Blob(Fact):
    """Some content, once: handed in again, under whatever name, it is the same blob."""

    not_sealed = SEALED_BY_ITS_HASH

    sha256 = models.CharField(max_length=HASH, unique=True)
    size = models.PositiveIntegerField(help_text="bytes")
    kind = models.CharField(max_length=5, choices=Kind, help_text="found from its content")
    notes = models.JSONField(default=list, help_text="what is in it that a reader would want to know")
    kept_at = models.DateTimeField()

    objects: ClassVar[Any] = BlobQuerySet.as_manager()

    class Meta:
        constraints = [one_of("kind", Kind, name="files_blob_kind")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.sha256[:12]}"

    @property
    def served(self) -> "Blob | CleanCopy":
        """What is handed out: the clean copy, if there was anything to clean."""
        return getattr(self, "clean_copy", self)

    @property
    def last_answer(self) -> "Scan | None":
        """What the scanner said last, when it said anything."""
        said = [scan for scan in self.scans.all() if scan.result != Result.UNANSWERED]
        return max(said, key=lambda scan: scan.pk, default=None)

    @property
    def is_infected(self) -> bool:
        return self.last_answer is not None and self.last_answer.result == Result.INFECTED

    @property
    def is_servable(self) -> bool:
        """Found clean; or nobody is there who could be asked. Where a scanner is named and has not answered, it is not."""
        return not scanning.is_named() if self.last_answer is None else not self.is_infected

    @property
    def safety(self) -> str:
        """In two words, for a page."""
        if self.last_answer is None:
            return "Checking" if scanning.is_named() else "Not scanned"
        return "Infected" if self.is_infected else "Scanned"


class Scan(Fact):
    """What a virus scanner said of a blob."""

    not_sealed = SEALED_BY_ITS_HASH

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="scans")
    at = models.DateTimeField()
    result = models.CharField(max_length=10, choices=Result)
    scanner = models.CharField(max_length=200, blank=True, help_text="as it calls itself")
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [one_of("result", Result, name="files_scan_result")]

    def __str__(self):
        return f"scan of {self.blob}: {self.get_result_display().lower()}"


class CleanCopy(Fact):
    """The content of a blob without what says who made it and when. Both hashes are kept."""

    not_sealed = SEALED_BY_ITS_HASH

    blob = models.OneToOneField(Blob, models.PROTECT, related_name="clean_copy")
    # Not unique: two files that differ in their authors alone have the same clean copy.
    sha256 = models.CharField(max_length=HASH, db_index=True)
    size = models.PositiveIntegerField(help_text="bytes")

    class Meta:
        verbose_name_plural = "clean copies"

    def __str__(self):
        return f"clean copy of {self.blob}"


NOT_PROVED = "it can be made again from the files at any time, and what is in them is proved by their hashes"


class ComparisonQuerySet(models.QuerySet):
    def to_be_shown(self):
        """With what came of it, and whether its files may be handed out."""
        return self.select_related("before__clean_copy", "after__clean_copy", "result").prefetch_related("before__scans", "after__scans")

    def unmade(self):
        return self.filter(result=None)


class Comparison(Fact):
    """Two files that are to be compared, as they are handed out; or one, in which changes are marked. Asked for once, and made by the worker."""

    not_sealed = NOT_PROVED

    before = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", help_text="none: what is marked in the other is drawn")
    after = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    objects: ClassVar[Any] = ComparisonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="comparison_once"),
            models.UniqueConstraint(fields=["after"], condition=models.Q(before=None), name="comparison_of_marks_once"),
            models.CheckConstraint(condition=models.Q(before=None) | ~models.Q(before=models.F("after")), name="comparison_of_two"),
        ]

    def __str__(self):
        return f"comparison of {self.before} with {self.after}" if self.before else f"changes marked in {self.after}"


class ComparisonResult(Fact):
    """What differs, as files/differences.py tells it; or a sentence why the files cannot be compared."""

    not_sealed = NOT_PROVED

    comparison = models.OneToOneField(Comparison, models.PROTECT, related_name="result")
    made_at = models.DateTimeField()
    told = models.JSONField(default=dict)
    why_not = models.CharField(max_length=300, blank=True)

    def __str__(self):
        return f"result of the {self.comparison}"


class Bindable(Fact):
    """What of a file can be bound with others into one PDF: so many pages of it, or of what it was turned into; or a sentence why nothing can."""

    not_sealed = NOT_PROVED

    blob = models.OneToOneField(Blob, models.PROTECT, related_name="bindable")
    pdf = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", help_text="itself, or what it was turned into")
    pages = models.PositiveIntegerField(default=0)
    why_not = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pdf=None, pages=0) & ~models.Q(why_not="") | models.Q(why_not="", pdf__isnull=False, pages__gt=0), name="bindable_or_why_not")]

    def __str__(self):
        return f"{self.blob} as it can be bound"


class Visibility(models.TextChoices):
    PUBLIC = "public", "Everyone"
    PARTICIPANTS = "participants", "Participants"
    PMO_AND_ASSURANCE = "pmo_and_assurance", "PMO and assurance"


class Attached(Record):
    """A file as what it is to the app that attaches it: under a name, for some to see.

    Who inherits it names what it is attached to, and seals `(*Attached.sealed_fields, …)`.
    """

    sealed_fields: tuple[str, ...] = ("name", "sha256", "digest", "visibility")
    unsealed: ClassVar[dict[str, str]] = {"blob_id": "its hash is"}

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    visibility = models.CharField(max_length=17, choices=Visibility)

    class Meta:
        abstract = True
        constraints = [one_of("visibility", Visibility, name="%(app_label)s_%(class)s_visibility")]

    @classmethod
    def for_sealing(cls):
        return cls._base_manager.select_related("blob__clean_copy")

    @property
    def served(self) -> Blob | CleanCopy:
        """What a reader gets."""
        return self.blob.served

    @property
    def sha256(self) -> str:
        """The hash of what was handed in."""
        return self.blob.sha256

    @property
    def digest(self) -> str:
        """The hash of what a reader gets."""
        return self.served.sha256

    @property
    def compared_as(self) -> str:
        """By which it is found again among the files of another version."""
        return self.name

    def told(self) -> dict[str, Any]:
        """What an edition says of a file that everybody may have: by which hash it is got, and what it was handed in as."""
        return {"name": self.name, "size": self.served.size, "digest": self.digest, "sha256": self.sha256}

    def sealed_file(self) -> dict[str, Any]:
        """Its part of what is sealed, for a record that is sealed with its files."""
        return {name: getattr(self, name) for name in Attached.sealed_fields}


class CirculatedFile(Fact):
    """A paper as it went out with others: under which title, in which version, by which hash.

    Who inherits it names the circulation, and says to what of it the paper belongs: pages are counted within that.
    """

    sealed_fields: tuple[str, ...] = ("order", "title", "version", "name", "sha256", "digest", "visibility")

    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    version = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=150)
    visibility = models.CharField(max_length=17, choices=Visibility)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=HASH)
    digest = models.CharField(max_length=HASH, help_text="of what a reader gets")

    class Meta:
        abstract = True

    @property
    def part(self) -> int:
        """What it belongs to, as a number: pages are counted within that."""
        raise NotImplementedError

    @property
    def part_called(self) -> str:
        """At the foot of each page: "item 4"."""
        raise NotImplementedError

    @property
    def part_title(self) -> str:
        """Over the papers of the part, where it may have several."""
        return ""

    @property
    def folder(self) -> str:
        """Of the part, in the ZIP."""
        return ""

    @property
    def shown_version(self) -> str:
        """Beside its title, where that does not say it."""
        return self.version

    @property
    def is_taken_off(self) -> bool:
        """Nobody is handed it any more."""
        raise NotImplementedError


class PackQuerySet(models.QuerySet):
    def unmade(self):
        return self.exclude(made=models.F("wanted"))


class PackOfPapers(Record):
    """All papers that were circulated of something, in one PDF and one ZIP. It is made anew by the worker when more are, or one is taken off."""

    not_sealed = "it is made of papers whose hashes are sealed with the circulations"

    wanted = models.PositiveSmallIntegerField(default=1, help_text="how often it was asked for")
    made = models.PositiveSmallIntegerField(default=0, help_text="for which time it was made last")
    made_at = models.DateTimeField(null=True, blank=True)
    pdf = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    zip = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    layout = models.JSONField(default=dict, blank=True, help_text="circulated paper -> from which page of its item on, and how many: so that no page moves")
    pages = models.PositiveIntegerField(default=0)
    why_not = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = PackQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_made(self) -> bool:
        return self.made == self.wanted
