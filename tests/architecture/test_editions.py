"""What editions are built from, and which verbs issue them anew: a table to be reviewed, compared with what is read and with the code.

That each verb does so in each case is asked after every test that uses the database (`tests/conftest.py`).
"""

import ast
import re
from datetime import date
from importlib import import_module
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from artefacts import operations as artefacts
from change_requests import operations as changes
from decisions import operations as decisions
from decisions.models import Decision, Outcome
from decisions.subjects import Subject, Terms
from dissent import operations as dissent
from meetings import operations as meetings
from meetings.models import Meeting
from records.editions import nouns, with_parts
from tests.architecture.listed import APPS, ROOT
from tests.change_requests.offices import Office
from tests.conftest import set_clock
from tests.decisions.houses import House
from tests.factories import GroupFactory

# In place of verbs: why none has to issue what the table holds.
BY_NAME = "only its name, code, number or label is read, which stays"
EARLIER = "written before the decision is public, and not changed after"

# Which agenda something is on for decision, and whether that meeting is to come: issued by the verbs of meetings.
AGENDAS = ["meetings.issue_what_is_named"]
# What writes to any table there is, and issues whatever reads otherwise for it.
WRITES_ANYWHERE = {"ledger.redact"}
# noun -> each model that its builder reads -> the functions that write it and issue the noun: app, and name
ISSUED_BY = {
    "group": {
        "groups.Group": ["groups._group"],
        "groups.TermsOfReference": ["groups._terms"],
        "change_requests.Freeze": ["change_requests.declare_freeze", "change_requests.end_freeze"],
    },
    "seat": {
        "groups.Seat": ["groups._seat"],
        "groups.Holding": ["groups._holding", "groups.appoint", "groups.end_holding"],
        "groups.Alternate": ["groups.approve_alternate", "groups.revoke_alternate", "groups.end_holding"],
        "groups.Constituency": ["groups._constituency"],
        "groups.Group": BY_NAME, "groups.Organisation": BY_NAME, "groups.Person": ["groups.correct_person"],
    },
    "meeting": {
        "meetings.Meeting": [
            "meetings.schedule", "meetings.schedule_series", "meetings.change_meeting", "meetings.move", "meetings.publish_agenda", "meetings.circulate_papers", "meetings.change_paper", "meetings.drop_paper", "meetings.hold", "meetings.cancel", "meetings.meet_the_publication_deadline",
            "meetings.move_publication", "meetings.freeze", "meetings.record_past_meeting",
        ],
        "meetings.HeadlineReport": ["meetings.publish_headlines", "meetings.note_late_headlines", "meetings.move_headlines"],
        "meetings.Circulation": ["meetings.circulate_papers"],
        "meetings.Minutes": ["meetings.freeze"],
        "meetings.MinutesEdition": ["meetings.freeze"],
        "archive.ImportedFile": ["archive.import_minutes"],
        "groups.HolidayChange": ["meetings.count_the_days_anew"],
        "groups.Group": BY_NAME,
    },
    "headline_report": {"meetings.HeadlineReport": ["meetings.publish_headlines"]},
    "action": {
        "meetings.Action": ["meetings.complete_action", "meetings.drop_action", "meetings.reopen_action", "meetings.change_action", "meetings.freeze", "meetings.record_past_action", "meetings.take_out_past_action", "meetings.correct_past_action", "archive.import_minutes"],
        "meetings.ActionReview": ["meetings.review_action", "meetings.record_past_action", "meetings.correct_past_action"],
        "meetings.Meeting": ["meetings.freeze"],
        "meetings.AgendaItem": BY_NAME, "meetings.Paragraph": ["meetings.freeze"],
        "groups.Group": BY_NAME,
    },
    "artefact": {
        "artefacts.Artefact": ["artefacts.add_artefact", "artefacts.describe_artefact", "artefacts.load_catalogue", "artefacts.tell_of_it", "artefacts.load_library"],
        "artefacts.ArtefactVersion": ["artefacts.put_forward", "artefacts.withdraw_version", "artefacts.tell_of_it", "artefacts.load_library"],
        "artefacts.LoadedVersion": ["artefacts.load_library"],
        "artefacts.VersionFile": "attached before its version is put forward, and not changed after",
        "artefacts.Passage": "listed when its version is put forward, and not changed after",
        "files.Blob": "never changed", "files.CleanCopy": "made with its blob, and never changed",
        "artefacts.Baseline": ["artefacts.tell_of_it"],
        "artefacts.Release": ["artefacts.issue_release", "artefacts.withdraw_release"], "artefacts.ReleasedVersion": "put in before its release is issued, and not changed after",
        "artefacts.AgreedEdit": ["artefacts.agree_edit", "artefacts.see_edit_done"],
        "artefacts.Review": [
            "artefacts.open_review", "artefacts.extend_review", "artefacts.move_review_close", "artefacts.close_review_when_due", "artefacts.close_review",
            "artefacts.withdraw_review", "artefacts.publish_log",
        ],
        "artefacts.ReviewRow": "read when its review's log is published, and not changed after",
        "artefacts.Comment": "read when its review's log is published, after which none is taken", "artefacts.NoComments": "as the comments",
        "artefacts.Resolution": ["artefacts.publish_log", "artefacts.resolve", "artefacts.resolve_comments"],
        "artefacts.ReviewExtension": ["artefacts.extend_review"],
        "decisions.Decision": ["artefacts.tell_of_it"], "decisions.Settlement": EARLIER,
        "groups.Appointment": ["artefacts.say_who_owns_it"], "groups.Person": "only the organisation is read, which stays", "groups.Organisation": BY_NAME,
        "meetings.Meeting": AGENDAS, "groups.Group": BY_NAME,
    },
    "release": {
        "artefacts.Release": ["artefacts.issue_release", "artefacts.say_baselined", "artefacts.say_effective", "artefacts.withdraw_release"],
        "artefacts.ReleasedVersion": "put in before its release is issued, and not changed after",
        "artefacts.ArtefactVersion": "put forward before it is put in, and what is read of it not changed after",
        "artefacts.VersionFile": "attached before its version is put forward, and not changed after",
        "files.Blob": "never changed", "files.CleanCopy": "made with its blob, and never changed",
        "decisions.Decision": BY_NAME, "artefacts.Artefact": BY_NAME, "groups.Group": BY_NAME,
    },
    "change_request": {
        "change_requests.Implementation": [
            "change_requests.make_public", "change_requests.implement", "change_requests.note_carried", "change_requests.note_released", "change_requests.note_came_back",
        ],
        "artefacts.ArtefactVersion": ["change_requests.note_carried", "change_requests.note_changed"],
        "artefacts.Release": ["change_requests.note_released", "change_requests.note_changed"],
        "artefacts.Artefact": BY_NAME,
        "change_requests.ChangeRequest": ["change_requests.raise_request", "change_requests.change", "change_requests.hold", "change_requests.resume", "change_requests.withdraw",
            "change_requests.make_public",
        ],
        "change_requests.ChangeRequestVersion": ["change_requests.raise_request", "change_requests.fix", "change_requests.make_public"],
        "change_requests.Attachment": "named before its version is fixed, and not changed after",
        "change_requests.RequestFile": "attached before its version is fixed, and not changed after",
        "files.Blob": "never changed", "files.CleanCopy": "made with its blob, and never changed",
        "change_requests.Exclusion": ["change_requests.exclude"],
        "change_requests.Determination": ["change_requests.make_public", "change_requests.record_past_determination"],
        "change_requests.Assessment": [
            "change_requests.open_assessment", "change_requests.extend", "change_requests.move_close", "change_requests.close_when_due",
            "change_requests.withdraw_assessment", "change_requests.publish_results",
        ],
        "change_requests.AssessmentRow": ["change_requests.open_assessment"],
        "change_requests.Response": "read when its assessment's results are published, after which none is taken",
        "change_requests.OffRollAnswer": "as the responses", "change_requests.Clarification": "as the responses: after the close none is asked, and none answered",
        "change_requests.Extension": ["change_requests.extend"],
        "change_requests.PastAssessment": ["change_requests.make_public"], "change_requests.PastAnswer": "written with its assessment, and never changed",
        "change_requests.Theme": ["change_requests.publish_results", "change_requests.reply_to_theme"],
        "decisions.Decision": ["change_requests.make_public"], "decisions.Settlement": EARLIER,
        "decisions.Question": EARLIER, "decisions.Reason": EARLIER,
        "meetings.Meeting": AGENDAS, "groups.Group": BY_NAME, "groups.Organisation": BY_NAME,
    },
    "decision": {
        "decisions.Decision": ["decisions.make_public", "decisions.record_past_decision", "decisions.take_out_past_decision", "decisions.correct_past_decision", "archive.import_minutes", "dissent.name_it_where_it_answered"],
        "decisions.Settlement": ["decisions.record_past_decision", "decisions.take_out_past_decision", "decisions.correct_past_decision"], "decisions.Reason": ["decisions.record_past_decision", "decisions.take_out_past_decision", "decisions.correct_past_decision"],
        "decisions.Direction": EARLIER, "decisions.Reply": EARLIER,
        "decisions.Advice": ["decisions.record_advice"],
        "decisions.Question": ["decisions.close", "decisions.close_when_due", "decisions.record_past_question", "decisions.take_out_past_question", "decisions.correct_past_vote"],
        "decisions.RollRow": ["decisions.close", "decisions.record_past_question", "decisions.correct_past_vote"],
        "decisions.Cast": ["decisions.record_past_question", "decisions.correct_past_question", "decisions.correct_past_vote", "decisions.correct_past_decision"],
        "decisions.Attempt": ["decisions.answer"],
        "decisions.QuestionCirculation": EARLIER, "decisions.QuestionCirculatedPaper": EARLIER, "decisions.QuestionPaper": EARLIER,
        "files.Blob": "never changed", "files.CleanCopy": "made with its blob, and never changed",
        "decisions.HolderAnswer": ["decisions.answer_for", "decisions.correct_silence"],
        "decisions.Consultation": EARLIER, "notifications.Notice": EARLIER,
        "decisions.Delegation": ["decisions.delegate", "decisions.withdraw_delegation"],
        "dissent.Statement": ["dissent.state_position"],
        "dissent.ProceduralConcern": ["dissent.raise_procedural_concern", "dissent.rule_on"], "dissent.Ruling": ["dissent.rule_on"],
        "dissent.Referral": [
            "dissent.raise_concern", "dissent.take_on", "dissent.answer_referral", "dissent.accept_answer", "dissent.dispute_answer",
            "dissent.carry_up", "dissent.withdraw_referral", "dissent.refer", "dissent.move_answer",
        ],
        "groups.Holding": ["decisions.say_who_sat_that_day"],
        "groups.Alternate": ["decisions.say_that_the_alternate_was_approved"],
        "groups.Policy": ["decisions.say_by_which_rule"],
        "groups.HolidayChange": ["decisions.count_the_days_anew"],
        "groups.Group": BY_NAME, "groups.Seat": BY_NAME, "groups.Person": ["decisions.say_the_name_that_is_right"], "groups.User": BY_NAME,
        "meetings.Meeting": EARLIER, "meetings.AgendaItem": EARLIER, "meetings.Paragraph": BY_NAME,
        "meetings.Circulation": "read as far as it was before the meeting began",
        "meetings.PapersAwaited": ["meetings.note_papers_missed", "meetings.remind_of_circulating"],
    },
}  # fmt: skip


