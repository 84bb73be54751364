"""People, the accounts of some of them, and the organisations and constituencies they speak for."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, cast

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models, transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Lower

from records.clock import portal_now
from records.dates import as_moment
from records.models import Origin, Record
from records.prepared import PreparedRecords


def normalised(name: str) -> str:
    """A name for comparing: no accents, case, punctuation or doubled spaces."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.sub(r"[^\w\s&]", " ", folded).split())


class Constituency(Record):
    """A kind of programme participant that has a voice, such as the DNOs."""

    not_sealed = "what rests on it is sealed as it then was: a roll row, a decision, a holding"

    name = models.CharField(max_length=120, unique=True)
    code = models.SlugField(max_length=40, unique=True)

    class Meta:
        verbose_name_plural = "constituencies"
        ordering = ["name"]

    def __str__(self):
        return self.name


class ConstituencyAlias(Record):
    """A way in which papers print a constituency's seat: "DNO Representative" is the DNO seat."""

    not_sealed = "it says how papers name a seat, and decides nothing"

    constituency = models.ForeignKey(Constituency, models.PROTECT, related_name="aliases")
    printed = models.CharField(max_length=160)

    class Meta:
        verbose_name_plural = "constituency aliases"
        constraints = [
            # The same words may stand for two constituencies (both supplier agents): then they resolve neither.
            models.UniqueConstraint(Lower("printed"), "constituency", name="alias_once_per_constituency")
        ]

    def __str__(self):
        return f"“{self.printed}” for {self.constituency}"


class Organisation(Record):
    """A company or body that takes part in the programme."""

    not_sealed = "what rests on it is sealed as it then was: a roll row, a decision, a holding"

    name = models.CharField(max_length=160, unique=True)
    fictional = models.BooleanField(default=False, help_text="asked by fictional groups, and by them alone")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Belonging(Record):
    """An organisation being part of a constituency for a period: together they are who the seat speaks for."""

    not_sealed = "what rests on it is sealed as it then was: a roll row, a decision, a holding"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="belongings")
    constituency = models.ForeignKey(Constituency, models.PROTECT, related_name="belongings")
    during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="belonging_once_at_a_time",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("constituency", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self):
        return f"{self.organisation} in {self.constituency}"


class Person(Record):
    """Someone who attends, owns an action, sits, votes, determines or is told. Not an account."""

    not_sealed = "what rests on it is sealed as it then was: a roll row, a decision, a holding"

    name = models.CharField(max_length=160)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="people")
    affiliation = models.CharField(max_length=160, blank=True, help_text="as papers print it, where no organisation is known")
    email = models.EmailField(null=True, blank=True)  # noqa: DJ001 (none and empty differ under the unique index)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)

    class Meta:
        verbose_name_plural = "people"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self):
        return self.name

    @property
    def of(self) -> str:
        """Whom the person is with, as far as is known."""
        return self.organisation.name if self.organisation else self.affiliation


class PeopleManager(UserManager):
    def get_queryset(self):
        """With the person: whoever asks who somebody is wants the name, too."""
        return super().get_queryset().select_related("person")

    def the_clock(self) -> "User":
        """The author of whatever happens because a date has come. Cannot sign in."""
        return self._machine("clock", "the clock")

    def the_archivist(self) -> "User":
        """The author of what is read in from published papers when nobody is named. Cannot sign in."""
        return self._machine("archivist", "the archivist")

    def the_installer(self) -> "User":
        """The author of what the programme file says. Cannot sign in."""
        return self._machine("installer", "the programme file")

    def _machine(self, username: str, called: str) -> "User":
        if there := _BY_USERNAME.records(username=username):
            return cast(User, there[0])
        defaults = {"is_active": False, "first_name": called, "password": "!"}
        machine, _ = self.get_or_create(username=username, defaults=defaults)
        return cast(User, machine)


class User(AbstractUser):
    """An account. It has no rights of its own: those come from the seats of its person, day by day."""

    not_sealed = "whose it is, by which histories name who did what, is a fact of its own: AccountHolder"

    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="user")

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta(AbstractUser.Meta):
        constraints = [models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="user_email_once")]

    def __str__(self):
        return self.person.name if self.person_id else (self.first_name or self.username)

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Whose it is, is noted with it, whoever saves it."""
        if update_fields is not None and not {"person", "person_id", "first_name"} & set(update_fields):
            super().save(*args, update_fields=update_fields, **kwargs)
            return
        with transaction.atomic():
            super().save(*args, update_fields=update_fields, **kwargs)
            AccountHolder.note(self)


_BY_USERNAME = PreparedRecords(lambda username: User.objects.filter(username=username).select_related(None), username="?")


class AccountHolder(models.Model):
    """Whose an account was from then on: a person, or something of the portal’s that goes by a name. Histories know who did what by the account alone."""

    not_sealed = "it is only added to, and counted in the daily heads; the check of the ledger compares every account with the last of them"
    append_only = True

    user = models.ForeignKey(User, models.PROTECT, related_name="holders")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="accounts")
    called = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"holder of account {self.user_id} since {as_moment(self.at)}"

    @classmethod
    def note(cls, user: User) -> None:
        """Where it is another than the last that is noted."""
        last = cls.objects.filter(user=user).order_by("-pk").values_list("person_id", "called").first()
        if (last or (None, "")) != (user.person_id, user.first_name):
            cls(user=user, person_id=user.person_id, called=user.first_name, at=portal_now()).save(force_insert=True)

    @classmethod
    def own_faults(cls) -> Iterator[str]:
        """Accounts that are somebody else’s than was last noted."""
        last = cls.objects.filter(user=OuterRef("pk")).order_by("-pk")
        accounts = User._base_manager.annotate(noted=Subquery(last.values("person_id")[:1]), noted_as=Coalesce(Subquery(last.values("called")[:1]), Value("")))
        for pk, person, noted, name, noted_as in accounts.order_by("pk").values_list("pk", "person_id", "noted", "first_name", "noted_as"):
            if person != noted:
                yield f"The account {pk} is that of {_person(person)}, and was noted as that of {_person(noted)}."
            elif name != noted_as:
                yield f"The account {pk} is called otherwise than was noted."


def _person(pk: int | None) -> str:
    return f"person {pk}" if pk else "nobody"
