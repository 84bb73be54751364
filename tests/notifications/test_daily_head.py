"""The head of the ledger, published once a day: when, to whom, in which words, and where it can be looked up."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.core.management import call_command

from groups.models import User
from ledger.heads import Head, published_heads
from ledger.models import Check, DailyHead, Entry
from ledger.nightly import check_and_remember
from ledger.operations import seal_now
from ledger.verifying import faults
from meetings import operations as meetings
from meetings.models import MinutesEdition
from meetings.printing import html_of, pdf_of
from notifications.models import Notice
from notifications.sweeping import run_and_remember
from notifications.tasks import check_ledger
from tests.factories import AppointmentFactory, GroupFactory, HoldingFactory, PersonFactory, SeatFactory
from tests.meetings.rooms import Room
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ofgem(clock):
    """Somebody to tell, and something to tell of, since Wednesday 12 July at noon."""
    clock("2023-07-12 12:00")
    holding = HoldingFactory(seat=SeatFactory(group=GroupFactory(code="DAG"), role="observer", constituency=None), person__email="ofgem@example.org")
    seal_now("appointed", holding, by=User.objects.the_installer())
    return holding


def days() -> list[date]:
    return list(DailyHead.objects.order_by("day").values_list("day", flat=True))


def sweep_at(clock, *moments: str) -> None:
    for moment in moments:
        clock(moment)
        assert run_and_remember().failures == []


def bodies() -> list[str]:
    return [m.body for m in mail.outbox if "head of" in m.subject]


# --- when


def test_it_is_published_after_five_in_london_and_once(ofgem, clock):
    sweep_at(clock, "2023-07-12 16:59:59")
    assert days() == []
    sweep_at(clock, "2023-07-12 17:00", "2023-07-12 17:00", "2023-07-12 17:05", "2023-07-12 23:59", "2023-07-13 16:55")
    assert days() == [date(2023, 7, 12)]
    assert len(bodies()) == 1
    assert DailyHead.objects.get().published_at == datetime(2023, 7, 12, 16, tzinfo=UTC)  # summer time


def test_it_is_published_on_days_that_are_not_working_days_too(ofgem, clock):
    sweep_at(clock, *(f"2023-07-{day} 17:05" for day in range(12, 18)))
    assert days() == [date(2023, 7, day) for day in range(12, 18)]
    assert list(faults()) == []


def test_five_in_the_winter_is_five_in_utc(ofgem, clock):
    sweep_at(clock, "2023-10-28 17:00", "2023-10-29 16:59", "2023-10-29 17:00")
    assert list(DailyHead.objects.order_by("day").values_list("published_at", flat=True)) == [
        datetime(2023, 10, 28, 16, tzinfo=UTC), datetime(2023, 10, 29, 17, tzinfo=UTC),
    ]  # fmt: skip


def test_after_three_days_down_there_is_one_head_for_today_and_not_three(ofgem, clock):
    sweep_at(clock, "2023-07-12 17:05", "2023-07-15 18:00", "2023-07-15 18:05", "2023-07-16 16:00")
    assert days() == [date(2023, 7, 12), date(2023, 7, 15)]
    assert len(bodies()) == 2


def test_late_in_the_next_morning_it_is_yesterdays_and_todays_still_follows(ofgem, clock):
    sweep_at(clock, "2023-07-13 09:00", "2023-07-13 09:05", "2023-07-13 17:00")
    assert days() == [date(2023, 7, 12), date(2023, 7, 13)]
    assert "for 12 Jul 2023, published at 09:00 on 13 Jul 2023" in bodies()[0]


def test_a_new_portal_waits_for_its_first_five_oclock_and_an_empty_ledger_has_no_head(ofgem, clock, as_owner):
    sweep_at(clock, "2023-07-12 12:05")
    assert days() == []
    as_owner("DELETE FROM ledger_payload")
    as_owner("DELETE FROM ledger_entry")
    sweep_at(clock, "2023-07-12 17:05")
    assert days() == []


def test_the_day_of_the_mail_is_the_day_of_the_head_though_it_leaves_later(ofgem, clock, settings):
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    sweep_at(clock, "2023-07-12 17:00")
    settings.EMAIL_BACKEND = backend
    sweep_at(clock, "2023-07-13 08:00")
    assert len(bodies()) == 1
    assert "published at 17:00 on 12 Jul 2023" in bodies()[0]


# --- what it is


def test_what_is_told_is_its_own_entry_and_covers_every_entry_since_the_one_before(ofgem, clock):
    sweep_at(clock, "2023-07-12 17:00")
    seal_now("appointed", HoldingFactory(), by=User.objects.the_installer())
    sweep_at(clock, "2023-07-13 17:00")
    first, second = DailyHead.objects.order_by("day")
    assert (first.first, first.last, second.first, second.last) == (1, 1, 2, 3)
    told = [published.head for published in published_heads(30)]
    assert told == [Head(e.seq, e.hash) for e in Entry.objects.filter(kind="head published").order_by("-seq")]
    assert told[0].seq == 4


def test_a_published_head_cannot_be_written_again(ofgem, clock):
    sweep_at(clock, "2023-07-12 17:00")
    with pytest.raises(Exception, match=r"permission denied|append-only"):
        DailyHead.objects.update(day=date(2023, 7, 1))


# --- to whom


def test_ofgem_the_ipa_and_the_pmo_are_told_each_once_and_nobody_else(ofgem, clock):
    dag, closed = ofgem.seat.group, GroupFactory(closed_on=date(2023, 7, 1))
    other = GroupFactory(closed_on=date(2023, 8, 1))  # not yet
    everyone = {}

    def seated(name, group, role, **told):
        constituency = {} if role == "member" else {"constituency": None}
        everyone[name] = HoldingFactory(seat=SeatFactory(group=group, role=role, **constituency), person__email=f"{name}@example.org", **told).person

    seated("ipa", dag, "assurance")
    seated("secretary", dag, "secretariat")
    seated("elsewhere", other, "observer")
    seated("chair", dag, "chair")
    seated("member", dag, "member")
    seated("programme", dag, "programme")
    seated("closed", closed, "secretariat")
    seated("former", dag, "observer", during=("2022-01-01", "2023-07-12"))
    HoldingFactory(seat=SeatFactory(group=other, role="observer", constituency=None), person=ofgem.person)  # sits twice
    AppointmentFactory(person=everyone["ipa"], kind="assurance")
    AppointmentFactory(person=PersonFactory(email="pmo@example.org"), kind="pmo")
    AppointmentFactory(person=PersonFactory(email="reader@example.org"), kind="assurance", group=dag)
    AppointmentFactory(person=PersonFactory(email="of-closed@example.org"), kind="pmo", group=closed)
    AppointmentFactory(person=PersonFactory(email="owner@example.org"), kind="artefact_owner")
    AppointmentFactory(person=PersonFactory(email=None), kind="pmo")
    sweep_at(clock, "2023-07-12 17:00")
    told = sorted(Notice.objects.filter(key="head-2023-07-12").values_list("address", flat=True))
    assert told == [f"{name}@example.org" for name in ("elsewhere", "ipa", "ofgem", "pmo", "reader", "secretary")]


# --- in which words


def test_the_mail_says_in_plain_words_what_to_do_and_its_command_works(ofgem, clock, capsys):
    sweep_at(clock, "2023-07-12 17:00")
    (message,) = [m for m in mail.outbox if m.to == ["ofgem@example.org"]]
    assert message.subject == "Ledger of the DAG Portal: head of 12 Jul 2023"
    assert "Please keep this message where nobody who runs the portal could change it." in message.body
    assert "http://localhost:8000/status/heads/" in message.body
    assert re.search(r"http://localhost:8000/status/$", message.body, re.M)
    command = re.search(r"manage.py (verify_ledger) --head (\S+)", message.body)
    call_command(command[1], head=command[2])
    assert "agrees with the head of entry 2" in capsys.readouterr().out


def test_the_mail_says_what_the_last_check_of_the_whole_ledger_found(ofgem, clock, as_owner):
    check_and_remember()
    sweep_at(clock, "2023-07-12 17:00")
    assert "The portal last checked its whole ledger itself at 12:00 on 12 Jul 2023: 1 entry, no fault." in bodies()[-1]
    as_owner("UPDATE ledger_entry SET actor = 'x' WHERE seq = 1")
    clock("2023-07-13 02:30")
    check_and_remember()
    sweep_at(clock, "2023-07-13 17:00")
    assert "1 fault found. Ask the PMO what became of it." in bodies()[-1]


# --- where it can be looked up


def test_the_published_heads_are_listed_the_latest_thirty_newest_first(ofgem, clock, client):
    assert "No head has been published yet" in client.get("/status/heads/").content.decode()
    sweep_at(clock, *(f"2023-07-{day} 17:00" for day in range(12, 32)), *(f"2023-08-{day:02} 17:00" for day in range(1, 16)))
    page = client.get("/status/heads/").content.decode()
    listed = re.findall(r"\d+:[0-9a-f]{64}", page)
    assert listed == [str(published.head) for published in published_heads(30)]
    assert len(listed) == 30
    text = client.get("/status/heads.txt")
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert text.content.decode().splitlines()[0] == f"2023-08-15 {listed[0]}"
    assert [line.split()[1] for line in text.content.decode().splitlines()] == listed


def test_the_status_page_leads_to_them_and_says_when_the_ledger_was_last_checked(ofgem, clock, client, as_owner):
    run_and_remember()
    page = client.get("/status/").content.decode()
    assert 'href="/status/heads/"' in page
    assert "Not yet. It is done every night." in page
    check_ledger()
    assert "1 entry, at 12:00 on 12 Jul 2023" in client.get("/status/").content.decode()
    clock("2023-07-14 12:00")
    assert "Last found unaltered, 1 entry, at 12:00 on 12 Jul 2023" in text_of(client.get("/status/"))
    as_owner("UPDATE ledger_entry SET actor = 'x' WHERE seq = 1")
    with pytest.raises(Exception, match="fault"):
        call_command("verify_ledger", remember=True)
    assert "Faults found" in client.get("/status/").content.decode()
    assert Check.objects.count() == 2


def test_a_check_by_hand_is_remembered_only_when_asked(ofgem):
    call_command("verify_ledger")
    assert Check.objects.count() == 0
    call_command("verify_ledger", "--remember")
    assert Check.objects.get().faults == []


# --- on paper


def test_the_minutes_print_the_last_head_that_was_out_when_they_were_published_and_no_later_one(clock):
    room = Room(clock)
    sweep_at(clock, "2023-07-12 17:00")
    clock("2023-07-13 10:00")
    meetings.publish(room.circulated(), by=room.pmo)
    edition = MinutesEdition.objects.get()
    before, printed = pdf_of(edition), html_of(edition)
    assert "Last head of the ledger published before it, 12 Jul 2023" in printed
    assert str(published_heads(1)[0].head) in printed
    sweep_at(clock, "2023-07-13 17:00", "2023-07-14 17:00")
    assert pdf_of(edition) == before
    assert bytes(edition.pdfs.get().content) == before
    assert list(faults()) == []


def test_minutes_published_before_any_head_print_none(clock):
    room = Room(clock)
    meetings.publish(room.circulated(), by=room.pmo)
    assert "head of the ledger" not in html_of(MinutesEdition.objects.get())
