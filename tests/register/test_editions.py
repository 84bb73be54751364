"""What the public reads of a record is its latest edition, and nothing else: a row that was altered behind it shows nowhere, and is found."""

import json
from datetime import date
from hashlib import sha256

import pytest

from decisions import operations as decisions
from decisions.models import Decision, DecisionEdition
from dissent import operations as dissent
from groups.models import Group, Seat
from ledger.models import Entry
from meetings import operations as meetings
from meetings.models import Action, Meeting
from records.clock import portal_now
from records.editions import latest_of, nouns
from register import checking
from register.models import Shelf
from tests.conftest import set_clock
from tests.factories import ActionFactory, PersonFactory, issue_all, issue_one
from tests.pages import text_of
from tests.register.proving import Vote, page

pytestmark = pytest.mark.django_db
STATEMENT = "We maintain that it costs too much."


@pytest.fixture(scope="module")
def taken(scene):
    return scene(vote_and_publish)


def vote_and_publish() -> Vote:
    """Decided on the twelfth of July and published on the nineteenth; a seat stated its position on the twenty-first."""
    taken = Vote(set_clock)
    taken.take()
    meetings.raise_action(taken.meeting, "Publish the redline", owner="PMO", due_kind="asap", item=taken.item, by=taken.pmo)
    taken.publish()
    issue_all("group", "seat")
    set_clock("2023-07-21 10:00")
    dissent.state_position(taken.decision, taken.members[0].seat, STATEMENT, by=taken.users[0])
    return taken


@pytest.fixture
def vote(taken, db, clock) -> Vote:
    clock("2023-07-24 10:00")
    return taken()


DECISION, SEAT = "/decisions/DAG-DEC01", "/groups/DAG/seats/constituency-0-representative"
TWINS = {"decision": DECISION, "meeting": "/meetings/DAG026", "action": "/actions/DAG26-01", "group": "/groups/DAG", "seat": SEAT}
EVERYTHING = [
    "/", "/decisions/", "/decisions.csv", "/meetings/", "/actions/", "/groups/", "/search/?q=redline", "/search/?q=%22CR018%22",
    *(f"{address}{end}" for address in TWINS.values() for end in ("/", ".json", "/changes/")),
]  # fmt: skip


def everything(client) -> dict[str, str]:
    answers = {address: client.get(address, follow=True) for address in EVERYTHING}
    assert {address for address, answer in answers.items() if answer.status_code != 200} == set()
    return {address: answer.content.decode() for address, answer in answers.items()}


# --- a row that was altered


ALTERED = [
    ("the title of a decision", "UPDATE decisions_decision SET title = 'Zebras'", "decision DAG-DEC01", "title"),
    ("who decided", "UPDATE decisions_decision SET determined_by_id = {other}, determined_by_name = 'Zebra'", "decision DAG-DEC01", "determined_by"),
    ("that a vote was taken on it", "UPDATE decisions_question SET decision_id = NULL", "decision DAG-DEC01", "votes"),
    ("what a seat advised", "UPDATE decisions_cast SET comment = 'Zebras'", "decision DAG-DEC01", "votes.0.rows.0.comment"),
    ("a reason", "UPDATE decisions_reason SET text = 'Zebras'", "decision DAG-DEC01", "reasons.0"),
    ("a statement", "UPDATE dissent_statement SET text = 'Zebras'", "decision DAG-DEC01", "dissent.statements.0.text"),
    ("the name of a group", "UPDATE groups_group SET name = 'Zebras'", "group DAG", "name"),
    ("who sits in a seat", "UPDATE groups_person SET name = 'Zebra'", "seat DAG/constituency-0-representative", "holdings.0.name"),
    ("the text of an action", "UPDATE meetings_action SET text = 'Zebras'", "action DAG26-01", "text"),
    ("the venue of a meeting", "UPDATE meetings_meeting SET venue = 'Zebras'", "meeting DAG026", "venue"),
]  # fmt: skip


@pytest.mark.many(4)
@pytest.mark.parametrize(("sql", "record", "where"), [told[1:] for told in ALTERED], ids=[told[0].replace(" ", "_") for told in ALTERED])
def test_what_is_altered_in_a_row_changes_nothing_that_is_shown_and_is_named(vote, client, as_owner, sql, record, where):
    before = everything(client)
    assert list(checking.faults()) == []
    as_owner(sql.format(other=PersonFactory(name="Zebra").pk))
    assert everything(client) == before
    named = [fault for fault in checking.faults() if f"The {record} does not read as its record says" in fault]
    assert len(named) == 1
    assert where in named[0].rstrip(".").split(": ")[-1].split(", ")
    if record.startswith("decision"):
        said = page(client, "DAG-DEC01")
        assert "Something does not fit." in said
        assert "What edition 2 shows is not what the record behind it says: " in said
        assert where in said


