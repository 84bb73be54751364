"""References are minted from a counter row, which locks whoever mints beside us; never from the highest on file."""

from django.db import connection

from groups.models import Counter


def mint(owner: str, kind: str) -> int:
    """The next number of this kind for this owner. Given back if the transaction is."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO {Counter._meta.db_table} (owner, kind, last) VALUES (%s, %s, 1)
            ON CONFLICT (owner, kind) DO UPDATE SET last = {Counter._meta.db_table}.last + 1 RETURNING last""",  # noqa: S608
            [owner, kind],
        )
        return cursor.fetchone()[0]


def mint_past(owner: str, kind: str, number: int) -> None:
    """Raise the counter to a number that papers already use, so that it is never given out again."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO {Counter._meta.db_table} (owner, kind, last) VALUES (%s, %s, %s)
            ON CONFLICT (owner, kind) DO UPDATE SET last = GREATEST({Counter._meta.db_table}.last, EXCLUDED.last)""",  # noqa: S608
            [owner, kind, number],
        )
