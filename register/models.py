"""The shelf: one row for each published record, from which lists, filters and search read. It owns nothing: it can be made again."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, F, When

from records.clock import PortalNow


class ShelfQuerySet(models.QuerySet):
    def fictional_groups(self):
        """The groups that are there for practice."""
        return self.filter(noun="group", facets__fictional=True)

    def of(self, noun: str):
        """The records of one noun, newest first, each with the state it is in at this moment as `state_now`."""
        turned = When(state_until__lte=PortalNow(), then=F("state_then"))
        return self.filter(noun=noun).annotate(state_now=Case(turned, default=F("state"))).order_by("-sort_on", "-order", "-pk")


class Shelf(models.Model):
    """A published record as lists know it. Written with each edition, from its body; a page is this row with that edition."""

    not_sealed = "made from editions, which are sealed, and can be made again; verify_register compares it"

    noun = models.CharField(max_length=20)
    record_pk = models.BigIntegerField()
    reference = models.CharField(max_length=220)
    key = models.CharField(max_length=220, help_text="the reference as it is found in any spelling")
    edition = models.PositiveIntegerField()
    stamp = models.BigIntegerField(help_text="goes up with every change of the shelf: the same highest stamp, the same public record")
    address = models.CharField(max_length=400)
    title = models.TextField()
    summary = models.TextField(blank=True)
    group = models.CharField(max_length=20)
    sort_on = models.DateField()
    order = models.CharField(max_length=40, blank=True, help_text="among those of one day")
    state = models.CharField(max_length=20, blank=True)
    state_until = models.DateTimeField(null=True, blank=True)
    state_then = models.CharField(max_length=20, blank=True)
    issued_at = models.DateTimeField(help_text="when the edition was issued that is shown")
    facets = models.JSONField(default=dict)
    words = SearchVectorField()

    state_now: str  # in what state it is at this moment, where `of` has asked for it

    objects = ShelfQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "shelf"
        constraints = [
            models.UniqueConstraint(fields=["noun", "record_pk"], name="shelf_once"),
            models.UniqueConstraint(fields=["noun", "reference"], name="shelf_reference_once"),
        ]
        indexes = [
            models.Index(fields=["noun", "-sort_on", "-order", "-id"], name="shelf_newest_first"),
            models.Index(fields=["-sort_on", "-order", "-id"], name="shelf_newest_of_all"),
            models.Index(fields=["noun", "group", "-sort_on", "-order", "-id"], name="shelf_of_a_group"),
            models.Index(fields=["key"], name="shelf_key"),
            models.Index(fields=["-stamp"], name="shelf_stamp"),
            GinIndex(fields=["words"], name="shelf_words"),
            GinIndex(fields=["facets"], name="shelf_facets", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self):
        return f"{self.noun} {self.reference} on the shelf"
