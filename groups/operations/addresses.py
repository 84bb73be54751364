"""An address is one person's: whoever writes somebody down by one waits for whoever is writing down the same."""

from django.db import connection

from groups.models import Person


def hold_addresses(*addresses: str | None) -> None:
    """Until the transaction ends, nobody else writes somebody down by these. They are taken before any row, and in one order."""
    wanted = sorted({address.strip().casefold() for address in addresses if address and address.strip()})
    with connection.cursor() as cursor:
        for address in wanted:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"address {address}"])


def hold_address_of_new(person: Person) -> None:
    """Whoever is on record already keeps the address; somebody new is about to have it."""
    if person.pk is None:
        hold_addresses(person.email)
