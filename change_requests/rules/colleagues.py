"""Whom a contact of an organisation may name to answer for it, and how many: the portal writes to no stranger at large. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from change_requests.lifecycle import MOST_COLLEAGUES, MOST_COLLEAGUES_A_DAY
from change_requests.models import AssessmentRow, Colleague
from change_requests.rules.responding import LONGEST_NAME, refusals_of_time, refusals_to_respond
from groups.recipients import respondents_for
from groups.standing import Standing
from records.clock import london_date, london_moment
from records.rules import Refusal

IN_NO_NAME = "/@<>\\"  # nothing that a mail would turn into a link


def refusals_to_name_colleague(row: AssessmentRow, standing: Standing | None, now: datetime) -> Iterator[Refusal]:
    """Whoever answers for the organisation, by account or by its own link; `standing` is none by a link."""
    yield from refusals_of_time(row, now) if standing is None else refusals_to_respond(row, standing, now)
    if row.colleagues.filter(ended_at=None).count() >= MOST_COLLEAGUES:
        yield Refusal(f"{MOST_COLLEAGUES} colleagues have a link for this answer: take one back first.")
    today = Colleague.objects.filter(row__organisation=row.organisation_id, named_at__gte=london_moment(london_date(now), time.min))
    if today.count() >= MOST_COLLEAGUES_A_DAY:
        yield Refusal(f"{MOST_COLLEAGUES_A_DAY} colleagues of {row.organisation_name} were named today: name another tomorrow, or ask the PMO to appoint somebody.")


def domains_of(row: AssessmentRow) -> list[str]:
    """What the addresses of its appointed contacts end in."""
    people = respondents_for(row.organisation_id)
    return sorted({person.email.rpartition("@")[2].lower() for person in people if person.email})


def refusals_of_colleague(row: AssessmentRow, name: str, address: str, named_by_name: str) -> Iterator[Refusal]:
    """An address like those of the organisation's own contacts: nobody can have the portal write to anybody else."""
    if not name.strip() or len(name.strip()) > LONGEST_NAME or any(letter in name for letter in IN_NO_NAME):
        yield Refusal("Give your colleague’s name.", field="name")
    if not named_by_name.strip() or len(named_by_name.strip()) > LONGEST_NAME:
        yield Refusal("Give your own name: your colleague is told who named them.", field="named_by_name")
    yield from _refusals_of_address(row, address.strip())


def _refusals_of_address(row: AssessmentRow, address: str) -> Iterator[Refusal]:
    try:
        validate_email(address)
    except ValidationError:
        yield Refusal("Give an e-mail address, such as name@example.org.", field="address")
        return
    known = domains_of(row)
    people = respondents_for(row.organisation_id)
    if address.lower() in {(person.email or "").lower() for person in people}:
        yield Refusal(f"{address} is told already, as one that answers for {row.organisation_name}.", field="address")
    elif row.colleagues.filter(address__iexact=address, ended_at=None).exists():
        yield Refusal(f"{address} has a link already.", field="address")
    elif address.rpartition("@")[2].lower() not in known:
        ends = " or ".join(f"@{domain}" for domain in known) or "nothing, since nobody is appointed"
        yield Refusal(f"Give an address that ends as those of {row.organisation_name}’s contacts do: {ends}. For any other, ask the PMO to appoint somebody.", field="address")


def refusals_to_end_colleague(colleague: Colleague, standing: Standing | None, now: datetime) -> Iterator[Refusal]:
    row = colleague.row
    yield from refusals_of_time(row, now) if standing is None else refusals_to_respond(row, standing, now)
    if colleague.ended_at:
        yield Refusal(f"The link of {colleague.name} was taken back already.", code="state")


def refusals_by_colleague(colleague: Colleague | None) -> Iterator[Refusal]:
    """Of what comes by a colleague's own link; none, if it comes by another way."""
    if colleague and Colleague.objects.filter(pk=colleague.pk).exclude(ended_at=None).exists():
        yield Refusal("Your link was taken back: nothing is taken by it any more.", code="over")
