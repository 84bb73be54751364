"""A29: ten thousand small files, or some very large ones, by one account: there is an end to it for the day, for that account alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from files import rules
from files.models import Blob
from files.operations import keep
from records.rules import Refused
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def sent(n: int, by, size: int = 10):
    return keep(SimpleUploadedFile(f"{n}.txt", f"{n}".encode().ljust(size, b" ")), by=by)


def test_so_many_files_a_day_and_no_more_and_others_go_on(somebody, folder, clock, monkeypatch):
    monkeypatch.setattr(rules, "MOST_A_DAY", 3)
    clock("2026-11-20 10:00")
    for n in range(3):
        sent(n, somebody)
    with pytest.raises(Refused, match="You have handed in 3 files within a day"):
        sent(4, somebody)
    assert Blob.objects.count() == 3
    assert sent(5, UserFactory())
    keep(("by-a-command.txt", b"of a library"), by=somebody)
    clock("2026-11-21 10:01")
    assert sent(4, somebody)


def test_so_many_bytes_a_day_and_no_more(somebody, folder, monkeypatch):
    monkeypatch.setattr(rules, "MOST_BYTES_A_DAY", 1000)
    sent(1, somebody, 600)
    with pytest.raises(Refused, match="more than"):
        sent(2, somebody, 600)
    assert sent(3, somebody, 300)
