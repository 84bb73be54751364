"""What is held about a person: every row that names them, found from the models there are, whichever app has them.

A row is told to whom it is about, and no further than that: each app declares of its models by which key a row is about
somebody, which of its columns they get, and which rows they may read yet. Whoever only had a part in a row (answered it, say),
is told how many there are; so is everybody of a model that nobody declared. What they wrote down about others is counted
only, too: to read that, a right of today is needed.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from groups.models import (
    AccountHolder,
    Alternate,
    Appointment,
    AssuranceReading,
    ErasureRequest,
    Holding,
    Participation,
    Person,
    SentForm,
    User,
)
from groups.standing import Standing
from records.canonical import plain
from records.clock import portal_now
from records.models import Signed

# Of the account: what signs somebody in.
SECRET = {"password"}
SEALED = "Stays: it is part of the record of what was decided and by whom, which is sealed so that everybody can prove it."
ON_RECORD = "Stays as far as what is sealed rests on it; what nothing rests on can be erased."
ACCOUNT = "Can go with the account: nothing on record rests on it."
TOLD = "Stays for as long as it proves who was told what, and when; words in it can be erased."
CALLED = {
    "groups.Person": "name, organisation and address", "groups.User": "account", "groups.AccountHolder": "since when the account is yours", "notifications.Notice": "mails to you", "meetings.MeetingReply": "replies to invitations",
    "groups.SentForm": "forms you sent, so that none is done twice", "mfa.Authenticator": "second factors", "account.EmailAddress": "addresses to sign in by",
    "usersessions.UserSession": "browsers you are signed in at",
}  # fmt: skip


@dataclass(frozen=True)
class About:
    """By which key a row of a model is about somebody, which columns they get of it, and of which rows. The key itself comes with them."""

    key: str
    columns: tuple[str, ...]
    told: Callable[[models.QuerySet, Standing], models.QuerySet] | None = None


_declared: dict[str, About] = {}


def about(model: type[models.Model] | str, key: str, *columns: str, told: Callable[[models.QuerySet, Standing], models.QuerySet] | None = None) -> None:
    """Declare it, in the `held_about.py` of the app that has the model. `told` leaves those rows that the person may read by now."""
    _declared[model if isinstance(model, str) else model._meta.label] = About(key, columns, told)


def declared() -> dict[str, About]:
    return dict(_declared)


@dataclass(frozen=True)
class Held:
    """One kind of row that names the person: those told, how many more wait to be told, in how many they only had a part; and whether they can go."""

    model: type[models.Model]
    rows: list[dict[str, Any]] = field(default_factory=list)
    waiting: int = 0
    counted: int = 0

    @property
    def name(self) -> str:
        """What the model is called, where there is no plainer word for whoever reads it."""
        return CALLED.get(self.model._meta.label) or str(self.model._meta.verbose_name_plural if self.many != 1 else self.model._meta.verbose_name)

    @property
    def many(self) -> int:
        return len(self.rows) + self.waiting + self.counted

    @property
    def in_words(self) -> str:
        """ "2, and 1 more, not told yet"."""
        more = "more" if self.rows else ""
        parts = [str(len(self.rows))] if self.rows else []
        parts += [" ".join(f"{self.waiting} {more}".split()) + ", not told yet"] if self.waiting else []
        parts += [f"{self.counted} in which you had a part, counted only"] if self.counted else []
        return ", and ".join(parts)

    @property
    def stays(self) -> str:
        if self.model is AccountHolder:
            return ON_RECORD  # histories name by it who did what
        if not issubclass(self.model, Signed):
            return ACCOUNT
        if self.model._meta.label == "notifications.Notice":
            return TOLD
        return SEALED if self.model.sealed_as or self.model.sealed_with else ON_RECORD


def held_about(user: User) -> list[Held]:
    """The person and the account first; then by name."""
    found = [Held(Person, [_whole(user.person)])] if user.person else []
    found.append(Held(User, [_whole(user)]))
    standing = Standing.at(user, portal_now())
    others = [held for model in _models() if (held := _held(model, user, standing)).many]
    return [*found, *sorted(others, key=lambda each: each.name)]


def written_by(user: User) -> list[tuple[str, int]]:
    """How many rows of each kind somebody wrote down, about others and themselves."""
    counted: Counter[str] = Counter()
    for model in apps.get_models():
        if hasattr(model, "instance_type"):
            counted[str(model.instance_type._meta.verbose_name_plural)] += model._base_manager.filter(history_user=user).count()
    return sorted((name, many) for name, many in counted.items() if many)


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if not hasattr(model, "history_object") and model not in (Person, User)]


def keys_of(model: type[models.Model]) -> list[str]:
    """The columns that name somebody: a person; of what is no record of ours, an account."""
    target = Person if issubclass(model, Signed) else User
    return [each.name for each in model._meta.concrete_fields if each.related_model is target]


def _held(model: type[models.Model], user: User, standing: Standing) -> Held:
    whose, keys = (user.person_id if issubclass(model, Signed) else user.pk), keys_of(model)
    if not (keys and whose):
        return Held(model)
    clause = models.Q()
    for key in keys:
        clause |= models.Q(**{key: whose})
    rows, declaration = model._base_manager.all(), _declared.get(model._meta.label)
    many = rows.filter(clause).count()
    if declaration is None:
        return Held(model, counted=many)
    theirs = rows.filter(**{declaration.key: whose})
    told = declaration.told(theirs, standing) if declaration.told else theirs
    shown = [_columns(row, ("pk", declaration.key, *declaration.columns)) for row in told.order_by("pk")]
    of_theirs = theirs.count()
    return Held(model, shown, of_theirs - len(shown), many - of_theirs)


def exported(user: User) -> dict[str, Any]:
    """The same, to take away: each row with the columns it is told by, but no secret by which one signs in."""
    held = held_about(user)
    return {
        "account": user.username,
        "held": {each.model._meta.label: each.rows for each in held if each.rows},
        "not told yet": {each.model._meta.label: each.waiting for each in held if each.waiting},
        "counted only, as you had a part in it": {each.model._meta.label: each.counted for each in held if each.counted},
        "written down by you": dict(written_by(user)),
    }


def _whole(row: models.Model) -> dict[str, Any]:
    """Somebody's own person or account."""
    return _columns(row, [each.name for each in row._meta.concrete_fields if each.name not in SECRET])