def test_an_edition_that_was_altered_does_not_fit_its_entry_nor_its_hash(vote, client, as_owner):
    as_owner("""UPDATE decisions_decisionedition SET body = jsonb_set(body, '{wording}', '"Zebras"') WHERE n = 2""")
    said = page(client, "DAG-DEC01")
    assert "What edition 2 shows is not what its hash was made of." in said
    assert "What is shown of edition 2 is not what entry" in said
    assert any("The decision DAG-DEC01 does not read as its record says: wording." in fault for fault in checking.faults())


def test_a_shelf_that_was_altered_is_named(vote, client, as_owner):
    as_owner("UPDATE register_shelf SET title = 'Zebras' WHERE noun = 'decision'")
    (fault,) = checking.faults()
    assert fault == "The shelf does not say of the decision DAG-DEC01 what its edition 2 says: title."
    as_owner("DELETE FROM register_shelf WHERE noun = 'action'")
    assert "The action DAG26-01 is not on the shelf." in list(checking.faults())


# --- the file, its hash, and the ledger


@pytest.mark.parametrize("noun", TWINS)
def test_the_hash_of_the_file_is_that_of_the_edition_and_the_one_sealed(vote, client, noun):
    row = Shelf.objects.filter(noun=noun, address=f"{TWINS[noun]}/").get()
    edition, answer = latest_of(nouns[noun], row.record_pk), client.get(f"{TWINS[noun]}.json")
    digest = sha256(answer.content).hexdigest()
    assert digest == edition.sha256 == edition.computed_sha256
    assert answer["X-Edition"] == f"{edition.n}; sha256={digest}"
    assert answer["ETag"] == f'"{digest}"'
    (entry,) = Entry.objects.about(edition)
    assert entry.kind == "edition issued"
    assert entry.payload.body["record"]["sha256"] == digest
    shown = client.get(f"{TWINS[noun]}/").content.decode()
    assert digest in shown
    assert entry.hash in shown


def test_an_equal_body_gives_no_new_edition(vote, client):
    before, addresses = DecisionEdition.objects.count(), everything(client)
    issue_all()
    assert DecisionEdition.objects.count() == before
    assert everything(client) == addresses


# --- earlier editions


def test_an_earlier_edition_reads_as_it_did_and_says_that_it_is_not_the_latest(vote, client):
    now, then = client.get(f"{DECISION}/"), client.get(f"{DECISION}/?edition=1")
    assert STATEMENT in text_of(now)
    assert "This is how it stood" not in text_of(now)
    assert STATEMENT not in text_of(then)
    assert "This is how it stood in edition 1, of 19 Jul 2023. How it stands now" in text_of(then)
    told = client.get(f"{DECISION}.json?edition=1")
    first = DecisionEdition.objects.get(n=1)
    assert sha256(told.content).hexdigest() == first.sha256
    assert told.json()["dissent"]["statements"] == []


def test_the_latest_edition_asked_for_by_its_number_says_that_nothing_has_changed_since(vote, client):
    assert "This is how it stood in edition 2, of 21 Jul 2023. Nothing has changed since." in text_of(client.get(f"{DECISION}/?edition=2"))


@pytest.mark.parametrize(("day", "n"), [("2023-07-19", 1), ("2023-07-20", 1), ("2023-07-21", 2), ("2023-07-24", 2)])
def test_as_it_stood_on_a_day_is_the_last_edition_of_that_day(vote, client, day, n):
    shown = text_of(client.get(f"{DECISION}/?as-at={day}"))
    assert f"Jul 2023: edition {n}, of" in shown
    assert (STATEMENT in shown) is (n == 2)
    assert client.get(f"{DECISION}.json?as-at={day}")["X-Edition"].startswith(f"{n};")


def test_before_the_first_edition_the_portal_says_that_it_held_nothing_yet(vote, client):
    for end in ("/", ".json"):
        answer = client.get(f"{DECISION}{end}?as-at=2023-07-18")
        assert answer.status_code == 404
        assert "The portal held nothing of DAG-DEC01 on 18 Jul 2023." in text_of(answer)


@pytest.mark.parametrize("asked", ["edition=3", "edition=2147483647"])
def test_an_edition_that_there_is_not_is_not_found(vote, client, asked):
    assert client.get(f"{DECISION}/?{asked}").status_code == 404
    assert client.get(f"{DECISION}.json?{asked}").status_code == 404


