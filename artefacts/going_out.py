"""What goes out when a version is put to review: to whom, with which files, until when. Looked at before it is, since everybody is mailed at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from artefacts.models import ArtefactVersion, ReviewRow, VersionFile
from artefacts.notices import speaking_for
from artefacts.rules.artefacts import files_of
from files.models import Visibility
from groups.models import Organisation, Person, Seat
from groups.windows import closes_at
from records.canonical import canonical, sha256
from records.working_days import Working


@dataclass(frozen=True)
class Asked:
    """One seat or organisation that would be asked, and who speaks for it."""

    row: ReviewRow
    people: list[Person]

    @property
    def mailed(self) -> list[Person]:
        return [person for person in self.people if person.email]


@dataclass(frozen=True)
class GoingOut:
    """What would go out of a version, if it were put to review now for so many working days."""

    version: ArtefactVersion
    asked: list[Asked]
    closes: datetime
    working: Working

    @property
    def in_words(self) -> str:
        """ "2 seats and 1 organisation"."""
        seats = sum(each.row.seat_id is not None for each in self.asked)
        counted = ((seats, "seat"), (len(self.asked) - seats, "organisation"))
        return " and ".join(f"{n} {what}{'' if n == 1 else 's'}" for n, what in counted if n)

    @property
    def without_contact(self) -> list[str]:
        """Those of which nobody is known who could be mailed."""
        return [each.row.name for each in self.asked if not each.mailed]

    @property
    def mailed(self) -> int:
        """People; whoever speaks for several gets one mail."""
        return len({person.pk for each in self.asked for person in each.mailed})

    @property
    def files(self) -> list[VersionFile]:
        return files_of(self.version)

    @property
    def closed(self) -> list[VersionFile]:
        """What nobody who is asked can read."""
        return [file for file in self.files if file.visibility == Visibility.PMO_AND_ASSURANCE]

    @property
    def digest(self) -> str:
        """It tells whether what goes out is what was looked at."""
        roll = [[each.row.seat_id, each.row.organisation_id, sorted(person.email or "" for person in each.mailed)] for each in self.asked]
        return sha256(canonical({"roll": roll, "closes": self.closes.isoformat(), "files": [[file.digest, file.visibility] for file in self.files]}))


def rows_of(seats: Collection[Seat], organisations: Collection[Organisation]) -> list[ReviewRow]:
    """The roll, in its order, not yet written."""
    return [
        *(ReviewRow(seat=seat, name=seat.label) for seat in sorted(seats, key=lambda seat: (seat.order, seat.pk))),
        *(ReviewRow(organisation=each, name=each.name) for each in sorted(organisations, key=lambda each: each.name)),
    ]


def going_out(version: ArtefactVersion, now: datetime, days: int, seats: Collection[Seat], organisations: Collection[Organisation]) -> GoingOut:
    closes, working = closes_at(version.group, now, days)
    rows = rows_of(seats, organisations)
    return GoingOut(version, [Asked(row, people) for row, people in zip(rows, speaking_for(rows), strict=True)], closes, working)