def by_the_book() -> None:
    """A decision at level 2 to which everything happened that may be read of one; it is public, with its meeting and an action."""
    house = House(set_clock, code="DAG", parent=GroupFactory(code="PSG", level=2))
    set_clock("2023-07-03 10:00")
    above, item = house.group.parent, meetings.table_item(house.meeting(), "CR018", purpose="decision", by=house.secretary)
    decisions.delegate(above, house.group, "Changes.", scope="All.", first=date(2023, 7, 1), last=date(2024, 7, 1), clause="7.2", by=house.pmo)
    question = house.bring(item=item)
    decisions.consult(question, house.seats[0], "What do you think?", by=house.holders[0])
    question = decisions.open_question(question, by=house.secretary)
    house.vote(question, "approve", "approve", "reject")
    set_clock("2023-07-10 17:00")
    decisions.close_when_due(question)
    decision = Decision.objects.get()
    decisions.state_level(decision, 2, clause="ToR, Deciding", said_by="The Chair", by=house.secretary)
    set_clock("2023-07-20 15:00")
    meeting = meetings.hold(Meeting.objects.get(), by=house.secretary)
    meetings.raise_action(meeting, "Find out", owner="Programme (PMO)", due_on=date(2023, 8, 1), by=house.secretary)
    decision = decisions.determine(decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]), by=house.chair)
    dissent.raise_concern(decision, house.seats[2], "Agents bear the cost.", by=house.holders[2])
    meetings.publish_headlines(meeting, "In short.", by=house.secretary)
    minutes = meetings.circulate(meetings.clear(meetings.send_to_chair(meeting.minutes, by=house.secretary), by=house.chair), by=house.secretary)
    meetings.publish(minutes, by=house.secretary)
    change_control()


