"""Nothing of what the portal keeps is altered, put in or taken out past its verbs without the ledger's check naming it."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from groups.models import Appointment, Policy, User
from ledger import histories
from ledger.histories import records
from ledger.models import DailyHead
from ledger.redacted import Redactions
from ledger.tallies import append_only, tallied, tally_faults
from ledger.verifying import faults
from meetings import operations as meetings
from meetings.models import Action
from notifications.sweeping import run_and_remember
from records.models import Fact, Signed
from records.periods import period
from tests.conftest import set_clock
from tests.factories import LONG_AGO, AppointmentFactory, GroupFactory, MeetingFactory, issue_all
from tests.register.proving import Vote

pytestmark = [pytest.mark.django_db, pytest.mark.forged]

OTHERWISE = {  # by what a column holds, what stands in it otherwise
    "boolean": "NOT coalesce({0}, false)",
    "integer": "coalesce({0}, 0) + 1", "smallint": "coalesce({0}, 0) + 1", "bigint": "coalesce({0}, 0) + 1", "numeric": "coalesce({0}, 0) + 1",
    "serial": "{0} + 1", "date": "coalesce({0}, '2001-01-01') + 1", "timestamp with time zone": "coalesce({0}, now()) + interval '1 day'",
    "jsonb": """'{{"forged": true}}'""", "uuid": "gen_random_uuid()", "daterange": "'[1999-01-01,1999-02-01)'",
    "varchar": "left('forged ' || coalesce({0}, ''), greatest(length({0}), 6))", "text": "'forged ' || coalesce({0}, '')",
}  # fmt: skip


@pytest.fixture(scope="module")
def staged(scene):
    return scene(a_vote_and_its_heads)


def a_vote_and_its_heads() -> Vote:
    vote = Vote(set_clock)
    vote.take()
    AppointmentFactory()
    MeetingFactory(group=GroupFactory())
    Policy(group=vote.group, key=Policy.Key.PUBLICATION, value="10", since=LONG_AGO).save_by(vote.pmo)
    meetings.raise_action(vote.meeting, "Publish the paper", owner="Programme (PMO)", due_on=None, due_kind=Action.DueKind.ASAP, by=vote.pmo)
    issue_all("group", "seat")
    vote.publish()
    set_clock("2023-07-20 17:05")
    run_and_remember()  # what the sweep did after the last head is counted in this one
    assert list(faults()) == []
    return vote


@pytest.fixture
def vote(staged, as_owner) -> Vote:
    """With the guards off, and as the owner."""
    made = staged()
    as_owner("SELECT 1")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    return made


def undone(statement: str, look: Callable[[], bool]) -> bool | None:
    """Whether it is seen once that was done; None if the database would not have it, or there was nothing to do."""
    seen = None
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(statement)
            seen = look() if cursor.rowcount else None
            transaction.set_rollback(True)
    except DatabaseError:
        return None
    return seen


def named(model: type[models.Model]) -> Callable[[], bool]:
    """Whether a check names something in this table, of its history or of the tallies. The same parts are asked by faults()."""
    heads, name = list(DailyHead.objects.order_by("last")), str(model._meta.verbose_name)

    def look() -> bool:
        if model in records():
            return any(name in fault for fault in histories._faults_of(model, Redactions([])))
        return any(f" {model._meta.db_table} " in fault for fault in tally_faults(heads, []))

    return look


def written_to() -> list[type[models.Model]]:
    noted = [model for model in append_only() if not issubclass(model, Signed) and not hasattr(model, "history_object")]
    signed = [model for model in apps.get_models() if issubclass(model, Signed) and not hasattr(model, "history_object") and model is not DailyHead]
    return [model for model in (*signed, *noted) if model._base_manager.exists()]


def _altered(table: str, field: models.Field, kind: str) -> str:
    """One row of it, in that column; a reference leads to another record."""
    column = f'"{field.column}"'
    other = f'(SELECT min(id) FROM "{field.related_model._meta.db_table}" WHERE id IS DISTINCT FROM {column})' if field.remote_field else ""  # noqa: S608
    new = other or OTHERWISE[kind].format(column)
    return f'UPDATE "{table}" SET {column} = {new} WHERE id = (SELECT min(id) FROM "{table}") AND {column} IS DISTINCT FROM ({new})'  # noqa: S608


def test_every_column_of_every_record_and_fact_altered_is_named(vote):
    unseen, altered = [], 0
    for model in written_to():
        look = named(model)
        for field in model._meta.concrete_fields:
            kind = (field.db_type(connection) or "").split("(")[0]
            if field.primary_key or isinstance(field, models.BinaryField):
                continue
            seen = undone(_altered(model._meta.db_table, field, kind), look)
            altered += seen is not None
            unseen += [f"{model._meta.label}.{field.attname}"] if seen is False else []
    assert unseen == []
    assert altered > 150


def test_every_record_and_fact_and_row_of_history_taken_out_is_named(vote):
    """What refers to it is asked about at the end of a transaction; here it does not come to that."""
    for model in written_to():
        table = model._meta.db_table
        assert undone(f'DELETE FROM "{table}" WHERE id = (SELECT min(id) FROM "{table}")', named(model)), model._meta.label  # noqa: S608
        if issubclass(model, Signed) and not issubclass(model, Fact):
            history = model.history.model._meta.db_table
            assert undone(f'DELETE FROM "{history}" WHERE history_id = (SELECT min(history_id) FROM "{history}")', named(model)), history  # noqa: S608


CASES = {
    "the accounts of two people swapped": (
        "DO $$ DECLARE one int := (SELECT min(person_id) FROM groups_user); other int := (SELECT max(person_id) FROM groups_user); its int; BEGIN "
        "SELECT id INTO its FROM groups_user WHERE person_id = one; UPDATE groups_user SET person_id = NULL WHERE id = its; "
        "UPDATE groups_user SET person_id = one WHERE person_id = other; UPDATE groups_user SET person_id = other WHERE id = its; END $$",
        "was noted as that of person",
    ),
    "an account of nobody": ("UPDATE groups_user SET person_id = NULL WHERE id = (SELECT max(id) FROM groups_user WHERE person_id IS NOT NULL)", "is that of nobody"),
    "what a machine is called": ("UPDATE groups_user SET first_name = 'Ada Vale' WHERE username = 'clock'", "is called otherwise"),
    "whose an account was": ("UPDATE groups_accountholder SET person_id = (SELECT max(id) FROM groups_person) WHERE person_id IS NOT NULL", "groups_accountholder are not those"),
    "an account put in": (
        "INSERT INTO groups_user (username, email, password, first_name, last_name, is_active, is_staff, is_superuser, date_joined, person_id) "
        "SELECT 'forged', '', '!', '', '', true, false, false, now(), min(id) FROM groups_person WHERE id NOT IN (SELECT person_id FROM groups_user WHERE person_id IS NOT NULL)",
        "was noted as that of nobody",
    ),
    "a policy": ("UPDATE groups_policy SET value = '99'", "policy"),
    "a policy put in": ("INSERT INTO groups_policy SELECT (jsonb_populate_record(p, '{\"id\": 99999, \"since\": \"2001-01-01\"}')).* FROM groups_policy p LIMIT 1", "No history tells of the policy 99999"),
    "the text of an action": ("UPDATE meetings_action SET text = 'Publish nothing'", "action"),
    "a vote detached from its decision": ("UPDATE decisions_question SET decision_id = NULL", "question"),
    "another who determined": ("UPDATE decisions_decision SET determined_by_id = (SELECT min(id) FROM groups_person WHERE id <> determined_by_id)", "changed since: determined_by"),
    "the group of a decision": ("UPDATE decisions_decision SET group_id = (SELECT max(id) FROM groups_group)", "changed since: group"),
    "a person’s name": ("UPDATE groups_person SET name = 'Forged Name' WHERE id = (SELECT determined_by_id FROM decisions_decision)", "person"),
    "the words of a state": ("UPDATE decisions_rollrow SET state_words = 'forged' WHERE id = (SELECT max(id) FROM decisions_rollrow)", "roll row"),
    "the seat of a row": ("UPDATE decisions_rollrow SET seat_id = NULL WHERE id = (SELECT max(id) FROM decisions_rollrow)", "roll row"),
    "a statement put in": (
        "INSERT INTO dissent_statement (recorded_by_id, decision_id, seat_id, made_by_id, text, made_at) "
        "SELECT (SELECT min(id) FROM groups_user), (SELECT min(id) FROM decisions_decision), (SELECT min(id) FROM groups_seat), (SELECT min(id) FROM groups_person), 'forged', now()",
        "No entry of the ledger speaks of the statement",
    ),
    "a concern put in": (
        "INSERT INTO dissent_proceduralconcern (revision, decision_id, seat_id, raised_by_id, text, raised_at, status, answer) "
        "SELECT 1, (SELECT min(id) FROM decisions_decision), (SELECT min(id) FROM groups_seat), (SELECT min(id) FROM groups_person), 'forged', now(), 'raised', ''",
        "No entry of the ledger speaks of the procedural concern",
    ),
    "an appointment put in": (
        "INSERT INTO groups_appointment SELECT (jsonb_populate_record(a, '{\"id\": 99999, \"scope\": \"forged\"}')).* FROM groups_appointment a LIMIT 1",
        "No history tells of the appointment 99999",
    ),
    "a holding put in": (
        "INSERT INTO groups_holding SELECT (jsonb_populate_record(a, '{\"id\": 99999, \"during\": \"[2001-01-01,2001-02-01)\"}')).* FROM groups_holding a LIMIT 1",
        "No history tells of the holding 99999",
    ),
    "the title of an item": ("UPDATE meetings_agendaitem SET title = 'forged'", "agenda item"),
    "an edition of another meeting": ("UPDATE meetings_meetingedition SET n = n + 50, meeting_id = (SELECT max(id) FROM meetings_meeting) WHERE id = (SELECT min(id) FROM meetings_meetingedition)", "meeting_id"),
    "history deleted": ("DELETE FROM decisions_historicaldecision", "No history tells of the decision"),
    "history altered": ("UPDATE decisions_historicaldecision SET wording = 'forged' WHERE history_id = (SELECT min(history_id) FROM decisions_historicaldecision)", "decisions_historicaldecision are not those"),
    "a settlement": ("UPDATE decisions_settlement SET outcome = 'rejected'", "settlements"),
    "a tally itself": ("UPDATE ledger_dailyhead SET tallies = '{}'", "changed since: tallies_sha256"),
}


@pytest.mark.parametrize(("forgery", "said"), CASES.values(), ids=CASES)
def test_what_was_altered_or_slipped_in_is_named_by_the_whole_check(vote, forgery, said):
    with connection.cursor() as cursor:
        cursor.execute(forgery)
        assert cursor.rowcount
    assert [fault for fault in faults() if said in fault] != []


# --- what the heads count


def test_a_table_that_somebody_writes_to_just_now_waits_for_the_next_head(vote, monkeypatch):
    monkeypatch.setattr("ledger.tallies._written_by_others", lambda: {"decisions_cast"})
    tables = tallied(append_only(), {})["tables"]
    assert "decisions_historicaldecision" in tables
    assert "decisions_cast" not in tables


def test_each_head_counts_what_came_in_since_the_one_before(vote):
    first, second, _ = DailyHead.objects.order_by("last")
    assert second.tallies["tables"]["decisions_historicaldecision"]["to"] > first.tallies["tables"]["decisions_historicaldecision"]["to"]
    assert "decisions_cast" in first.tallies["tables"]
    assert "decisions_cast" not in second.tallies["tables"]
    assert list(tally_faults([first, second], [])) == []


def test_a_head_of_an_earlier_version_that_counted_nothing_is_whole(db):
    by = User.objects.the_clock()
    daily = DailyHead(day=LONG_AGO, published_at="2023-07-12T16:05Z", first=1, last=1, blocks=[]).save_by(by)
    assert "tallies_sha256" not in daily.sealed()
    assert list(tally_faults([daily], [])) == []


def test_an_appointment_made_by_the_verbs_is_in_its_history(vote):
    made = Appointment(person=vote.pmo.person, kind="assurance", during=period(LONG_AGO)).save_by(vote.pmo)
    made.scope = "more"
    made.save_by(vote.pmo)
    assert not named(Appointment)()
