"""A public page is made anew only when something was published, or a minute has turned; and is then never an old one."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from decisions import operations as decisions
from groups.models import Group, User
from ledger.operations import black_out
from records.clock import portal_now
from records.editions import issue
from records.operations import operating
from register import copies
from register.public import _public, public, public_from_rows
from tests.factories import (
    DecisionFactory,
    GroupFactory,
    MeetingFactory,
    SeatFactory,
    UserFactory,
    issue_one,
    secretary_of,
    user_of,
)
from tests.races.crews import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_kept():
    copies._kept.clear()
    yield
    copies._kept.clear()


def a_group(name: str = "Design Advisory Group") -> Group:
    group = GroupFactory(code="DAG", name=name)
    issue_one(group)
    return group


def rename(group: Group, name: str) -> None:
    """As a verb does that changes what is public."""
    by = User.objects.the_installer()
    with operating():
        group.name = name
        group.save_by(by, "renamed")
        issue("group", group.pk, "It goes by another name.", by=by)


def nobody_else_writes() -> str:
    """The word for the state of the rows, as if it did not change whatever is written in other databases of this server.

    PostgreSQL counts the transactions of them all together, and other tests run beside this one.
    """
    assert copies.state_of_the_rows()
    return "quiet"


# --- pages made from editions


def test_what_is_not_published_does_not_give_the_shelf_another_word(client):
    """A vote is opened and cast, a draft is written, somebody signs in: no page made from editions would show anything else."""
    group = a_group()
    pmo, member = secretary_of(group), user_of(SeatFactory(group=group))
    before = copies.state_of_the_shelf()
    question = decisions.put_question(group, "Should CR018 be approved?", subject="CR018", version="1.8", by=pmo)
    question = decisions.open_question(question, by=pmo)
    decisions.cast_vote(question.roll.get(seat__holdings__person=member.person), "approve", by=member)
    decisions.draft(group, "CR018", "The SRO approved CR018", by=pmo)
    client.force_login(member)
    assert before.strip()
    assert copies.state_of_the_shelf() == before


def test_an_edition_gives_the_shelf_another_word_and_an_equal_one_does_not():
    group = a_group()
    before = copies.state_of_the_shelf()
    rename(group, "Design Authority")
    renamed = copies.state_of_the_shelf()
    assert renamed != before
    rename(group, "Design Authority")
    assert copies.state_of_the_shelf() == renamed


def test_a_black_out_gives_the_shelf_another_word(client):
    a_group("Design of Zebras")
    assert "Zebras" in client.get("/groups/DAG/").content.decode()
    black_out("Zebras", why="They are private.", ordered_by="the data protection officer", by=User.objects.the_installer())
    assert "Zebras" not in client.get("/groups/DAG/").content.decode()


def test_while_nothing_is_published_the_page_is_the_one_made_before_though_much_is_written(client):
    a_group()
    first = client.get("/groups/DAG/")
    UserFactory()
    with CaptureQueriesContext(connection) as asked:
        again = client.get("/groups/DAG/")
    assert len(asked) == 1
    assert (again.content, again["ETag"], again["Cache-Control"]) == (first.content, first["ETag"], first["Cache-Control"])
    assert client.get("/groups/DAG/", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_whatever_is_published_shows_at_once_on_every_page(client):
    group = a_group()
    MeetingFactory(group=group, number="26", venue="Virtual")
    addresses = ("/groups/DAG/", "/meetings/DAG026/", "/groups/")
    for address in addresses:
        assert "Design Advisory Group" in client.get(address).content.decode()
    rename(group, "Design Authority")
    for address in addresses:
        page = client.get(address).content.decode()
        assert "Design Authority" in page
        assert "Design Advisory Group</a>" not in page


def test_a_page_that_was_overtaken_while_it_was_made_is_not_given_to_the_next_reader():
    group = a_group("Before")

    @public
    def overtaken(request):
        said = Group.objects.get(pk=group.pk).name
        if said == "Before":
            rename(group, "After")
        return HttpResponse(said)

    asked = RequestFactory().get("/overtaken/")
    assert overtaken(asked).content == b"Before"
    assert overtaken(asked).content == b"After"


def test_another_query_is_another_page(client):
    a_group()
    one, other = client.get("/decisions/?q=one"), client.get("/decisions/?q=other")
    assert one.content != other.content
    assert client.get("/decisions/?q=one").content == one.content


def test_what_a_transaction_has_written_itself_is_never_hidden_by_a_copy(client):
    group = a_group("Before")
    client.get("/groups/DAG/")
    with transaction.atomic():
        rename(group, "After")
        assert "After" in client.get("/groups/DAG/").content.decode()


def test_a_page_that_is_not_there_is_asked_for_again(client):
    assert client.get("/groups/DAG/").status_code == 404
    assert not copies._kept
    a_group()
    assert client.get("/groups/DAG/").status_code == 200


# --- pages made from rows and the ledger


def test_while_nothing_is_written_the_state_of_the_rows_has_the_same_word():
    until(lambda: copies.state_of_the_rows() == copies.state_of_the_rows(), "nobody writes between two questions")


def test_what_is_written_gives_the_rows_another_word_whether_it_is_public_or_not():
    before = copies.state_of_the_rows()
    UserFactory()
    assert copies.state_of_the_rows() != before


def test_while_nothing_is_written_a_page_made_from_rows_is_the_one_made_before():
    made = []

    def counted(request):
        made.append(request)
        return HttpResponse(str(len(made)))

    shared = _public(counted, nobody_else_writes)
    first, again = shared(RequestFactory().get("/rows/")), shared(RequestFactory().get("/rows/"))
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    assert len(made) == 1


def test_a_page_made_from_rows_is_made_anew_when_anything_was_written():
    made = []

    @public_from_rows
    def counted(request):
        made.append(request)
        return HttpResponse(str(len(made)))

    for _ in range(2):
        counted(RequestFactory().get("/rows/"))
        UserFactory()
    assert len(made) == 2


def test_the_check_of_a_decision_and_the_state_of_the_portal_are_made_from_rows(client, monkeypatch):
    """What they compare with may have been changed past the verbs, so that no edition tells of it."""
    told = {"number": 1, "status": "determined", "decided_on": date(2023, 7, 12), "published_at": portal_now(), "published_by": UserFactory()}
    DecisionFactory(group=a_group(), reference="DAG-DEC01", **told)
    from_rows = ["/decisions/DAG-DEC01/verify/", "/decisions/DAG-DEC01/verify.json", "/status/heads/", "/status/heads.txt"]
    from_editions = ["/", "/decisions/", "/decisions/DAG-DEC01/", "/decisions/DAG-DEC01.json", "/decisions/DAG-DEC01/changes/", "/search/?q=approved", "/groups/DAG/"]
    for address in (*from_rows, *from_editions):
        assert client.get(address).status_code == 200
    word = {address: copies._kept[address].state.split(" ")[0] for address in (*from_rows, *from_editions)}
    assert all(":" in word[address] for address in from_rows)  # a snapshot, such as 748:748:
    assert all(word[address].isdigit() for address in from_editions)  # a stamp of the shelf


# --- both


@pytest.mark.parametrize("state_of", [copies.state_of_the_shelf, copies.state_of_the_rows])
def test_the_minute_is_part_of_what_a_page_was_made_from(clock, state_of):
    a_group()
    clock("2023-07-19 16:59:59")
    assert state_of().endswith("2023-07-19 15:59:00+00")


@pytest.mark.parametrize("state_of", [copies.state_of_the_shelf, copies.state_of_the_rows])
def test_inside_a_transaction_there_is_no_word_for_the_state(state_of):
    with transaction.atomic():
        assert state_of() == ""


def test_a_page_is_made_anew_when_the_minute_has_turned_though_nothing_was_published(clock):
    made = []

    @public
    def due(request):
        made.append(request)
        return HttpResponse("Open until 17:00")

    a_group()
    for moment in ("2023-07-19 16:59:10", "2023-07-19 16:59:50", "2023-07-19 17:00:00"):
        clock(moment)
        assert due(RequestFactory().get("/due/")).status_code == 200
    assert len(made) == 2


def test_no_more_pages_are_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(copies, "MOST", 2)
    for n in range(5):
        copies.keep(f"/{n}/", "state", HttpResponse("x"))
    assert list(copies._kept) == ["/3/", "/4/"]
    copies.keep("/large/", "state", HttpResponse(b"x" * (copies.LARGEST + 1)))
    assert "/large/" not in copies._kept
