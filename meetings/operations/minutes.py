"""Minutes from draft to publication: cleared by the Chair, circulated, published, and approved at a later meeting."""

from datetime import date, datetime

from django.db.models import Max, Q

from groups.models import User
from groups.standing import Standing
from ledger.operations import seal
from meetings import editions, notices
from meetings.lifecycle import MINUTES, MinutesStatus
from meetings.models import Action, AgendaItem, CopyFor, Meeting, Minutes, MinutesEdition, Paragraph
from meetings.operations.chasing import tell_the_owners
from meetings.operations.drafts import copied
from meetings.operations.locking import locked_meeting
from meetings.operations.writing import keep_what_was_typed
from meetings.rules import (
    refusals_of_edition,
    refusals_of_sending_back,
    refusals_of_speakers,
    refusals_to_approve,
    refusals_to_circulate,
    refusals_to_clear,
    refusals_to_issue,
    refusals_to_publish,
    refusals_to_send_back,
    refusals_to_send_to_chair,
)
from records.canonical import canonical, sha256
from records.clock import portal_now
from records.editions import issue
from records.hooks import effects_above
from records.locks import locked
from records.operations import operation
from records.rules import require


def _locked(minutes: Minutes) -> Minutes:
    """The minutes with their meeting, the meeting locked first; nothing is left that was typed and not kept."""
    meeting = locked_meeting(Meeting(pk=minutes.meeting_id))
    minutes = locked(Minutes.objects).get(pk=minutes.pk)
    minutes.meeting = meeting
    keep_what_was_typed(meeting, at=portal_now())
    return minutes


@operation
def send_to_chair(minutes: Minutes, *, by: User) -> Minutes:
    """The draft is ready to be read by the Chair, and stays as it is until it is cleared or comes back."""
    minutes, now = _locked(minutes), portal_now()
    require(refusals_to_send_to_chair(minutes, Standing.at(by, now), now), refusals_of_speakers(minutes))
    minutes.status, minutes.sent_at = MINUTES["send_to_chair"].target, now
    minutes.save_by(by, at=now)
    notices.minutes_to_clear(minutes, by=by)
    return minutes


@operation
def clear(minutes: Minutes, *, by: User) -> Minutes:
    """The Chair clears the draft for circulation."""
    minutes, now = _locked(minutes), portal_now()
    require(refusals_to_clear(minutes, Standing.at(by, now), now))
    minutes.status, minutes.cleared_at = MINUTES["clear"].target, now
    return minutes.save_by(by, at=now)


@operation
def send_back(minutes: Minutes, *, why: str, by: User) -> Minutes:
    """Return the minutes to draft, saying why; the secretariat is told. Before they are cleared, the secretariat takes them back with it."""
    minutes, now = _locked(minutes), portal_now()
    require(refusals_to_send_back(minutes, Standing.at(by, now), now), refusals_of_sending_back(why))
    minutes.status, minutes.sent_at, minutes.cleared_at = MINUTES["send_back"].target, None, None
    minutes.save_by(by, why.strip(), at=now)
    notices.minutes_sent_back(minutes, why.strip(), by=by)
    return minutes


@operation
def circulate(minutes: Minutes, *, by: User) -> Minutes:
    """Send the cleared minutes to the members of the group; from here on they may be published."""
    minutes, now = _locked(minutes), portal_now()
    require(refusals_to_circulate(minutes, Standing.at(by, now), now), refusals_of_speakers(minutes))
    minutes.status, minutes.circulated_at = MINUTES["circulate"].target, now
    minutes.save_by(by, at=now)
    copied(minutes, CopyFor.MEMBERS, by=by, at=now)
    notices.minutes_circulated(minutes, by=by)
    tell_the_owners(minutes, by=by, at=now)
    return minutes


@operation
def minute_ruling(item: AgendaItem, text: str, *, by: User) -> Paragraph | None:
    """Write a ruling of the Chair under its item, while the minutes are not cleared. The Chair who ruled is the author."""
    item = locked(AgendaItem.objects.select_related("meeting")).get(pk=item.pk)
    minutes = Minutes.objects.filter(meeting=item.meeting).first()
    if minutes is None or minutes.status not in (MinutesStatus.DRAFT, MinutesStatus.SENT):
        return None
    last = item.paragraphs.aggregate(last=Max("order"))["last"] or 0
    return Paragraph(item=item, order=last + 1, text=f"The Chair ruled: {text}").save_by(by)


@operation
def approve(minutes: Minutes, *, on: date, by: User) -> Minutes:
    """Record that a later meeting approved the minutes. Independent of publication, which usually came first."""
    minutes, now = _locked(minutes), portal_now()
    require(refusals_to_approve(minutes, Standing.at(by, now), now))
    return _approved(minutes, on=on, by=by, now=now)


def _approved(minutes: Minutes, *, on: date, by: User, now) -> Minutes:
    minutes.status, minutes.approved_on = MINUTES["approve"].target, on
    for pad in locked(minutes.meeting.notepads.exclude(text="")).order_by("pk"):
        pad.write("", at=now)
    return minutes.save_by(by, at=now)


