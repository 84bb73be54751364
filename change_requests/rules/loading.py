"""Which assessments that were kept in spreadsheets can be loaded, and why not. Read-only: nothing here writes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from change_requests.finding import reference_of
from change_requests.lifecycle import AssessmentStatus, RequestStatus, VersionStatus
from change_requests.models import AssessmentKind, ChangeRequest, Response
from groups.models import Group
from groups.models.people import normalised
from records.dates import as_day
from records.importing import NOT_STATED, value_of, yes_or_no
from records.rules import Refusal
from records.typed import whole_number
from records.versions import is_same_version, key_of_version

LONGEST = {"title": 300, "version": 40, "under": 200, "organisation": 160, "constituency": 160, "lead time": 160, "by": 160}
CHOICES = {"kind": AssessmentKind.choices, "position": Response.Position.choices, "impact": Response.Impact.choices}


def refusals_to_load(group: Group, today: date) -> Iterator[Refusal]:
    if group.closed_on and group.closed_on <= today:
        yield Refusal(f"{group} closed on {as_day(group.closed_on)}: its record can be read, not changed.", code="closed")


def refusals_of_line(cells: dict[str, str], opened: date | None, closed: date | None, days: Sequence[date], today: date) -> Iterator[Refusal]:
    if not reference_of(cells["change request"]):
        yield Refusal(f"“{cells['change request']}” is no change request: write CR018.")
    if not cells["organisation"]:
        yield Refusal("It does not name the organisation that was asked.")
    if cells["version"].casefold() not in ("", NOT_STATED) and key_of_version(cells["version"]) is None:
        yield Refusal(f"“{cells['version']}” is no version: write 1.1, or leave it empty if it is not stated.")
    for name, choices in CHOICES.items():
        if value_of(cells[name], choices) is None:
            yield Refusal(f"“{cells[name]}” stands under “{name}”, which may be: {', '.join(str(label).lower() for _, label in choices)}; or empty.")
    for name in ("answered", "late", "confidential"):
        if not _is_yes_or_no(cells[name]):
            yield Refusal(f"“{cells[name]}” stands under “{name}”, which may be: yes, no; or empty.")
    for name, most in LONGEST.items():
        if len(cells[name]) > most:
            yield Refusal(f"What stands under “{name}” is longer than {most} characters.")
    if opened and closed and closed < opened:
        yield Refusal("It closed before it was opened.")
    if any(day > today for day in days):
        yield Refusal("A day is still to come: what is under way is put to assessment in the portal.")
    if cells["answered"].casefold() in ("no", "n") and (cells["position"] or cells["comments"] or cells["answer"]):
        yield Refusal("It says that there was no answer, and what was answered.")


def _is_yes_or_no(cell: str) -> bool:
    try:
        yes_or_no(cell)
    except ValueError:
        return False
    return True


def refusals_of_assessment(about: dict[str, str], asked: Sequence[tuple[str, str]]) -> Iterator[Refusal]:
    """Of all its lines together: `asked` are organisation and constituency of each."""
    if about["working days"] and not whole_number(about["working days"]):
        yield Refusal(f"“{about['working days']}” is no number of working days.")
    times = Counter((normalised(organisation), normalised(constituency)) for organisation, constituency in asked)
    for (organisation, constituency), n in times.items():
        if n > 1:
            named = next(name for name, of in asked if (normalised(name), normalised(of)) == (organisation, constituency))
            yield Refusal(f"{named} is named {n} times for the same constituency: which one counts?")


def refusals_to_load_beside(request: ChangeRequest | None, reference: str, version: str, kind: str, group: Group) -> Iterator[Refusal]:
    """`request` is the one of that reference, if the portal knows it. What was assessed in the portal itself is on record there."""
    if request is None:
        if group.fictional:
            yield Refusal(f"The portal does not know {reference}: {group} is fictional, and takes none from elsewhere.")
        return
    if request.status == RequestStatus.DRAFT or request.group_id != group.pk:
        yield Refusal(f"{request} is {'a draft' if request.status == RequestStatus.DRAFT else f'a change request to {request.group}, not to {group}'}.")
        return
    same = [each for each in request.versions.all() if is_same_version(each.label, version)]
    if any(each.status == VersionStatus.DRAFT for each in same):
        yield Refusal(f"{same[0]} is a draft: it was not assessed.")
    held = [each for own in same for each in own.assessments.all() if each.kind == kind and each.status != AssessmentStatus.WITHDRAWN]
    if held:
        yield Refusal(f"The portal itself has put {same[0]} to assessment: nothing is loaded beside that.")
