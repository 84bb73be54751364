"""A decision: what was asked, who settled it, when and on what authority."""

import re
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.sentences import level_sentence, plain_title, roll_sentence, who_and_on_whose_advice
from groups.models import Group, Person
from meetings.models import AgendaItem, Meeting, Paragraph
from records.models import Origin, Publishable, PublishedQuerySet, both_or_neither, one_of

# What came before the group: a draft, or what was withdrawn, is no part of its minutes.
MINUTED = (DecisionStatus.TABLED, DecisionStatus.DETERMINED)


class Maker(models.TextChoices):
    """Who decided. A vote is advice: a named person or body decides."""

    SRO = "sro", "The SRO"
    GROUP = "group", "The group"
    PSG = "psg", "The Programme Steering Group"
    OFGEM = "ofgem", "Ofgem"
    WORKING_GROUP = "working_group", "A working group, by delegation"
    NOT_STATED = "not_stated", "Not stated"


class Outcome(models.TextChoices):
    """What became of one subject. ToR "Decision Making" i to v are among them; they bind only where a recommendation is answered."""

    APPROVED = "approved", "Approved"
    APPROVED_SUBJECT_TO = "approved_subject_to", "Approved with conditions"
    BASELINED = "baselined", "Baselined"
    ISSUED = "issued_to_assessment", "Issued to Impact Assessment"
    REJECTED = "rejected", "Rejected"
    REJECTED_AS_EXCLUDED = "rejected_as_excluded", "Rejected: another was approved instead"
    SENT_BACK = "sent_back", "Sent back for more work"
    PASSED_TO_PSG = "passed_to_psg", "Passed to PSG"
    PASSED_TO_OFGEM = "passed_to_ofgem", "Passed to Ofgem"
    DEFERRED = "deferred", "Deferred"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOTED = "noted", "Noted"


class DecisionQuerySet(PublishedQuerySet):
    def in_order(self):
        """As minutes list them: by number, those without one last."""
        return self.order_by(models.F("number").asc(nulls_last=True), "pk")

    def for_the_minutes(self):
        """What came before the group, as minutes list it."""
        return self.in_order().filter(status__in=MINUTED).prefetch_related("settlements", "reasons", "questions__roll__casts")

    def due_for_publication(self, now):
        """Determined, not embargoed, with a wording and a Public meeting, and past their hour."""
        determined = self.filter(
            status=DecisionStatus.DETERMINED, published_at=None, embargoed_until=None, origin=Origin.PORTAL
        ).exclude(wording="")
        of_meeting = Q(meeting__classification="public", meeting__publication_due_at__lte=now)
        return determined.filter(of_meeting | Q(meeting=None, publication_due_at__lte=now))


