"""The verbs of the ledger: seal, publish the head once a day, black words out and erase them."""

import json
import secrets
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model

from ledger.erasing import Erasure, hold_off_writers, touched
from ledger.heads import day_of_head, head_is_due
from ledger.models import GENESIS, BlackOut, DailyHead, Entry, Redaction, digests
from ledger.printed import Printed
from ledger.rules import refusals_of_black_out, refusals_to_redact
from ledger.tallies import append_only, last_rows, tallied
from records.canonical import canonical, plain, sha256
from records.clock import portal_now
from records.editions import issue
from records.hooks import effects_above
from records.models import Signed
from records.operations import at_the_end, nothing_is_locked_from_here_on, operation
from records.rules import require

P = TypeVar("P", bound=Printed)

PAYLOAD_VERSION = 1
_LOCK = 0x1ED6E5  # the advisory lock under which entries are numbered


def seal(kind: str, record: Signed, *, by, at: datetime | None = None, **facts) -> None:
    """Have it written into the chain that `kind` happened to the record, as it is now.

    The entry comes when the operation is over, in its transaction: the fact and its proof are committed together or not at
    all, and nobody waits for the ledger longer than need be. `facts` are what the record itself does not hold (who was told,
    say). Raises NotInAnOperation.
    """
    entry, salt, body = _drafted(kind, record, by, at or portal_now(), facts)
    at_the_end(lambda: _append(entry, salt, body))


@operation
def keep_printed(kind: type[P], edition: Model, content: bytes, *, by) -> P:
    """Keep an edition's PDF, and seal its hash by an entry of its own (the PDF prints the entry before). Safe to run twice."""
    model: Any = kind  # each has an edition of its own noun
    if made := model.objects.standing().filter(edition=edition).first():
        return made
    now = portal_now()
    pdf = model(edition=edition, content=content, sha256=sha256(content), made_at=now).save_by(by)
    seal("printed", pdf, by=by, at=now)
    return pdf


def seal_now(kind: str, record: Signed, *, by, at: datetime | None = None, **facts) -> Entry:
    """The same at once, for what tells its entry: a vote its receipt, a head itself. Nothing may be locked or changed after it."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an entry belongs inside the transaction of what it tells of")
    nothing_is_locked_from_here_on()
    return _append(*_drafted(kind, record, by, at or portal_now(), facts))


def _drafted(kind: str, record: Signed, by, at: datetime, facts: dict) -> tuple[Entry, str, dict]:
    """The entry as far as it does not depend on the one before; with the salt and the body of its payload."""
    salt, body = secrets.token_hex(16), plain({"record": record.sealed(), "facts": facts})
    entry = Entry(
        at=at,
        actor=str(by),
        kind=kind,
        subject_kind=record.sealed_as,
        subject_pk=record.pk,
        subject_ref=str(record)[:120],
        payload_version=PAYLOAD_VERSION,
        payload_sha256=sha256(salt.encode(), canonical(body)),
    )
    return entry, salt, body


def _append(entry: Entry, salt: str, body: dict) -> Entry:
    _wait_for_turn()
    seq, entry.prev_hash = _last()
    entry.seq = seq + 1
    entry.hash = entry.computed_hash()
    _write(entry, salt, body)
    return entry


# In plain SQL, and in as few statements as there can be: everybody who seals something waits meanwhile.
_WRITE = """
    WITH entry AS (
        INSERT INTO ledger_entry (hash, seq, at, actor, kind, subject_kind, subject_pk, subject_ref, payload_version, payload_sha256, prev_hash)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id
    )
    INSERT INTO ledger_payload (entry_id, salt, body) SELECT id, %s, %s FROM entry RETURNING entry_id
"""


def _wait_for_turn() -> None:
    """One writer at a time, until its transaction ends: entries are numbered without gaps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _last() -> tuple[int, str]:
    """Number and hash of the last entry."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM ledger_entry ORDER BY seq DESC LIMIT 1")
        return cursor.fetchone() or (0, GENESIS)


def _write(entry: Entry, salt: str, body: dict) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [entry.hash, *entry.columns().values(), salt, json.dumps(body)])
        (entry.pk,) = cursor.fetchone()
    entry._state.adding = False


@operation
def publish_head(*, by) -> Entry | None:
    """Write down and seal the head of the ledger for the last day whose five o'clock has passed; its entry is the head to tell.

    None if that day has its head, or there was nothing to publish. However many days were missed, it is one head.
    """
    if not head_is_due(portal_now()):
        return None
    tallies = tallied(append_only(), last_rows(DailyHead.objects.order_by("last")))  # before the turn: everybody waits behind it
    _wait_for_turn()
    now = portal_now()
    if not head_is_due(now):
        return None
    covered = DailyHead.objects.order_by("-last").values_list("last", flat=True).first() or 0
    last = Entry.objects.order_by("-seq").values_list("seq", flat=True)[0]
    daily = DailyHead(day=day_of_head(now), published_at=now, first=covered + 1, last=last, blocks=digests(covered + 1, last), tallies=tallies)
    return seal_now("head published", daily.save_by(by), by=by, at=now)


@operation
def black_out(words: str, *, why: str, ordered_by: str, by, at: datetime | None = None) -> BlackOut:
    """Take words that should never have been public out of everything that is shown, on somebody's order. Hashes and entries stand.

    They may be written with other spaces, line breaks or capitals than here. The apps above make anew what they keep of them.
    """
    words, at = " ".join(words.split()), at or portal_now()
    require(refusals_of_black_out(words, why, ordered_by))
    made = BlackOut(words=words, why=why.strip(), ordered_by=ordered_by.strip(), at=at).save_by(by)
    effects_above("ledger.black_out", made, by=by)
    seal("blacked out", made, by=by, at=at)
    return made


@operation
def redact(black_out: BlackOut, *, by) -> Redaction | None:
    """Erase the words of a black-out from every table, and seal from which and how each reads since. None if that was done before.

    Only the owner of the tables can. Nobody writes meanwhile. Raises Refused.
    """
    require(refusals_to_redact(black_out, by))
    hold_off_writers()
    if Redaction.objects.filter(black_out=black_out).exists():
        return None
    erasure = Erasure(black_out)
    effects_above("ledger.redact", black_out, by=by, erasure=erasure)
    made = erasure.erase()
    made.tallies, made.at = tallied(erasure.touched_append_only(), {}), portal_now()
    made.save_by(by)
    for noun, pk in touched(made.editions):
        issue(noun, pk, "Words that were withdrawn were erased.", by=by, at=made.at)
    seal("redacted", made, by=by, at=made.at)
    return made
