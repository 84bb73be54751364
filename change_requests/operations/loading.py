"""Loading assessments that were kept in spreadsheets: each as the table states it, marked as loaded, with the table's hash."""

from pathlib import Path

from change_requests.loading import Spreadsheet, Stated, spreadsheet_in
from change_requests.models import PastAnswer, PastAssessment
from change_requests.operations.decided import make_public, past_version, record_past_request
from change_requests.operations.requests import locked_request
from change_requests.rules.loading import refusals_to_load
from files.looking import as_text
from files.models import Blob
from files.operations import cleaned_name, keep
from groups.models import Group, User
from ledger.operations import seal
from records.clock import london_date, portal_now
from records.locks import locked
from records.operations import operation
from records.rules import Refusal, Refused, require
from records.typed import whole_number


def look_at_assessments(table: Path, group: Group) -> Spreadsheet:
    """What loading it would do; nothing is written. Raises Refused for what is no such table."""
    today = london_date(portal_now())
    require(refusals_to_load(group, today))
    if (text := as_text(table.read_bytes())) is None:
        raise Refused([Refusal("The table is not text: save it as CSV first.")])
    return spreadsheet_in(text, group, today)


@operation
def load_assessments(table: Path, group: Group, *, skip_refused: bool = False, by: User) -> Spreadsheet:
    """Load what can be loaded. If a line is refused, nothing is, unless that is wanted. What is there already is passed over."""
    looked = look_at_assessments(table, group)
    if not looked.wanted or (looked.refused and not skip_refused):
        return looked
    source = keep((table.name, table.read_bytes()), by=by)
    group = locked(Group.objects).get(pk=group.pk)  # one table at a time
    looked = look_at_assessments(table, group)  # as it stands now that nobody else loads one
    if looked.refused and not skip_refused:
        return looked
    for stated in sorted(looked.wanted, key=lambda each: (each.reference, str(each.opened_on or ""), each.numbers)):
        _load(stated, group, source, cleaned_name(table.name), by=by)
    return looked


def _load(stated: Stated, group: Group, source: Blob, name: str, *, by: User) -> PastAssessment:
    request = locked_request(record_past_request(group, stated.reference, by=by).pk)
    about, now = stated.about, portal_now()
    made = PastAssessment(
        change_request=request, version=past_version(request, stated.version, by=by) if stated.version else None, n=request.past_assessments.count() + 1,
        kind=stated.kind, opened_on=stated.opened_on, closed_on=stated.closed_on, days=whole_number(about["working days"]) or None, question=about["question"],
        authority=about["under"], source=source, source_name=name, lines=stated.numbers, loaded_at=now,
    ).save_by(by)  # fmt: skip
    for said in stated.answers:
        PastAnswer(assessment=made, **said).save_by(by)
    seal("loaded", made, by=by, at=now)
    on = stated.opened_on or stated.closed_on
    make_public(request, f"An assessment of it was loaded from {name}.", title=about["title"], on=on, by=by, at=now)
    return made
