"""The public pages: the same for everyone, cacheable, quick whatever the size of the register, and with nothing that is not published."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from decisions.models import Cast, Decision, Question, Reason, RollRow, Settlement
from groups.models import User
from meetings import operations as meetings
from meetings.models import Meeting
from notifications.sweeping import run_and_remember
from records import sweep
from records.clock import portal_now
from records.operations import operating
from records.periods import period
from tests.factories import (
    ActionFactory,
    AlternateFactory,
    DecisionFactory,
    GroupFactory,
    HoldingFactory,
    MeetingFactory,
    MinutesFactory,
    SeatFactory,
    UserFactory,
    chair_of,
    issue_all,
    issue_one,
    secretary_of,
)

pytestmark = pytest.mark.django_db
PUBLIC_NOW = datetime(2023, 7, 19, 9, tzinfo=UTC)


def published_decision(n: int, meeting: Meeting, by: User, **told) -> Decision:
    with operating():  # one edition, of all of it
        decision = DecisionFactory(
            group=meeting.group, meeting=meeting, where_taken="meeting", status="determined", number=n, reference=f"DAG-DEC{n:02}",
            decided_on=meeting.held_on, published_at=PUBLIC_NOW, published_by=by, by=by, **told,
        )  # fmt: skip
        Settlement(decision=decision, n=1, subject_kind="change_request", subject_ref=f"CR{n:03}", subject_version="1.0", outcome="approved").save_by(by)
    return decision


class Shelf:
    """A group whose register can be made any size."""

    def __init__(self):
        self.by, self.group = UserFactory(), GroupFactory(code="DAG")

    def fill(self, count: int) -> None:
        start = Decision.objects.count()
        for n in range(start + 1, start + count + 1):
            meeting = MeetingFactory(
                group=self.group, held=True, number=str(n), starts_at=datetime(2022, 1, 5, 10, tzinfo=UTC) + timedelta(days=n),
                published_at=PUBLIC_NOW, published_by=self.by, publication_due_at=PUBLIC_NOW, publication_working={"steps": [], "days": 10, "start": "2022-01-05", "end": "2022-01-19"},
            )  # fmt: skip
            MinutesFactory(meeting=meeting)
            published_decision(n, meeting, self.by)
            ActionFactory(group=self.group, meeting=meeting, published_at=PUBLIC_NOW, published_by=self.by)


def build_shelf() -> Shelf:
    shelf = Shelf()
    issue_all("group")
    return shelf


@pytest.fixture
def shelf(db):
    return build_shelf()


PAGES = ["/", "/decisions/", "/decisions/?q=approved&year=2022", "/meetings/", "/actions/", "/actions/?state=open&q=find", "/groups/", "/groups/DAG/", "/status/", "/status/heads/", "/contact/", "/accessibility/", "/privacy/"]


def asked_by_each(client, at_most) -> dict[str, int]:
    """How many questions each list asks of the database; the page of a group, which shows several, a few more."""
    asked = {}
    for address in PAGES:
        with at_most(11 if address == "/groups/DAG/" else 8) as queries:
            assert client.get(address).status_code == 200, address
        asked[address] = len(queries)
    return asked


@pytest.mark.long
def test_a_list_asks_the_database_as_often_with_fifty_rows_as_with_one_and_at_most_eight_times(shelf, client, django_assert_max_num_queries):
    shelf.fill(1)
    with_one = asked_by_each(client, django_assert_max_num_queries)
    shelf.fill(49)
    assert asked_by_each(client, django_assert_max_num_queries) == with_one


@pytest.mark.long
def test_a_list_asks_no_more_often_with_five_hundred_rows(shelf, client, django_assert_max_num_queries):
    shelf.fill(500)
    asked_by_each(client, django_assert_max_num_queries)


def voted_on(decision: Decision, by: User, seats: int) -> None:
    question = Question(
        group=decision.group, decision=decision, wording="Approve?", subject="CR001", version="1.0", status="closed", opens_at=PUBLIC_NOW, origin="imported"
    ).save_by(by)
    for n in range(seats):
        row = RollRow(question=question, constituency=f"Constituency {n}", order=n).save_by(by)
        Cast(row=row, n=1, choice="approve", capacity="imported", recorded_at=PUBLIC_NOW, idempotency_key=f"{question.pk:016}{n:016}").save_by(by)
    for n in range(1, 7):
        Reason(decision=decision, n=n, text=f"DAG-DEC{n:02} and DAG01-0{n} say why in DAG001").save_by(by)
    issue_one(decision)


@pytest.mark.parametrize("address", ["/decisions/DAG-DEC01/", "/decisions/DAG-DEC01.json"])
def test_a_decision_asks_the_database_as_often_whatever_the_roll(shelf, client, address, django_assert_max_num_queries):
    shelf.fill(3)
    asked = []
    for number, seats in ((1, 1), (2, 50)):
        voted_on(Decision.objects.get(number=number), shelf.by, seats)
        with django_assert_max_num_queries(9) as queries:
            assert client.get(address.replace("DEC01", f"DEC{number:02}")).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def a_meeting_published(clock, items: int) -> Meeting:
    group = GroupFactory(code="DAG")
    pmo, chair = secretary_of(group), chair_of(group)
    clock("2023-07-01 10:00")
    meeting = meetings.schedule(group, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), by=pmo)
    tabled = [meetings.table_item(meeting, f"Item {n}", by=pmo) for n in range(items)]
    clock("2023-07-12 14:00")
    meetings.hold(meeting, by=pmo)
    for item in tabled:
        meetings.discuss_item(item, by=pmo)
        meetings.write_paragraph(item, "As DAG-DEC01 and DAG01-01 say, DAG001 was long.", by=pmo)
        meetings.raise_action(meeting, "Do it", owner="PMO", due_kind="asap", item=item, by=pmo)
    meeting = Meeting.objects.get(pk=meeting.pk)
    meetings.circulate(meetings.clear(meetings.send_to_chair(meeting.minutes, by=pmo), by=chair), by=pmo)
    meetings.publish(meeting.minutes, by=pmo)
    run_and_remember()
    return meeting


@pytest.mark.many(1)
@pytest.mark.parametrize("items", [1, 30])
def test_a_meeting_asks_the_database_at_most_twelve_times_whatever_its_length(clock, client, items, django_assert_max_num_queries):
    a_meeting_published(clock, items)
    with django_assert_max_num_queries(12):
        assert client.get("/meetings/DAG026/").status_code == 200


PUBLIC_PAGES = [*PAGES, "/decisions/DAG-DEC01/", "/decisions/DAG-DEC01.json", "/decisions/DAG-DEC01/verify/", "/decisions/DAG-DEC01/verify.json", "/meetings/DAG001/"]


@pytest.mark.parametrize("address", [p for p in PUBLIC_PAGES if "DAG001" not in p])
def test_a_public_page_is_byte_for_byte_the_same_for_everyone(shelf, client, address):
    shelf.fill(1)
    chair = chair_of(shelf.group)
    anonymous = client.get(address)
    client.force_login(chair)
    signed_in = client.get(address)
    assert anonymous.content == signed_in.content
    for answer in (anonymous, signed_in):
        assert not answer.has_header("Vary")
        assert "Set-Cookie" not in answer.headers
        assert not answer.cookies
        assert answer["Cache-Control"].startswith("public, max-age=")


def test_a_public_page_costs_nothing_to_ask_for_again(shelf, client):
    shelf.fill(1)
    etag = client.get("/decisions/DAG-DEC01/")["ETag"]
    assert client.get("/decisions/DAG-DEC01/", headers={"If-None-Match": etag}).status_code == 304


def test_a_public_address_takes_nothing_but_reading(client):
    assert client.post("/decisions/").status_code == 405


@pytest.mark.parametrize("address", ["/decisions/DAG-DEC99/", "/decisions/DAG-DEC99.json", "/meetings/DAG099/", "/meetings/DAG099/minutes.pdf", "/groups/NONE/", "/nowhere/", "/decisions/%00/", "/meetings/%00/", "/groups/%00/", "/decisions/" + "A" * 500 + "/"])
def test_what_is_not_there_is_not_found_and_says_where_to_go(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "/decisions/" in answer.content.decode()


def test_a_decision_that_is_not_public_answers_as_one_that_never_was(shelf, client):
    DecisionFactory(group=shelf.group, reference="DAG-DEC61", status="determined", number=61, decided_on=date(2023, 7, 12))
    hidden, never = client.get("/decisions/DAG-DEC61/"), client.get("/decisions/DAG-DEC62/")
    assert (hidden.status_code, hidden.content, dict(hidden.headers)) == (never.status_code, never.content, dict(never.headers))


# --- search and filters


def build_register() -> Shelf:
    shelf = build_shelf()
    shelf.fill(3)
    first, second, third = Decision.objects.order_by("number")
    first.title, first.wording = "Registration service operating hours", "The SRO approved CR001 version 1.0"
    first.against_advice = True
    first.save_by(shelf.by)
    second.decided_on = date(2023, 7, 12)
    second.save_by(shelf.by)
    Reason(decision=third, n=1, text="The cost of reconfiguring choreography.").save_by(shelf.by)
    Settlement(decision=second, n=2, subject_kind="artefact", subject_ref="D-Flow and Interface Mapping (DES-196)", outcome="baselined").save_by(shelf.by)
    Settlement(decision=third, n=2, subject_kind="change_request", subject_ref="CR917", outcome="rejected").save_by(shelf.by)
    GroupFactory(code="PSG")
    issue_all("decision", "group")
    return shelf


@pytest.fixture(scope="module")
def registers(scene):
    return scene(build_register)


@pytest.fixture
def register(registers, db):
    return registers()


def found(client, query: str) -> set[str]:
    page = client.get(f"/decisions/?{query}")
    assert page.status_code == 200
    return {row.reference for row in page.context["list"].shown}


@pytest.mark.parametrize(
    ("query", "references"),
    [
        ("", {"DAG-DEC01", "DAG-DEC02", "DAG-DEC03"}),
        ("q=registration+hours", {"DAG-DEC01"}),
        ("q=24/7", {"DAG-DEC01"}),  # a synonym
        ("q=choreography", {"DAG-DEC03"}),  # in a reason
        ("q=DAG-DEC02", {"DAG-DEC02"}),
        ("q=cr+1", {"DAG-DEC01"}),
        ("about=CR-917", {"DAG-DEC03"}),
        ("about=CR917", {"DAG-DEC03"}),
        ("about=des196", {"DAG-DEC02"}),  # a reference in a name, in any spelling
        ("about=DES+196", {"DAG-DEC02"}),
        ("about=D-Flow+and+Interface+Mapping+%28DES-196%29", {"DAG-DEC02"}),
        ("outcome=rejected", {"DAG-DEC03"}),
        ("year=2023", {"DAG-DEC02"}),
        ("against=1", {"DAG-DEC01"}),
        ("group=dag", {"DAG-DEC01", "DAG-DEC02", "DAG-DEC03"}),
        ("group=psg", set()),
        ("group=NONE", {"DAG-DEC01", "DAG-DEC02", "DAG-DEC03"}),  # what a filter does not know it leaves out
        ("q=approved&year=2023", {"DAG-DEC02"}),
        ("q=zebra", set()),
    ],
)
def test_the_register_is_searched_and_filtered(register, client, query, references):
    assert found(client, query) == references


@pytest.mark.many(4)
@pytest.mark.parametrize("query", ["q=%00", "q=" + "a" * 5000, "page=99999999999999999999", "page=-1", "page=x", "year=99999", "outcome=maybe", "q=%22unclosed", "q=%26|!", "group=%00", "order_by=password"])
def test_odd_questions_are_answered_and_never_an_error(register, client, query):
    assert client.get(f"/decisions/?{query}").status_code == 200
    assert client.get(f"/actions/?{query}").status_code == 200


def test_every_filter_in_force_can_be_taken_off_by_itself(register, client):
    page = client.get("/decisions/?q=approved&outcome=rejected").content.decode()
    assert 'class="app-chip" href="?outcome=rejected"' in page
    assert 'class="app-chip" href="?q=approved"' in page


def test_a_search_without_result_offers_a_way_on(register, client):
    page = client.get("/decisions/?q=zebra").content.decode()
    assert "No decision matches" in page
    assert '<a class="govuk-link" href="?">Show all</a>' in page


@pytest.mark.long
def test_the_register_is_paged(shelf, client):
    shelf.fill(30)
    first = client.get("/decisions/").content.decode()
    assert "30 decisions" in first
    assert "page=2" in first
    assert len(client.get("/decisions/?page=2").context["list"].shown) == 5


def test_an_empty_portal_says_so_on_every_page(client):
    for address in ("/", "/decisions/", "/meetings/", "/actions/", "/groups/"):
        page = client.get(address).content.decode()
        assert "yet" in page or "No meeting is planned" in page


def test_the_json_twin_says_what_the_page_says(shelf, client):
    shelf.fill(1)
    voted_on(Decision.objects.get(number=1), shelf.by, 2)
    said = client.get("/decisions/DAG-DEC01.json").json()
    assert said["reference"] == "DAG-DEC01"
    assert said["settlements"][0]["subject_ref"] == "CR001"
    assert said["votes"][0]["tally"] == {"approve": 2}
    assert len(said["reasons"]) == 6


def test_references_in_text_are_links_only_to_what_is_public(shelf, client):
    shelf.fill(2)
    DecisionFactory(group=shelf.group, reference="DAG-DEC09", status="determined", number=9, decided_on=date(2023, 7, 12))
    Reason(decision=Decision.objects.get(number=1), n=1, text="See DAG-DEC02 and DAG-DEC09.").save_by(shelf.by)
    issue_all("decision")
    page = client.get("/decisions/DAG-DEC01/").content.decode()
    assert '<a href="/decisions/DAG-DEC02/">DAG-DEC02</a>' in page
    assert '/decisions/DAG-DEC09/"' not in page


# --- the groups' page


def test_a_group_shows_seats_holders_vacancies_and_approved_alternates(client, clock):
    clock("2026-11-20 10:00")
    group = GroupFactory(code="DAG")
    held = HoldingFactory(seat=SeatFactory(group=group))
    SeatFactory(group=group)
    approved = AlternateFactory(seat=held.seat)
    waiting = AlternateFactory(seat=held.seat, approved_on=None, approved_by="", approved_how="")
    former = HoldingFactory(seat=SeatFactory(group=group), during=period(date(2022, 1, 1), date(2022, 12, 31)))
    issue_all("group", "seat")
    page = client.get("/groups/DAG/").content.decode()
    for shown in (held.person.name, "Vacant", approved.person.name, former.person.name, "1 Jan 2022 to 31 Dec 2022"):
        assert shown in page
    assert waiting.person.name not in page


def test_a_closed_group_says_so(client):
    group = GroupFactory(closed_on=date(2022, 4, 30))
    issue_all("group")
    assert "closed on 30 Apr 2022" in client.get(group.get_absolute_url()).content.decode()


# --- health


def test_healthz_says_the_parts_are_there(client):
    run_and_remember()
    assert client.get(reverse("register:healthz")).json() == {"status": "ok", "database": True, "broker": True, "deadline_clock": "running"}


def test_the_status_page_says_when_the_clock_has_not_run(client, clock):
    clock("2026-11-20 10:00")
    run_and_remember()
    assert "Everything is running" in client.get("/status/").content.decode()
    clock("2026-11-20 10:16")
    assert "has not run for a while" in client.get("/status/").content.decode()


def test_whoever_watches_sees_a_clock_that_is_late_and_what_failed_by_the_status_and_the_page_goes_on(client, clock, monkeypatch):
    def healthz() -> tuple[int, str]:
        answer = client.get("/healthz")
        return answer.status_code, answer.json()["deadline_clock"]

    clock("2026-11-20 10:00")
    assert healthz() == (503, "late")
    run_and_remember()
    assert healthz() == (200, "running")
    setbacks = {"close 18": {"times": 3, "until": "2026-11-20T10:00:00+00:00"}}
    failed = sweep.Report(portal_now(), portal_now(), failures=["close, CR018: no"], setbacks=setbacks)
    monkeypatch.setattr("notifications.sweeping.sweep.run", lambda before: failed)
    run_and_remember()
    assert healthz() == (503, "failing")
    assert "something fails time after time" in client.get("/status/").content.decode()
    assert client.get("/livez").status_code == 200


def test_a_broker_that_is_down_does_not_make_the_portal_unhealthy(client, settings):
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    run_and_remember()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["broker"]) == (200, False)
