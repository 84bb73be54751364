"""What goes out when an assessment is issued: to whom, with which files, until when. Looked at before it is, since it cannot be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from change_requests.models import ChangeRequestVersion, RequestFile
from change_requests.roll import concerned_by, organisations_asked
from change_requests.rules.requests import files_of, named_attachments
from files.models import Visibility
from groups.models import Constituency, Organisation, Person, User
from groups.recipients import respondents_of
from groups.windows import closes_at
from records.canonical import canonical, sha256
from records.working_days import Working

READ_BY = {
    Visibility.PUBLIC: "Everybody can read it, the public too.",
    Visibility.PARTICIPANTS: "For participants: whoever is asked and signs in can read it, nobody by a link alone.",
    Visibility.PMO_AND_ASSURANCE: "For the PMO and assurance: nobody who is asked can read it.",
}


@dataclass(frozen=True)
class Asked:
    """One organisation that would be asked, and who answers for it."""

    organisation: Organisation
    contacts: list[Person]

    @property
    def mailed(self) -> list[Person]:
        return [person for person in self.contacts if person.email]


@dataclass(frozen=True)
class GoingOut:
    """What would go out of a version on a day, if it were issued then for so many working days."""

    version: ChangeRequestVersion
    roll: list[tuple[Constituency, list[Asked]]]
    closes: datetime
    working: Working

    @property
    def asked(self) -> list[Asked]:
        return [each for _, own in self.roll for each in own]

    @property
    def organisations(self) -> int:
        return len({each.organisation.pk for each in self.asked})

    @property
    def without_contact(self) -> list[Organisation]:
        """Those of which nobody is known who could be mailed."""
        return list({each.organisation.pk: each.organisation for each in self.asked if not each.mailed}.values())

    @property
    def empty(self) -> list[str]:
        """The constituencies that it concerns to which no organisation belongs."""
        return [constituency.name for constituency, own in self.roll if not own]

    @property
    def mailed(self) -> int:
        """People; whoever answers for several organisations gets one mail."""
        return len({person.pk for each in self.asked for person in each.mailed})

    @cached_property
    def files(self) -> list[tuple[str, RequestFile | None]]:
        """(what it is, the file): each attachment that is named, then what else goes with the version."""
        files = files_of(self.version)
        named = [(f"{each.n}. {each.title}", next((file for file in files if file.attachment_id == each.pk), None)) for each in named_attachments(self.version)]
        return named + [(str(file.get_form_display()), file) for file in files if file.attachment_id is None]

    @property
    def restricted(self) -> list[tuple[str, RequestFile, str]]:
        """(what it is, the file, who can read it) of each that not everybody can."""
        return [(what, file, READ_BY[Visibility(file.visibility)]) for what, file in self.files if file and file.visibility != Visibility.PUBLIC]

    @property
    def for_participants(self) -> bool:
        return any(file.visibility == Visibility.PARTICIPANTS for _, file, _ in self.restricted)

    @cached_property
    def without_account(self) -> list[Person]:
        """Of those who are mailed: who cannot sign in, and answers by the link alone."""
        people = {person.pk: person for each in self.asked for person in each.mailed}
        known = set(User.objects.filter(person__in=people, is_active=True).values_list("person", flat=True))
        return [person for pk, person in people.items() if pk not in known]

    @property
    def digest(self) -> str:
        """It tells whether what goes out is what was looked at."""
        roll = [[constituency.pk, [[each.organisation.pk, sorted(person.email or "" for person in each.mailed)] for each in own]] for constituency, own in self.roll]
        return sha256(canonical({"roll": roll, "closes": self.closes.isoformat(), "files": [[what, *([file.digest, file.visibility] if file else [])] for what, file in self.files]}))


def going_out(version: ChangeRequestVersion, now: datetime, today: date, days: int) -> GoingOut:
    closes, working = closes_at(version.group, now, days)
    return GoingOut(version, _roll(version, today), closes, working)


def _roll(version: ChangeRequestVersion, today: date) -> list[tuple[Constituency, list[Asked]]]:
    asked = organisations_asked(version, today)
    people = respondents_of({organisation.pk for _, organisation in asked})
    return [(constituency, _of(constituency, asked, people)) for constituency in concerned_by(version).order_by("name")]


def _of(constituency: Constituency, asked: Iterable[tuple[Constituency, Organisation]], people: dict[int, list[Person]]) -> list[Asked]:
    return [Asked(organisation, people.get(organisation.pk, [])) for own, organisation in asked if own.pk == constituency.pk]
