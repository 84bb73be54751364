"""The draft as it leaves the portal and comes back: copies of it, and what a Word document proposes."""

from django.core.files.uploadedfile import UploadedFile

from files.filled import filled_in
from files.names import shown_name
from groups.models import Person, Seat, User
from groups.standing import Standing
from meetings.models import CopyFor, DraftComment, DraftCopy, DraftReturn, Meeting, Minutes, Paragraph
from meetings.operations.writing import keep_what_was_typed
from meetings.rules.drafts import refusals_of_taking_out, refusals_of_whom, refusals_to_take_out
from meetings.senders import senders_of
from meetings.word_draft import Proposal, copy_in, proposed_in
from meetings.wording import written_down
from records.canonical import sha256
from records.clock import portal_now
from records.dates import as_day
from records.locks import locked
from records.operations import operation
from records.rules import Refusal, Refused, require


def _locked(minutes: Minutes) -> Minutes:
    meeting = locked(Meeting.objects.select_related("group")).get(pk=minutes.meeting_id)
    minutes = locked(Minutes.objects).get(pk=minutes.pk)
    minutes.meeting = meeting
    return minutes


def copied(minutes: Minutes, made_for: str, *, by: User, at) -> DraftCopy:
    """Write down what locked minutes say now. What was taken out once and says the same still is the same copy."""
    told = written_down(minutes)
    last = minutes.copies.filter(made_for=made_for).order_by("pk").last()
    if last and last.says == (told["came"], told["blocks"]):
        return last
    return DraftCopy(minutes=minutes, made_for=made_for, made_at=at, **told).save_by(by)


@operation
def take_out(minutes: Minutes, *, by: User) -> DraftCopy:
    """The draft leaves as a Word document: what it says is written down, so that what is changed in it can be told when it comes back."""
    minutes, now = _locked(minutes), portal_now()
    require(refusals_to_take_out(minutes, Standing.at(by, now), now))
    keep_what_was_typed(minutes.meeting, at=now)
    require(refusals_of_taking_out(written_down(minutes)["blocks"]))
    return copied(minutes, CopyFor.WORD, by=by, at=now)


@operation
def bring_back(minutes: Minutes, upload: UploadedFile | None, *, seat: Seat, person: Person, by: User) -> DraftReturn:
    """What a document proposes that came from somebody by mail becomes comments of theirs. The draft does not change by it.

    It is read before anything is locked: that takes seconds.
    """
    told = filled_in(upload)
    assert upload is not None  # noqa: S101 (what is not there was refused)
    upload.seek(0)
    digest = sha256(upload.read())
    minutes, now = _locked(minutes), portal_now()
    require(refusals_to_take_out(minutes, Standing.at(by, now), now), refusals_of_whom(minutes, seat, person, senders_of(minutes)))
    copy = copy_in(told, minutes)
    if before := copy.returns.select_related("made_by").filter(sha256=digest).first():
        raise Refused([Refusal(f"This very document was brought back on {as_day(before.brought_at)}, from {before.made_by}.", field="file")])
    proposals = proposed_in(told, copy)
    if not proposals:
        raise Refused([Refusal("It says what left: nothing is changed in it, and nothing is said in its margin.", field="file")])
    paragraphs = {str(each.uid): each for each in locked(Paragraph.objects.filter(item__meeting=minutes.meeting)).order_by("pk")}
    new = [each for each in proposals if not _known(paragraphs[each.uid], each, seat, person)]
    if not new:
        raise Refused([Refusal(f"All that it proposes is on the list already, from {person}.", field="file")])
    made = DraftReturn(
        copy=copy, seat=seat, made_by=person, name=shown_name(str(upload.name)), sha256=digest, brought_at=now, was_circulated=minutes.circulated_at is not None
    ).save_by(by)
    for each in new:
        DraftComment(
            paragraph=paragraphs[each.uid], seat=seat, made_by=person, made_at=now, brought=made, **_told(each), unmarked=each.unmarked, author=each.author
        ).save_by(by)
    return made


def _told(proposal: Proposal) -> dict[str, str]:
    return {"asks": proposal.asks, "text": proposal.text, "proposed": proposal.proposed, "on_text": proposal.on_text}


def _known(paragraph: Paragraph, proposal: Proposal, seat: Seat, person: Person) -> bool:
    """Whether the same person proposed the same before, in a document that was saved once more since."""
    return DraftComment.objects.filter(paragraph=paragraph, seat=seat, made_by=person, brought__isnull=False, **_told(proposal)).exists()
