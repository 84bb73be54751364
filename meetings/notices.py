"""Who is told what about a meeting, its minutes and their deadline."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from groups.calendar import Counting, calendar
from groups.models import Person, Seat, User
from groups.recipients import answering_for, people_in, secretariat_of
from meetings.back_plan import Step, comments_asked_by
from meetings.due import CHASES, headlines_in_words, publication_in_words
from meetings.invitations import CANCEL, REQUEST, entry, media_type
from meetings.links import owner_token, token_for
from meetings.models import (
    Action,
    ActionReport,
    Circulation,
    CommentAnswer,
    CommentOutcome,
    CopyFor,
    Disagreement,
    DisagreementTakenBack,
    DraftComment,
    HeadlineReport,
    Meeting,
    Minutes,
    MinutesEdition,
    Paper,
    PaperFile,
    ReportAnswer,
)
from meetings.owners import owners_of
from meetings.papers import Ready, Shown
from meetings.recipients import audience, calendar_key, not_invited_yet
from meetings.replying import links_for
from notifications.models import Notice
from notifications.outbox import Attached, tell
from records.clock import london_date, portal_now
from records.templatetags.portal import moment
from records.working_days import Working


def invited(meeting: Meeting, *, by: User, at: datetime) -> list[Notice]:
    """Whoever has not been invited yet."""
    return _to_calendars(meeting, not_invited_yet(meeting), "meeting_invitation", REQUEST, by=by, at=at)


def changed(meeting: Meeting, *, by: User, at: datetime) -> list[Notice]:
    return _to_calendars(meeting, _who_was_invited(meeting), "meeting_changed", REQUEST, by=by, at=at)


def moved(meeting: Meeting, *, by: User, at: datetime) -> list[Notice]:
    return _to_calendars(meeting, _who_was_invited(meeting), "meeting_moved", REQUEST, by=by, at=at)


def cancelled(meeting: Meeting, *, by: User, at: datetime) -> list[Notice]:
    return _to_calendars(meeting, _who_was_invited(meeting), "meeting_cancelled", CANCEL, by=by, at=at)


def _who_was_invited(meeting: Meeting) -> list[Person]:
    """Before anybody was invited, no calendar has to be mended."""
    return audience(meeting) if meeting.invited_at else []


def _to_calendars(meeting: Meeting, people: Sequence[Person], template: str, method: str, *, by: User, at: datetime) -> list[Notice]:
    return tell(
        people, key=f"{calendar_key(meeting)}{meeting.calendar_sequence}", template=template, reference=meeting.code, by=by, at=at,
        attach=_carrying(meeting, method, at), meeting=meeting, links=links_for(meeting, people) if method == REQUEST else {},
    )  # fmt: skip


def _carrying(meeting: Meeting, method: str, at: datetime) -> Callable[[Person], Attached]:
    return lambda person: Attached(entry(meeting, at, method=method, to=person), media_type(method))


def reply_reminder(meeting: Meeting, silent: Sequence[Person], *, by: User) -> list[Notice]:
    """Whoever has not said whether they come, once for each time that it was to begin."""
    return tell(
        silent, key=f"{meeting}-reply-{meeting.starts_at:%Y%m%d%H%M}", template="reply_reminder", reference=meeting.code, by=by, meeting=meeting,
        links=links_for(meeting, silent),
    )  # fmt: skip


def paper_asked(paper: Paper, due: date | None, *, by: User) -> list[Notice]:
    """Whoever is to bring it, with the link by which they do."""
    return _of_paper(paper, f"asked-{paper.nonce.hex[:8]}", "paper_asked", by=by, due=due)


def paper_due(paper: Paper, due_at: datetime | None, *, by: User) -> list[Notice]:
    return _of_paper(paper, "due", "paper_due", by=by, due_at=due_at)


def _of_paper(paper: Paper, event: str, template: str, *, by: User, **context) -> list[Notice]:
    people = [paper.owed_by_person] if paper.owed_by_person else []
    return tell(
        people, key=f"{paper.meeting}-paper-{paper.pk}-{event}", template=template, reference=paper.meeting.code, by=by, paper=paper, meeting=paper.meeting,
        token=token_for(paper), **context,
    )  # fmt: skip


def paper_handed_in(file: PaperFile, *, by: User) -> list[Notice]:
    """The secretariat, of what came by a link."""
    meeting = file.paper.meeting
    return tell(
        secretariat_of(meeting.group), key=f"{meeting}-paper-{file.paper_id}-version-{file.n}", template="paper_handed_in", reference=meeting.code, by=by,
        file=file, meeting=meeting,
    )  # fmt: skip


def papers_circulated(circulation: Circulation, ready: Sequence[Ready], follows: Sequence[Shown], people: Sequence[Person], *, by: User, at: datetime) -> list[Notice]:
    meeting = circulation.meeting
    return tell(
        people, key=f"{meeting}-papers-{circulation.n}", new_key=True, template="papers_circulated", reference=meeting.code, by=by, at=at, meeting=meeting,
        circulation=circulation, ready=ready, follows=follows,
    )  # fmt: skip


def papers_to_go_out(meeting: Meeting, due_at: datetime, ready: Sequence[Ready], follows: Sequence[Shown], *, by: User, at: datetime) -> list[Notice]:
    return tell(
        secretariat_of(meeting.group), key=f"{meeting}-circulate-{meeting.held_on}", template="papers_to_go_out", reference=meeting.code, by=by, at=at,
        meeting=meeting, due_at=due_at, ready=ready, follows=follows,
    )  # fmt: skip


def papers_missed(meeting: Meeting, due_at: datetime, ready: Sequence[Ready], follows: Sequence[Shown], *, by: User, at: datetime) -> list[Notice]:
    return tell(
        answering_for(meeting.group), key=f"{meeting}-not-circulated-{meeting.held_on}", template="papers_missed", reference=meeting.code, by=by, at=at,
        meeting=meeting, due_at=due_at, ready=ready, follows=follows,
    )  # fmt: skip


def minutes_circulated(minutes: Minutes, *, by: User) -> list[Notice]:
    meeting = minutes.meeting
    members = people_in(meeting.group, *Seat.Role.values)
    return tell(
        members, key=f"{meeting}-circulated-{minutes.revision}", template="minutes_circulated", reference=meeting.code,
        by=by, meeting=meeting, asked_by=comments_asked_by(meeting, Counting(), portal_now()),
    )  # fmt: skip


def minutes_to_clear(minutes: Minutes, *, by: User) -> list[Notice]:
    meeting = minutes.meeting
    return tell(
        people_in(meeting.group, Seat.Role.CHAIR), key=f"{meeting}-to-clear-{minutes.revision}", template="minutes_to_clear", reference=meeting.code,
        by=by, meeting=meeting,
    )  # fmt: skip


def your_actions(minutes: Minutes, actions: Sequence[Action], *, by: User) -> list[Notice]:
    """One mail each, with all that is theirs."""
    theirs: dict[Person, list[Action]] = {}
    for action in actions:
        for person in owners_of(action):
            theirs.setdefault(person, []).append(action)
    meeting = minutes.meeting
    return [
        notice for person, mine in theirs.items()
        for notice in tell(
            [person], key=f"{meeting}-actions-{minutes.revision}", template="your_actions", reference=meeting.code, by=by, meeting=meeting,
            actions=[(action, owner_token(action, person)) for action in mine],
        )
    ]  # fmt: skip


def action_given(action: Action, people: Sequence[Person], *, by: User) -> list[Notice]:
    """Whoever owns it since it was given to somebody else."""
    return [
        notice for person in people
        for notice in tell(
            [person], key=f"action-{action.reference}-given-{action.revision}", template="action_given", reference=action.reference, by=by, action=action,
            token=owner_token(action, person),
        )
    ]  # fmt: skip


def action_chased(action: Action, *, late: int, by: User) -> list[Notice]:
    """Its owner; the secretariat where nobody is named; with the last reminder the Chair and the secretariat, too."""
    owners = owners_of(action)
    others = answering_for(action.group) if late == CHASES[-1] else [] if owners else secretariat_of(action.group)
    told: dict[str, Any] = {"reference": action.reference, "by": by, "action": action, "late": late, "last": late == CHASES[-1]}
    key = f"action-{action.reference}-due-{action.due_on}-{late}"
    reminded = [
        notice for person in owners
        for notice in tell([person], key=key, template="action_chased", named=True, token=owner_token(action, person), **told)
    ]  # fmt: skip
    return reminded + tell(others, key=key, template="action_chased", named=False, **told)


def action_looked_at(action: Action, meeting: Meeting, *, by: User) -> list[Notice]:
    """Its owner, before the meeting that looks at it again; the secretariat has it in the log."""
    return [
        notice for person in owners_of(action)
        for notice in tell(
            [person], key=f"action-{action.reference}-before-{meeting}", template="action_looked_at", reference=action.reference, by=by, action=action,
            meeting=meeting, token=owner_token(action, person),
        )
    ]  # fmt: skip


def action_reported(report: ActionReport, *, by: User) -> list[Notice]:
    action = report.action
    return tell(
        secretariat_of(action.group), key=f"action-report-{report.pk}", template="action_reported", reference=action.reference, by=by, action=action,
        report=report,
    )  # fmt: skip


def report_answered(answer: ReportAnswer, *, by: User) -> list[Notice]:
    report = answer.report
    return tell(
        [report.made_by], key=f"action-report-{report.pk}-answered", template="report_answered", reference=report.action.reference, by=by,
        action=report.action, report=report, answer=answer, token=owner_token(report.action, report.made_by),
    )  # fmt: skip


def minutes_sent_back(minutes: Minutes, why: str, *, by: User) -> list[Notice]:
    meeting = minutes.meeting
    return tell(
        secretariat_of(meeting.group), key=f"{meeting}-sent-back-{minutes.revision}", template="minutes_sent_back", reference=meeting.code,
        by=by, meeting=meeting, why=why,
    )  # fmt: skip


def comment_made(comment: DraftComment, *, by: User) -> list[Notice]:
    meeting = comment.paragraph.item.meeting
    return tell(
        secretariat_of(meeting.group), key=f"{meeting}-comment-{comment.pk}", template="comment_made", reference=meeting.code, by=by, meeting=meeting,
        comment=comment,
    )  # fmt: skip


def comment_answered(answer: CommentAnswer, *, by: User) -> list[Notice]:
    """But not of each change in a Word document that was taken as it was: the page of comments says so."""
    comment = answer.comment
    meeting = comment.paragraph.item.meeting
    if comment.brought_id and answer.outcome == CommentOutcome.ACCEPTED:
        return []
    return tell(
        [comment.made_by], key=f"{meeting}-comment-{comment.pk}-answered", template="comment_answered", reference=meeting.code, by=by, meeting=meeting,
        comment=comment, answer=answer,
    )  # fmt: skip


def comment_stands(disagreement: Disagreement, *, by: User) -> list[Notice]:
    comment = disagreement.comment
    meeting = comment.paragraph.item.meeting
    return tell(
        answering_for(meeting.group), key=f"{meeting}-comment-{comment.pk}-stands", template="comment_stands", reference=meeting.code, by=by, meeting=meeting,
        comment=comment, disagreement=disagreement,
    )  # fmt: skip


def comment_stands_no_more(taken: DisagreementTakenBack, *, by: User) -> list[Notice]:
    """Whoever was told that it stands."""
    comment = taken.disagreement.comment
    meeting = comment.paragraph.item.meeting
    return tell(
        answering_for(meeting.group), key=f"{meeting}-comment-{comment.pk}-taken-back", template="comment_taken_back", reference=meeting.code, by=by,
        meeting=meeting, comment=comment, disagreement=taken.disagreement,
    )  # fmt: skip


def minutes_published(minutes: Minutes, edition: MinutesEdition, *, by: User) -> list[Notice]:
    meeting = minutes.meeting
    return tell(
        people_in(meeting.group, *Seat.Role.values), key=f"{meeting}-edition-{edition.n}", template="minutes_published",
        reference=meeting.code, by=by, meeting=meeting, decisions=edition.body["decisions"],
        was_circulated=minutes.copies.filter(made_for=CopyFor.MEMBERS).exists(),
    )  # fmt: skip


def edition_issued(edition: MinutesEdition, *, by: User, at: datetime) -> list[Notice]:
    """What was added to minutes that are public, or corrected in them: to whoever was told of the first."""
    meeting = edition.minutes.meeting
    return tell(
        people_in(meeting.group, *Seat.Role.values), key=f"{meeting}-edition-{edition.n}", template="edition_issued", reference=meeting.code, by=by, at=at,
        meeting=meeting, edition=edition,
    )  # fmt: skip


def headlines_published(report: HeadlineReport, corrected: str, *, by: User, at: datetime) -> list[Notice]:
    """Everyone with a seat, and the secretariat; of a corrected one, too, with what was corrected."""
    meeting = report.meeting
    return tell(
        audience(meeting), key=f"{meeting}-headlines-{report.editions.count() + 1}", template="headlines_published", reference=meeting.code, by=by, at=at,
        meeting=meeting, told=report.told, corrected=corrected,
    )  # fmt: skip


def headlines_reminder(report: HeadlineReport, now: datetime, *, by: User) -> list[Notice]:
    meeting, today = report.meeting, london_date(now)
    left = calendar().between(today, london_date(report.due_at)) if report.due_at else 0
    return tell(
        secretariat_of(meeting.group), key=f"{meeting}-headlines-due-{today}", template="headlines_reminder", reference=meeting.code, by=by, meeting=meeting,
        report=report, left=left,
    )  # fmt: skip


def headlines_missed(report: HeadlineReport, *, by: User) -> list[Notice]:
    meeting = report.meeting
    return tell(
        answering_for(meeting.group), key=f"{meeting}-headlines-missed", template="headlines_missed", reference=meeting.code, by=by, meeting=meeting, report=report,
    )  # fmt: skip


def headlines_moved(report: HeadlineReport, before: date, working: Working, why: str, *, by: User) -> list[Notice]:
    meeting = report.meeting
    return tell(
        answering_for(meeting.group), key=f"{meeting}-headlines-moved-{working.end}", template="deadline_moved", reference=meeting.code, by=by,
        group=meeting.group, what=headlines_in_words(report), due=moment(report.due_at), before=before, working=working, why=why, url=meeting.get_absolute_url(),
    )  # fmt: skip


def publication_reminder(meeting: Meeting, now, *, by: User) -> list[Notice]:
    """One a day at most: the key carries the day."""
    today = london_date(now)
    left = calendar().between(today, meeting.publication_due_on)
    return tell(
        secretariat_of(meeting.group), key=f"{meeting}-remind-{today}", template="publication_reminder",
        reference=meeting.code, by=by, meeting=meeting, left=left, minutes=meeting.minutes,
    )  # fmt: skip


def step_waits(meeting: Meeting, step: Step, *, late: bool, by: User) -> list[Notice]:
    """Whoever it waits for; the secretariat hears of it, too, if the Chair is late."""
    people = people_in(meeting.group, Seat.Role.CHAIR) if step.whose == Seat.Role.CHAIR else secretariat_of(meeting.group)
    if late and step.whose == Seat.Role.CHAIR:
        people = answering_for(meeting.group)
    return tell(
        people, key=f"{meeting}-step-{step.name}{'-late' if late else ''}", template="minutes_step", reference=meeting.code, by=by, meeting=meeting, step=step, late=late,
    )  # fmt: skip


def published_by_the_clock(minutes: Minutes, findings: list[str], *, by: User) -> list[Notice]:
    meeting = minutes.meeting
    embargoed = [d for d in meeting.decisions.in_order() if d.embargoed_until]
    return tell(
        answering_for(meeting.group), key=f"{meeting}-published-by-clock",
        template="published_by_clock", reference=meeting.code, by=by, meeting=meeting, findings=findings, embargoed=embargoed,
    )  # fmt: skip


def publication_missed(meeting: Meeting, reasons: Sequence[str], *, by: User) -> list[Notice]:
    """The Chair and the SRO (who chairs the group above) are told; so is the secretariat, who can mend it."""
    chairs = people_in(meeting.group, Seat.Role.CHAIR)
    if meeting.group.parent:
        chairs += people_in(meeting.group.parent, Seat.Role.CHAIR)
    return tell(
        [*chairs, *secretariat_of(meeting.group)], key=f"{meeting}-missed",
        template="publication_missed", reference=meeting.code, by=by, meeting=meeting, reasons=reasons,
    )  # fmt: skip


def publication_moved(meeting: Meeting, before: date, working: Working, why: str, *, by: User) -> list[Notice]:
    """Chair and secretariat: whoever works towards the date. The template serves deadlines of every kind."""
    return tell(
        answering_for(meeting.group), key=f"{meeting}-moved-{working.end}",
        template="deadline_moved", reference=meeting.code, by=by, group=meeting.group, what=publication_in_words(meeting),
        due=moment(meeting.publication_due_at), before=before, working=working, why=why, url=meeting.get_absolute_url(),
    )  # fmt: skip
