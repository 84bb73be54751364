"""Which change requests could go on an agenda: to be decided; and what of those that are approved has still to come back to the group."""

import re
from collections.abc import Iterator

from django.db.models import Q

from change_requests.lifecycle import AssessmentStatus, RequestStatus
from change_requests.models import ChangeRequest, Implementation
from change_requests.on_agendas import for_decision
from change_requests.states import is_approved, is_settled
from meetings.models import AgendaItem, Meeting
from meetings.tabling import Tableable, came_before_the_group, reached
from records.models import Origin

SOURCE = "change_request:"  # what an item is tabled from, then the key of the change request
COMES_BACK = "implementation:"  # then the key of the implementation
LONGEST = 300  # of the title of an item


def to_be_decided(meeting: Meeting) -> Iterator[Tableable]:
    """Raised, and to be decided at this meeting; or at no meeting yet, and assessed."""
    raised = ChangeRequest.objects.filter(Q(target_meeting=meeting) | Q(target_meeting=None), group=meeting.group, status=RequestStatus.RAISED, origin=Origin.PORTAL)
    there = [item.title for item in meeting.items.on_the_agenda()]
    requests = list(raised.prefetch_related("determinations__settlement__decision", "versions__assessments").order_by("number"))
    places = for_decision(requests, near=[meeting.group_id])
    for request in requests:
        if is_settled(sorted(request.determinations.all(), key=lambda each: each.pk)) or any(re.search(rf"\b{request}\b", title) for title in there):
            continue
        if request.target_meeting_id:
            yield _offered(request, "To be decided at this meeting")
        elif request.pk not in places and _is_assessed(request):
            yield _offered(request, "Assessed, and on no agenda yet")


def _offered(request: ChangeRequest, why: str) -> Tableable:
    despite = f"; despite a freeze: {request.freeze_exception}" if request.freeze_exception else ""
    return Tableable(f"{SOURCE}{request.pk}", request.called[:LONGEST], f"{why}{despite}", AgendaItem.Purpose.DECISION)


def _is_assessed(request: ChangeRequest) -> bool:
    asked = [each for version in request.versions.all() for each in version.assessments.all() if each.status != AssessmentStatus.WITHDRAWN]
    return bool(asked) and all(each.status == AssessmentStatus.CLOSED for each in asked)


def to_come_back(meeting: Meeting) -> Iterator[Tableable]:
    """The redline of each artefact that follows what is approved, or has still to: offered for every agenda until it has come before the group."""
    rows = Implementation.objects.filter(change_request__group=meeting.group, change_request__status=RequestStatus.RAISED, came_back_to=None)
    told = rows.select_related("change_request", "artefact", "version", "release").prefetch_related("change_request__determinations__settlement__decision", "artefact__baselines")
    there = reached(meeting.group, COMES_BACK)
    for each in told.order_by("change_request__number", "pk"):
        made = sorted(each.change_request.determinations.all(), key=lambda made: made.pk)
        if (key := f"{COMES_BACK}{each.pk}") not in there and is_approved(made) and not each.is_baselined:
            yield Tableable(key, _redline(each), _why(each, made[-1].settlement.decision.reference), AgendaItem.Purpose.DECISION if each.followed_in else AgendaItem.Purpose.DISCUSSION)


def _redline(each: Implementation) -> str:
    what = f"{each.artefact} {each.followed_in.called}" if each.followed_in else str(each.artefact)
    return f"{what}: redline for {each.change_request}"[:LONGEST]


def _why(each: Implementation, decision: str) -> str:
    done = "was put forward, and" if each.followed_in else "is not put forward yet, and"
    return f"{each.change_request} was approved by {decision}; its redline {done} has still to come back"


def came_back_at(meeting: Meeting) -> list[int]:
    """The keys of the implementations whose redline came before the group at that meeting."""
    there = reached(meeting.group, COMES_BACK).items()
    return [int(source.removeprefix(COMES_BACK)) for source, item in there if item.meeting_id == meeting.pk and came_before_the_group(item)]
