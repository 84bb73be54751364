"""A shelf of any size, without the records: lists and search read the shelf alone."""

from datetime import date

from django.db import connection

from register.models import Shelf

BEYOND = 1_000_000  # keys that no record has
_FILLED = """
    INSERT INTO register_shelf (
        noun, record_pk, reference, key, edition, stamp, address, title, summary, "group", sort_on, "order", state, state_until, state_then,
        issued_at, facets, words
    )
    SELECT %(noun)s::text, %(start)s::bigint + n, reference, replace(reference, '-', ''), 1, 1, '/' || %(noun)s::text || 's/' || reference || '/', %(title)s::text || ' ' || n,
        %(summary)s::text, %(group)s::text, %(first)s::date + n / %(a_day)s::int, lpad((n %% 3)::text, 8, '0'), %(state)s::text, %(until)s::timestamptz, %(then)s::text,
        '2023-07-19 10:00+01', %(facets)s::jsonb, setweight(to_tsvector('portal', reference || ' ' || %(title)s::text), 'A') || to_tsvector('portal', %(summary)s::text)
    FROM (SELECT n::int, %(group)s::text || '-DEC' || lpad((%(start)s::bigint + n)::text, 8, '0') AS reference FROM generate_series(1, %(count)s::bigint) AS n) AS rows
"""


def fill(count: int, noun: str = "decision", **told) -> None:
    """So many rows more, several of a day and several of one place among those of a day."""
    start = BEYOND + Shelf.objects.count()
    usual = {
        "noun": noun, "count": count, "start": start, "title": "Change", "summary": "Nobody objected", "group": "DAG", "first": date(2020, 1, 1), "a_day": 7,
        "state": "", "until": None, "then": "", "facets": '{"meeting": "DAG026", "against": false, "outcomes": [], "subjects": [], "votes": [], "settlements": []}',
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_FILLED, usual | told)
