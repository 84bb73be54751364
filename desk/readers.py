"""For whom a page can be looked at before it is published, and what each of them may read besides."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db.models import Model
from django.urls import reverse

from decisions.models import Decision
from files.models import Visibility
from groups.models import Appointment, Group, Seat
from groups.standing import Place, Standing
from meetings.commented import comments_for
from meetings.models import Meeting
from meetings.papers import seen_by, to_read
from records.verbs import Verb


class Besides(NamedTuple):
    """Something that some may read and others may not."""

    called: str
    address: str


class Readers(NamedTuple):
    """Those for whom it is looked at."""

    called: str
    places: Callable[[Group], tuple[Place, ...]] = lambda group: ()

    def besides(self, meeting: Meeting) -> list[Besides]:
        """What they have on their desk besides the public page, by the rules themselves."""
        places = self.places(meeting.group)
        return list(_besides(meeting, Standing.of_anybody_with(*places, on=meeting.held_on))) if places else []


def _a_member(group: Group) -> tuple[Place, ...]:
    return (Place("holding", Seat.Role.MEMBER, group.pk, None),)


def _assurance(group: Group) -> tuple[Place, ...]:
    return (Place("holding", Seat.Role.ASSURANCE, group.pk, None), Place("appointment", Appointment.Kind.ASSURANCE, group.pk, None))


READERS = {"": Readers("the public"), "members": Readers("members", _a_member), "assurance": Readers("assurance", _assurance)}


class Look(NamedTuple):
    called: str
    address: str


def looks(verb: Verb, record: Model) -> list[Look]:
    """As whom it can be looked at before the verb is done, and where."""
    if verb.shows is None:
        return []
    at = reverse("desk:preview", args=[verb.name, record.pk])
    return [Look(readers.called, f"{at}?for={name}" if name else at) for name, readers in READERS.items()]


def _besides(meeting: Meeting, standing: Standing) -> Iterator[Besides]:
    decisions = Decision.objects.filter(meeting=meeting).order_by("pk")
    if standing.belongs_to(meeting.group):
        for decision in decisions.exclude(embargoed_until=None):
            yield Besides(f"{decision}, which is under embargo: {decision.title}", reverse("decisions:decision", args=[decision.pk]))
    yield from _papers(meeting, standing)
    if many := len(comments_for(meeting.minutes, standing)):
        said = "1 comment on the draft, and what became of it" if many == 1 else f"{many} comments on the draft, and what became of them"
        yield Besides(said, reverse("meetings:comments", args=[meeting.code]))
    if standing.looks_behind(meeting.group):
        for decision in decisions.filter(status="determined"):
            yield Besides(f"What is behind “Was process followed?” of {decision}", reverse("assurance:process", args=[decision.pk]))


def _papers(meeting: Meeting, standing: Standing) -> Iterator[Besides]:
    """Those that not everybody may have."""
    at = reverse("meetings:papers", args=[meeting.code])
    for row in seen_by(to_read(meeting), standing):
        yield from (Besides(f"“{each.paper.title}”, a paper of item {row.item.number}", at) for each in row.papers if each.file and each.paper.visibility != Visibility.PUBLIC)
        for about in row.about:
            yield from (Besides(f"“{each.title}” of {about.called}, on item {row.item.number}", at) for each in about.documents if not each.address)