@operation
def approve_as_decided(minutes: Minutes, *, on: date, by: User) -> Minutes:
    """The same, because a decision says so: whoever took it was asked. Safe to run twice."""
    minutes, now = _locked(minutes), portal_now()
    return minutes if any(MINUTES.refusals(minutes, "approve")) else _approved(minutes, on=on, by=by, now=now)


@operation
def issue_the_approved(minutes: Minutes, *, note: str, by: User) -> Minutes:
    """Publish the edition that says they are approved, once the decision that did it is public. Safe to run twice."""
    minutes, now = _locked(minutes), portal_now()
    if minutes.published_at and not minutes.editions.filter(kind=MinutesEdition.Kind.APPROVAL).exists():
        _further_edition(minutes, MinutesEdition.Kind.APPROVAL, note=note, by=by, now=now)
    return minutes


@operation
def publish(minutes: Minutes, *, by: User) -> MinutesEdition:
    """Make the minutes public as their first edition, with every determined decision of the meeting that is not embargoed.

    Publishing a second time is refused; so is a meeting that is not classified Public, whoever asks.
    """
    minutes, now = _locked(minutes), portal_now()
    require(refusals_to_publish(minutes, Standing.at(by, now), now))
    return publish_locked(minutes, by=by, now=now)


def publish_locked(minutes: Minutes, *, by: User, now) -> MinutesEdition:
    """The part of publishing that the clock and the secretariat share; the meeting is locked, and nothing forbids it."""
    meeting = minutes.meeting
    meeting.published_at, meeting.published_by, meeting.next_reminder_at = now, by, None
    minutes.published_at, minutes.published_by = now, by
    meeting.save_by(by, at=now)
    minutes.save_by(by, at=now)
    _publish_what_is_new(meeting, by=by, now=now)
    edition = freeze(minutes, MinutesEdition.Kind.FIRST, by=by, now=now)
    notices.minutes_published(minutes, edition, by=by)
    return edition


def _publish_what_is_new(meeting: Meeting, *, by: User, now) -> None:
    """What apps higher up publish with it, and the actions of the meeting: in the order in which rows are locked."""
    effects_above("meetings.publish", meeting, by=by, at=now)
    list(locked(meeting.items.on_the_agenda()).order_by("pk").values_list("pk"))  # their paragraphs are numbered when this is frozen
    for action in locked(meeting.actions.standing().filter(published_at=None)).order_by("pk"):
        action.published_at, action.published_by = now, by
        action.save_by(by, at=now)


@operation
def issue_edition(minutes: Minutes, kind: str, *, note: str, by: User) -> MinutesEdition:
    """Publish an addendum, a correction or the approved text as a further edition; the earlier ones stay readable, and members are told."""
    minutes, now = _locked(minutes), portal_now()
    require(refusals_to_issue(minutes, Standing.at(by, now), now), refusals_of_edition(kind, note))
    _publish_what_is_new(minutes.meeting, by=by, now=now)
    return _further_edition(minutes, kind, note=note, by=by, now=now)


def _further_edition(minutes: Minutes, kind: str, *, note: str, by: User, now) -> MinutesEdition:
    edition = freeze(minutes, kind, note=note, by=by, now=now, tells=True)
    notices.edition_issued(edition, by=by, at=now)
    return edition


def freeze(minutes: Minutes, kind: str, *, note: str = "", by: User, now, sealed: bool = True, tells: bool = False) -> MinutesEdition:
    """Write the record as it now stands into an edition, number its paragraphs for good, and seal it.

    What was read in is not sealed here: the import's own entry covers it, and claims no more. It `tells` in its note which actions read otherwise.
    """
    keep_what_was_typed(minutes.meeting, at=now)
    editions.label_paragraphs(minutes.meeting, by=by)
    previous = minutes.latest_edition
    body = editions.body_of(minutes)
    if tells and previous:
        note = " ".join([note.strip(), *editions.actions_mended(previous.body, body)])
    edition = MinutesEdition(
        minutes=minutes, n=previous.n + 1 if previous else 1, kind=kind, note=note, body=body,
        sha256=sha256(canonical(body)), published_at=now,
    ).save_by(by)  # fmt: skip
    if sealed:
        seal("published", edition, by=by, at=now)
    _issue(edition, by=by, at=now)
    return edition


def _issue(edition: MinutesEdition, *, by: User, at: datetime) -> None:
    """The meeting, and every action that its minutes speak of: they may be cited by paragraph from now on."""
    meeting, what = edition.minutes.meeting, f"{edition.get_kind_display()} of the minutes"
    issue("meeting", meeting.pk, f"{what} was published.", by=by, at=at)
    for pk in Action.objects.filter(Q(meeting=meeting) | Q(reviews__meeting=meeting)).distinct().values_list("pk", flat=True):
        issue("action", pk, f"{what} of {meeting} was published.", by=by, at=at)
