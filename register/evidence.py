"""The file with which anyone can check a decision elsewhere: static/verify_decision.py reads it (docs/verifying.md)."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from ledger.heads import Cover
from ledger.models import Entry
from ledger.withdrawn import without
from records.canonical import plain
from register.proof import Count, Line, Proof

HOW = (
    "Everything below is in canonical JSON before it is hashed: keys sorted, no spaces, UTF-8. The hash of an entry is the SHA-256 of its columns. "
    "payload_sha256 is the SHA-256 of the payload's salt followed by its body. prev_hash is the hash of the entry before. "
    "A link is an entry of which only the hashes are shown: it speaks of something else, or what it says is not published. "
    "A head is the entry by which the portal published the head of its ledger for a day, and SEQ:HASH as it was mailed is of that entry. "
    "Its payload holds, for each 128 entries since the head before, the SHA-256 of the list of their hashes; the lists with this decision's entries are here. "
    "verify_decision.py checks all of it and counts the votes again: python3 verify_decision.py THIS_FILE [SEQ:HASH ...]"
)


def evidence(proof: Proof) -> dict[str, Any]:
    """All that is public of the proof. The file is as large as the decision and its votes, not as the ledger."""
    own = {line.entry.seq for line in proof.shown}
    said = {
        "how": HOW,
        "url": settings.PORTAL_BASE_URL + proof.decision.get_absolute_url(),
        "decision": {"reference": proof.decision.reference, "record": proof.told},
        "edition": _edition(proof),
        "faults": proof.faults,
        "votes": [_vote(count, proof) for count in proof.counts],
        "entries": [_entry(line.entry, with_payload=line.open) | _as_it_may_be_read(line) for line in proof.shown],
        "links": _links(proof.lines, own),
        "heads": [_head(cover) for cover in proof.covers],
        "withdrawn": {
            "places": proof.withdrawn,
            "entries": proof.not_told,
            "columns": [line.entry.seq for line in proof.shown if line.said],
            "erased": proof.erased,
        },
    }
    return plain(said)


def _edition(proof: Proof) -> dict:
    """What the page shows. Not told where words were taken out of it: then it gives another hash."""
    latest = proof.editions[-1] if proof.editions else None
    whole = latest is not None and not proof.withdrawn and without(latest.body, proof.words) == latest.body
    return {"n": latest.n if latest else None, "body": latest.body if latest and whole else None}


def _vote(count: Count, proof: Proof) -> dict:
    """The question and its roll as they would be sealed today; `casts` are the entries of the votes, in the order of the roll."""
    question, cast_entries = count.question, {}
    for row in question.roll.all():
        entry = proof.last.get(("vote", row.counted.pk)) if row.counted else None
        cast_entries[row.pk] = entry.seq if entry else None
    return {
        "on": count.on,
        "record": proof.public(("question", question.pk)),
        "casts": [cast_entries[row.pk] for row in question.roll.all()],
        "tally": count.told,
        "sentence": count.sentence,
        "entry": count.sealed_by.seq if count.sealed_by else None,
    }


def _entry(entry: Entry, *, with_payload: bool) -> dict:
    payload = entry.payload if with_payload and hasattr(entry, "payload") else None
    told = {"columns": entry.columns(), "hash": entry.hash}
    return {**told, "payload": {"salt": payload.salt, "body": payload.body}} if payload else told


def _as_it_may_be_read(line: Line) -> dict:
    """Columns without the words withdrawn: the hash of these is another, and only the links to the entries beside it can be checked."""
    return {"columns": line.entry.columns() | line.said} if line.said else {}


def _links(lines: Iterable[Line], shown: set[int]) -> list[dict]:
    """The hashes of the entries beside those shown, and of those about this decision that are not public."""
    seqs = {line.entry.seq for line in lines}
    wanted = {beside for seq in seqs for beside in (seq - 1, seq, seq + 1)} - shown
    return [dict(link) for link in Entry.objects.filter(seq__in=wanted).order_by("seq").values("seq", "prev_hash", "hash")]


def _head(cover: Cover) -> dict:
    blocks = [{"n": n, "hashes": hashes} for n, hashes in sorted(cover.blocks.items())]
    return {"day": cover.daily.day, "entry": _entry(cover.entry, with_payload=True), "blocks": blocks}
