"""The programme file: reviewable text in, groups and seats out; loading it again changes nothing."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from groups.models import Group, Holding, Person, Seat
from groups.operations import end_holding
from groups.policies import Key, closing_time, working_days
from groups.programme import load
from records.rules import Refused
from tests.factories import a_pmo

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
PROGRAMME, PEOPLE, REHEARSAL = ROOT / "programme/mhhs.toml", ROOT / "rehearsal/demo-people.toml", ROOT / "rehearsal/rehearsal.toml"


@pytest.fixture(scope="module")
def loaded(scene):
    return scene(lambda: load(PROGRAMME))


@pytest.fixture
def programme(loaded, db):
    """The programme's own file is loaded."""
    return loaded()


def test_the_programme_of_the_project_loads_and_loading_it_again_changes_nothing(capsys):
    first = load(PROGRAMME)
    assert first["added"] > 100
    for file in (PROGRAMME, PEOPLE, REHEARSAL, PROGRAMME, PEOPLE, REHEARSAL):
        again = load(file)
    assert (again["added"], again["changed"]) == (0, 0)
    call_command("load_programme", str(PROGRAMME))
    assert "0 added, 0 changed" in capsys.readouterr().out


def test_the_dag_has_thirteen_voting_seats_and_six_that_do_not_vote_besides_the_chair(programme):
    seats = Seat.objects.on(date(2023, 7, 12)).filter(group__code="DAG")
    assert seats.filter(role=Seat.Role.MEMBER).count() == 13
    assert seats.exclude(role__in=[Seat.Role.MEMBER, Seat.Role.CHAIR]).count() == 6


def test_groups_stand_in_four_levels_under_ofgem(programme):
    dag = Group.objects.get(code="DAG")
    assert (dag.level, dag.parent.code, dag.parent.parent.code) == (3, "PSG", "Ofgem")
    assert {g.code for g in dag.children.all()} == {"BPRWG", "TDWG", "SDWG"}
    assert Group.objects.filter(parent__code="BPRWG").count() == 5


def test_the_recco_seat_was_vacant_until_recco(programme):
    load(PEOPLE)
    seat = Seat.objects.get(group__code="DAG", constituency__code="recco")
    assert not seat.holdings.on(date(2022, 1, 1)).exists()
    assert seat.holdings.on(date(2023, 7, 12)).exists()


def test_policies_are_the_groups_own_else_the_programmes(programme, tmp_path):
    dag = Group.objects.get(code="DAG")
    assert working_days(dag, Key.PUBLICATION, date(2023, 7, 12)) == 10
    assert f"{closing_time(dag, date(2023, 7, 12)):%H:%M}" == "17:00"
    more = tmp_path / "more.toml"
    more.write_text('[[policy]]\ngroup = "DAG"\nkey = "publication_working_days"\nvalue = "8"\nsince = 2024-01-01\n')
    load(more)
    assert working_days(dag, Key.PUBLICATION, date(2023, 7, 12)) == 10
    assert working_days(dag, Key.PUBLICATION, date(2024, 1, 1)) == 8


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("publication_working_days", '"ten"', "“ten” is not as it is counted in working days, such as “10”."), ("publication_working_days", '"0"', "“0” is not"),
        ("publication_working_days", '"-3"', "“-3” is not"), ("publication_working_days", '"٣"', "“٣” is not"), ("minutes_plan_working_days", '"2, 3, 4"', "“2, 3, 4” is not"),
        ("minutes_plan_working_days", '"2, 3, 4, 7, 6"', "such as “2, 3, 4, 6, 7”"), ("closing_time", '"5 pm"', "“5 pm” is no time of day, such as “17:00”."),
        ("alternates_vote", "true", "“True” is neither “yes” nor “no”."), ("publication_days", '"10"', "there is no policy of that name; known are publication_working_days,"),
    ],
)  # fmt: skip
def test_a_policy_that_nobody_could_go_by_is_refused_when_it_is_written_down(programme, tmp_path, key, value, said):
    more = tmp_path / "more.toml"
    more.write_text(f'[[policy]]\ngroup = "DAG"\nkey = "{key}"\nvalue = {value}\nsince = 2024-01-01\n')
    with pytest.raises(Refused, match=re.escape(f"[[policy]] {key}: ") + ".*" + re.escape(said)):
        load(more)


def test_days_may_be_written_as_a_number(tmp_path):
    more = tmp_path / "more.toml"
    more.write_text('[[policy]]\nkey = "publication_working_days"\nvalue = 8\nsince = 2024-01-01\n')
    load(more)
    assert working_days(None, Key.PUBLICATION, date(2024, 1, 1)) == 8


def test_a_seat_reads_as_its_constituency_is_called(programme, tmp_path):
    more = tmp_path / "more.toml"
    more.write_text('[[constituency]]\ncode = "dno"\nname = "Owners of the distribution networks"\n')
    load(more)
    seat = Seat.objects.get(group__code="DAG", constituency__code="dno")
    assert seat.editions.latest("n").body["constituency"] == "Owners of the distribution networks"


def test_loading_the_file_again_does_not_undo_what_was_done_since():
    for file in (PROGRAMME, PEOPLE):
        load(file)
    holding = Holding.objects.get(seat__group__code="DAG", seat__constituency__code="dno")
    end_holding(holding, last=date(2026, 11, 1), by=a_pmo())
    holding.person.email = "new@example.org"
    holding.person.save_by(a_pmo())
    again = load(PEOPLE)
    assert (again["added"], again["changed"]) == (0, 0)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[group]\n", "is not TOML"),
        ('[[grop]]\ncode = "X"\n', r"there is no \[\[grop\]\]"),
        ('[[group]]\ncode = "X"\n', r"\[\[group\]\] X: name is missing"),
        ('[[group]]\ncode = "X"\nname = "X"\nlevel = 3\nparent = "Y"\n', "there is no group Y"),
    ],
)
def test_a_faulty_file_loads_nothing_and_says_what_is_wrong(tmp_path, text, reason):
    file = tmp_path / "programme.toml"
    file.write_text('[[person]]\nname = "Ada Example"\n' + text)
    with pytest.raises(Refused, match=reason):
        load(file)
    assert not Person.objects.exists()
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_programme", str(file))


@pytest.mark.parametrize(("kind", "twin"), [("organisation", "EON"), ("organisation", "E-on"), ("organisation", "Ë.ON"), ("constituency", "DN0s")])
def test_a39_nobody_gets_a_name_that_would_be_taken_for_one_on_record(tmp_path, kind, twin):
    file, code = tmp_path / "programme.toml", {"organisation": "", "constituency": 'code = "{}"\n'}[kind]
    first = "DNOs" if kind == "constituency" else "E.ON"
    file.write_text(f'[[{kind}]]\n{code.format("A")}name = "{first}"\nsince = 2022-01-01\n')
    load(file)
    assert load(file)["added"] == 0, "the same again is no other"
    file.write_text(f'[[{kind}]]\n{code.format("B")}name = "{twin}"\nsince = 2022-01-01\n')
    with pytest.raises(Refused, match=f"would be taken for “{first}”, which is on record"):
        load(file)


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_programme", str(tmp_path / "none.toml"))
