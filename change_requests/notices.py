"""Who is told what about change requests."""

from change_requests.models import ChangeRequest
from groups.models import Appointment, Person, User
from groups.recipients import secretariat_of
from notifications.models import Notice
from notifications.outbox import tell
from records.clock import portal_today


def raisers_of(request: ChangeRequest) -> list[Person]:
    """Whoever raised it, and whoever raises change requests for that organisation today."""
    appointed = Appointment.objects.on(portal_today()).filter(kind=Appointment.Kind.RAISER, organisation=request.raised_by_id or 0)
    people = [*Person.objects.filter(appointments__in=appointed).order_by("pk"), *([request.raised_by_person] if request.raised_by_person else [])]
    return list({person.pk: person for person in people}.values())


def _tell(request: ChangeRequest, people: list[Person], event: str, template: str, *, by: User, **context) -> list[Notice]:
    """One mail each, but to whoever did it. The revision lets the same happen again."""
    others = [person for person in people if person.pk != by.person_id]
    return tell(
        others, key=f"change-request-{request.pk}-{event}-{request.revision}", template=template, reference=request.reference, by=by,
        request=request, **context,
    )  # fmt: skip


def raised(request: ChangeRequest, *, by: User) -> list[Notice]:
    """The secretariat, who has it put to the group, and whoever raises for the organisation."""
    return _tell(request, [*secretariat_of(request.group), *raisers_of(request)], "raised", "change_request_raised", by=by)


def moved(request: ChangeRequest, what: str, *, by: User) -> list[Notice]:
    """Both, that it was put on hold, taken up again, or withdrawn."""
    return _tell(request, [*secretariat_of(request.group), *raisers_of(request)], what, "change_request_moved", by=by, what=what)
