"""Published minutes read into the portal: once, whole, with their doubts, or not at all."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.models import ImportedFile
from archive.operations import import_minutes
from archive.samples import DAG026
from change_requests.models import ChangeRequest
from decisions.models import Decision, Question
from groups.models import Group, Person, User
from ledger.models import Entry
from ledger.verifying import faults
from meetings.models import Action, Meeting, MinutesEdition, Paragraph
from notifications.sweeping import run_and_remember
from records.rules import Refused
from tests.archive.conftest import load_programme
from tests.factories import DecisionFactory, GroupFactory, MeetingFactory, PersonFactory

pytestmark = pytest.mark.django_db
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
TEXT = DAG026.read_text()


@pytest.fixture(scope="module")
def staged(scene):
    return scene(load_programme)


@pytest.fixture(autouse=True)
def programme(staged, db):
    return staged()


def read_in(text: str = TEXT, name: str = "DAG026.md", **told):
    return import_minutes(text.encode(), name, by=User.objects.the_archivist(), **told)


def counted() -> tuple:
    return tuple(m.objects.count() for m in (Meeting, Decision, Action, Question, Paragraph, Person, ImportedFile, MinutesEdition, Entry))


@pytest.mark.parametrize("mark", ["\u202e", *(pytest.param(each, marks=pytest.mark.long) for each in ("&#x202E;", "&#8238;"))])
def test_marks_that_turn_the_direction_of_reading_are_left_out_and_doubted(mark):
    plain = read_in().reading
    turned = import_minutes(TEXT.replace("Design", f"{mark}Design").encode(), "turned.md", by=User.objects.the_archivist()).reading
    assert [warning for warning in turned.warnings if "(U+202E)" in warning]
    assert not [warning for warning in plain.warnings if "U+202E" in warning]
    assert "\u202e" not in json.dumps(turned.as_json(), ensure_ascii=False)
    assert [item.title for item in turned.items] == [item.title for item in plain.items]


@pytest.mark.many(2)
@pytest.mark.parametrize(
    "damage",
    [
        lambda t: "\ufeff" + t.replace("\n", "\r\n"),
        lambda t: t.replace("DAG-DEC", "DAG\u2011DEC").replace("DAG26-", "DAG26\u2013"),
        lambda t: t.replace("12 July 2023 10:00-13:30", "12th July 2023 10.00 \u2013 13.30"),
        lambda t: t.replace("Representative", "Represen\u00adtative"),
        lambda t: t.replace("## Decisions", "Page 4 of 9\n\n\f\n## Decisions"),
    ],
    ids=["Windows line ends and its mark", "typographic dashes", "another way to write the time", "soft hyphens", "page furniture"],
)
def test_a_damaged_copy_is_read_to_the_same_record(damage):
    read_in(damage(TEXT), "damaged.md")
    assert sorted(Decision.objects.values_list("reference", flat=True)) == [f"DAG-DEC{n}" for n in range(55, 61)]
    assert Action.objects.count() == 8
    assert Question.objects.get().recount() == {"abstain": 2, "absent": 1, "approve": 4, "reject": 6}
    assert Meeting.objects.get().attendances.count() == 29


HEADLINE = """## DAG Headline Report

**Issue date: 14/07/2023**

Meeting number **DAG026**

Venue **Virtual**

Date and time **12 July 2023 10:00-13:30**

Classification **Public**

## New / Outstanding Actions

Area\tRef\tAction\tOwner\tDue
CR027 Impact Assessment\tDAG26-02\tMake sure that what is attached to CR027 goes out with it\tProgramme (PMO)\t14/07/2023

## Decisions

Area\tDec Ref\tDecision
CR027 Impact Assessment\tDAG-DEC58\tThe DAG agreed that CR027 be issued to Impact Assessment

