"""What can be done to papers: buttons, what waits on the desk, and what is to be read before it is done."""

from datetime import datetime

from django.urls import reverse

from groups.standing import Standing
from meetings import operations
from meetings.lifecycle import MeetingStatus
from meetings.models import CirculatedPaper, Meeting, Paper
from meetings.papers import may_have, papers_due_on
from meetings.rules import refusals_to_change_paper, refusals_to_circulate_papers
from meetings.verbs.meetings import unpublished
from records.clock import london_moment
from records.models import Origin
from records.verbs import Verb, register


def papers_page(meeting: Meeting) -> str:
    return reverse("meetings:papers", args=[meeting.code])


def _at(name: str):
    return lambda paper: reverse(f"meetings:{name}", args=[paper.pk])


def _find_paper(pk: int, standing: Standing) -> Paper | None:
    found = Paper.objects.select_related("item__meeting__group").filter(pk=pk).first()
    return found if found and may_have(found.visibility, found.group, standing) else None


def _with_papers(standing: Standing, now: datetime) -> list[Meeting]:
    """Of the meetings to come that one keeps: those with an agenda."""
    kept = [each for each in unpublished(standing, now) if each.status == MeetingStatus.PLANNED and each.origin == Origin.PORTAL and standing.is_secretary_of(each.group)]
    return [each for each in kept if each.starts_at > now and each.with_agenda]  # type: ignore[attr-defined]


def _due(meeting: Meeting, standing: Standing) -> datetime | None:
    day = papers_due_on(meeting, standing.counting)
    return london_moment(day, standing.counting.closing_time(meeting.group, day)) if day else None


def _after_taking_off(paper: Paper) -> list[str]:
    gone = CirculatedPaper.objects.filter(file__paper=paper).exists()
    return [
        f"“{paper.title}” is no longer among the papers of {paper.meeting}, and nobody is handed it any more. It stays on record.",
        *(["It has been circulated: the record of that stays, and a sheet stands in its place in the pack, so that no page moves."] if gone else []),
        *(["If it is public, it is taken from the published agenda at once."] if paper.meeting.published_agenda else []),
    ]


register(
    Verb(
        name="meetings.circulate_papers", of=Meeting, rule=refusals_to_circulate_papers, waits=_with_papers, due=_due, look="secondary",
        at=lambda meeting: reverse("meetings:circulate_papers", args=[meeting.code]),
        label=lambda meeting: f"Circulate {'a supplement to ' if meeting.circulations.exists() else ''}the papers of {meeting}",
    ),
    Verb(name="meetings.hand_in", of=Paper, rule=refusals_to_change_paper, label="Hand in a version", look="link", at=_at("hand_in")),
    Verb(name="meetings.change_paper", of=Paper, rule=refusals_to_change_paper, label="Change", look="link", at=_at("change_paper")),
    Verb(
        name="meetings.drop_paper", of=Paper, rule=refusals_to_change_paper, label="Take off", look="link", at=lambda paper: papers_page(paper.meeting),
        act=operations.drop_paper, find=_find_paper, confirms=_after_taking_off, done=lambda paper: f"“{paper.title}” is taken off.",
    ),
)  # fmt: skip
