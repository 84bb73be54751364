"""What the portal drafts for a representative who consults: the brief that goes out, and the comment that comes back."""

from collections import Counter

from decisions.lifecycle import QuestionStatus
from decisions.models import Consultation, Consultee, Question
from decisions.rules.voting import LONGEST_COMMENT
from records.dates import as_day
from records.templatetags.portal import moment


def drafted_brief(question: Question) -> str:
    """What is asked, in plain text, complete enough to be forwarded by itself."""
    said = [f"The {question.group.name} is asked: {question.wording}"]
    if question.on and question.on not in question.wording:
        said.append(f"What is voted on: {_named(question.subject, question.version)}.")
    if question.consulted_version and question.consulted_version != question.version:
        said.append(f"You were consulted on version {question.consulted_version}.")
    if question.changed_since:
        said.append(f"What has changed since: {question.changed_since}")
    if question.if_not_approved:
        said.append(f"What stands if it is not approved: {question.if_not_approved}")
    said += [f"Asked with it, on the same form: {rider.wording}" for rider in question.follow_ups.exclude(status=QuestionStatus.WITHDRAWN).order_by("pk")]
    said += [_when(question), "The vote is advice; the decision is the Chair's. What do you think, and why?"]
    return "\n\n".join(said)


def _named(subject: str, version: str) -> str:
    return f"{subject}, version {version}" if version else subject


def _when(question: Question) -> str:
    """ "The vote closes at 5:00pm on Wed 26 Jul 2023.", as far as that is known."""
    if question.closes_at:
        return f"The vote closes at {moment(question.closes_at)}."
    if question.window_days:
        return f"The vote has not opened yet. It will be open for {question.window_days} working days."
    if question.item:
        return f"The vote is taken at {question.item.meeting}, on {as_day(question.item.meeting.held_on)}."
    return "The vote is taken at a meeting."


def drafted_comment(consultation: Consultation) -> str:
    """The replies as a draft of the voting comment: counts, then what was said, without naming anybody.

    It fits into a comment: where the replies are too long for that, each is cut to its share.
    """
    replies = list(consultation.consultees.exclude(replied_at=None))
    if not replies:
        return ""
    counts = Counter(reply.view for reply in replies)
    views = ", ".join(f"{counts[view]} {view.label.lower()}" for view in Consultee.View if counts[view])
    head = f"Of {consultation.consultees.count()} organisations consulted, {len(replies)} replied: {views}."
    said = [" ".join(reply.text.split()) for reply in replies if reply.text]
    room = (LONGEST_COMMENT - len(head)) // len(said) - len("\n- ") if said else 0
    return head + "".join(f"\n- {_cut(text, room)}" for text in said)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(room - 1, 0)].rstrip() + "…"


def replied_in_words(consultees: list[Consultee]) -> str:
    """ "4 of 9 have replied. Not yet: A, B and C." """
    if not consultees:
        return "No organisation is on record for this constituency, so there is nobody to ask by link."
    waiting = [c.organisation.name for c in consultees if not c.replied_at]
    replied = len(consultees) - len(waiting)
    head = f"{replied} of {len(consultees)} {'has' if replied == 1 else 'have'} replied."
    if not waiting:
        return head
    names = waiting[0] if len(waiting) == 1 else f"{', '.join(waiting[:-1])} and {waiting[-1]}"
    return f"{head} Not yet: {names}."
