"""A colleague named to answer for the organisation, with a link of their own; never unseen by its other contacts."""

from change_requests import notices
from change_requests.models import AssessmentRow, Colleague
from change_requests.operations.responding import locked_row
from change_requests.rules.colleagues import refusals_of_colleague, refusals_to_end_colleague, refusals_to_name_colleague
from groups.models import User
from groups.standing import Standing
from records.clock import portal_now
from records.locks import locked
from records.operations import operation
from records.rules import require


@operation
def name_colleague(row: AssessmentRow, name: str, address: str, *, named_by_name: str, by: User | None) -> Colleague:
    """Let a colleague answer, too. They get a link of their own; everybody who is appointed to answer for the organisation is told."""
    row, now = locked_row(row), portal_now()
    require(refusals_to_name_colleague(row, Standing.at(by, now) if by else None, now), refusals_of_colleague(row, name, address, named_by_name))
    author = by or User.objects.the_clock()
    colleague = Colleague(
        row=row, name=name.strip(), address=address.strip(), named_by=by.person if by else None, named_by_name=named_by_name.strip(), named_at=now,
    ).save_by(author, at=now)  # fmt: skip
    notices.colleague_named(colleague, by=author)
    return colleague


@operation
def end_colleague(colleague: Colleague, *, by: User | None) -> Colleague:
    """Take the link back: it leads nowhere from now on. What was answered by it stays, and a later answer counts instead."""
    row, now = locked_row(colleague.row), portal_now()
    colleague = locked(Colleague.objects).get(pk=colleague.pk)
    colleague.row = row
    require(refusals_to_end_colleague(colleague, Standing.at(by, now) if by else None, now))
    colleague.ended_at = now
    return colleague.save_by(by or User.objects.the_clock(), "taken back", at=now)
