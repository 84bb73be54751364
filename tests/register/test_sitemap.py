"""Search engines find what is published, all of it and nothing else, by an address that robots.txt names."""

import re

import pytest

from records.clock import portal_now, portal_today
from register.models import Shelf
from register.views import sitemap
from tests.factories import DecisionFactory, GroupFactory, MeetingFactory, UserFactory, issue_all

pytestmark = [pytest.mark.django_db, pytest.mark.forged]


@pytest.fixture
def published():
    group = GroupFactory(code="DAG")
    meeting = MeetingFactory(group=group, code="DAG026", published_at=portal_now(), published_by=UserFactory())
    DecisionFactory(group=group, meeting=meeting, reference="DAG-DEC60", number=60, status="determined", decided_on=portal_today(), published_at=portal_now(), published_by=UserFactory())
    issue_all("group", "meeting", "decision")


def addresses(answer) -> list[str]:
    return re.findall(r"<loc>([^<]+)</loc>", answer.content.decode())


def test_every_published_record_is_named_once_and_each_address_answers(client, published, settings):
    settings.PORTAL_BASE_URL = "https://portal.example.org"
    answer = client.get("/sitemap.xml")
    assert (answer["Content-Type"], "sessionid" in answer.cookies) == ("application/xml; charset=utf-8", False)
    found = addresses(answer)
    assert len(found) == len(set(found)) == len(sitemap.ALWAYS) + Shelf.objects.count()
    assert {row.address for row in Shelf.objects.all()} <= {each.removeprefix("https://portal.example.org") for each in found}
    for each in found:
        assert client.get(each.removeprefix("https://portal.example.org")).status_code == 200, each
    assert "Sitemap: https://portal.example.org/sitemap.xml\n" in client.get("/robots.txt").content.decode()


def test_what_has_not_changed_is_not_sent_again(client, published):
    first = client.get("/sitemap.xml")
    assert client.get("/sitemap.xml", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert "public, max-age=60" in first["Cache-Control"]


def test_more_than_one_file_may_hold_is_parted_and_nothing_is_left_out(client, published, monkeypatch):
    whole = addresses(client.get("/sitemap.xml"))
    monkeypatch.setattr(sitemap, "MOST", len(sitemap.ALWAYS) + 1)
    index = client.get("/sitemap.xml")
    assert "<sitemapindex " in index.content.decode()
    parts = [client.get(re.sub(r"^https?://[^/]+", "", each)) for each in addresses(index)]
    assert len(parts) > 1
    assert all(len(addresses(each)) <= sitemap.MOST for each in parts)
    assert [each for part in parts for each in addresses(part)] == whole
    for n in (0, len(parts) + 1, 2**70):
        assert client.get(f"/sitemap-{n}.xml").status_code == 404