Next meeting: 09 August 2023 10am
"""


def test_full_minutes_after_the_headline_report_attach_to_the_same_meeting(client):
    read_in(HEADLINE, "DAG026-headline.md")
    meeting = Meeting.objects.get()
    assert (Decision.objects.count(), Action.objects.count()) == (1, 1)
    assert "minutes themselves are not here yet" in client.get("/meetings/DAG026/").content.decode()
    read_in()
    assert Meeting.objects.get() == meeting
    assert (Decision.objects.count(), Action.objects.count(), Question.objects.count()) == (6, 8, 1)
    assert [e.kind for e in meeting.minutes.editions.order_by("n")] == ["first", "addendum"]
    with pytest.raises(Refused, match="a headline report of it says less"):
        read_in(HEADLINE + "\n", "again.md")
    meeting.refresh_from_db()
    assert meeting.first_published_on == date(2023, 7, 14)
    assert list(faults()) == []


def test_minutes_that_say_otherwise_than_the_headline_report_are_asked_about():
    read_in(HEADLINE.replace("Make sure that", "Do not make sure that").replace("The DAG agreed", "The SRO agreed"), "DAG026-headline.md")
    with pytest.raises(Refused) as refused:
        read_in()
    assert [reason.split(" was ")[0] for reason in refused.value.reasons[1:]] == ["DAG-DEC58: its wording", "DAG-DEC58: whose decision it is", "DAG26-02: what is to be done"]


def test_a_revised_paper_takes_the_place_of_the_earlier_one_and_the_earlier_edition_stays(client):
    read_in()
    revised = TEXT.replace("Tobias Fenwick (TF)", "Trudy Fenwick (TF)").replace(
        "TF noted that CR018 does not touch NGESO", "TF stated that CR018 does not touch NGESO"
    ).replace("Everyone was welcomed by the Chair", "All were welcomed by the Chair")
    assert revised.count("Trudy") == 1
    assert "TF stated" in revised
    before = counted()
    with pytest.raises(Refused, match="this paper says otherwise") as refused:
        read_in(revised, "DAG026-v2.md")
    assert counted() == before
    assert {"Tobias Fenwick is not listed as attending any more.", "Trudy Fenwick is listed as attending now."} <= set(refused.value.reasons)
    assert [reason for reason in refused.value.reasons if "“Everyone was welcomed" in reason and "is “All were welcomed" in reason]
    read_in(revised, "DAG026-v2.md", confirmed=True)
    assert [edition.kind for edition in MinutesEdition.objects.order_by("n")] == ["first", "correction"]
    assert (Decision.objects.count(), Action.objects.count(), Question.objects.count()) == (6, 8, 1)
    now, then = client.get("/meetings/DAG026/").content.decode(), client.get("/meetings/DAG026/editions/1/").content.decode()
    assert "Trudy Fenwick" in now
    assert not re.search(r"Tobias Fenwick(?! is not listed)", now)  # but in what is said of the correction
    assert "All were welcomed" in now
    assert not re.search("(?<!“)Everyone was welcomed", now)
    assert "TF stated that" in now
    assert "Tobias Fenwick" in then
    assert "Everyone was welcomed" in then
    assert Question.objects.get().recount() == {"abstain": 2, "absent": 1, "approve": 4, "reject": 6}
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "lacks|nothing|empty|not a format"),
        (b"Dear all, see you on Wednesday.", "not a format the reader knows"),
        (b"%PDF-1.7 ...", "is not text"),
        (b"PK\x03\x04docx", "is not text"),
        (b"minutes\0", "is not text"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_a_foreign_format_is_refused_with_a_reason_and_nothing_is_written(content, reason):
    before = counted()
    with pytest.raises(Refused, match=reason):
        import_minutes(content, "x.txt", by=User.objects.the_archivist())
    assert counted() == before


def test_minutes_of_an_unknown_group_are_refused_and_say_what_to_do():
    with pytest.raises(Refused, match="no group ABC: load it with load_programme"):
        read_in(TEXT.replace("Design Advisory Group (DAG)", "Another Body Council (ABC)").replace("DAG", "ABC"))


def test_minutes_of_another_group_than_named_are_refused():
    with pytest.raises(Refused, match="minutes of DAG, not of PSG"):
        read_in(group_code="PSG")


@pytest.mark.parametrize("said", ["Restricted", "Programme participants only", ""])
def test_only_minutes_that_say_public_become_public(client, said):
    read_in(TEXT.replace("Classification **Public**", f"Classification **{said}**" if said else ""))
    assert Meeting.objects.get().published_at is None
    assert not Decision.objects.published().exists()
    assert (ChangeRequest.objects.count(), ChangeRequest.objects.exclude(published_at=None).count()) == (5, 0)
    assert not MinutesEdition.objects.exists()
    assert {client.get(page).status_code for page in ("/meetings/DAG026/", "/change-requests/CR018/", "/artefacts/dip-pki-policy/")} == {404}
    run_and_remember()
    assert not Decision.objects.published().exists()


@pytest.mark.long
def test_a_name_the_portal_knows_elsewhere_is_not_taken_for_the_same_person():
    PersonFactory(name="Sofia Lund", affiliation="Another Company")
    file = read_in().file
    assert Person.objects.filter(name="Sofia Lund").count() == 2
    assert any("Sofia Lund of these minutes" in warning for warning in file.warnings)


def test_a_vote_by_words_no_seat_has_keeps_its_words_and_says_so():
    done = read_in(TEXT.replace("RECCo Representative\t", "Registration Body\t"))
    row = Question.objects.get().roll.get(constituency="Registration Body")
    assert (row.seat, row.result) == (None, "reject")
    assert any("“Registration Body” in a vote is no seat of DAG" in warning for warning in done.reading.warnings)


@pytest.mark.long
def test_a_decision_without_a_reference_stays_text_with_a_warning():
    done = read_in(TEXT.replace("DAG-DEC58", ""))
    assert not Decision.objects.filter(number=58).exists()
    assert any("kept as text" in warning or "reference" in warning for warning in done.reading.warnings)


def test_what_the_portal_keeps_itself_is_never_read_over():
    dag = Group.objects.get(code="DAG")
    MeetingFactory(group=dag, number="26")
    before = counted()
    with pytest.raises(Refused, match="DAG026 is kept in the portal itself"):
        read_in()
    assert counted() == before


def test_a_decision_the_portal_keeps_itself_is_not_overwritten_by_papers_of_another_meeting():
    dag = Group.objects.get(code="DAG")
    own = DecisionFactory(group=dag, number=57, reference="DAG-DEC57", status="determined", decided_on=date(2023, 7, 1), wording="Our own words")
    done = read_in()
    own.refresh_from_db()
    assert own.wording == "Our own words"
    assert any("DAG-DEC57 is recorded ex-committee already" in warning for warning in done.reading.warnings)


@pytest.mark.long
def test_two_votes_on_one_subject_stay_two():
    start = TEXT.index("Constituency\tApprove")
    end = TEXT.index("\n\n", start)
    twice = TEXT[:end] + "\n\nA second vote on whether CR018 should be approved was taken:\n\n" + TEXT[start:end] + TEXT[end:]
    done = read_in(twice)
    assert Question.objects.count() == len(done.reading.votes)


# --- the command


def test_the_command_prints_one_json_object_and_nothing_else(capsys):
    call_command("import_minutes", str(DAG026), "--json")
    said = json.loads(capsys.readouterr().out)
    assert list(said)[:5] == ["recognised", "doc_type", "group", "meeting_no", "extraordinary"]
    assert (said["meeting_no"], said["publication_due"], said["next_meeting"]) == ("26", "2023-07-26", "2023-08-09")
    assert (len(said["decisions"]), len(said["actions"]), len(said["constituency_reps"])) == (6, 8, 12)


def test_a_dry_run_writes_nothing(capsys):
    before = counted()
    call_command("import_minutes", str(DAG026), "--dry-run", "--json")
    assert json.loads(capsys.readouterr().out)["publication_due"] == "2023-07-26"
    call_command("import_minutes", str(DAG026), "--dry-run")
    assert "Would read in: minutes of DAG 26: 6 decisions, 8 actions, 1 votes" in capsys.readouterr().out
    assert counted() == before


def test_a_foreign_file_prints_why_and_fails(tmp_path, capsys):
    file = tmp_path / "letter.txt"
    file.write_text("Dear all")
    with pytest.raises(CommandError) as failed:
        call_command("import_minutes", str(file), "--json")
    assert failed.value.returncode == 1
    said = json.loads(capsys.readouterr().out)
    assert said["recognised"] is False
    assert any("not a format" in warning for warning in said["warnings"])
    assert said["meeting_no"] is None


def test_the_command_says_who_reads_in(capsys):
    person = PersonFactory()
    User.objects.create_user(username="ada", email=person.email, person=person)
    call_command("import_minutes", str(DAG026), "--by", "ada")
    assert Meeting.objects.get().history.first().history_user.username == "ada"


def seed(name: str) -> Path:
    path = SEEDS / name
    if not path.exists():
        pytest.skip("the source papers are not beside this checkout; the retelling covers the same ground")
    return path


def test_the_real_minutes_of_dag026_are_read_whole(capsys):
    call_command("import_minutes", str(seed("002_9dfb99647960ee90.txt")), "--json")
    said = json.loads(capsys.readouterr().out)
    assert [d["ref"] for d in said["decisions"]] == [f"DAG-DEC{n}" for n in range(55, 61)]
    assert [sum(a["new"] is new for a in said["actions"]) for new in (True, False)] == [4, 4]
    (vote,) = said["votes"]
    assert [vote[key] for key in ("on", "version", "approve", "reject", "abstain", "absent", "unreadable")] == ["CR018", "1.8", 4, 6, 2, 1, 0]
    assert sum(bool(row["comment"]) and row["choice"] != "absent" for row in vote["rows"]) == 12
    assert len(said["deferred_items"]) == 5
    assert [len(said[key]) for key in ("constituency_reps", "programme", "others", "apologies")] == [12, 9, 5, 2]
    assert (said["next_meeting"], said["publication_due"]) == ("2023-08-09", "2023-07-26")
    warned = " ".join(said["warnings"])
    for fault in ("initials SC", "RG", "missing from the apologies", "DAG-DEC57", "DAG-DEC59", "DAG-DEC60", "Supplier Agent Representative"):
        assert fault in warned, fault
    assert Meeting.objects.get().published_at is not None
    assert list(faults()) == []


def test_the_slides_of_dag1_are_refused():
    with pytest.raises(CommandError, match="not a format the reader knows"):
        call_command("import_minutes", str(seed("000_979d644000cdb97f.txt")))


@pytest.mark.long
def test_a_group_of_another_name_can_be_read_in_too():
    GroupFactory(code="XYZ")
    text = TEXT.replace("Design Advisory Group (DAG)", "Example Group (XYZ)").replace("DAG", "XYZ")
    read_in(text, "XYZ026.md")
    assert Group.objects.get(code="XYZ").decisions.count() == 6
