"""Who may raise a change request, write its versions, hold and withdraw it; when, and why not. Read-only: nothing here writes."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from change_requests.lifecycle import REQUEST, VERSION, AssessmentStatus, RequestStatus, VersionStatus
from change_requests.models import (
    Assessment,
    AssessmentRow,
    Attachment,
    Category,
    ChangeRequest,
    ChangeRequestVersion,
    Exclusion,
    FileForm,
    RequestFile,
)
from change_requests.rules.freezing import refusals_while_frozen
from change_requests.states import is_settled
from decisions.lifecycle import QuestionStatus
from decisions.models import Question
from files.models import Visibility
from files.rules import refusals_of_attached, refusals_of_clean
from groups.models import Group, Organisation
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group, refusals_to_keep_the_record
from records.dates import as_day
from records.rules import Refusal
from records.versions import key_of_version


def refusals_to_draft(group: Group, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Whoever was appointed to raise change requests for an organisation; or the secretariat, on its behalf."""
    if not (standing.raises_for or standing.is_secretary_of(group)):
        yield Refusal("Only somebody appointed to raise change requests for an organisation, or the secretariat, may begin one.", status=403)
    yield from refusals_of_closed_group(group, standing)


def refusals_of_request(group: Group, title: str, organisation: Organisation | None, category: str, reason: str, standing: Standing) -> Iterator[Refusal]:
    if not title.strip():
        yield Refusal("Give the change request a title.", field="title")
    if organisation is None:
        yield Refusal("Say which organisation raises it.", field="organisation")
    elif organisation.pk not in standing.raises_for and not standing.is_secretary_of(group):
        yield Refusal(f"You were not appointed to raise change requests for {organisation}.", field="organisation", status=403)
    elif organisation.fictional != group.fictional:
        yield Refusal(f"{organisation} {'is fictional, and' if organisation.fictional else 'is real:'} {group} is {'fictional' if group.fictional else 'not'}. Choose another one.", field="organisation")
    if category not in (Category.NORMAL, Category.URGENT, Category.DEFECT):
        yield Refusal("Say whether it is normal, urgent, or a defect.", field="category")
    if category in (Category.URGENT, Category.DEFECT) and not reason.strip():
        yield Refusal(f"Say why it is {'urgent' if category == Category.URGENT else 'a defect'}.", field="reason")


