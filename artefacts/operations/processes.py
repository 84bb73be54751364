"""Loading the list of a programme's processes, and which artefacts describe each."""

from artefacts.models import Process, ProcessDocument
from artefacts.process_list import Listed, ProcessList, as_listed, as_told, list_in, of_group
from artefacts.rules.artefacts import refusals_to_load_processes
from groups.models import Group, User
from records.clock import london_date, portal_now
from records.locks import locked
from records.operations import operation
from records.rules import Refusal, Refused, require

WHY = "loaded from a table"


@operation
def load_processes(group: Group, text: str, *, by: User) -> ProcessList:
    """The list is what the table says, from now on: all of it, or nothing if a line is refused. The same again changes nothing."""
    group, now = locked(Group.objects).get(pk=group.pk), portal_now()
    require(refusals_to_load_processes(group, london_date(now)))
    told = list_in(text, group)
    if told.refused:
        raise Refused([Refusal(f"Line {line.n}: {' '.join(line.refusals)}", field="sheet") for line in told.refused])
    known = {process.reference.casefold(): process for process in of_group(group)}
    listed = {line.reference.casefold(): line for line in told.lines}
    for key, process in known.items():
        if key not in listed and not process.dropped:
            process.dropped = True
            process.save_by(by, WHY, at=now)
    for key, line in listed.items():
        known[key] = _named(known.get(key) or Process(group=group), line, by=by, at=now)
    for key, line in listed.items():
        _described(known[key], known.get(line.parent.casefold()), line, by=by, at=now)
    return told


def _named(process: Process, line: Listed, *, by: User, at) -> Process:
    if process.pk is None or process.dropped or as_told(process)[:3] != as_listed(line)[:3]:
        process.reference, process.name, process.stream, process.dropped = line.reference, line.name, line.stream, False
        process.save_by(by, WHY, at=at)
    return process


def _described(process: Process, parent: Process | None, line: Listed, *, by: User, at) -> None:
    """Of which it is part, and by which artefacts it is described: once all are there."""
    if process.parent_id != (parent.pk if parent else None):
        process.parent = parent
        process.save_by(by, WHY, at=at)
    known = {each.artefact_id: each for each in ProcessDocument.objects.filter(process=process)}
    wanted = dict.fromkeys(each.pk for each in line.artefacts)  # in the order of the table
    for artefact in {**known, **wanted}:
        row = known.get(artefact) or ProcessDocument(process=process, artefact_id=artefact, dropped=True)
        if row.dropped == (artefact in wanted):
            row.dropped = artefact not in wanted
            row.save_by(by, WHY, at=at)
