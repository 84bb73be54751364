"""An edition on paper: a PDF that the worker makes once, and what takes it back when words in it are withdrawn."""

from typing import Any, ClassVar

from django.db import models

from records.canonical import sha256
from records.models import Fact


class PDFQuerySet(models.QuerySet):
    def standing(self):
        """Those that may be read: not taken back since."""
        return self.filter(withdrawal=None)


class Printed(Fact):
    """An edition as a PDF, made once by the worker and never on a reader's request. Made anew only if words in it were withdrawn."""

    sealed_fields = ("edition_id", "sha256", "computed_sha256", "made_at")
    unsealed: ClassVar[dict[str, str]] = {"content": "its hash is"}

    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects: ClassVar[Any] = PDFQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def computed_sha256(self) -> str:
        return sha256(bytes(self.content))

    @classmethod
    def must_be_sealed(cls):
        return cls._base_manager.all()


class PrintedWithdrawal(Fact):
    """A PDF not given out any more: words in it were withdrawn. The next sweep makes another without them."""

    not_sealed = "the black-out that it follows from is"

    black_out = models.ForeignKey("ledger.BlackOut", models.PROTECT, related_name="+")

    class Meta:
        abstract = True
