"""Members comment on circulated minutes paragraph by paragraph; the secretariat takes each up, in these words or others, or says why not."""

from datetime import datetime

from groups.models import Seat, User
from groups.standing import Standing
from meetings import notices
from meetings.models import (
    Asks,
    CommentAnswer,
    CommentOutcome,
    Disagreement,
    DisagreementTakenBack,
    DraftComment,
    Meeting,
    Minutes,
    NoDraftComments,
    Paragraph,
)
from meetings.operations.locking import locked_meeting
from meetings.operations.writing import Writing, keep
from meetings.rules import (
    refusals_of_answer,
    refusals_of_comment,
    refusals_to_answer_comment,
    refusals_to_comment_for,
    refusals_to_comment_on,
    refusals_to_have_none,
    silent_seats,
)
from meetings.rules.drafts import refusals_of_letting_stand, refusals_to_let_stand, refusals_to_take_back
from records.clock import portal_now
from records.locks import locked
from records.operations import operation
from records.rules import require


def _locked(paragraph: Paragraph) -> Paragraph:
    """With its meeting, the meeting locked first."""
    meeting = locked_meeting(Meeting(pk=paragraph.item.meeting_id))
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
        paragraph=paragraph, seat=seat, made_by=by.person, made_at=now, text=text.strip(), proposed=_proposed(paragraph, proposed), on_text=paragraph.reads
    ).save_by(by)
    notices.comment_made(made, by=by)
    return made


def _proposed(paragraph: Paragraph, words: str) -> str:
    """Words left as they are propose nothing."""
    return "" if words.strip() == paragraph.reads.strip() else words.strip()


@operation
def answer_comment(comment: DraftComment, outcome: str, *, wording: str = "", why: str = "", by: User) -> CommentAnswer:
    """Take a comment up, in its words or in others, or say why not; whoever made it is told."""
    paragraph, now = _locked(comment.paragraph), portal_now()
    comment = DraftComment.objects.select_related("seat", "made_by").get(pk=comment.pk)
    comment.paragraph = paragraph
    require(refusals_to_answer_comment(comment, Standing.at(by, now), now), refusals_of_answer(comment, outcome, wording, why))
    if outcome != CommentOutcome.DECLINED:
        words = comment.proposed if outcome == CommentOutcome.ACCEPTED else wording.strip()
        _taken_up(comment, words, by=by, at=now)
    made = CommentAnswer(comment=comment, outcome=outcome, why=why.strip(), answered_at=now).save_by(by)
    notices.comment_answered(made, by=by)
    return made


@operation
def accept_comment(comment: DraftComment, *, by: User) -> CommentAnswer:
    """As it is proposed, at one press."""
    return answer_comment(comment, CommentOutcome.ACCEPTED, by=by)


def _taken_up(comment: DraftComment, words: str, *, by: User, at: datetime) -> None:
    """Without words the paragraph goes."""
    paragraph, why = comment.paragraph, f"on a comment of the {comment.seat.label}"
    if comment.is_for_a_new_one:
        writing = Writing(paragraph.item.meeting, by, at)
        after = paragraph.uid if comment.asks == Asks.BEHIND else writing.before(paragraph)
        Paragraph(item=paragraph.item, order=writing.place(paragraph.item, after), text=words).save_by(by, why, at=at)
    elif words != paragraph.reads:
        keep(paragraph, at=at)
        paragraph.text, paragraph.dropped = words or paragraph.text, not words
        paragraph.save_by(by, why, at=at)


@operation
def let_stand(comment: DraftComment, text: str, *, for_seat: bool, by: User) -> Disagreement:
    """Let a comment stand that was not taken up: the minutes say beside the paragraph who disagrees with it, and in which words."""
    paragraph, now = _locked(comment.paragraph), portal_now()
    comment = DraftComment.objects.select_related("seat", "made_by", "answer", "disagreement").get(pk=comment.pk)
    comment.paragraph = paragraph
    standing = Standing.at(by, now)
    require(refusals_to_let_stand(comment, standing, now), refusals_of_letting_stand(comment, text, standing, for_seat=for_seat))
    who = f"The {comment.seat.label}" if for_seat else comment.made_by.name
    made = Disagreement(comment=comment, for_seat=for_seat, who=who, text=text.strip(), said_at=now).save_by(by)
    notices.comment_stands(made, by=by)
    return made


@operation
def take_back_disagreement(comment: DraftComment, *, by: User) -> DisagreementTakenBack:
    """Whoever let a comment stand does not any more."""
    paragraph, now = _locked(comment.paragraph), portal_now()
    comment = DraftComment.objects.select_related("seat", "made_by", "disagreement__taken_back").get(pk=comment.pk)
    comment.paragraph = paragraph
    require(refusals_to_take_back(comment, Standing.at(by, now), now))
    made = DisagreementTakenBack(disagreement=comment.disagreement, taken_back_at=now).save_by(by)
    notices.comment_stands_no_more(made, by=by)
    return made


@operation
def have_no_comments(minutes: Minutes, *, by: User) -> list[NoDraftComments]:
    """For each seat that somebody speaks for, and that has not been heard on the draft."""
    meeting, now = locked_meeting(minutes.meeting), portal_now()
    minutes, standing = Minutes.objects.get(pk=minutes.pk), Standing.at(by, now)
    minutes.meeting = meeting
    require(refusals_to_have_none(minutes, standing, now))
    return [NoDraftComments(minutes=minutes, seat=seat, said_by=by.person, said_at=now).save_by(by) for seat in silent_seats(minutes, standing)]
