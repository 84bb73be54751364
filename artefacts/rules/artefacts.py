"""Who may add artefacts and versions, put forward, and look over agreed edits; when, and why not. Read-only: nothing here writes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

from artefacts.finding import find_artefact
from artefacts.lifecycle import VERSION, ReviewStatus, VersionStatus
from artefacts.models import AgreedEdit, Artefact, ArtefactVersion, Baseline, Carried, FileForm, VersionFile
from decisions.lifecycle import QuestionStatus
from decisions.models import Question
from files.models import Visibility
from files.rules import refusals_of_clean
from groups.models import Group
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group, refusals_to_keep_the_record
from records.dates import as_day
from records.hooks import refusals_from_above
from records.rules import Refusal
from records.versions import key_of_version


def refusals_to_add(group: Group, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, group)


def refusals_to_load_processes(group: Group, today: date) -> Iterator[Refusal]:
    """Whoever may run the commands of the server loads them."""
    if group.closed_on and group.closed_on <= today:
        yield Refusal(f"{group} closed on {as_day(group.closed_on)}: its record can be read, not changed.", code="closed")


def refusals_to_describe(artefact: Artefact, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, artefact.group)


def refusals_of_artefact(group: Group, name: str, document_number: str) -> Iterator[Refusal]:
    if not name.strip():
        yield Refusal("Give the artefact a name.", field="name")
        return
    known = find_artefact(f"{document_number} {name}".strip(), Artefact.objects.filter(group=group))
    if known and (known.document_number == document_number or not document_number):
        yield Refusal(f"{known} is in the catalogue already.", field="name")


def refusals_to_keep(artefact: Artefact, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Its owner keeps it, and the secretariat."""
    if not (standing.owns(artefact.slug) or standing.is_secretary_of(artefact.group)):
        yield Refusal(f"Only the owner of {artefact} or the secretariat of {artefact.group} may change it.", status=403)
    yield from refusals_of_closed_group(artefact.group, standing)


def refusals_of_version(artefact: Artefact, label: str, made_from: ArtefactVersion | None, *, own: ArtefactVersion | None = None) -> Iterator[Refusal]:
    """`own` is the draft that is changed, if it is not a new one."""
    key = key_of_version(label)
    if key is None:
        yield Refusal("Write the version as 1.0, v1.2, 8.10 or “1.0 draft 2”.", field="label")
        return
    beside = artefact.versions.exclude(status=VersionStatus.WITHDRAWN).exclude(pk=own.pk if own else 0)
    if same := beside.filter(key=key).first():
        yield Refusal(f"{same} is there already.", field="label")
    if made_from is not None and made_from.artefact_id != artefact.pk:
        yield Refusal(f"{made_from} is a version of another artefact.", field="made_from")


def refusals_of_carries(carries: Sequence[dict[str, str]]) -> Iterator[Refusal]:
    for each in carries:
        if each["kind"] not in Carried.values:
            yield Refusal(f"Say what {each['reference'] or 'this'} is: a change request, a defect, a design issue, a work-off item, or a correction.", field="carries")
        if not each["reference"].strip():
            yield Refusal("Name what the version carries, such as CR018.", field="carries")
        elif not each["authorised_by"].strip():
            yield Refusal(f"Say who authorised {each['reference']}.", field="carries")
    named = [(each["kind"], each["reference"].strip().casefold()) for each in carries]
    if len(named) != len(set(named)):
        yield Refusal("The same thing is named twice.", field="carries")


