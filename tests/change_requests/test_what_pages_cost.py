"""What the pages of change requests ask of the database is the same with one and with six, and with four organisations asked or with ten."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assurance import change_requests as followed
from change_requests import operations as changes
from change_requests.models import Assessment, ChangeRequest
from records import pages, sweep
from tests.change_requests.offices import Office
from tests.desk.test_queries import MOST_ON_THE_DESK
from tests.factories import BelongingFactory
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


def answered(office: Office, n: int) -> ChangeRequest:
    request = office.raised(f"Matter {n}")
    assessment = office.assessed(request)
    for row in assessment.roll.all()[1:]:
        changes.record_mailed(row, {"position": "object", "comments": f"Dear {n}"}, name="Ann", original=(f"{n}-{row.pk}.txt", f"{n} {row.pk}".encode()), by=office.secretary)
    return request


def publish(office: Office, clock) -> None:
    clock("2023-07-26 17:00")
    sweep.run()
    for assessment in Assessment.objects.filter(status="closed", results_published_at=None):
        changes.write_theme(assessment, "Cost", rows=list(assessment.roll.filter(responses__isnull=False).values_list("pk", flat=True)), by=office.secretary)
        changes.publish_results(assessment, by=office.secretary)


def asked(user, address: str) -> int:
    visitor = Visitor(user)
    assert visitor.opens(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        visitor.client.get(f"{address}?never=1")
    return len(queries)


def costs(office: Office, request: ChangeRequest) -> dict[str, int]:
    assessment = Assessment.objects.get(version__change_request=request)
    page = f"/desk/assessments/{assessment.pk}/"
    pages = {
        "the list": (None, "/change-requests/"), "one": (None, f"/change-requests/{request.reference}/"), "its assessment": (office.secretary, page),
        "for a seat": (office.holders[0], page), "as CSV": (office.reader, f"{page}answers.csv"), "of one's groups": (office.holders[0], "/desk/change-requests/"),
        "of an organisation": (office.respondents[0], "/desk/assessments/"), "for assurance": (office.reader, f"/desk/groups/{office.group.code}/process/change-requests/"),
    }  # fmt: skip
    return {name: asked(*each) for name, each in pages.items()} | desks(office)


def desks(office: Office) -> dict[str, int]:
    """Of those on whose desk change control lies: none asks more often than any desk may."""
    told = {f"the desk of {user}": asked(user, "/desk/") for user in (office.secretary, office.raiser, office.respondents[0])}
    assert max(told.values()) <= MOST_ON_THE_DESK, told
    return told


@pytest.mark.long
def test_it_does_not_grow(clock):
    office = Office(clock)
    first = answered(office, 1)
    out_for_assessment = desks(office)
    publish(office, clock)
    with_one = costs(office, first)
    clock("2023-07-12 10:00")
    for _ in range(6):
        BelongingFactory(constituency=office.seats[0].constituency)
    requests = [answered(office, n) for n in range(2, 7)]
    assert desks(office) == out_for_assessment
    publish(office, clock)
    assert costs(office, requests[-1]) == with_one


def test_a_long_list_comes_a_page_at_a_time_and_its_filters_stay(clock, monkeypatch):
    """Drafts first, then what is open, then what is settled; assurance's list and its table hold each once."""
    monkeypatch.setattr(pages, "A_PAGE", 2)
    monkeypatch.setattr(followed, "AT_ONCE", 2)
    office = Office(clock)
    office.drafted("Matter of a draft")
    for n in range(4):
        office.raised(f"Matter {n}")
    changes.withdraw(ChangeRequest.objects.get(title="Matter 3"), why="Not needed", by=office.raiser)
    mine = "/desk/change-requests/"
    first = Visitor(office.raiser).opens(mine)
    assert re.findall(r"Matter \d|Matter of a draft", text_of(first)) == ["Matter of a draft", "Matter 2"]
    assert re.findall(r"Matter \d", office.reads(office.raiser, f"{mine}?page=3")) == ["Matter 3"]
    assert re.findall(r"Matter \d", office.reads(office.raiser, f"{mine}?state=settled")) == ["Matter 3"]
    assert "No change request matches" in office.reads(office.raiser, f"{mine}?q=nowhere")
    narrowed = Visitor(office.raiser).opens(f"{mine}?state=open&q=matter")
    assert "3 change requests" in text_of(narrowed)
    assert b'href="?state=open&amp;q=matter&amp;page=2"' in narrowed.content
    here = f"/desk/groups/{office.group.code}/process/change-requests/"
    assert "4 change requests, page 2 of 2" in office.reads(office.reader, f"{here}?page=2")
    table = Visitor(office.reader).opens(f"{here}?as=csv").getvalue().decode()
    assert re.findall(r"Matter \d", table) == ["Matter 3", "Matter 2", "Matter 1", "Matter 0"]
    drawn = re.findall(r"CR\d+", Visitor(office.reader).opens(f"{here}?word=kestrel&as=csv").getvalue().decode())
    assert sorted(drawn) == sorted(ChangeRequest.objects.exclude(number=None).values_list("reference", flat=True))