def _columns(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    columns = [row._meta.pk if name == "pk" else row._meta.get_field(name) for name in names]
    return {each.attname: _plain(getattr(row, each.attname)) for each in columns}  # type: ignore[union-attr]


def _plain(value: Any) -> Any:
    """Periods of days as their two ends; whatever else has no plain form, as it is printed."""
    if hasattr(value, "lower") and hasattr(value, "upper") and not isinstance(value, str):
        return {"from": plain(value.lower), "before": plain(value.upper)}
    try:
        return plain(value)
    except TypeError:
        return str(value)


about(Holding, "person", "seat", "organisation", "during")
about(Alternate, "person", "seat", "during", "occasion", "approved_on", "revoked_at")
about(Appointment, "person", "kind", "group", "organisation", "scope", "during")
about(Participation, "person", "group", "organisation", "constituency", "people", "lead")
about(ErasureRequest, "person", "text", "asked_at", "answer", "answered_at")
about(AssuranceReading, "person", "reference", "read_at")
about(AccountHolder, "user", "at")
about(SentForm, "user", "made_kind", "made_pk", "sent_at")
about("account.EmailAddress", "user", "email", "verified", "primary")
about("usersessions.UserSession", "user", "created_at", "ip", "user_agent")
about("mfa.Authenticator", "user", "type", "created_at", "last_used_at")
