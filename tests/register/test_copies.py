"""A public page is made anew only when something was written, or a minute has turned; and is then never an old one."""

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from groups.models import Group, User
from register import copies
from register.public import public
from tests.factories import GroupFactory
from tests.races.crews import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_kept():
    copies._kept.clear()
    yield
    copies._kept.clear()


def rename(group: Group, name: str) -> None:
    group.name = name
    group.save_by(User.objects.the_installer(), "renamed")


@pytest.fixture
def nobody_else_writes(monkeypatch):
    """The word for the state of the record is asked for and does not change, whatever is written in other databases of this server.

    PostgreSQL counts the transactions of them all together, and other tests run beside this one.
    """

    def quiet() -> str:
        assert copies.state_of_the_record()
        return "quiet"

    monkeypatch.setattr("register.public.state_of_the_record", quiet)


def test_while_nothing_is_written_the_state_of_the_record_has_the_same_word():
    until(lambda: copies.state_of_the_record() == copies.state_of_the_record(), "nobody writes between two questions")


def test_what_is_written_gives_the_state_another_word():
    before = copies.state_of_the_record()
    GroupFactory(code="DAG")
    assert copies.state_of_the_record() != before


def test_while_nothing_is_written_the_page_is_the_one_made_before(client, nobody_else_writes):
    GroupFactory(code="DAG", name="Design Advisory Group")
    first = client.get("/groups/DAG/")
    with CaptureQueriesContext(connection) as asked:
        again = client.get("/groups/DAG/")
    assert len(asked) == 1
    assert (again.content, again["ETag"], again["Cache-Control"]) == (first.content, first["ETag"], first["Cache-Control"])
    assert client.get("/groups/DAG/", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_whatever_is_written_shows_at_once(client):
    group = GroupFactory(code="DAG", name="Design Advisory Group")
    assert "Design Advisory Group" in client.get("/groups/DAG/").content.decode()
    rename(group, "Design Authority")
    page = client.get("/groups/DAG/").content.decode()
    assert "Design Authority" in page
    assert "Design Advisory Group" not in page


def test_a_page_that_was_overtaken_while_it_was_made_is_not_given_to_the_next_reader():
    group = GroupFactory(code="DAG", name="Before")

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
    GroupFactory(code="DAG")
    one, other = client.get("/decisions/?q=one"), client.get("/decisions/?q=other")
    assert one.content != other.content
    assert client.get("/decisions/?q=one").content == one.content


def test_what_a_transaction_has_written_itself_is_never_hidden_by_a_copy(client):
    group = GroupFactory(code="DAG", name="Before")
    client.get("/groups/DAG/")
    with transaction.atomic():
        rename(group, "After")
        assert "After" in client.get("/groups/DAG/").content.decode()


def test_a_page_that_is_not_there_is_asked_for_again(client):
    assert client.get("/groups/DAG/").status_code == 404
    assert not copies._kept
    GroupFactory(code="DAG")
    assert client.get("/groups/DAG/").status_code == 200


def test_the_minute_is_part_of_what_a_page_was_made_from(clock):
    clock("2023-07-19 16:59:59")
    before = copies.state_of_the_record()
    assert before.endswith("2023-07-19 15:59:00+00")


def test_a_page_is_made_anew_when_the_minute_has_turned_though_nothing_was_written(monkeypatch):
    words, made = iter(["1:1: 15:59", "1:1: 15:59", "1:1: 16:00"]), []
    monkeypatch.setattr("register.public.state_of_the_record", lambda: next(words))

    @public
    def due(request):
        made.append(request)
        return HttpResponse("Open until 17:00")

    for _ in range(3):
        assert due(RequestFactory().get("/due/")).status_code == 200
    assert len(made) == 2


def test_no_more_pages_are_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(copies, "MOST", 2)
    for n in range(5):
        copies.keep(f"/{n}/", "state", HttpResponse("x"))
    assert list(copies._kept) == ["/3/", "/4/"]
    copies.keep("/large/", "state", HttpResponse(b"x" * (copies.LARGEST + 1)))
    assert "/large/" not in copies._kept