@pytest.mark.parametrize("asked", ["edition=", "edition=x", "edition=-1", "edition=99999999999999999999", "edition=%00", "as-at="])
def test_what_names_no_edition_shows_the_latest(vote, client, asked):
    assert client.get(f"{DECISION}/?{asked}").content == client.get(f"{DECISION}/").content


@pytest.mark.parametrize("day", ["yesterday", "2023-02-30", "%00"])
def test_what_is_no_day_is_said_and_not_answered_with_another(vote, client, day):
    for end in ("/", ".json"):
        answer = client.get(f"{DECISION}{end}?as-at={day}")
        assert answer.status_code == 404
        assert "That is no day: write it as 2023-07-12." in text_of(answer)


@pytest.mark.parametrize("asked", ["as-at=0001-01-01", "as-at=9999-12-31"])
def test_the_first_and_the_last_day_there_is_are_days_like_others(vote, client, asked):
    assert client.get(f"{DECISION}/?{asked}").status_code == (404 if "0001" in asked else 200)


def test_a_meeting_before_its_minutes_reads_as_it_was_announced(vote, client):
    assert "The redline" not in text_of(client.get("/meetings/DAG026/?as-at=2023-07-12"))
    assert client.get("/meetings/DAG026.json?as-at=2023-07-12").json()["minutes"] is None
    assert client.get("/meetings/DAG026.json?as-at=2023-07-19").json()["minutes"]["edition"] == 1
    assert "held nothing of DAG026" in text_of(client.get("/meetings/DAG026/?as-at=2023-07-11"))


@pytest.mark.parametrize(("moment", "said"), [("2023-07-31 23:59", "State Open Owner"), ("2023-08-01 00:00", "State Overdue by 1 day Owner")])
def test_an_action_says_how_it_stands_as_the_clock_has_it(vote, client, clock, moment, said):
    ActionFactory(
        group=vote.group, meeting=vote.meeting, reference="DAG26-02", due_kind="date", due_on=date(2023, 7, 31), published_at=portal_now(), published_by=vote.pmo
    )
    clock(moment)
    assert said in text_of(client.get("/actions/DAG26-02/"))


# --- what changed, and when


def test_what_changed_is_listed_with_why_and_when(vote, client):
    shown = text_of(client.get(f"{DECISION}/changes/"))
    first, second = DecisionEdition.objects.order_by("n")
    assert shown.index(second.why) < shown.index(first.why)
    assert "21 Jul 2023" in shown
    assert "19 Jul 2023" in shown
    assert f'href="{DECISION}/?edition=1"' in client.get(f"{DECISION}/changes/").content.decode()


def test_two_editions_are_compared_place_by_place(vote, client):
    shown = text_of(client.get(f"{DECISION}/changes/?from=1&to=2"))
    assert "Edition 1 and edition 2" in shown
    assert f"Dissent, statements – on: 2023-07-21; seat: Constituency 0 Representative; text: {STATEMENT}" in shown
    assert "They say the same." in text_of(client.get(f"{DECISION}/changes/?from=2&to=2"))
    assert client.get(f"{DECISION}/changes/?from=1&to=3").status_code == 404


@pytest.mark.parametrize("noun", TWINS)
def test_every_record_lists_its_editions(vote, client, noun):
    shown = text_of(client.get(f"{TWINS[noun]}/changes/"))
    assert "What changed, and when" in shown
    assert "Edition 1" in shown


# --- what is not published


def test_of_what_is_not_published_there_is_no_edition_and_no_file(vote, client, clock):
    clock("2023-07-25 10:00")
    draft = decisions.draft(vote.group, "CR019", "Zebras", by=vote.pmo)
    private = ActionFactory(group=vote.group, reference="DAG27-01", text="Zebras")
    for record, noun in ((draft, "decision"), (private, "action")):
        issue_one(record)
        assert latest_of(nouns[noun], record.pk) is None
        assert not Shelf.objects.filter(noun=noun, record_pk=record.pk).exists()
        for end in ("/", ".json", "/changes/", "/?edition=1", "/?as-at=2023-07-25"):
            assert client.get(f"/{noun}s/{record.reference}{end}").status_code == 404
    assert "Zebras" not in json.dumps(everything(client))
    assert list(checking.faults()) == []


def test_every_published_record_has_its_edition(vote):
    counted = {noun: nouns[noun].editions.objects.filter(n=1).count() for noun in TWINS}
    rows = {"decision": Decision.objects.published(), "meeting": Meeting.objects.public(), "action": Action.objects.exclude(published_at=None), "group": Group.objects, "seat": Seat.objects}
    assert counted == {noun: found.count() for noun, found in rows.items()}
