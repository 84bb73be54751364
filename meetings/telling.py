"""What was sent from a meeting, and what became of it for each who was told."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import Min

from meetings.models import CirculatedPaper, Meeting, PaperReading
from notifications.models import Notice
from notifications.operations import AGAIN

FOR_THE_GROUP = re.compile(r"-(calendar|papers|circulated|edition|headlines)-\d+$")  # behind the meeting's code, in the key of a notice


@dataclass(frozen=True)
class Told:
    """One who was told, by the last mail that was sent to them of it."""

    notice: Notice
    times: int  # how often it was sent
    opened: int  # of the papers in it
    papers: int

    @property
    def name(self) -> str:
        return self.notice.person.name if self.notice.person else self.notice.address

    @property
    def state(self) -> str:
        if self.came_back:
            return "Came back"
        return {Notice.Status.QUEUED: "Waiting to be sent", Notice.Status.SENT: "Handed to the mail server", Notice.Status.FAILED: "Not delivered"}[Notice.Status(self.notice.status)]

    @property
    def tone(self) -> str:
        if self.came_back or self.notice.status == Notice.Status.FAILED:
            return "red"
        return "yellow" if self.notice.status == Notice.Status.QUEUED else "green"

    @property
    def came_back(self) -> bool:
        return bool(self.notice.bounces.all())

    @property
    def said(self) -> str:
        """What the mail server made of it, where that is bad."""
        if self.came_back:
            return max(self.notice.bounces.all(), key=lambda each: each.pk).said
        return self._last.said if self._last and not self._last.accepted else ""

    @property
    def at(self) -> datetime | None:
        return self._last.at if self._last else None

    @property
    def _last(self):
        return max(self.notice.attempts.all(), key=lambda each: each.n, default=None)

    @property
    def may_be_sent_again(self) -> bool:
        return self.notice.status != Notice.Status.QUEUED


@dataclass
class Sending:
    """What went out at once to some people."""

    key: str
    subject: str
    at: datetime
    told: list[Told] = field(default_factory=list)
    without_address: list[str] = field(default_factory=list)

    @property
    def is_for_the_group(self) -> bool:
        """Sent to everybody with a seat; what went to one person, or to the secretariat alone, is not for all to see."""
        return FOR_THE_GROUP.search(self.key) is not None

    @property
    def opened(self) -> int:
        return sum(each.opened > 0 for each in self.told)

    @property
    def has_papers(self) -> bool:
        return any(each.papers for each in self.told)

    @property
    def troubled(self) -> int:
        return sum(each.tone == "red" for each in self.told)


def sendings_of(meeting: Meeting) -> list[Sending]:
    """Everything that was mailed about it, the latest first."""
    notices = list(Notice.objects.filter(reference=meeting.code).select_related("person").prefetch_related("attempts", "bounces").order_by("pk"))
    first = dict(Notice.history.filter(id__in=[each.pk for each in notices]).values_list("id").annotate(Min("history_date")))
    together: dict[str, list[Notice]] = {}
    for notice in notices:
        together.setdefault(AGAIN.sub("", notice.key), []).append(notice)
    papers = _papers_by_key(meeting)
    made = [_sending(key, sent, first[sent[0].pk], papers.get(key, OF_NO_PAPERS)) for key, sent in together.items()]
    _name_who_has_no_address(meeting, made)
    return sorted(made, key=lambda each: each.at, reverse=True)


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


def _sending(key: str, notices: Iterable[Notice], at: datetime, papers: Papers) -> Sending:
    own: dict[int | str, list[Notice]] = {}
    for notice in notices:
        own.setdefault(notice.person_id or notice.address, []).append(notice)
    opened: dict[int, int] = {}
    for person in PaperReading.objects.filter(file__in=papers.files, read_at__gte=papers.at).values_list("person", flat=True) if papers.files else ():
        opened[person] = opened.get(person, 0) + 1
    told = [Told(sent[-1], len(sent), opened.get(sent[-1].person_id or 0, 0), len(papers.files)) for sent in own.values()]
    return Sending(key, told[0].notice.subject, at, sorted(told, key=lambda each: each.name))


def _name_who_has_no_address(meeting: Meeting, made: list[Sending]) -> None:
    by_key = {each.key: each for each in made}
    for circulation in meeting.circulations.prefetch_related("told"):
        if sending := by_key.get(f"{meeting}-papers-{circulation.n}"):
            sending.without_address += [each.name for each in circulation.told.all() if not each.mailed]