class Decision(Publishable):
    """What a group was asked to settle, and how it was settled, by whom, on what authority and why.

    Determined once; revised only by another decision that supersedes it.
    """

    sealed_as = "decision"
    unsealed: ClassVar[dict[str, str]] = {
        "meeting_id": "the code of the meeting is",
        "supersedes_id": "the reference of what it supersedes is",
        "paragraph_id": "its place in the minutes, whose editions show it",
        "promised_by": "a day that was told while it was awaited; its history keeps it",
        "publication_due_at": "sealed where it is moved, as a fact of that entry",
        "publication_working": "how that moment was counted",
    }

    class Basis(models.TextChoices):
        VOTE = "vote", "A vote of the seats"
        NO_OBJECTIONS = "no_objections", "No objections when asked"
        NOT_STATED = "not_stated", "Not stated"

    class WhereTaken(models.TextChoices):
        MEETING = "meeting", "At the meeting"
        AFTER = "after", "After the meeting"
        EX_COMMITTEE = "ex_committee", "Outside a meeting"

    class Consensus(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        NOT_RECORDED = "not_recorded", "Not recorded"

    group = models.ForeignKey(Group, models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="decisions")
    paragraph = models.OneToOneField(Paragraph, models.PROTECT, null=True, blank=True, related_name="decision")
    reference = models.CharField(max_length=40, unique=True, help_text="DAG026/7 until determined, then DAG-DEC60")
    number = models.PositiveIntegerField(null=True, blank=True, help_text="sorts references")
    title = models.CharField(max_length=300)
    wording = models.TextField(help_text="typed once, shown everywhere")
    status = models.CharField(max_length=12, choices=DecisionStatus, default=DecisionStatus.DRAFT)
    maker = models.CharField(max_length=14, choices=Maker, default=Maker.NOT_STATED)
    authority = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=14, choices=Basis, default=Basis.NOT_STATED)
    where_taken = models.CharField(max_length=14, choices=WhereTaken, default=WhereTaken.MEETING)
    untabled_why = models.TextField(blank=True, help_text="why it was taken on an item not tabled for decision")
    decided_on = models.DateField(null=True, blank=True)
    determined_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="determined")
    determined_by_name = models.CharField(max_length=160, blank=True, help_text="as it then was")
    determined_as = models.CharField(max_length=120, blank=True, help_text="the capacity, such as DAG Chair")
    determined_at = models.DateTimeField(null=True, blank=True, help_text="when it was recorded; decided_on is the day it was decided")
    level = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 Ofgem, 2 PSG, 3 the group's own")
    level_clause = models.CharField(max_length=300, blank=True, help_text="the clause of the terms of reference")
    level_said_by = models.CharField(max_length=160, blank=True, help_text="who says that it is of this level")
    excludes = models.CharField(max_length=200, blank=True, help_text="what cannot stand beside it once approved: CR017, CR019")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    promised_by = models.DateTimeField(null=True, blank=True)
    consensus = models.CharField(max_length=14, choices=Consensus, default=Consensus.NOT_RECORDED)
    against_advice = models.BooleanField(null=True, blank=True, help_text="against the balance of the votes; none where there were none")
    not_passed_up_why = models.TextField(blank=True)
    if_not_approved = models.TextField(blank=True)
    what_this_means = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    embargoed_until = models.DateField(null=True, blank=True)
    embargoed_why = models.CharField(max_length=300, blank=True, null=True)  # noqa: DJ001 (comes and goes with the date)
    publication_due_at = models.DateTimeField(null=True, blank=True, help_text="ex-committee only: else the meeting's")
    publication_working = models.JSONField(null=True, blank=True)

    objects: ClassVar[Any] = DecisionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["-decided_on", "-number", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            one_of("status", DecisionStatus, name="decision_status_known"),
            one_of("maker", Maker, name="decision_maker_known"),
            models.CheckConstraint(
                condition=~Q(status="determined") | Q(decided_on__isnull=False, number__isnull=False),
                name="decision_determined_has_day_and_number",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(status="determined", embargoed_until__isnull=True),
                name="decision_published_is_determined_and_not_embargoed",
            ),
            models.CheckConstraint(
                condition=Q(where_taken="ex_committee") | Q(meeting__isnull=False), name="decision_has_a_meeting_or_none_needed"
            ),
            models.UniqueConstraint(fields=["group", "number"], name="decision_number_once"),
            both_or_neither("embargoed_until", "embargoed_why", name="decision_embargoed_until_and_why"),
            both_or_neither("publication_due_at", "publication_working", name="decision_due_with_its_working"),
            models.CheckConstraint(condition=Q(level=None) | Q(level__gte=1, level__lte=3), name="decision_level_1_to_3"),
            models.UniqueConstraint(
                fields=["supersedes"], condition=Q(status="determined"), name="decision_superseded_once"
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("register:decision", args=[self.reference])

    @property
    def maker_in_words(self) -> str:
        """ "The SRO", "The DAG", or "Not stated"."""
        return f"The {self.group.code}" if self.maker == Maker.GROUP else self.get_maker_display()

    @property
    def level_in_words(self) -> str:
        return level_sentence(self.level, self.level_clause, self.level_said_by) if self.level else ""

    @property
    def excluded(self) -> list[str]:
        """ ["CR017"]: what approving this rules out."""
        return [ref for ref in re.split(r"[\s,;]+", self.excludes) if ref]

    @property
    def is_embargoed(self) -> bool:
        return self.embargoed_until is not None

    def in_short(self) -> dict[str, str]:
        """What became of it, and who decided on whose advice: the same words on every page, in every list, mail and file."""
        settlements = [settlement.as_told() for settlement in self.settlements.all()]
        closed = sorted((q for q in self.questions.all() if q.status == QuestionStatus.CLOSED), key=lambda q: q.pk)
        votes = [{"rows": [{"choice": row.result} for row in question.roll.all()]} for question in closed]
        sentence = who_and_on_whose_advice(self.determined_by_name, self.maker_in_words, votes, self.basis)
        return {"plain_title": plain_title(self.title, settlements, self.wording), "sentence": sentence}

    def as_minuted(self) -> dict:
        """What an edition of the minutes shows of it. Embargoed: that it is, why and until when; no reference, no wording."""
        if self.embargoed_until is not None:
            return {"state": "embargoed", "why": self.embargoed_why, "until": self.embargoed_until.isoformat()}
        if self.status != DecisionStatus.DETERMINED:
            return {"state": "waiting", "area": self.title}
        return {
            "state": "determined",
            "reference": self.reference,
            **self.in_short(),
            "area": self.title,
            "wording": self.wording,
            "maker": self.maker_in_words,
            "where_taken": self.get_where_taken_display(),
            "decided_on": self.decided_on.isoformat() if self.decided_on else None,
            "reasons": [r.text for r in self.reasons.all()],
        }

    def as_headline(self) -> dict:
        """What a headline report shows of it: as the minutes, without the reasons, and with its votes counted."""
        told = self.as_minuted()
        if told["state"] != "determined":
            return told
        rolls = [(q.on, [{"choice": row.result, "choice_label": row.in_words} for row in q.roll.all()]) for q in self.questions.all() if q.is_for_the_minutes]
        return {name: said for name, said in told.items() if name != "reasons"} | {"votes": [{"on": on, "said": roll_sentence(rows)} for on, rows in rolls if rows]}

    @classmethod
    def must_be_sealed(cls):
        """Every decision determined in the portal has an entry; what was read in is vouched for by its import."""
        return cls.objects.filter(status=DecisionStatus.DETERMINED, origin=Origin.PORTAL)

    @classmethod
    def for_sealing(cls):
        return cls.objects.prefetch_related("meeting", "supersedes", "settlements", "reasons", "directions", "replies")

    def sealed(self):
        names = (
            "reference", "title", "wording", "maker", "authority", "basis", "where_taken", "decided_on", "determined_as",
            "consensus", "not_passed_up_why", "if_not_approved", "status", "published_at", "first_published_on", "embargoed_until",
            "embargoed_why", "what_this_means", "against_advice", "determined_by_name", "determined_at", "level", "level_clause",
            "level_said_by", "excludes", "review_on", "number", "group_id", "item_id", "determined_by_id", "published_by_id", "untabled_why", "origin",
        )  # fmt: skip
        return {
            **{name: getattr(self, name) for name in names},
            "meeting": self.meeting.code if self.meeting else None,
            "settlements": [s.sealed() for s in self.settlements.all()],
            "reasons": [r.text for r in self.reasons.all()],
            "directions": [d.text for d in self.directions.all()],
            "replies": [r.sealed() for r in self.replies.all()],
            "supersedes": self.supersedes.reference if self.supersedes else None,
        }
