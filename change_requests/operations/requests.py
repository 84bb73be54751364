"""From a draft to what is raised, held, withdrawn: a change request and its versions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from change_requests import notices
from change_requests.comparing import earlier_version, kept_files, sides_of
from change_requests.lifecycle import REQUEST, VERSION, VersionStatus
from change_requests.models import Attachment, Category, ChangeRequest, ChangeRequestVersion, Exclusion, FileForm, RequestFile
from change_requests.rules.requests import (
    refusals_of_attaching,
    refusals_of_attachments,
    refusals_of_exclusion,
    refusals_of_its_day,
    refusals_of_reason,
    refusals_of_request,
    refusals_of_version,
    refusals_to_change,
    refusals_to_change_version,
    refusals_to_detach,
    refusals_to_draft,
    refusals_to_draft_version,
    refusals_to_exclude,
    refusals_to_fix,
    refusals_to_move,
    refusals_to_raise,
)
from decisions.models import Question, Settlement
from files.models import Visibility
from files.operations import Upload, have_compared, keep, name_of, take_off
from groups.models import Group, Organisation, User
from groups.numbering import mint, mint_past
from groups.standing import Standing, before_looking
from ledger.operations import seal
from meetings.models import AgendaItem, Meeting
from records.clock import london_date, portal_now
from records.editions import issue
from records.locks import locked
from records.operations import operation
from records.rules import require

KIND = "change request"
FICTIONAL_FROM = 800  # a fictional group numbers its own from here on, so that none is taken for the programme's


def locked_request(pk: int) -> ChangeRequest:
    return locked(ChangeRequest.objects.select_related("group", "raised_by")).get(pk=pk)


def locked_version(version: ChangeRequestVersion) -> ChangeRequestVersion:
    """The version, locked, and its change request before it."""
    request = locked_request(ChangeRequestVersion.objects.values_list("change_request_id", flat=True).get(pk=version.pk))
    version = locked(ChangeRequestVersion.objects).get(pk=version.pk)
    version.change_request = request
    return version


@operation
def draft(
    group: Group, title: str, organisation: Organisation | None, *, category: str = Category.NORMAL, reason: str = "", what_this_means: str = "",
    outside_reference: str = "", freeze_exception: str = "", target_meeting: Meeting | None = None, by: User,
) -> ChangeRequest:  # fmt: skip
    """Begin a change request. It is its raiser's and the secretariat's alone until it is raised."""
    now = portal_now()
    standing = Standing.at(by, now)
    require(refusals_to_draft(group, standing, now), refusals_of_request(group, title, organisation, category, reason, standing))
    own = organisation is not None and organisation.pk in standing.raises_for
    request = ChangeRequest(
        group=group, reference=f"Draft {mint('drafts', KIND)}", raised_by=organisation, raised_by_person=by.person if own else None,
    )  # fmt: skip
    return _written(request, title, category, reason, what_this_means, outside_reference, freeze_exception, target_meeting).save_by(by, at=now)


@operation
def change(
    request: ChangeRequest, title: str, *, category: str, reason: str = "", what_this_means: str = "", outside_reference: str = "",
    freeze_exception: str = "", target_meeting: Meeting | None = None, by: User,
) -> ChangeRequest:  # fmt: skip
    """Say otherwise what it is called and means. What it asks for is in its versions."""
    request, now = locked_request(request.pk), portal_now()
    standing = Standing.at(by, now)
    require(refusals_to_change(request, standing, now), refusals_of_request(request.group, title, request.raised_by, category, reason, standing))
    _written(request, title, category, reason, what_this_means, outside_reference, freeze_exception, target_meeting).save_by(by, at=now)
    if request.published_at:
        seal("changed", request, by=by, at=now)
        issue("change_request", request.pk, "What is said about it was changed.", by=by, at=now)
    return request


def _written(
    request: ChangeRequest, title: str, category: str, reason: str, what_this_means: str, outside_reference: str, freeze_exception: str,
    target_meeting: Meeting | None,
) -> ChangeRequest:  # fmt: skip
    request.title, request.category, request.reason = title.strip(), category, reason.strip()
    request.what_this_means, request.outside_reference = what_this_means.strip(), outside_reference.strip()
    request.freeze_exception, request.target_meeting = freeze_exception.strip(), target_meeting
    return request


# --- versions


@operation
def draft_version(request: ChangeRequest, label: str, *, attachments: Sequence[str] = (), by: User, **said: Any) -> ChangeRequestVersion:
    """Begin a version. `said` are its texts, what changed, and the artefacts and constituencies it concerns."""
    request, now = locked_request(request.pk), portal_now()
    require(refusals_to_draft_version(request, Standing.at(by, now), now))
    require(refusals_of_version(request, label, said.get("what_changed", "")), refusals_of_its_day(said.get("dated_on"), london_date(now)), refusals_of_attachments(attachments))
    version = _worded(ChangeRequestVersion(change_request=request), label, said).save_by(by, at=now)
    _name_attachments(version, attachments, by=by)
    return version


@operation
def change_version(version: ChangeRequestVersion, label: str, *, attachments: Sequence[str] = (), by: User, **said: Any) -> ChangeRequestVersion:
    """Write a draft anew."""
    version, now = locked_version(version), portal_now()
    require(refusals_to_change_version(version, Standing.at(by, now), now))
    require(refusals_of_version(version.change_request, label, said.get("what_changed", ""), own=version), refusals_of_its_day(said.get("dated_on"), london_date(now)), refusals_of_attachments(attachments))
    _worded(version, label, said).save_by(by, at=now)
    _name_attachments(version, attachments, by=by)
    return version


def _worded(version: ChangeRequestVersion, label: str, said: dict[str, Any]) -> ChangeRequestVersion:
    version.label = label.strip()
    for name in (*ChangeRequestVersion.TEXTS, "what_changed"):
        setattr(version, name, said.get(name, "").strip())
    version.artefacts, version.constituencies = list(said.get("artefacts", ())), list(said.get("constituencies", ()))
    version.dated_on = said.get("dated_on")
    return version


@operation
def attach(
    version: ChangeRequestVersion, upload: Upload | None, *, form: str, attachment: Attachment | None = None,
    visibility: str = Visibility.PUBLIC, by: User,
) -> RequestFile:  # fmt: skip
    """Attach a file to a draft. What is attached under a title that is named already takes the place of what was there."""
    require(before_looking(refusals_to_change_version, version, by=by))
    blob, name = keep(upload, by=by), name_of(upload)
    version, now = locked_version(version), portal_now()
    require(refusals_to_change_version(version, Standing.at(by, now), now), refusals_of_attaching(version, form, attachment, visibility, name, blob.notes))
    if form == FileForm.ATTACHMENT and attachment is None:
        attachment = _attachment_titled(version, (name.rpartition(".")[0] or name)[:200].strip(), by=by)
    before = version.files.filter(attachment=attachment) if attachment else version.files.filter(form=form)
    take_off(before, f"{name} took its place", by=by)
    file = RequestFile(version=version, blob=blob, name=name, visibility=visibility, form=form, attachment=attachment).save_by(by, at=now)
    _compare_files(version, by=by)
    return file


def _compare_files(version: ChangeRequestVersion, *, by: User) -> None:
    """The worker is asked for what differs from the version before it."""
    before = earlier_version(version)
    have_compared(sides_of(kept_files(before) if before else []), sides_of(kept_files(version)), by=by)



@operation
def detach(file: RequestFile, *, by: User) -> RequestFile:
    """Take a file off a draft again."""
    version, now = locked_version(file.version), portal_now()
    file = locked(RequestFile.objects).get(pk=file.pk)
    file.version = version
    require(refusals_to_detach(file, Standing.at(by, now), now))
    file.dropped = True
    return file.save_by(by, "taken off", at=now)


def _name_attachments(version: ChangeRequestVersion, titles: Sequence[str], *, by: User) -> None:
    """By their titles. One that is named no more is kept, and so is its number."""
    known = {each.title.casefold(): each for each in version.attachments.all()}
    wanted = {(plain := " ".join(title.split())).casefold(): plain for title in titles}
    for key, each in known.items():
        if each.dropped != (key not in wanted):
            each.dropped = not each.dropped
            each.save_by(by)
    take_off(version.files.filter(attachment__dropped=True), "its attachment is named no more", by=by)
    for n, key in enumerate((key for key in wanted if key not in known), _next_number(version)):
        Attachment(version=version, n=n, title=wanted[key]).save_by(by)


def _next_number(version: ChangeRequestVersion) -> int:
    return max((each.n for each in version.attachments.all()), default=0) + 1


def _attachment_titled(version: ChangeRequestVersion, title: str, *, by: User) -> Attachment:
    """The one of that title; one that was named no more is named again, under its number."""
    named = version.attachments.filter(title__iexact=title).first() or Attachment(version=version, n=_next_number(version), title=title)
    if named.pk is None or named.dropped:
        named.dropped = False
        named.save_by(by)
    return named


@operation
def fix(version: ChangeRequestVersion, *, by: User) -> ChangeRequestVersion:
    """Freeze what a version asks for, for good, and make it public: it can be assessed, voted on and decided."""
    version, now = locked_version(version), portal_now()
    require(refusals_to_fix(version, Standing.at(by, now), now))
    return _fix(version, by=by, at=now)


def _fix(version: ChangeRequestVersion, *, by: User, at: datetime) -> ChangeRequestVersion:
    version.status, version.fixed_at = VERSION["fix"].target, at
    for file in RequestFile.for_sealing().filter(version=version, dropped=False).order_by("pk"):
        file.version = version
        seal("attached", file, by=by, at=at)
    version.save_by(by, at=at)
    _compare_files(version, by=by)
    seal("fixed", version, by=by, at=at)
    issue("change_request", version.change_request_id, f"{version.called.capitalize()} was fixed.", by=by, at=at)
    return version


# --- from draft to raised, held, withdrawn


@operation
def raise_request(request: ChangeRequest, *, by: User) -> ChangeRequest:
    """Raise it: it gets its number, its first version is fixed, and both are public. The secretariat is told."""
    request, now = locked_request(request.pk), portal_now()
    require(refusals_to_raise(request, Standing.at(by, now), now))
    request.number = _number_for(request.group)
    version = locked(request.versions.filter(status=VersionStatus.DRAFT)).get()
    request.reference, request.raised_on = f"CR{request.number:03}", version.dated_on or london_date(now)
    request.status, request.published_at, request.published_by = REQUEST["raise"].target, now, by
    request.save_by(by, at=now)
    seal("raised", request, by=by, at=now)
    version.change_request = request
    _fix(version, by=by, at=now)
    issue("change_request", request.pk, "It was raised.", by=by, at=now)
    notices.raised(request, by=by)
    return request


def _number_for(group: Group) -> int:
    """The programme numbers them, whichever group decides. A number under which votes, decisions or agendas speak of something already is passed over."""
    owner = f"group:{group.code}" if group.fictional else "programme"
    if group.fictional:
        mint_past(owner, KIND, FICTIONAL_FROM)
    return next(number for number in iter(lambda: mint(owner, KIND), None) if not _is_spoken_of(f"CR{number:03}"))


def _is_spoken_of(reference: str) -> bool:
    named = Settlement.objects.filter(subject_ref=reference).exists() or Question.objects.filter(subject=reference).exists()
    return named or AgendaItem.objects.filter(title__regex=rf"\y{reference}\y").exists()


@operation
def hold(request: ChangeRequest, *, why: str, by: User) -> ChangeRequest:
    """Put it on hold: nothing is asked of anybody about it meanwhile."""
    return _move(request, "hold", why=why, by=by)


@operation
def resume(request: ChangeRequest, *, why: str = "", by: User) -> ChangeRequest:
    return _move(request, "resume", why=why, by=by)


@operation
def withdraw(request: ChangeRequest, *, why: str, by: User) -> ChangeRequest:
    """Take it back. What was raised stays to be read, with the reason beside it."""
    return _move(request, "withdraw", why=why, by=by)


_DONE = {"hold": "put on hold", "resume": "taken up again", "withdraw": "withdrawn"}


def _move(request: ChangeRequest, verb: str, *, why: str, by: User) -> ChangeRequest:
    request, now = locked_request(request.pk), portal_now()
    require(refusals_to_move(request, verb, Standing.at(by, now), now), refusals_of_reason(why) if verb != "resume" else ())
    request.status, request.status_why = REQUEST[verb].target, "" if verb == "resume" else why.strip()
    request.save_by(by, why, at=now)
    if request.published_at:
        seal(_DONE[verb], request, by=by, at=now, why=why.strip())
        issue("change_request", request.pk, f"It was {_DONE[verb]}.", by=by, at=now)
        notices.moved(request, _DONE[verb], by=by)
    return request


@operation
def exclude(request: ChangeRequest, other: ChangeRequest | None, *, why: str, by: User) -> Exclusion:
    """Write down that only one of two can be approved: approving one then asks what becomes of the other."""
    locks = {each.pk: each for each in locked(ChangeRequest.objects.filter(pk__in=[request.pk, *([other.pk] if other else [])])).order_by("pk")}
    request, now = locks[request.pk], portal_now()
    require(refusals_to_exclude(request, Standing.at(by, now), now), refusals_of_exclusion(request, other, why))
    low, high = sorted((request, cast(ChangeRequest, other)), key=lambda each: each.pk)
    made = Exclusion.objects.filter(one=low, other=high).first() or Exclusion(one=low, other=high)
    made.why, made.ended_why = why.strip(), ""
    made.save_by(by, at=now)
    seal("excluded", made, by=by, at=now)
    for each, against in ((low, high), (high, low)):
        issue("change_request", each.pk, f"That it and {against} exclude each other was written down.", by=by, at=now)
    return made
