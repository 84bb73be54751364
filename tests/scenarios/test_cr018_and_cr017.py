"""CR018 and CR017 from assessment to outcome: as 2023 left them, in spreadsheets and minutes; and as the portal would have carried them."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from archive.operations import import_minutes
from archive.samples import DAG026
from artefacts import operations as artefacts
from assurance.change_requests import followed, listed
from change_requests import operations as changes
from change_requests.models import Assessment, ChangeRequest
from decisions import operations as decisions
from decisions.models import Decision, Outcome
from decisions.operations.asking import bring
from decisions.subjects import Subject, Terms
from groups.models import Group, Seat, User
from groups.numbering import mint_past
from ledger.verifying import faults
from meetings import operations as meetings
from meetings.tabling import what_may_be_tabled
from records import sweep
from records.rules import Refused
from register import checking
from tests.factories import BelongingFactory, MeetingFactory, OrganisationFactory
from tests.pages import Visitor, text_of
from tests.scenarios.test_dag026_lived_through import ADVICE, REASONS, account, programme  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db
HEAD = ("change request", "version", "kind", "opened", "closed", "organisation", "constituency", "position", "comments", "confidential")
ASKED = [
    ("CR018", "1.1", "impact assessment", "2023-03-01", "2023-03-15", "Fenmoor Networks", "DNO", "support", "", "no"),
    ("CR018", "1.1", "impact assessment", "2023-03-01", "2023-03-15", "Marlpit Energy", "Large Supplier", "object", "Agents would wait until the morning.", ""),
    ("CR017", "", "impact assessment", "2023-03-01", "2023-03-15", "Fenmoor Networks", "DNO", "object", "", ""),
]


def page(address: str, who: User | None = None) -> str:
    return text_of(Visitor(who).opens(address))


def versions(reference: str) -> tuple[list[str], list[str], list[str], str]:
    group = Group.objects.get(code="DAG")
    each = next(each for each in followed(group, listed(group)) if each.request.reference == reference)
    return each.assessed, each.voted, each.decided, each.same


@pytest.mark.long
def test_as_2023_left_them(programme, tmp_path: Path, settings):  # noqa: F811
    settings.DEMO = True
    import_minutes(DAG026.read_bytes(), DAG026.name, by=User.objects.the_archivist())
    assert versions("CR018") == ([], ["version 1.8"], ["version 1.8"], "yes")  # the vote alone is on record
    table = tmp_path / "answers.csv"
    with table.open("w", newline="") as written:
        csv.writer(written).writerows([HEAD, *ASKED])
    call_command("load_assessments", str(table), "--group", "DAG", "--load")
    assert versions("CR018") == (["version 1.1"], ["version 1.8"], ["version 1.8"], "no")
    assert versions("CR017")[0] == ["version not stated"]
    public = page("/change-requests/CR018/")
    for said in (
        "Approved by DAG-DEC60 in version 1.8", "Impact assessment of version 1.1", "The portal did not ask: this is loaded from answers.csv", "1 in confidence",
        "Impact assessment, before the portal, as answers.csv states: 2 asked, 2 answered.",
    ):  # fmt: skip
        assert said in public
    assert "Agents would wait" not in public
    assert "Agents would wait" in page(f"/desk/change-requests/{ChangeRequest.objects.get(reference='CR018').pk}/", account("pmo@example.org"))
    assert "Rejected by DAG-DEC60: another was approved instead" in page("/change-requests/CR017/")
    assert list(faults()) == []
    assert list(checking.faults()) == []


@pytest.fixture
def dag(programme, clock, settings):  # noqa: F811
    """The DAG in the spring of 2023: CR017 and CR018 are raised, and exclude each other; CR018 would change DES-196."""
    settings.DEMO = True

    class Dag:
        def __init__(self):
            clock("2023-02-20 10:00")
            self.group, self.pmo, self.chair = Group.objects.get(code="DAG"), account("pmo@example.org"), account("chair@example.org")
            mint_past("programme", "change request", 16)
            mint_past("group:DAG", "decision", 59)
            self.artefact = artefacts.add_artefact(self.group, "D-Flow and Interface Mapping", document_number="DES-196", by=self.pmo)
            self.firm = OrganisationFactory(name="Fenmoor Networks")
            BelongingFactory(organisation=self.firm, constituency=Seat.objects.get(group=self.group, constituency__code="dno").constituency)
            self.cr017, self.cr018 = self.raised("Everybody operates day and night", "1.0"), self.raised("Registration services need not run overnight", "1.1")
            changes.exclude(self.cr017, self.cr018, why="Services run overnight, or they do not", by=self.pmo)

        def raised(self, title: str, label: str) -> ChangeRequest:
            request = changes.draft(self.group, title, self.firm, by=self.pmo)
            self.version(request, label)
            return changes.raise_request(request, by=self.pmo)

        def version(self, request: ChangeRequest, label: str, **said):
            return changes.draft_version(request, label, issue="Hours differ.", solution=f"As version {label} has it.", artefacts=["DES-196"], constituencies=["DNO"], by=self.pmo, **said)

    return Dag()


def test_as_the_portal_would_have_carried_them(dag, clock):
    assert (dag.cr017.reference, dag.cr018.reference) == ("CR017", "CR018")
    clock("2023-03-01 10:00")
    assessment = changes.open_assessment(dag.cr018.versions.get(), kind="impact", authority="The Programme’s", by=dag.pmo)
    changes.record_mailed(assessment.roll.get(organisation=dag.firm), {"position": "support", "impact": "low"}, name="A. Somebody", by=dag.pmo)
    clock("2023-03-16 10:00")
    sweep.run()
    changes.publish_results(Assessment.objects.get(), by=dag.pmo)
    clock("2023-07-03 10:00")
    changes.fix(dag.version(dag.cr018, "1.8", what_changed="Agents need not receive messages overnight."), by=dag.pmo)
    question = bring(dag.group, title="CR018", decision_wording="The SRO approved CR018 version 1.8 and rejected CR017", subject="CR018", version="1.8", wording="Should CR018 version 1.8 be approved?", window_days=5, by=dag.pmo)
    decisions.open_question(question, by=dag.pmo)
    for row in question.roll.exclude(state="vacant").select_related("seat__constituency"):
        if choice := ADVICE.get(row.seat.constituency.code):
            decisions.cast_vote(row, choice, comment="As consulted", by=account_of(row.seat))
    clock("2023-07-12 10:00")
    sweep.run()
    decide(dag, Decision.objects.get(questions=question))
    public = page("/change-requests/CR018/")
    for said in ("Approved by DAG-DEC60 in version 1.8; DES-196 D-Flow and Interface Mapping still to follow", "Impact assessment of version 1.1 closed", "CR017: Everybody operates day and night"):
        assert said in public
    assert "Rejected by DAG-DEC60: another was approved instead" in page("/change-requests/CR017/")
    assert versions("CR018") == (["version 1.1"], ["version 1.8"], ["version 1.8"], "no")
    clock("2023-09-01 10:00")
    carried = [{"kind": "change_request", "reference": "CR018", "authorised_by": "DAG-DEC60"}]
    version = artefacts.put_forward(artefacts.draft_version(dag.artefact, "5.5", carries=carried, by=dag.pmo), by=dag.pmo)
    assert "Implemented in DES-196 D-Flow and Interface Mapping, version 5.5" in page("/change-requests/CR018/")
    come_back(dag, clock)
    release = artefacts.plan_release(dag.group, "IR8.10", by=dag.pmo)
    artefacts.put_in(release, version, by=dag.pmo)
    pmo = Visitor(dag.pmo)
    assert "IR8.10" in text_of(pmo.sends(pmo.opens(f"/desk/do/artefacts.issue_release/{release.pk}/")))
    public = page("/change-requests/CR018/")
    for said in ("scheduled into DAG-IR8.10", "Its redline came back to DAG028"):
        assert said in public, public
    assert list(faults()) == []


def come_back(dag, clock) -> None:
    """The redline is offered for the agenda of the next meeting, and has come back when its minutes are published."""
    meeting = MeetingFactory(group=dag.group, number="28", starts_at=datetime(2023, 9, 13, 9, tzinfo=UTC))
    offered = next(each for each in what_may_be_tabled(meeting) if "redline for CR018" in each.title)
    meetings.table_offered(meeting, offered.key, by=dag.pmo)
    clock("2023-09-13 12:00")
    minutes = meetings.clear(meetings.send_to_chair(meetings.hold(meeting, by=dag.pmo).minutes, by=dag.pmo), by=dag.chair)
    meetings.publish(meetings.circulate(minutes, by=dag.pmo), by=dag.pmo)


def decide(dag, decision: Decision) -> None:
    """Not without a word on the version that was assessed, nor without one on CR017."""
    approved, rejected = Subject("change_request", "CR018", Outcome.APPROVED, version="1.8"), Subject("change_request", "CR017", Outcome.REJECTED_AS_EXCLUDED, version="1.0")
    also = {"determined_as": "DAG Chair", "consensus": Decision.Consensus.NO, "not_passed_up_why": "Both ways had been argued for months."}
    for body in ("ipa", "ofgem"):
        decisions.record_advice(decision, body, f"The {body} was consulted and advised.", when="after", by=dag.chair)
    with pytest.raises(Refused, match="was assessed in version 1.1, and version 1.8 is decided") as refused:  # noqa: RUF043 (its points stand for themselves)
        decisions.determine(decision, Terms([approved], reasons=REASONS, **also), by=dag.chair)
    assert "say on this form that CR017 is rejected" in str(refused.value)
    reasons = [*REASONS, "What has changed since version 1.1 came out of its assessment."]
    decisions.publish(decisions.determine(decision, Terms([approved, rejected], reasons=reasons, **also), by=dag.chair), by=dag.pmo)


def account_of(seat: Seat) -> User:
    person = seat.holdings.get().person
    return User.objects.filter(person=person).first() or User.objects.create_user(username=f"seat {seat.pk}", person=person)