def refusals_to_keep(request: ChangeRequest, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Whoever raises for its organisation, and the secretariat."""
    if not keeps(request, standing):
        raiser = request.raiser or "whoever raised it"
        yield Refusal(f"Only {raiser} or the secretariat of {request.group} may change {request}.", status=403)
    yield from refusals_of_closed_group(request.group, standing)


def keeps(request: ChangeRequest, standing: Standing) -> bool:
    return request.raised_by_id in standing.raises_for or standing.is_secretary_of(request.group)


def may_see(request: ChangeRequest, standing: Standing) -> bool:
    """A draft is its raiser's and the secretariat's, and assurance's to read; what is raised is public."""
    if request.status == RequestStatus.DRAFT or request.published_at is None:
        return keeps(request, standing) or standing.reads_for_assurance(request.group)
    return keeps(request, standing) or standing.belongs_to(request.group)


def may_see_version(version: ChangeRequestVersion, standing: Standing) -> bool:
    """A draft of one is the raiser's, the secretariat's and assurance's to read, even when the change request itself is public."""
    request = version.change_request
    if version.status == VersionStatus.DRAFT:
        return keeps(request, standing) or standing.reads_for_assurance(request.group)
    return may_see(request, standing)


def refusals_to_change(request: ChangeRequest, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep(request, standing, now)
    if request.status == RequestStatus.WITHDRAWN:
        yield Refusal(f"{request} is withdrawn: it stays as it is.", code="state")


def refusals_to_draft_version(request: ChangeRequest, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_change(request, standing, now)
    if draft := next((each for each in request.versions.all() if each.status == VersionStatus.DRAFT), None):
        yield Refusal(f"{draft} is a draft already: change that one.", code="state")


def refusals_of_version(request: ChangeRequest, label: str, what_changed: str, *, own: ChangeRequestVersion | None = None) -> Iterator[Refusal]:
    """`own` is the draft that is changed, if it is not a new one."""
    key = key_of_version(label)
    if key is None:
        yield Refusal("Write the version as 1.0, v1.2, or 8.10.", field="label")
        return
    others = [each for each in request.versions.all() if own is None or each.pk != own.pk]
    if same := next((each for each in others if each.key == key), None):
        yield Refusal(f"{same} is there already.", field="label")
    fixed = [each for each in others if each.status == VersionStatus.FIXED]
    if later := max((each for each in fixed if each.place > key), key=lambda each: each.place, default=None):
        yield Refusal(f"{later} comes after that: give a later version.", field="label")
    if fixed and not what_changed.strip():
        yield Refusal(f"Say what changed since {max(fixed, key=lambda each: each.place).called}.", field="what_changed")


def refusals_of_its_day(dated_on: date | None, today: date) -> Iterator[Refusal]:
    if dated_on and dated_on > today:
        yield Refusal(f"{as_day(dated_on)} is still to come: give the day on its paper.", field="dated_on")


def refusals_to_change_version(version: ChangeRequestVersion, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_change(version.change_request, standing, now)
    if version.status != VersionStatus.DRAFT:
        yield Refusal(f"{version} is fixed: what it asks for is frozen. Write a new version.", code="state")


def refusals_to_write(request: ChangeRequest, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Its draft, or a new version if there is none."""
    draft = next((each for each in request.versions.all() if each.status == VersionStatus.DRAFT), None)
    yield from refusals_to_change(request, standing, now) if draft else refusals_to_draft_version(request, standing, now)


def refusals_to_fix(version: ChangeRequestVersion, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Of a request that is raised; a draft's version is fixed when it is raised."""
    yield from refusals_to_change(version.change_request, standing, now)
    yield from VERSION.refusals(version, "fix")
    if version.change_request.status == RequestStatus.DRAFT:
        yield Refusal(f"{version.called.capitalize()} is fixed when {version.change_request} is raised.")
    yield from what_is_missing(version)


def what_is_missing(version: ChangeRequestVersion) -> Iterator[Refusal]:
    """What has to be said before anybody can assess it."""
    for name, words in (("issue", "what the issue is"), ("solution", "what the solution would be")):
        if not getattr(version, name).strip():
            yield Refusal(f"{version.called.capitalize()} does not say {words}.", field=name)
    if (missing := attachments_spoken_of(version) - len(named_attachments(version))) > 0:
        spoken = "an attachment" if missing == 1 else f"{missing} attachments"
        yield Refusal(f"Its text speaks of {spoken} that {'is' if missing == 1 else 'are'} not in its list: name {'it' if missing == 1 else 'them'} there.", field="attachments")
    for each in attachments_without_a_file(version):
        yield Refusal(f"“{each.title}” is named as an attachment, and its file is not there: attach it.", field="attachments")
    for file in files_of(version):
        if file.form == FileForm.CLEAN:
            yield from refusals_of_clean(file.name, file.blob.notes, "attachments")


def files_of(version: ChangeRequestVersion) -> list[RequestFile]:
    return [each for each in version.files.all() if not each.dropped] if version.pk else []


def attachments_without_a_file(version: ChangeRequestVersion) -> list[Attachment]:
    there = {each.attachment_id for each in files_of(version)}
    return [each for each in named_attachments(version) if each.pk not in there]


def named_attachments(version: ChangeRequestVersion) -> list:
    return [each for each in version.attachments.all() if not each.dropped] if version.pk else []


_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ONE = rf"(?:\d{{1,2}}|[A-Z]|(?i:{'|'.join(_NUMBERS)}))\b"
_WHAT = r"(?i:attachments?|annex(?:es)?|append(?:ix|ices))"
_SPOKEN = re.compile(rf"\b{_WHAT}\s+({_ONE}(?:\s*(?:,|&|-|–|\band\b|\bto\b)\s*(?:and\s+)?{_ONE})*)")
_RANGE = re.compile(rf"({_ONE})\s*(?:-|–|\bto\b)\s*({_ONE})")
_VAGUELY = re.compile(rf"\b(?i:the|an?|this|these|see)\s+(?:{_WHAT}|(?i:attached))\b|\b(?i:is|are) attached\b")
MOST_SPOKEN_OF = 30


def attachments_spoken_of(version: ChangeRequestVersion) -> int:
    """How many its text speaks of: by number or letter ("annex B"), or one, if it only says that something is attached."""
    text = "\n".join(getattr(version, name) for name in (*ChangeRequestVersion.TEXTS, "what_changed"))
    named = {each for found in _SPOKEN.findall(text) for each in _each_of(found)}
    return len(named) or int(bool(_VAGUELY.search(text)))


def _each_of(listed: str) -> Iterator[str]:
    """ "1 and 2", "A to C": each by its number, or its letter."""
    for first, last in _RANGE.findall(listed):
        low, high = _place_of(first), _place_of(last)
        yield from (f"{first.isalpha() and len(first) == 1}{n}" for n in range(low, min(high, low + MOST_SPOKEN_OF) + 1))
    yield from (f"{each.isalpha() and len(each) == 1}{_place_of(each)}" for each in re.findall(_ONE, listed))


def _place_of(each: str) -> int:
    if each.isdigit():
        return int(each)
    return _NUMBERS.index(each.lower()) + 1 if each.lower() in _NUMBERS else ord(each) - ord("A") + 1


def refusals_to_raise(request: ChangeRequest, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep(request, standing, now)
    yield from REQUEST.refusals(request, "raise")
    draft = next(iter(request.versions.all()), None)
    if draft is None:
        yield Refusal("Write its first version: what the issue is, and what the solution would be.")
    else:
        yield from what_is_missing(draft)
    yield from refusals_while_frozen(request, standing)


def refusals_to_move(request: ChangeRequest, verb: str, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """`verb` is "hold", "resume" or "withdraw". Nothing is asked about what is on hold or withdrawn."""
    if verb == "withdraw":
        yield from refusals_to_keep(request, standing, now)
    else:
        yield from refusals_to_keep_the_record(standing, request.group)
    yield from REQUEST.refusals(request, verb)
    if verb != "resume" and is_settled(sorted(request.determinations.all(), key=lambda made: made.pk)):
        yield Refusal(f"{request} is settled: what was decided of it is changed by another decision.", code="state")
    if verb != "resume" and request.reference and Question.objects.filter(subject=request.reference, status=QuestionStatus.OPEN).exists():
        yield Refusal(f"The seats are voting on {request}: the secretariat withdraws the question first.", code="state")
    if verb != "resume" and Assessment.objects.filter(version__change_request=request, status=AssessmentStatus.OPEN).exists():
        yield Refusal(f"{request} is out for assessment: organisations are answering. The secretariat withdraws the assessment first.", code="state")


def refusals_of_reason(why: str) -> Iterator[Refusal]:
    if not why.strip():
        yield Refusal("Say why: it is published beside it.", field="why")


def refusals_to_exclude(request: ChangeRequest, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, request.group)
    if request.status == RequestStatus.DRAFT:
        yield Refusal(f"{request} is a draft: nothing is compared with it before it is raised.")


def refusals_of_exclusion(request: ChangeRequest, other: ChangeRequest | None, why: str) -> Iterator[Refusal]:
    if other is None:
        yield Refusal("Choose the change request that cannot stand beside it.", field="other")
    elif other.pk == request.pk:
        yield Refusal("A change request does not exclude itself.", field="other")
    elif Exclusion.objects.filter(one__in=(request, other), other__in=(request, other), ended_why="").exists():
        yield Refusal(f"That {request} and {other} exclude each other is on record already.", field="other")
    if not why.strip():
        yield Refusal("Say why only one of them can be approved.", field="why")


def refusals_of_attaching(
    version: ChangeRequestVersion, form: str, attachment: Attachment | None, visibility: str, name: str, notes: list[str]
) -> Iterator[Refusal]:
    """`notes` are those of what is in the file."""
    yield from refusals_of_attached(form, FileForm.values, visibility, name, notes, field="what")
    if attachment is not None and (attachment.version_id != version.pk or attachment.dropped):
        yield Refusal("That attachment is not one of this version.", field="what")
    if form == FileForm.ATTACHMENT and attachment is None and visibility != Visibility.PUBLIC:
        yield Refusal("The name of a file that is not for everybody may say too much: name the attachment in the version first, by a title that everybody may read.", field="what")


def refusals_to_detach(file: RequestFile, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_change_version(file.version, standing, now)
    if file.dropped:
        yield Refusal(f"{file.name} was taken off already.")


def is_asked_about(version: ChangeRequestVersion, standing: Standing) -> bool:
    """Whether they answer for an organisation that is or was asked to assess it: what participants may have of it is for them."""
    asked = AssessmentRow.objects.filter(assessment__version=version, organisation__in=standing.answers_for)
    return bool(standing.answers_for) and asked.exclude(assessment__status=AssessmentStatus.WITHDRAWN).exists()


def may_have(file: RequestFile, standing: Standing) -> bool:
    """Whoever works on it has every file; participants what is not for the PMO and assurance alone."""
    request = file.version.change_request
    if keeps(request, standing) or standing.runs(request.group) or standing.reads_for_assurance(request.group):
        return True
    return file.version.status == VersionStatus.FIXED and file.visibility != Visibility.PMO_AND_ASSURANCE and bool(standing.places)


def refusals_of_attachments(titles: Sequence[str]) -> Iterator[Refusal]:
    told = [" ".join(each.split()).casefold() for each in titles]
    if len(told) != len(set(told)):
        yield Refusal("Two attachments have the same title: nobody could tell them apart.", field="attachments")
    if len(told) > 50:
        yield Refusal("Name at most 50 attachments.", field="attachments")
