"""A vote with words in it that were blacked out, and what erases them."""

from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.test import Client

from dissent.operations import state_position
from ledger.models import BlackOut, Redaction
from ledger.operations import black_out, redact
from meetings import operations as meetings
from notifications.sweeping import run_and_remember
from records.guards import append_only_tables
from tests.conftest import set_clock
from tests.factories import OrganisationFactory, issue_all
from tests.register.proving import Vote

WORDS = "Flat 3, 12 Zqorbel Street"
TOKEN = "zqorbel"
ORDER = {"why": "a person’s address", "ordered_by": "a court"}
SHOWN = "/decisions/DAG-DEC01/"
PAGES = (
    SHOWN, f"{SHOWN}?edition=1", f"{SHOWN}?edition=2", "/decisions/DAG-DEC01.json", "/decisions/DAG-DEC01.json?edition=2", f"{SHOWN}changes/?from=1&to=2",
    "/decisions/", "/decisions.csv", "/decisions.json", "/search/?q=address", "/meetings/DAG026/", "/meetings/DAG026/editions/1/", "/meetings/DAG026.json",
)  # fmt: skip


def blacked_out() -> Vote:
    """An address in the comment of each seat, in the minutes and in a statement, where it is written otherwise; withdrawn since."""
    taken = Vote(set_clock, comment=f"My address is {WORDS}.")
    taken.take()
    meetings.write_paragraph(taken.item, f"The seat may be written to at {WORDS}.", by=taken.pmo)
    taken.publish()
    issue_all("group", "seat")
    taken.decision.refresh_from_db()
    state_position(taken.decision, taken.members[0].seat, "Write to flat 3,  12 ZQORBEL\nStreet.", by=taken.users[0])
    OrganisationFactory(name=f"The Tenants of {WORDS}")
    run_and_remember()
    black_out(WORDS, **ORDER, by=taken.pmo)
    run_and_remember()
    return taken


def as_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def erase(taken: Vote) -> Redaction:
    return redact(BlackOut.objects.latest("pk"), by=taken.pmo)


def run(taken: Vote, *told: str, number: int | None = None) -> str:
    said = StringIO()
    call_command("redact", "--black-out", str(number or BlackOut.objects.latest("pk").pk), "--by", taken.pmo.username, *told, stdout=said)
    return said.getvalue()


def tables_with(token: str) -> dict[str, int]:
    """Table by table, how many rows hold it in any column whatever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{token}%"])  # noqa: S608
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found


def forge(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in append_only_tables():
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER append_only')
        cursor.execute(sql, values)


def answers() -> dict[str, bytes]:
    return {address: Client().get(address).content for address in PAGES}
