"""Reading published minutes into the portal: one file, one transaction, kept with its hash and its doubts."""

import hashlib
import html
import re
from dataclasses import dataclass

from archive.corrections import Change, changes_of, refusals_to_correct
from archive.models import ImportedFile
from archive.recording import Recorder, classification_of
from decisions.operations import take_out_past_decision, take_out_past_question
from groups.models import Group, User
from ledger.operations import seal
from meetings.due import publication_due
from meetings.models import Meeting
from meetings.operations import record_past_edition, take_out_past_action
from minutes_reader import READER_VERSION, Reading, read
from records.clock import london_date, portal_now
from records.dates import as_day
from records.editions import issue
from records.locks import locked
from records.models import Origin
from records.operations import operation
from records.rules import Refusal, require
from records.typed import cleaned, refusal_of_letters, turning_marks_in
from records.working_days import UnknownYear

LARGEST = 2 * 1024 * 1024  # bytes: the longest real minutes are a fiftieth of this


@dataclass
class Import:
    """What came of a file: what was read, and what was done with it."""

    reading: Reading
    file: ImportedFile | None = None
    changed: bool = False

    def as_json(self) -> dict:
        return self.reading.as_json()


def decoded(content: bytes) -> tuple[str, str]:
    """The text, and a warning where its letters had to be guessed at. Raises Refused for what is no text."""
    require(_refusals_to_decode(content))
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "The file is not UTF-8; it was read as Windows-1252."


def _refusals_to_decode(content: bytes):
    if len(content) > LARGEST:
        yield Refusal(f"The file is larger than {LARGEST // 1024 // 1024} MB: give the minutes as text.", code="foreign")
    elif content.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or b"\0" in content:
        yield Refusal("The file is not text: save the minutes as .txt or Markdown first.", code="foreign")


def read_only(content: bytes, name: str, group_code: str = "") -> Import:
    """What the file says, with nothing written. Raises Refused for what is not text."""
    text, warning = decoded(content)
    reading = read(text, name)
    if reading.recognised:
        told = html.unescape(text)
        reading.warnings += filter(None, [warning, _doubt_about(turning_marks_in(told)), _doubt_about_letters(told)])
        _say_when_due(reading, Group.objects.filter(code__iexact=group_code or reading.header.group or "").first())
    return Import(reading)


def _doubt_about(marks: list[str]) -> str:
    if not marks:
        return ""
    return f"The paper has hidden marks that turn the direction of reading ({', '.join(marks)}). They were left out: compare with the paper as printed."


def _doubt_about_letters(text: str) -> str:
    """A reference of which one letter is Cyrillic is not known as the reference it looks like."""
    words = dict.fromkeys(cleaned(word) for word in re.findall(r"\w+", cleaned(text)) if not word.isascii() and refusal_of_letters(word))
    if not words:
        return ""
    told = ", ".join(f"“{word[:40]}”" for word in list(words)[:10])
    return f"The paper has words with letters of other alphabets that look like Latin ones: {told}{' and more' * (len(words) > 10)}. They are kept as they stand: compare with the paper as printed."


def _say_when_due(reading: Reading, group: Group | None) -> None:
    if reading.header.date:
        try:
            reading.publication_due = london_date(publication_due(group, reading.header.date)[0])
        except UnknownYear as error:
            reading.warnings.append(str(error))


