"""Whether the ledger is whole, and whether the records it speaks of are still as they were sealed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist

from ledger.canonical import canonical, plain
from ledger.heads import Head
from ledger.models import GENESIS, Entry
from records.models import Signed


def faults(known_head: Head | None = None) -> Iterator[str]:
    """Every fault found, as a sentence naming the entry; nothing when all is well.

    A changed, deleted or swapped entry, and a record changed behind the last entry about it, show
    without help. Entries cut from the end, an older backup, or a chain rewritten as a whole show only
    against a head that was kept outside (`known_head`).
    """
    latest: dict[tuple[str, int], Entry] = {}
    prev_seq, prev_hash, met = 0, GENESIS, known_head is None or known_head.seq == 0
    for entry in Entry.objects.select_related("payload").order_by("seq").iterator(chunk_size=500):
        yield from _link_faults(entry, prev_seq, prev_hash)
        yield from _payload_faults(entry)
        if known_head and entry.seq == known_head.seq:
            met = True
            if not entry.hash.startswith(known_head.hash):
                yield f"{entry} is not the entry whose hash was kept outside: the chain has been rewritten."
        latest[entry.subject_kind, entry.subject_pk] = entry
        prev_seq, prev_hash = entry.seq, entry.hash
    if known_head and not met:
        yield f"The ledger ends at entry {prev_seq}, but a head for entry {known_head.seq} was kept outside: entries are missing."
    yield from _record_faults(latest)
    yield from _unsealed_rows()


def _link_faults(entry: Entry, prev_seq: int, prev_hash: str) -> Iterator[str]:
    if entry.seq != prev_seq + 1:
        yield f"Between entry {prev_seq} and {entry}, entries are missing or out of order."
    if entry.prev_hash != prev_hash:
        yield f"{entry} does not follow the entry before it: one of them was changed, deleted or swapped."
    if entry.computed_hash() != entry.hash:
        yield f"{entry} has been changed: its hash does not fit what it says."


def _payload_faults(entry: Entry) -> Iterator[str]:
    if not hasattr(entry, "payload"):
        yield f"The payload of {entry} is missing."
    elif entry.payload.computed_sha256() != entry.payload_sha256:
        yield f"The payload of {entry} has been changed."


def _record_faults(latest: dict[tuple[str, int], Entry]) -> Iterator[str]:
    """Records are rebuilt from today's rows: only the last entry about each still speaks for it."""
    for (noun, pk), entry in latest.items():
        try:
            record = models_sealed()[noun]._base_manager.filter(pk=pk).first()
            now = plain(record.sealed()) if record else None
        except (LookupError, ObjectDoesNotExist) as error:  # forged, or broken: one fault must not hide the others
            yield f"The record behind {entry} cannot be rebuilt: {error}"
            continue
        if now is None:
            yield f"The record behind {entry} is gone."
        elif hasattr(entry, "payload") and (changed := differing(entry.payload.body.get("record", {}), now)):
            yield f"The record behind {entry} has been changed since: {', '.join(changed)}."


def models_sealed() -> dict[str, type[Signed]]:
    """What the ledger's words for nouns stand for in the code of today."""
    return {model.sealed_as: model for model in apps.get_models() if issubclass(model, Signed) and model.sealed_as}


def _unsealed_rows() -> Iterator[str]:
    """The other way round: rows that must have an entry and have none were slipped in past the portal's verbs."""
    for model in models_sealed().values():
        if hasattr(model, "must_be_sealed"):
            known = Entry.objects.filter(subject_kind=model.sealed_as).values("subject_pk")
            for row in model.must_be_sealed().exclude(pk__in=known):
                yield f"No entry of the ledger speaks of the {model._meta.verbose_name} {row}: it did not come by the portal's verbs."
        if hasattr(model, "own_faults"):
            yield from model.own_faults()


def differing(then: dict, now: dict) -> list[str]:
    """The names of what was sealed and reads otherwise now. What a later version of the portal seals besides, no earlier entry speaks of."""
    return sorted(key for key in then if key not in now or canonical(then[key]) != canonical(now[key]))


def faults_of(entries: Iterable[Entry]) -> dict[int, list[str]]:
    """What does not fit in these entries, by number: their own hashes, their payloads, the links to the entries beside them.

    Sentences for anyone: they name entries by number alone. Two queries, however long the ledger.
    """
    chosen, found = sorted(entries, key=lambda e: e.seq), defaultdict(list)
    ends = Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    wanted = {beside for e in chosen for beside in (e.seq - 1, e.seq, e.seq + 1)}
    links = {seq: (prev, own) for seq, prev, own in Entry.objects.filter(seq__in=wanted).values_list("seq", "prev_hash", "hash")}
    links[0] = ("", GENESIS)
    for entry in chosen:
        if entry.computed_hash() != entry.hash:
            found[entry.seq].append(f"Entry {entry.seq} has been changed: its hash does not fit what it says.")
        if any(_payload_faults(entry)):
            found[entry.seq].append(f"What entry {entry.seq} sealed is missing or has been changed: it does not fit the hash kept of it.")
        before, after = links.get(entry.seq - 1), links.get(entry.seq + 1)
        if before is None or (after is None and entry.seq < ends):
            found[entry.seq].append(f"The entry beside entry {entry.seq} is missing.")
        if before and before[1] != entry.prev_hash:
            found[entry.seq].append(f"Entry {entry.seq} does not follow entry {entry.seq - 1}: one of them was changed or swapped.")
        if after and after[0] != entry.hash:
            found[entry.seq].append(f"Entry {entry.seq + 1} does not follow entry {entry.seq}: one of them was changed or swapped.")
    return dict(found)
