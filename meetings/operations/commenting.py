"""Members comment on circulated minutes paragraph by paragraph; the secretariat takes each up, in these words or others, or says why not."""

from groups.models import Seat, User
from groups.standing import Standing
from meetings import notices
from meetings.models import CommentAnswer, CommentOutcome, DraftComment, Meeting, Paragraph
from meetings.operations.writing import keep
from meetings.rules import (
    refusals_of_answer,
    refusals_of_comment,
    refusals_to_answer_comment,
    refusals_to_comment_for,
    refusals_to_comment_on,
)
from records.clock import portal_now
from records.locks import locked
from records.operations import operation
from records.rules import require


def _locked(paragraph: Paragraph) -> Paragraph:
    """With its meeting, the meeting locked first."""
    meeting = locked(Meeting.objects.select_related("group")).get(pk=paragraph.item.meeting_id)
    found = locked(Paragraph.objects.select_related("item", "typed__by")).get(pk=paragraph.pk)
    found.item.meeting = meeting
    return found


@operation
def comment_on(paragraph: Paragraph, seat: Seat, text: str, *, proposed: str = "", by: User) -> DraftComment:
    """Say for a seat what is wrong with a paragraph, and how it should read. The minutes do not change by it."""
    paragraph, now = _locked(paragraph), portal_now()
    standing = Standing.at(by, now)
    require(refusals_to_comment_on(paragraph, standing, now), refusals_to_comment_for(seat, standing), refusals_of_comment(paragraph, text, proposed))
    made = DraftComment(
        paragraph=paragraph, seat=seat, made_by=by.person, made_at=now, text=text.strip(), proposed=proposed.strip(), on_text=paragraph.reads
    ).save_by(by)
    notices.comment_made(made, by=by)
    return made


@operation
def answer_comment(comment: DraftComment, outcome: str, *, wording: str = "", why: str = "", by: User) -> CommentAnswer:
    """Take a comment up, in its words or in others, or say why not; whoever made it is told."""
    paragraph, now = _locked(comment.paragraph), portal_now()
    comment.paragraph = paragraph
    require(refusals_to_answer_comment(comment, Standing.at(by, now), now), refusals_of_answer(comment, outcome, wording, why))
    words = {CommentOutcome.ACCEPTED: comment.proposed, CommentOutcome.AMENDED: wording.strip()}.get(CommentOutcome(outcome), "")
    if words and words != paragraph.reads:
        keep(paragraph, at=now)
        paragraph.text = words
        paragraph.save_by(by, f"on a comment of the {comment.seat.label}", at=now)
    made = CommentAnswer(comment=comment, outcome=outcome, why=why.strip(), answered_at=now).save_by(by)
    notices.comment_answered(made, by=by)
    return made
