"""How it stands with an alternate on a day, and what that is called."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from groups.models import Alternate, Seat, User
from records.periods import days_in_words


class Stage(StrEnum):
    """Read from the dates of the record; none of them is stored."""

    WAITING = "Waiting for approval"
    TO_COME = "Approved, not begun"
    IN_FORCE = "Approved"
    REVOKED = "Revoked"
    ENDED = "Ended"
    LAPSED = "Ended without approval"


TONES = {
    Stage.WAITING: "yellow", Stage.TO_COME: "blue", Stage.IN_FORCE: "green", Stage.REVOKED: "red", Stage.ENDED: "grey", Stage.LAPSED: "grey",
}  # fmt: skip
STANDING = (Stage.WAITING, Stage.IN_FORCE, Stage.TO_COME)  # what may still be revoked
ORDER = (*STANDING, Stage.REVOKED, Stage.ENDED, Stage.LAPSED)


def stage_of(alternate: Alternate, today: date) -> Stage:
    over = alternate.last_day is not None and alternate.last_day < today
    if alternate.revoked_at:
        return Stage.REVOKED
    if alternate.approved_on is None:
        return Stage.LAPSED if over else Stage.WAITING
    if over:
        return Stage.ENDED
    return Stage.IN_FORCE if max(alternate.first_day, alternate.approved_on) <= today else Stage.TO_COME


@dataclass(frozen=True)
class Told:
    """An alternate as the page of its seat shows it."""

    alternate: Alternate
    stage: Stage
    named_at: datetime
    revoked_why: str
    has_account: bool

    @property
    def tone(self) -> str:
        return TONES[self.stage]

    @property
    def stands(self) -> bool:
        """Gives a right, or may yet."""
        return self.stage in STANDING

    @property
    def for_what(self) -> str:
        return for_what(self.alternate)


def for_what(alternate: Alternate) -> str:
    return days_in_words(alternate.first_day, alternate.last_day, alternate.occasion)


def alternates_of(seat: Seat, today: date) -> list[Told]:
    """Everybody ever named for the seat: those who wait for approval first, those who are over last."""
    named = list(seat.alternates.select_related("person__organisation", "named_by"))
    accounts = set(User.objects.filter(person__in=[a.person_id for a in named]).values_list("person_id", flat=True))
    told = [_told(alternate, today, alternate.person_id in accounts) for alternate in named]
    return sorted(told, key=lambda t: (ORDER.index(t.stage), -t.alternate.first_day.toordinal(), -t.alternate.pk))


def _told(alternate: Alternate, today: date, has_account: bool) -> Told:
    steps = list(alternate.history.order_by("history_id").values_list("history_date", "history_change_reason"))
    why = steps[-1][1] if alternate.revoked_at else ""
    return Told(alternate, stage_of(alternate, today), steps[0][0], why or "", has_account)