def change_control() -> None:
    """An artefact that is reviewed, and baselined with an edit agreed; and a change request that was assessed, extended, put into a theme and decided."""
    office = Office(set_clock)
    artefact = artefacts.add_artefact(office.group, "Interface catalogue", by=office.secretary)
    drafted = artefacts.draft_version(artefact, "1.0", by=office.secretary)
    artefacts.attach(drafted, ("catalogue.csv", b"first;second"), form="clean", by=office.secretary)
    put = artefacts.put_forward(drafted, by=office.secretary)
    review = artefacts.extend_review(artefacts.open_review(put, "Is it complete?", by=office.secretary), 12, why="Holidays", by=office.secretary)
    said = artefacts.comment(review.roll.get(seat=office.seats[0]), "1", "A comma is missing", "must", by=office.holders[0])
    artefacts.agree_edit(put, "A comma", agreed_where="DAG026 4.1", by=office.secretary)
    request, other = office.raised(attachments=["Formats"]), office.raised("Other")
    changes.exclude(request, other, why="Either, not both", by=office.secretary)
    assessment = changes.extend(office.assessed(request), 12, why="Holidays", by=office.secretary)
    office.answer(assessment, 0, position="object", comments="Dear")
    set_clock("2023-07-28 17:00")
    changes.close_when_due(assessment)
    artefacts.resolve(said, "accepted", by=office.secretary)
    artefacts.publish_log(artefacts.close_review_when_due(review), by=office.secretary)
    changes.write_theme(assessment, "Cost", rows=[office.place(assessment, 0).pk], by=office.secretary)
    changes.publish_results(assessment, by=office.secretary)
    drafted = decisions.table(decisions.draft(office.group, "Both", "The SRO approved both", by=office.secretary), by=office.secretary)
    subjects = [
        Subject("change_request", "CR001", Outcome.APPROVED, version="1.0"), Subject("change_request", "CR002", Outcome.REJECTED_AS_EXCLUDED, version="1.0"),
        Subject("artefact", "Interface catalogue", Outcome.BASELINED, version="1.0"),
    ]  # fmt: skip
    decisions.publish(decisions.determine(drafted, Terms(subjects, reasons=["Weighed, as the themes say."]), by=office.chair), by=office.secretary)
    carries = [{"kind": "change_request", "reference": "CR001", "authorised_by": "The decision"}]
    next_one = artefacts.draft_version(artefact, "1.1", carries=carries, by=office.secretary)
    artefacts.attach(next_one, ("catalogue-1.1.csv", b"first;third"), form="clean", by=office.secretary)
    release = artefacts.plan_release(office.group, "IR1", by=office.secretary)
    artefacts.put_in(release, artefacts.put_forward(next_one, by=office.secretary), by=office.secretary)
    artefacts.say_effective(artefacts.issue_release(release, by=office.secretary), date(2023, 9, 1), by_notice="Notice 1", by=office.secretary)
    with NamedTemporaryFile("w", suffix=".csv") as table:
        table.write("change request,version,organisation\nCR001,0.9,Fenmoor Networks\n")
        table.flush()
        changes.load_assessments(Path(table.name), office.group, by=office.secretary)


