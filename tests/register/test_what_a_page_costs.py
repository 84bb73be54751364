"""Each public page asks the database as often of much as of little, and no oftener than is written here."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from artefacts import operations as artefacts
from artefacts.models import ArtefactVersion
from change_requests import operations as changes
from change_requests.models import ChangeRequest
from decisions.models import Cast, Decision, Question, Reason, RollRow, Settlement
from dissent import operations as dissent
from files.models import Comparison
from files.operations import compare
from groups.models import Group, Seat, User
from meetings import operations as meetings
from meetings.models import Action, ActionReview, Meeting
from records.editions import issue
from records.operations import operating
from records.periods import period
from register.models import Shelf
from tests.conftest import set_clock
from tests.factories import (
    ActionFactory,
    AlternateFactory,
    BelongingFactory,
    DecisionFactory,
    GroupFactory,
    HoldingFactory,
    MeetingFactory,
    MinutesFactory,
    OrganisationFactory,
    SeatFactory,
    chair_of,
    issue_all,
    secretary_of,
    user_of,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 7, 19, 9, tzinfo=UTC)
WORD = {"ONE": "zebra", "MANY": "narwhal"}

# Page, with the code of a group that has one of everything or fifty, and what it is searched by; and how often it may ask.
PAGES = {
    "/decisions/?group={code}": 8,
    "/decisions/?group={code}&q={word}&year=2022": 8,
    "/meetings/?group={code}": 8,
    "/actions/?group={code}": 8,
    "/deadlines/": 8,
    "/groups/": 8,
    "/sitemap.xml": 3,
    "/sitemap-1.xml": 3,
    "/robots.txt": 1,
    "/decisions.csv?group={code}": 8,
    "/decisions.json?group={code}": 8,
    "/decisions.atom?group={code}": 8,
    "/search/?q={word}&kind=decision": 6,
    "/search/?q={word}&kind=meeting": 6,
    "/search/?q={word}&kind=action": 6,
    "/decisions/{code}-DEC01/": 9,
    "/decisions/{code}-DEC01.json": 4,
    "/decisions/{code}-DEC01/changes/": 3,
    "/decisions/{code}-DEC01/verify/": 28,
    "/decisions/{code}-DEC01/verify.json": 29,
    "/meetings/{code}099/": 12,
    "/meetings/{code}099.json": 4,
    "/meetings/{code}099/headlines/": 10,
    "/meetings/{code}099/headlines.json": 4,
    "/actions/{code}01-01/": 9,
    "/groups/{code}/": 12,
    "/groups/{code}/changes/": 3,
    "/groups/{code}/seats/agent/": 11,
    "/groups/{code}/baseline/": 9,
    "/groups/{code}/baseline.zip": 8,
    "/change-requests/?group={code}": 13,
    "/change-requests/?group={code}&state=raised&constituency=x": 13,
    "/change-requests.csv?group={code}": 11,
    "/change-requests/{cr}/": 15,
    "/change-requests/{cr}.json": 4,
    "/change-requests/{cr}/changes/": 3,
    "/change-requests/{cr}/versions/": 4,
    "/artefacts/?group={code}": 10,
    "/artefacts/{code}-catalogue/": 15,
    "/artefacts/{code}-catalogue.json": 4,
    "/artefacts/{code}-catalogue/versions/": 9,
    "/artefacts/{code}-catalogue/reviews/1/": 6,
    "/artefacts/{code}-catalogue/reviews/1.csv": 4,
    "/releases/?group={code}": 9,
    "/releases.csv?group={code}": 9,
    "/releases/{code}-IR1/": 13,
    "/releases/{code}-IR1.json": 4,
    "/releases/{code}-IR1/changes/": 3,
}  # fmt: skip
CR = {"ONE": "CR001", "MANY": "CR002"}


@pytest.fixture(scope="module", params=[pytest.param(5, marks=pytest.mark.brief), pytest.param(50, marks=pytest.mark.long)])
def grown(scene, request):
    return scene(lambda: grow(request.param))


def grow(many: int) -> None:
    for code, count in (("ONE", 1), ("MANY", many)):
        _group_with(code, count)
    issue_all("group", "seat")
    _renamed(Group.objects.get(code="MANY"), many)
    set_clock("2023-07-24 10:00")


def _group_with(code: str, count: int) -> None:
    group, by = GroupFactory(code=code, name=f"The {WORD[code]} group"), User.objects.the_installer()
    pmo, chair = secretary_of(group), chair_of(group)
    seat = SeatFactory(group=group, label="Agent")
    for n in range(count):
        HoldingFactory(seat=seat, during=period(date(2010, 1, 1) + timedelta(days=40 * n), date(2010, 1, 30) + timedelta(days=40 * n)))
        AlternateFactory(seat=seat, during=period(date(2022, 1, 1)), occasion=f"Meeting {n}")
        HoldingFactory(seat=SeatFactory(group=group))
        _meeting_with_a_decision(group, n + 1, by)
    _voted_on(Decision.objects.get(reference=f"{code}-DEC01"), seat, count, by)
    _reviewed(Action.objects.get(reference=f"{code}01-01"), by)
    _minuted(group, count, pmo, chair)
    _changed(group, count, pmo)


def _meeting_with_a_decision(group: Group, n: int, by: User) -> None:
    meeting = MeetingFactory(
        group=group, held=True, number=str(n), starts_at=datetime(2022, 1, 5, 10, tzinfo=UTC) + timedelta(days=n), venue=f"Hall of the {WORD[group.code]}", published_at=NOW,
        published_by=by, publication_due_at=NOW, publication_working={"steps": [], "days": 10, "start": "2022-01-05", "end": "2022-01-19"},
    )  # fmt: skip
    MinutesFactory(meeting=meeting)
    ActionFactory(group=group, meeting=meeting, reference=f"{group.code}{n:02}-01", text=f"Find a {WORD[group.code]}", published_at=NOW, published_by=by)
    with operating():
        decision = DecisionFactory(
            group=group, meeting=meeting, where_taken="meeting", status="determined", number=n, reference=f"{group.code}-DEC{n:02}", title=f"The {WORD[group.code]}",
            decided_on=meeting.held_on, published_at=NOW, published_by=by, by=by,
        )  # fmt: skip
        Settlement(decision=decision, n=1, subject_kind="change_request", subject_ref=f"CR{n + 500}", outcome="approved").save_by(by)


def _voted_on(decision: Decision, seat: Seat, count: int, by: User) -> None:
    """A roll, reasons with references, statements and concerns: so many of each."""
    told = {"group": decision.group, "decision": decision, "wording": "Approve?", "subject": "CR901", "version": "1.0"}
    with operating():
        question = Question(**told, status="closed", opens_at=NOW, origin="imported").save_by(by)
        for n in range(count):
            row = RollRow(question=question, constituency=f"Constituency {n}", order=n, seat=None if n else seat).save_by(by)
            Cast(row=row, n=1, choice="approve", capacity="imported", recorded_at=NOW, idempotency_key=f"{question.pk:016}{n:016}").save_by(by)
            Reason(decision=decision, n=n + 1, text=f"{decision} and {decision.group.code}01-01 say why in {decision.meeting.code}").save_by(by)
        issue("decision", decision.pk, "It was voted on.", by=by)
    set_clock("2023-07-20 10:00")
    for _ in range(min(count, 8)):
        another = SeatFactory(group=decision.group)
        dissent.state_position(decision, another, "No.", by=user_of(another))


def _reviewed(action: Action, by: User) -> None:
    with operating():
        for meeting in Meeting.objects.filter(group=action.group).exclude(published_at=None):
            ActionReview(action=action, meeting=meeting, status="open", note=f"See {meeting.code}").save_by(by)
        issue("action", action.pk, "It was reviewed.", by=by)


def _minuted(group: Group, items: int, pmo: User, chair: User) -> None:
    set_clock("2023-07-01 10:00")
    meeting = meetings.schedule(group, "99", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), by=pmo)
    tabled = [meetings.table_item(meeting, f"Item {n}", by=pmo) for n in range(items)]
    for item in tabled:
        meetings.add_paper(item, f"Paper of {item.title}", (f"{item.number}.csv", f"{group.code};{item.number}".encode()), by=pmo)
    meetings.publish_agenda(meeting, by=pmo)
    meetings.circulate_papers(Meeting.objects.get(pk=meeting.pk), why="They came late.", by=pmo)
    set_clock("2023-07-12 14:00")
    meetings.hold(meeting, by=pmo)
    for item in tabled:
        meetings.discuss_item(item, by=pmo)
        meetings.write_paragraph(item, f"As {group.code}-DEC01 and {group.code}01-01 say, {group.code}001 was long.", by=pmo)
        meetings.raise_action(meeting, "Do it", owner="PMO", due_kind="asap", item=item, by=pmo)
    meeting = Meeting.objects.get(pk=meeting.pk)
    meetings.publish_headlines(meeting, f"As {group.code}-DEC01 says.", by=pmo)
    meetings.publish(meetings.circulate(meetings.clear(meetings.send_to_chair(meeting.minutes, by=pmo), by=chair), by=pmo), by=pmo)


def _changed(group: Group, count: int, pmo: User) -> None:
    """A change request of so many versions, asked of so many firms, and so many others; an artefact of so many versions that they would change."""
    set_clock("2023-07-12 15:00")
    seat, firms = SeatFactory(group=group), [OrganisationFactory() for _ in range(count)]
    for firm in firms:
        BelongingFactory(organisation=firm, constituency=seat.constituency)
    artefact = artefacts.add_artefact(group, f"{group.code} catalogue", by=pmo)
    cited = {"artefacts": [artefact.cited], "issue": f"The {WORD[group.code]} waits.", "solution": f"As {group.code}-DEC01 says."}
    for n in range(count):
        artefacts.put_forward(artefacts.draft_version(artefact, f"0.{n + 1}", by=pmo), by=pmo)
        request = changes.draft(group, f"Change {n}", firms[0], by=pmo)
        drafted = changes.draft_version(request, "1.0", by=pmo, **cited)
        for m in range(1 if n else count):
            changes.attach(drafted, (f"Attachment {m}.txt", f"{m}".encode()), form="attachment", by=pmo)
        changes.raise_request(request, by=pmo)
    for label, length in (("1.0", 16), ("1.1", 9)):
        rows = "".join(f"field {n};{length}\n" for n in range(count))
        drafted = artefacts.draft_version(artefact, label, by=pmo)
        artefacts.attach(drafted, (f"{group.code}-{label}.csv", f"field;length\n{rows}".encode()), form="clean", by=pmo)
        artefacts.put_forward(drafted, by=pmo)
    compare(Comparison.objects.unmade().get(), by=pmo)
    speaker = user_of(seat)
    review = artefacts.open_review(artefact.versions.get(label="0.1"), "Is it complete?", by=pmo)
    for n in range(count):
        said = artefacts.comment(review.roll.get(seat=seat), "1", f"As {group.code}-DEC01 says, {n}", "must", by=speaker)
        artefacts.resolve(said, "answered", why=f"See {group.code}01-01", by=pmo)
    _released(group, min(count, 8), pmo)
    request = ChangeRequest.objects.get(reference=CR[group.code])
    for n in range(1, count):
        changes.fix(changes.draft_version(request, f"1.{n}", what_changed="More", by=pmo, **cited), by=pmo)
    assessment = changes.open_assessment(request.versions.order_by("-key")[0], kind="impact", authority="The Programme’s", by=pmo)
    for row in assessment.roll.all():
        changes.record_mailed(row, {"position": "support", "comments": "Good"}, name="Ann", by=pmo)
    set_clock("2023-07-26 17:00")
    changes.close_when_due(assessment)
    artefacts.publish_log(artefacts.close_review_when_due(review), by=pmo)
    for n in range(count):
        changes.write_theme(assessment, f"Theme {n}", rows=[assessment.roll.all()[n].pk], by=pmo)
    changes.publish_results(assessment, by=pmo)


def _released(group: Group, count: int, pmo: User) -> None:
    """So many releases, the first of so many artefacts, which carry as many change requests."""
    for n in range(count):
        release = artefacts.plan_release(group, f"IR{n + 1}", by=pmo)
        for m in range(1 if n else count):
            other = artefacts.add_artefact(group, f"{group.code} part {n} of {m}", by=pmo)
            carries = [{"kind": "change_request", "reference": CR[group.code] if not m else f"CR{900 + m}", "authorised_by": f"{group.code}-DEC01"}]
            drafted = artefacts.draft_version(other, "1.0", what_changed=f"As {group.code}-DEC01 says", carries=carries, by=pmo)
            artefacts.put_in(release, artefacts.put_forward(drafted, by=pmo), by=pmo)
        artefacts.put_in(release, ArtefactVersion.objects.get(artefact__name=f"{group.code} catalogue", label="1.1"), by=pmo)
        artefacts.issue_release(release, by=pmo)


def _renamed(group: Group, times: int) -> None:
    by = User.objects.the_installer()
    for n in range(times):
        with operating():
            group.purpose = f"For the {n}th time"
            group.save_by(by)
            issue("group", group.pk, "Its purpose is another.", by=by)


def asked(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return [query["sql"] for query in queries.captured_queries]


@pytest.mark.parametrize(("page", "most"), PAGES.items(), ids=PAGES)
def test_a_page_asks_as_often_of_many_as_of_one(grown, db, client, page, most):
    one, many = (asked(client, page.format(code=code if "artefacts/{code}" not in page else code.lower(), word=word, cr=CR[code])) for code, word in WORD.items())
    assert len(one) == len(many), f"of one: {one}\nof many: {many}"
    assert len(many) <= most, many


@pytest.mark.forged
def test_home_asks_as_often_of_many_as_of_one(grown, db, client):
    many = asked(client, "/")
    Shelf.objects.filter(group="MANY")._raw_delete("default")
    assert len(asked(client, "/")) == len(many) <= 8
