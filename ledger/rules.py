"""What may be taken out of what is shown, and who may erase it."""

from collections.abc import Iterator

from django.db import connection

from ledger.models import BlackOut
from ledger.withdrawn import SAID, holds
from records.rules import Refusal

SHORTEST = 4  # characters: less would take out parts of other words


def refusals_of_black_out(words: str, why: str, ordered_by: str) -> Iterator[Refusal]:
    if len(words) < SHORTEST:
        yield Refusal(f"Give at least {SHORTEST} characters: fewer would be taken out of other words, too.", field="words")
    elif BlackOut.objects.filter(words__iexact=words).exists():
        yield Refusal("These words are withdrawn already.", field="words")
    elif holds(SAID, words):
        yield Refusal(f"These words are part of {SAID} itself, which stands where words were withdrawn.", field="words")
    if not why.strip():
        yield Refusal("Say why: the public reads it where the words stood.", field="why")
    if not ordered_by.strip():
        yield Refusal("Say on whose order.", field="ordered_by")


def refusals_to_redact(black_out: BlackOut, by) -> Iterator[Refusal]:
    with connection.cursor() as cursor:
        cursor.execute(_STRANGERS)
        role, owner = cursor.fetchone()
    if owner:
        yield Refusal(f"Only the owner of the tables can erase anything: connect as {owner}. This is {role}, which may only add to what is append-only.")
    if holds(str(by), black_out.words):
        yield Refusal("Let somebody else do it: whoever does is named in the ledger, and this name holds the words.")


# An owner of tables whose rights this connection does not have; none if it has those of all.
_STRANGERS = """
    SELECT current_user, min(tableowner) FILTER (WHERE NOT pg_has_role(current_user, tableowner, 'USAGE'))
    FROM pg_tables WHERE schemaname = 'public'
"""
