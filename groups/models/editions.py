"""What the public read of groups and seats, edition by edition."""

from django.db import models

from groups.models.seats import Group, Seat
from records.editions import Edition, numbered_once


class GroupEdition(Edition):
    sealed_as = "group_edition"
    noun = "group"

    group = models.ForeignKey(Group, models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        constraints = [numbered_once("group")]


class SeatEdition(Edition):
    sealed_as = "seat_edition"
    noun = "seat"

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        constraints = [numbered_once("seat")]