@operation
def import_minutes(content: bytes, name: str, *, group_code: str = "", confirmed: bool = False, by: User) -> Import:
    """Write down what published minutes say. The same file again changes nothing; a fuller paper of the same meeting adds to it.

    One that says otherwise than what is on record is a correction: it is refused with everything it changes, until that is confirmed.
    Raises Refused, and writes nothing, for a foreign format, an unknown group, or a meeting without number or date.
    """
    done = read_only(content, name, group_code)
    reading = done.reading
    digest = hashlib.sha256(content).hexdigest()
    if known := ImportedFile.objects.filter(sha256=digest, reader_version=READER_VERSION).first():
        reading.warnings = known.warnings
        return Import(reading, known)
    require(_refusals_to_record(reading, group_code))
    group = locked(Group.objects).get(code__iexact=group_code or reading.header.group)  # one paper at a time
    require(_refusals_to_read_over(reading, group))
    known_meeting = Meeting.objects.filter(group=group, number=reading.header.meeting_no).first()
    changes = changes_of(reading, known_meeting) if known_meeting else []
    if known_meeting:
        require(refusals_to_correct(changes, known_meeting, confirmed=confirmed))
    recorder = Recorder(reading, group, by, corrected=bool(changes))
    meeting = recorder.record()
    _correct(meeting, changes, by=by)
    reading.warnings += recorder.warnings
    earlier = list(meeting.imported_files.filter(superseded_by=None))
    note = " ".join([f"Read in from the {'corrected' if changes else 'published'} {reading.header.doc_type}.", *(each.sentence for each in changes)])
    edition = record_past_edition(meeting, note=note, corrects=bool(changes), by=by)
    file = ImportedFile(
        name=name[-255:], sha256=digest, reader_version=READER_VERSION, doc_type=reading.header.doc_type or "",
        text=decoded(content)[0], meeting=meeting, issued_on=reading.header.issue_date, warnings=reading.warnings, edition=edition,
    ).save_by(by)  # fmt: skip
    _supersede(earlier, file, by=by)
    seal("imported", file, by=by)
    issue("meeting", meeting.pk, f"It was {'corrected' if changes else 'read in'} from {file.name}.", by=by)
    return Import(reading, file, changed=True)


def _correct(meeting: Meeting, changes: list[Change], *, by: User) -> None:
    """Take out what the corrected paper does not have, and say on each decision and action what changed."""
    for change in changes:
        if change.gone and change.question:
            take_out_past_question(change.question, why=change.sentence, by=by)
        elif change.gone and change.decision:
            take_out_past_decision(change.decision, why=f"Taken out by the corrected minutes of {meeting}.", by=by)
        elif change.gone and change.action:
            take_out_past_action(change.action, why=f"Withdrawn: the corrected minutes of {meeting} do not have it.", on=london_date(portal_now()), by=by)
        if change.decision:
            issue("decision", change.decision.pk, f"Correction of the minutes of {meeting}. {change.sentence}", by=by)
        if change.action:
            issue("action", change.action.pk, f"Correction of the minutes of {meeting}. {change.sentence}", by=by)


def _refusals_to_read_over(reading: Reading, group: Group):
    """What the portal itself keeps is not overwritten by papers about it, and what is public does not become less so."""
    known = locked(Meeting.objects.filter(group=group, number=reading.header.meeting_no)).first()
    if known and known.origin == Origin.PORTAL:
        yield Refusal(f"{known} is kept in the portal itself: nothing is read in over it.")
    elif known and reading.header.doc_type == "headline report" and known.imported_files.exclude(doc_type="headline report").exists():
        yield Refusal(f"The minutes of {known} are on record: a headline report of it says less, and is not read in over them.")
    elif known and known.published_at and classification_of(reading) != Meeting.Classification.PUBLIC:
        yield Refusal(f"{known} is public; this paper does not say that it is. Nothing is made less public by reading it in.")


def _supersede(earlier: list[ImportedFile], file: ImportedFile, *, by: User) -> None:
    """From now on the newer paper's entry vouches for the meeting; the older file stays, with its hash."""
    for old in earlier:
        old.superseded_by = file
        old.save_by(by, f"superseded by {file.name}")
        seal("import superseded", old, by=by)


def _refusals_to_record(reading: Reading, group_code: str):
    header = reading.header
    if not reading.recognised:
        yield Refusal(reading.refusal or "The file is not in a form the reader knows.", code="foreign")
        return
    if not (group_code or header.group):
        yield Refusal("The minutes do not say whose they are: name the group with --group.")
    elif group_code and header.group and group_code.casefold() != header.group.casefold():
        yield Refusal(f"These are minutes of {header.group}, not of {group_code}.")
    elif not Group.objects.filter(code__iexact=group_code or header.group).exists():
        yield Refusal(f"The portal has no group {group_code or header.group}: load it with load_programme first.")
    if header.meeting_no is None:
        yield Refusal("The minutes give no meeting number.")
    if header.date is None:
        yield Refusal("The minutes give no date that could be read.")
    elif header.date > london_date(portal_now()):
        yield Refusal(f"The minutes say that the meeting was held on {as_day(header.date)}, which is still to come.")
