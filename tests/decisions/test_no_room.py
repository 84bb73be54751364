"""F14: the database's disk is full while a seat votes: the voter is told that nothing was recorded, everybody reads on, and it goes on when there is room."""

from uuid import uuid4

import pytest
from django.urls import reverse

from decisions.models import Cast
from tests.races.halls import Hall

pytestmark = pytest.mark.django_db
FULL = (
    "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$",
    "CREATE TRIGGER no_room BEFORE INSERT ON decisions_cast FOR EACH ROW EXECUTE FUNCTION no_room()",
)


def test_a_vote_that_finds_no_room_is_told_so_and_can_be_sent_again(client, as_owner):
    hall = Hall(1)
    question = hall.ask()
    row = question.roll.get()
    client.force_login(hall.voters[0])
    address, answer = reverse("decisions:vote", args=[question.pk, row.pk]), {"step": "cast", "choice": "approve", "comment": "", "key": str(uuid4())}
    for statement in FULL:
        as_owner(statement)
    told = client.post(address, answer)
    assert (told.status_code, told["Retry-After"]) == (503, "300")
    assert "Nothing of what you sent was recorded" in told.content.decode()
    assert Cast.objects.count() == 0
    assert client.get("/").status_code == client.get(address).status_code == 200
    as_owner("DROP TRIGGER no_room ON decisions_cast")
    assert client.post(address, answer).status_code == 302
    assert Cast.objects.count() == 1
