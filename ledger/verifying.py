"""Whether the ledger is whole, and whether the records it speaks of are still as they were sealed."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, OuterRef, Q, Subquery

from ledger.heads import Head
from ledger.histories import history_faults
from ledger.models import GENESIS, DailyHead, Entry, Redaction
from ledger.redacted import Redactions, digest
from ledger.tallies import tally_faults
from records.canonical import plain, written
from records.models import Signed

BATCH = 500  # entries looked at together, however long the ledger
AT_ONCE = 100  # records rebuilt together: a PDF is large


def faults(known_head: Head | None = None, redactions: Redactions | None = None) -> Iterator[str]:
    """Every fault found, as a sentence naming the entry; nothing when all is well.

    A changed, deleted or swapped entry, and a record changed behind the last entry about it, show
    without help. Entries cut from the end, an older backup, or a chain rewritten as a whole show only
    against a head that was kept outside (`known_head`). What a sealed redaction erased is no fault while it
    reads as the redaction left it; `redactions` keep count of that.
    """
    with _collecting_seldom():
        yield from _faults(known_head, Redactions.sealed() if redactions is None else redactions)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Records are read by the hundred thousand and let go at once: to look through those in use at every 700th costs a fifth of it all."""
    before = gc.get_threshold()
    gc.set_threshold(10_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _faults(known_head: Head | None, redactions: Redactions) -> Iterator[str]:
    behind: list[str] = []
    prev_seq, prev_hash, met = 0, GENESIS, known_head is None or known_head.seq == 0
    for batch in _batches():
        for entry in batch:
            yield from _link_faults(entry, prev_seq, prev_hash)
            yield from _payload_faults(entry, redactions)
            if known_head and entry.seq == known_head.seq:
                met = True
                if not entry.hash.startswith(known_head.hash):
                    yield f"{entry} is not the entry whose hash was kept outside: the chain has been rewritten."
            prev_seq, prev_hash = entry.seq, entry.hash
        behind += record_faults([entry for entry in batch if not entry.spoken_of_later], redactions)
    if known_head and not met:
        yield f"The ledger ends at entry {prev_seq}, but a head for entry {known_head.seq} was kept outside: entries are missing."
    yield from behind
    yield from redactions.row_faults()
    yield from _unsealed_rows()
    yield from _own_faults()
    yield from history_faults(redactions)
    yield from tally_faults(list(DailyHead.objects.order_by("last")), list(Redaction.objects.order_by("pk")))


def _batches() -> Iterator[list[Any]]:
    """All entries in their order. Each batch is asked for anew: the result of one long query would lie whole in the server meanwhile."""
    later = _later(OuterRef("subject_kind"), OuterRef("subject_pk"), OuterRef("seq"))
    entries = Entry.objects.select_related("payload").annotate(spoken_of_later=Exists(later)).order_by("seq")
    batch = list(entries[:BATCH])
    while batch:
        yield batch
        batch = list(entries.filter(seq__gt=batch[-1].seq)[:BATCH])


def _later(subject_kind: Any, subject_pk: Any, seq: Any):
    """The entries after that one about the same record."""
    return Entry.objects.filter(subject_kind=subject_kind, subject_pk=subject_pk, seq__gt=seq)


def _link_faults(entry: Entry, prev_seq: int, prev_hash: str) -> Iterator[str]:
    if entry.seq != prev_seq + 1:
        yield f"Between entry {prev_seq} and {entry}, entries are missing or out of order."
    if entry.prev_hash != prev_hash:
        yield f"{entry} does not follow the entry before it: one of them was changed, deleted or swapped."
    if entry.computed_hash() != entry.hash:
        yield f"{entry} has been changed: its hash does not fit what it says."


def _payload_faults(entry: Entry, redactions: Redactions) -> Iterator[str]:
    if not hasattr(entry, "payload"):
        yield f"The payload of {entry} is missing."
    elif entry.payload.computed_sha256() != entry.payload_sha256 and not redactions.left(entry):
        yield f"The payload of {entry} has been changed."


def unexplained(redactions: Redactions) -> dict[int, dict[str, str]]:
    """Entry by entry, what of its record reads otherwise than it sealed and than a redaction left it, with the digest of how it reads."""
    found: dict[int, dict[str, str]] = {}
    for batch in _batches():
        entries = [entry for entry in batch if not entry.spoken_of_later]
        today = _today(entries)
        for entry in entries:
            now = today.get(entry.subject_kind, {}).get(entry.subject_pk)
            if isinstance(now, dict) and (changed := redactions.unexplained(entry.seq, differing(_sealed(entry), now), now)):
                found[entry.seq] = {name: digest(now[name]) for name in changed if name in now}
    return found


def _today(entries: list[Entry]) -> dict[str, dict[int, dict | Exception]]:
    """What the records behind these entries would seal today, by noun and key."""
    nouns, spoken_of = models_sealed(), defaultdict(list)
    for entry in entries:
        spoken_of[entry.subject_kind].append(entry.subject_pk)
    return {noun: _rebuilt(nouns[noun], pks) for noun, pks in spoken_of.items() if noun in nouns}


def record_faults(entries: list[Entry], redactions: Redactions | None = None) -> Iterator[str]:
    """Records are rebuilt from today's rows: only the last entry about each still speaks for it."""
    redactions = Redactions.sealed() if redactions is None else redactions
    today = _today(entries)
    for entry in entries:
        fault = _record_fault(entry, today.get(entry.subject_kind), redactions)
        if fault and not _later(entry.subject_kind, entry.subject_pk, entry.seq).exists():  # sealed anew since the entry was read
            yield fault


def _rebuilt(model: type[Signed], pks: list[int]) -> dict[int, dict | Exception]:
    """What each of them would seal today; or why it cannot be said: one that is forged or broken must not hide the others."""
    found: dict[int, dict | Exception] = {}
    rows = model.for_sealing() if hasattr(model, "for_sealing") else model._base_manager.all()
    for record in rows.filter(pk__in=pks).iterator(chunk_size=AT_ONCE):
        try:
            found[record.pk] = plain(record.sealed())
        except (LookupError, ObjectDoesNotExist) as error:
            found[record.pk] = error
    return found


def _record_fault(entry: Entry, today: dict[int, dict | Exception] | None, redactions: Redactions) -> str:
    if today is None:
        return f"The record behind {entry} cannot be rebuilt: {entry.subject_kind!r}"
    match today.get(entry.subject_pk):
        case None:
            return f"The record behind {entry} is gone."
        case Exception() as error:
            return f"The record behind {entry} cannot be rebuilt: {error}"
        case now if changed := redactions.unexplained(entry.seq, differing(_sealed(entry), now), now):
            return f"The record behind {entry} has been changed since: {', '.join(changed)}."
    return ""


def _sealed(entry: Entry) -> dict:
    """What the entry says the record was. Empty where its payload is missing or forged: that is a fault of its own."""
    body = entry.payload.body if hasattr(entry, "payload") else None
    record = body.get("record") if isinstance(body, dict) else None
    return record if isinstance(record, dict) else {}


def models_sealed() -> dict[str, type[Signed]]:
    """What the ledger's words for nouns stand for in the code of today."""
    return {model.sealed_as: model for model in apps.get_models() if issubclass(model, Signed) and model.sealed_as}


def _unsealed_rows() -> Iterator[str]:
    """The other way round: rows that must have an entry and have none were slipped in past the portal's verbs."""
    for model in models_sealed().values():
        if hasattr(model, "must_be_sealed"):
            known = Entry.objects.filter(subject_kind=model.sealed_as, subject_pk=OuterRef("pk"))
            slipped_in = model.must_be_sealed().exclude(Exists(known))
            for row in slipped_in.iterator(chunk_size=BATCH) if slipped_in.exists() else ():  # mostly there is none, and that is asked for in far fewer words
                yield f"No entry of the ledger speaks of the {model._meta.verbose_name} {row}: it did not come by the portal's verbs."


def _own_faults() -> Iterator[str]:
    """What a noun finds out about its own rows, sealed or not."""
    for model in apps.get_models():
        if hasattr(model, "own_faults"):
            yield from model.own_faults()


def differing(then: dict, now: dict) -> list[str]:
    """The names of what was sealed and reads otherwise now. What a later version of the portal seals besides, no earlier entry speaks of."""
    return sorted(key for key in then if key not in now or not _same(then[key], now[key]))


def _same(then: Any, now: Any) -> bool:
    """As JSON has it: there, true is not 1."""
    return then == now if type(then) is type(now) in (str, int, bool) else written(then) == written(now)


def faults_of(entries: Iterable[Entry], redactions: Redactions) -> dict[int, list[str]]:
    """What does not fit in these entries, by number: their own hashes, their payloads, the links to the entries beside them.

    Sentences for anyone: they name entries by number alone. One query, however long the ledger.
    """
    chosen, found = sorted(entries, key=lambda e: e.seq), defaultdict(list)
    wanted = {beside for e in chosen for beside in (e.seq - 1, e.seq, e.seq + 1)}
    last = Entry.objects.order_by("-seq").values("seq")[:1]
    beside = Entry.objects.filter(Q(seq__in=wanted) | Q(seq=Subquery(last)))
    links = {seq: (prev, own) for seq, prev, own in beside.values_list("seq", "prev_hash", "hash")}
    links[0] = ("", GENESIS)
    ends = max(links)
    for entry in chosen:
        if entry.computed_hash() != entry.hash:
            found[entry.seq].append(f"Entry {entry.seq} has been changed: its hash does not fit what it says.")
        if any(_payload_faults(entry, redactions)):
            found[entry.seq].append(f"What entry {entry.seq} sealed is missing or has been changed: it does not fit the hash kept of it.")
        before, after = links.get(entry.seq - 1), links.get(entry.seq + 1)
        if before is None or (after is None and entry.seq < ends):
            found[entry.seq].append(f"The entry beside entry {entry.seq} is missing.")
        if before and before[1] != entry.prev_hash:
            found[entry.seq].append(f"Entry {entry.seq} does not follow entry {entry.seq - 1}: one of them was changed or swapped.")
        if after and after[0] != entry.hash:
            found[entry.seq].append(f"Entry {entry.seq + 1} does not follow entry {entry.seq}: one of them was changed or swapped.")
    return dict(found)
