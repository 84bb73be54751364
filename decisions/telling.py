"""What was mailed about a vote, or a decision, and what became of it for each who was told. Read-only.

The words of a mail are never shown, and a receipt says in its subject how a seat voted: it is listed by its number. While a tally is hidden
nothing is listed that went out because somebody voted, nor is it there to be sent again.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import groupby

from decisions.models import Cast, Decision, Question, QuestionRecipient, RollRow
from decisions.shown import votes_are_shown
from notifications import told as mails
from notifications.models import Notice
from notifications.operations import AGAIN
from notifications.told import Sent, by_name, sent_about


class Kind(Enum):
    """What a mail tells of, by its key: for some the key says of which row."""

    OPENED = re.compile(r"-opened$")
    PAPERS = re.compile(r"-papers-\d+$")
    WITHDRAWN = re.compile(r"-withdrawn$")
    CLOSED = re.compile(r"-closed$")
    RECEIPT = re.compile(r"^vote-(\d+)$")
    DISPUTE = re.compile(r"^dispute-(\d+)$")
    SILENCE = re.compile(r"-silent-(\d+)$")
    CORRECTION = re.compile(r"^correction-(\d+)$")
    DETERMINED = re.compile(r"-determined$")
    EMBARGOED = re.compile(r"-embargoed-(\d{4}-\d\d-\d\d)$")
    MOVED = re.compile(r"-moved-\d{4}-\d\d-\d\d$")
    OTHER = re.compile("")


WITH_THE_FORM = {Kind.OPENED, Kind.PAPERS, Kind.WITHDRAWN}  # one mail for a question and for all that ride on its form
TO_THE_GROUP = {Kind.OPENED, Kind.PAPERS, Kind.WITHDRAWN, Kind.DETERMINED}
BECAUSE_SOMEBODY_VOTED = {Kind.RECEIPT, Kind.DISPUTE}
TOGETHER = {Kind.RECEIPT: ("Receipts of votes", "Receipt"), Kind.SILENCE: ("That a silence is recorded as no objection", "Seat")}  # one list of them, however many


def kind_of(key: str) -> tuple[Kind, str]:
    """And which row, or day, it says; of a mail that was sent again, of the first."""
    first = AGAIN.sub("", key)
    kind, found = next((kind, found) for kind in Kind if (found := kind.value.search(first)))
    return kind, found[1] if found.groups() else ""


@dataclass(frozen=True)
class Told(mails.Told):
    beside: str = ""  # which receipt, or which seat


@dataclass
class Sending(mails.Sending[Told]):
    heading: str = ""
    each_its_own: bool = False  # not one mail to many, but one about each

    @property
    def to_whom(self) -> str:
        if not self.each_its_own:
            return super().to_whom
        return f"the last of {len(self.told)}" if len(self.told) > 1 else super().to_whom


def references_of(record: Question | Decision) -> list[str]:
    """A decision is called otherwise once it is determined, and mails about it went out before."""
    if isinstance(record, Question):
        return [record.reference, *([record.follows.reference] if record.follows else [])]
    return [*Decision.history.filter(id=record.pk).order_by().values_list("reference", flat=True).distinct()]


def is_about(notice: Notice, record: Question | Decision, now: datetime) -> bool:
    """Whether it is a mail about it that may be known of now."""
    return notice.reference in references_of(record) and _is_its_own(notice, record) and _may_be_known(notice.key, record, now)


def _is_its_own(notice: Notice, record: Question | Decision) -> bool:
    """Of what went out for the question on whose form it rides, it is what went out for both."""
    return not isinstance(record, Question) or notice.reference == record.reference or kind_of(notice.key)[0] in WITH_THE_FORM


def _may_be_known(key: str, record: Question | Decision, now: datetime) -> bool:
    return not isinstance(record, Question) or kind_of(key)[0] not in BECAUSE_SOMEBODY_VOTED or votes_are_shown(record, now)


def sendings_of(record: Question | Decision, now: datetime) -> list[Sending]:
    """The latest first; receipts, and what is said of silences, in one list each."""
    sent = [each for each in sent_about(*references_of(record)) if _is_its_own(each.own[0][0], record) and _may_be_known(each.key, record, now)]
    without = _without_address(record)
    kinds = sorted((kind_of(each.key)[0].name, each) for each in sent if kind_of(each.key)[0] in TOGETHER)
    folded = [_together(Kind[name], [each for _, each in same]) for name, same in groupby(kinds, lambda pair: pair[0])]
    single = [_sending(each, without) for each in sent if kind_of(each.key)[0] not in TOGETHER]
    return sorted([*folded, *single], key=lambda each: each.at, reverse=True)


def _without_address(record: Question | Decision) -> dict[str, list[str]]:
    """The key of a mail with papers -> to whom they went on record, and who was not mailed. The first papers go out with the vote, if there are any then."""
    if not isinstance(record, Question):
        return {}
    asked = record.follows or record
    found: dict[str, list[str]] = {}
    for n, why, name in QuestionRecipient.objects.filter(circulation__question=asked, mailed=False).values_list("circulation__n", "circulation__why", "name"):
        found.setdefault(f"{asked.reference}-papers-{n}" if why else f"{asked.reference}-opened", []).append(name)
    return found


def _sending(sent: Sent, without: dict[str, list[str]]) -> Sending:
    told = [Told(own[-1], len(own)) for own in sent.own]
    is_for_the_group = kind_of(sent.key)[0] in TO_THE_GROUP
    return Sending(sent.key, sent.subject, sent.at, by_name(told), is_for_the_group=is_for_the_group, without_address=without.get(sent.key, []))


def _together(kind: Kind, many: list[Sent]) -> Sending:
    rows = [int(kind_of(each.key)[1]) for each in many]
    called = CALLED[kind](rows)
    told = [Told(own[-1], len(own), called.get(row, "")) for row, each in zip(rows, many, strict=True) for own in each.own]
    subject, heading = TOGETHER[kind]
    told.sort(key=lambda each: (each.name, each.notice.pk))
    return Sending(kind.name.lower(), subject, max(each.at for each in many), told, heading=heading, each_its_own=True)


def _receipts(casts: list[int]) -> dict[int, str]:
    return {cast.pk: cast.receipt for cast in Cast.objects.filter(pk__in=casts).select_related("row__question__group")}


def _seats(rows: list[int]) -> dict[int, str]:
    return dict(RollRow.objects.filter(pk__in=rows).values_list("pk", "constituency"))


CALLED: dict[Kind, Callable[[list[int]], dict[int, str]]] = {Kind.RECEIPT: _receipts, Kind.SILENCE: _seats}