@pytest.fixture(scope="module")
def stage(scene):
    return scene(by_the_book)


MODELS = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def read_for(noun: str) -> set[str]:
    """The models whose tables are read while what is public of the noun is built. A history counts as what it is the history of."""
    tables: set[str] = set()
    for pk in nouns[noun].record._base_manager.values_list("pk", flat=True):
        with CaptureQueriesContext(connection) as queries:
            if nouns[noun].build(pk) is not None:
                tables |= {table for query in queries.captured_queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    return {getattr(MODELS[table], "instance_type", MODELS[table])._meta.label for table in tables}


@pytest.mark.django_db
@pytest.mark.parametrize("noun", nouns)
def test_what_a_builder_reads_is_known_and_who_issues_it(noun, stage):
    assert read_for(noun) == set(ISSUED_BY[noun]), "say in ISSUED_BY which verbs write what it reads, and see that each of them issues"


def all_of(record: Model, above: tuple[Model, ...] = ()) -> dict[str, object]:
    """Every value of a record, and of all that was read with it."""
    columns = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
    above = (*above, record)
    along = {name: all_of(other, above) for name, other in record._state.fields_cache.items() if other is not None and other not in above}
    hung = {name: [all_of(each, above) for each in rows] for name, rows in getattr(record, "_prefetched_objects_cache", {}).items()}
    return columns | {f"{name} along": told for name, told in along.items()} | hung


@pytest.mark.django_db
@pytest.mark.parametrize("bodies", ["artefacts", "change_requests", "decisions"])
def test_what_is_read_in_one_query_is_what_django_reads_in_many(bodies, stage, django_assert_num_queries):
    module = import_module(f"{bodies}.bodies")
    noun = next(noun for noun in nouns.values() if noun.build.__module__ == module.__name__)
    many = with_parts(noun.name, module.with_everything())
    for told in many:
        with django_assert_num_queries(1):
            (read,) = module._WHOLE.records(pk=told.pk)
        assert all_of(read) == all_of(told)
    assert len(many)


def issuing(path: Path) -> set[str]:
    """The functions of a module that call `issue`, by themselves or through one that only this module knows (`_issue`)."""
    functions = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]
    called = {f.name: {ast.unparse(n.func).rpartition(".")[2] for n in ast.walk(f) if isinstance(n, ast.Call)} for f in functions}
    found: set[str] = {"issue"}
    while more := {name for name, calls in called.items() if calls & {each for each in found if each == "issue" or each[0] == "_"}} - found:
        found |= more
    return {name for name in found - {"issue"} if name[0] != "_" or not any(name in calls for calls in called.values())}


def test_the_functions_that_issue_are_those_of_the_table():
    found = {f"{app}.{name}" for app in APPS if app != "records" for path in (ROOT / app).rglob("*.py") for name in issuing(path)}
    assert found == WRITES_ANYWHERE | {name for told in ISSUED_BY.values() for names in told.values() if isinstance(names, list) for name in names}
