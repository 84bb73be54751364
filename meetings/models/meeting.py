"""A meeting, its agenda, and who came."""

from datetime import date, datetime
from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import Q
from django.urls import reverse

from groups.models import Group, Person, Seat
from meetings.lifecycle import ItemStatus, MeetingStatus
from records.clock import LONDON, london_date
from records.models import Origin, Publishable, PublishedQuerySet, Record, both_or_neither, one_of


class MeetingQuerySet(PublishedQuerySet):
    def public(self):
        """What anybody may know of: meetings classified Public. What of them is shown depends on what is published."""
        return self.filter(classification=Meeting.Classification.PUBLIC)

    def visible_to(self, standing):
        """Public meetings, and every meeting of the groups the person has a place in."""
        seen = Q(group__in=standing.readable_group_ids) | Q(classification=Meeting.Classification.PUBLIC)
        return self if standing.reads_everywhere else self.filter(seen)


class Meeting(Publishable):
    """A group coming together on a day. `publication_due_at` is worked out once, when it is held, and stored with its working."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "Ordinary"
        EXTRAORDINARY = "extraordinary", "Extraordinary"

    class Classification(models.TextChoices):
        PUBLIC = "public", "Public"
        PARTICIPANTS = "participants", "Programme participants"
        RESTRICTED = "restricted", "Restricted"

    sealed_as = "meeting"
    sealed_fields = (
        "group_id", "number", "code", "kind", "status", "starts_at", "ends_at", "time_known", "held_on", "venue", "classification", "origin",
        "publication_due_at",
    )  # fmt: skip
    unsealed: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("agenda_published_at", "published_agenda", "next_meeting_on", "published_at", "first_published_on", "publication_working", "breach_recorded_at"),
            "what is public of it is in its editions",
        ),
        "published_by_id": "the edition of the minutes says who issued it",
        "joining_link": "for members only, and of no meaning afterwards",
        **dict.fromkeys(("cancelled_why", "moved_why"), "for members; its history keeps it"),
        "moved_from": "what is public of it is in its editions",
        **dict.fromkeys(("invited_at", "calendar_sequence"), "who was told what is kept with the mail"),
        "breach_why": "told to the Chair and the SRO by mail, which is kept",
        "next_reminder_at": "a note of the clock to itself",
    }

    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    number = models.CharField(max_length=10, help_text="26, or 20.1: text, because it is a name; sort by date")
    code = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.ORDINARY)
    status = models.CharField(max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    time_known = models.BooleanField(default=True, help_text="papers may tell the day and not the hour")
    held_on = models.DateField(help_text="the day in London, which is day 0 of what follows from the meeting")
    venue = models.CharField(max_length=200, blank=True)
    joining_link = models.URLField(blank=True, help_text="for members only; never published")
    classification = models.CharField(max_length=14, choices=Classification, default=Classification.PUBLIC)
    agenda_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_agenda = models.JSONField(null=True, blank=True, editable=False, help_text="as it was when it was published")
    cancelled_why = models.CharField(max_length=300, blank=True)
    moved_from = models.DateTimeField(null=True, blank=True, help_text="when it was to begin before it was moved last")
    moved_why = models.CharField(max_length=300, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    calendar_sequence = models.PositiveSmallIntegerField(default=0, editable=False, help_text="rises with every change that calendars are sent")
    next_meeting_on = models.DateField(null=True, blank=True, help_text="as announced at this one")

    publication_due_at = models.DateTimeField(null=True, blank=True)
    publication_working = models.JSONField(null=True, blank=True)
    next_reminder_at = models.DateTimeField(null=True, blank=True)
    breach_recorded_at = models.DateTimeField(null=True, blank=True)
    breach_why = models.TextField(blank=True)

    objects: ClassVar[Any] = MeetingQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["-held_on", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            both_or_neither("publication_due_at", "publication_working", name="meeting_due_with_its_working"),
            one_of("status", MeetingStatus, name="meeting_status_known"),
            models.UniqueConstraint(fields=["group", "number"], name="meeting_number_once"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(classification="public"),
                name="meeting_only_public_is_published",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_start"
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("register:meeting", args=[self.code])

    @property
    def title(self) -> str:
        """ "DAG meeting 26"."""
        kind = "extraordinary meeting" if self.kind == self.Kind.EXTRAORDINARY else "meeting"
        return f"{self.group.code} {kind} {self.number}"

    @property
    def starts_local(self):
        return self.starts_at.astimezone(LONDON)

    @property
    def ends_local(self):
        return self.ends_at.astimezone(LONDON) if self.ends_at else None

    @property
    def publication_due_on(self) -> date:
        """The last day, in London. Only for meetings that have one."""
        return london_date(cast(datetime, self.publication_due_at))

    @property
    def is_public(self) -> bool:
        return self.classification == self.Classification.PUBLIC

    @property
    def owner_key(self) -> str:
        """Whose counter its actions are numbered by."""
        return f"meeting:{self.code}"


class AgendaItemQuerySet(models.QuerySet):
    def on_the_agenda(self):
        """In their order. What was taken off is on record, and nowhere to be seen."""
        return self.exclude(status=ItemStatus.TAKEN_OFF).order_by("number")


class AgendaItem(Record):
    """One item; its number is its place. A decision taken on an item that was not tabled for one records why."""

    not_sealed = "what is published of it is frozen in an edition of the minutes, which is sealed"

    class Purpose(models.TextChoices):
        DECISION = "decision", "For decision"
        DISCUSSION = "discussion", "For discussion"
        INFORMATION = "information", "For information"
        NOT_STATED = "", "Purpose not stated"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="none once it is taken off")
    title = models.CharField(max_length=300)
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.NOT_STATED, blank=True)
    presenter = models.CharField(max_length=160, blank=True)
    minutes_allowed = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=ItemStatus, default=ItemStatus.TABLED)
    status_why = models.CharField(max_length=300, blank=True, help_text="why it was deferred, or taken off")
    late = models.BooleanField(default=False, help_text="tabled after the agenda was published")
    source = models.CharField(max_length=60, blank=True, help_text="what it was tabled from, such as standing:3: so that it is not offered again")
    deferred_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="deferred_from")

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            # Asked at the end of the transaction: while items change places, two have the same one.
            models.UniqueConstraint(fields=["meeting", "number"], name="item_number_once", deferrable=models.Deferrable.DEFERRED),
            models.CheckConstraint(
                condition=Q(status="taken_off", number__isnull=True) | (~Q(status="taken_off") & Q(number__isnull=False)), name="item_numbered_iff_on_the_agenda"
            ),
            one_of("status", ItemStatus, name="item_status_known"),
        ]

    def __str__(self):
        return f"{self.meeting} item {self.number}" if self.number else f"{self.meeting}, “{self.title}”"


class StandingItem(Record):
    """What is offered for every agenda of a group, such as “Minutes and actions”. Tabling it is still somebody's press."""

    not_sealed = "it is offered, and decides nothing"

    group = models.ForeignKey(Group, models.PROTECT, related_name="standing_items")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    purpose = models.CharField(max_length=12, choices=AgendaItem.Purpose, default=AgendaItem.Purpose.NOT_STATED, blank=True)
    presenter = models.CharField(max_length=160, blank=True)
    minutes_allowed = models.PositiveSmallIntegerField(null=True, blank=True)
    dropped = models.BooleanField(default=False, help_text="not offered any more")

    class Meta:
        ordering = ["group", "order", "pk"]

    def __str__(self):
        return self.title