def refusals_to_change_version(version: ArtefactVersion, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep(version.artefact, standing, now)
    if version.status != VersionStatus.DRAFT:
        yield Refusal(f"{version} is {version.get_status_display().lower()}: what it holds is frozen. Make a new version.", code="state")


def refusals_to_detach(file: VersionFile, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_change_version(file.version, standing, now)
    if file.dropped:
        yield Refusal(f"{file.name} was taken off already.")


def files_of(version: ArtefactVersion) -> list[VersionFile]:
    return [each for each in version.files.all() if not each.dropped]


def may_have(file: VersionFile, standing: Standing) -> bool:
    """Whoever keeps it has every file; participants what is not for the PMO and assurance alone."""
    artefact = file.version.artefact
    if standing.owns(artefact.slug) or standing.runs(artefact.group) or standing.reads_for_assurance(artefact.group):
        return True
    return file.version.status != VersionStatus.DRAFT and file.visibility != Visibility.PMO_AND_ASSURANCE and bool(standing.places)


def refusals_to_put_forward(version: ArtefactVersion, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Before there is a baseline freely; afterwards only what says what it carries, and edits that were agreed are made first."""
    yield from refusals_to_keep(version.artefact, standing, now)
    yield from VERSION.refusals(version, "put_forward")
    baseline = _baseline_it_is_issued_under(version)
    if baseline and baseline.version:
        left = [str(edit.n) for edit in baseline.version.agreed_edits.all() if edit.done_at is None]
        if left:
            yield Refusal(f"Somebody other than the owner has still to see that the agreed edits are made: {', '.join(left)}.")
    for file in files_of(version):
        if file.form == FileForm.CLEAN:
            yield from refusals_of_clean(file.name, file.blob.notes)
    if not (baseline and baseline.version) and not version.carries and _has_baseline(version):
        yield Refusal(f"{version.artefact} is baselined: say what {version.called} carries, and who authorised it.", field="carries")
    yield from refusals_from_above("artefacts.put_forward", version)


def _baseline_it_is_issued_under(version: ArtefactVersion) -> Baseline | None:
    """Was put to the group under another label, of which this one is made."""
    return next((each for each in version.artefact.baselines.all() if each.label and key_of_version(each.label) == version.key), None)


def refusals_to_explain(version: ArtefactVersion, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Of a draft that is made for a baseline: with it, what differs is frozen."""
    yield from refusals_to_change_version(version, standing, now)
    baseline = _baseline_it_is_issued_under(version)
    if baseline is None or baseline.version is None or baseline.version_id == version.pk:
        yield Refusal(f"Nothing was baselined of which {version} is made: there is nothing to hold it against.")


def refusals_of_explaining(said: Mapping[str, AgreedEdit | None], put: ArtefactVersion, keys: Collection[str]) -> Iterator[Refusal]:
    """`said`: the edit that each passage belongs to, by the key of the passage; `keys`: of those that differ now."""
    if any(edit and edit.version_id != put.pk for edit in said.values()):
        yield Refusal(f"Attach passages only to edits that were agreed for {put}.")
    if gone := len([key for key in said if key not in keys]):
        yield Refusal(f"{gone} of these passages {'does' if gone == 1 else 'do'} not differ any more: the files have changed. Look again.")


def _has_baseline(version: ArtefactVersion) -> bool:
    """By a decision, or as the table states from which it was loaded."""
    return bool(version.artefact.baselines.all()) or version.artefact.versions.filter(loadings__baselined_by__gt="").exists()


def refusals_to_withdraw(version: ArtefactVersion, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep(version.artefact, standing, now)
    yield from VERSION.refusals(version, "withdraw")
    if _voted_on(version):
        yield Refusal(f"Seats are voting on {version}: withdraw the question first.", code="state")
    if any(review.status == ReviewStatus.OPEN for review in version.reviews.all()):
        yield Refusal(f"{version} is in review: withdraw the review first.", code="state")
    if any(each.version_id == version.pk for each in version.artefact.baselines.all()) or any(key_of_version(each.label) == version.key for each in version.artefact.baselines.all()):
        yield Refusal(f"{version} is baselined: only a decision that supersedes that one takes it back.")
    elif version.loaded and version.loaded.baselined_by:
        yield Refusal(f"{version} is baselined by {version.loaded.baselined_by}, as its source states: a newer version takes its place.")


def _voted_on(version: ArtefactVersion) -> bool:
    asked = Question.objects.filter(group=version.artefact.group, status=QuestionStatus.OPEN)
    return any(key_of_version(each.version) == version.key and find_artefact(each.subject, [version.artefact]) for each in asked)


def refusals_of_reason(why: str) -> Iterator[Refusal]:
    if not why.strip():
        yield Refusal("Say why: it is shown beside it.", field="why")


def refusals_to_agree_edit(version: ArtefactVersion, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, version.group)
    if version.status != VersionStatus.FIXED:
        yield Refusal(f"{version} is {version.get_status_display().lower()}: edits are agreed for what was put forward.")
    for baseline in version.baselines.all():
        issued = version.artefact.versions.filter(status=VersionStatus.FIXED, key=key_of_version(baseline.label)).exclude(pk=version.pk)
        if later := issued.first():
            yield Refusal(f"{later} is issued already: what is to change now needs a change request.")


def refusals_of_edit(text: str, agreed_where: str) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Say what is to be edited.", field="text")
    if not agreed_where.strip():
        yield Refusal("Say where it was agreed: a paragraph of the minutes, or a decision.", field="agreed_where")


def refusals_to_see_edit_done(edit: AgreedEdit, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Not the owner: nobody marks their own work."""
    artefact = edit.version.artefact
    if standing.owns(artefact.slug):
        yield Refusal(f"You own {artefact}: somebody else looks whether the edit is made.", status=403)
    elif not standing.runs(artefact.group):
        yield Refusal(f"Only the Chair of {artefact.group} or the secretariat may say that the edit is made.", status=403)
    yield from refusals_of_closed_group(artefact.group, standing)
    if edit.done_at:
        yield Refusal(f"{edit.done_seen_by} has seen already that it is made.")
