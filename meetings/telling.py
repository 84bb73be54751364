"""What was sent from a meeting, and what became of it for each who was told: how the mails fared, and which of its papers were opened here."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from meetings.models import CirculatedPaper, Meeting, PaperReading
from notifications import told as mails
from notifications.told import Sent, by_name, sent_about

FOR_THE_GROUP = re.compile(r"-(calendar|papers|circulated|edition|headlines)-\d+$")  # behind the meeting's code, in the key of a notice


@dataclass(frozen=True)
class Told(mails.Told):
    opened: int  # of the papers in it
    papers: int

    @property
    def beside(self) -> str:
        return f"{self.opened} of {self.papers}" if self.opened else "None"


@dataclass
class Sending(mails.Sending[Told]):
    @property
    def opened(self) -> int:
        return sum(each.opened > 0 for each in self.told)

    @property
    def has_papers(self) -> bool:
        return any(each.papers for each in self.told)

    @property
    def heading(self) -> str:
        return "Opened here" if self.has_papers else ""

    @property
    def more(self) -> str:
        return f"{self.opened or 'None'} of them {'has' if self.opened < 2 else 'have'} opened papers of it here." if self.has_papers else ""


def sendings_of(meeting: Meeting) -> list[Sending]:
    """Everything that was mailed about it, the latest first."""
    papers = _papers_by_key(meeting)
    made = [_sending(each, papers.get(each.key, OF_NO_PAPERS)) for each in sent_about(meeting.code)]
    _name_who_has_no_address(meeting, made)
    return made


class Papers(NamedTuple):
    """What went out with a circulation, and when: what was opened before is no reading of it."""

    at: datetime | None
    files: set[int]


OF_NO_PAPERS = Papers(None, set())


def _papers_by_key(meeting: Meeting) -> dict[str, Papers]:
    """The key of each circulation's mail -> the papers that went out with it."""
    told: dict[str, Papers] = {}
    for n, at, file in CirculatedPaper.objects.filter(circulation__meeting=meeting).exclude(file=None).values_list("circulation__n", "circulation__at", "file"):
        told.setdefault(f"{meeting}-papers-{n}", Papers(at, set())).files.add(file)
    return told


def _sending(sent: Sent, papers: Papers) -> Sending:
    opened: dict[int, int] = {}
    for person in PaperReading.objects.filter(file__in=papers.files, read_at__gte=papers.at).values_list("person", flat=True) if papers.files else ():
        opened[person] = opened.get(person, 0) + 1
    told = [Told(own[-1], len(own), opened.get(own[-1].person_id or 0, 0), len(papers.files)) for own in sent.own]
    return Sending(sent.key, sent.subject, sent.at, by_name(told), is_for_the_group=FOR_THE_GROUP.search(sent.key) is not None)


def _name_who_has_no_address(meeting: Meeting, made: list[Sending]) -> None:
    by_key = {each.key: each for each in made}
    for circulation in meeting.circulations.prefetch_related("told"):
        if sending := by_key.get(f"{meeting}-papers-{circulation.n}"):
            sending.without_address += [each.name for each in circulation.told.all() if not each.mailed]