class Attendance(Record):
    """A person at a meeting, as they came: for a seat, on behalf of its holder, for part of it; or their apologies."""

    not_sealed = "what is published of it is frozen in an edition of the minutes, which is sealed"

    class Section(models.TextChoices):
        CHAIR = "chair", "Chair"
        REPRESENTATIVES = "representatives", "Industry Representatives"
        PROGRAMME = "programme", "MHHS"
        OTHERS = "others", "Other Attendees"
        APOLOGIES = "apologies", "Apologies"

    class Mode(models.TextChoices):
        PRESENT = "present", "Present"
        DIALLED_IN = "dialled_in", "Dialled in"
        ABSENT = "absent", "Not in attendance"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    section = models.CharField(max_length=16, choices=Section)
    order = models.PositiveSmallIntegerField(default=0)
    printed_name = models.CharField(max_length=160)
    printed_role = models.CharField(max_length=160, blank=True)
    initials = models.CharField(max_length=12, blank=True)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="attendances")
    on_behalf_of = models.CharField(max_length=160, blank=True)
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.PRESENT)
    part_meeting = models.BooleanField(default=False)
    from_item = models.PositiveSmallIntegerField(null=True, blank=True)
    to_item = models.PositiveSmallIntegerField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True, help_text="as the report of the call says")
    left_at = models.DateTimeField(null=True, blank=True)
    dropped = models.BooleanField(default=False, help_text="recorded and taken back, or not named by a fuller paper; earlier editions still name the person")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)

    class Meta:
        ordering = ["meeting", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person", "section", "printed_role"], name="attendance_once")
        ]

    def __str__(self):
        return f"{self.printed_name} at {self.meeting}"
