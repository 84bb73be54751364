"""What sealed redactions say was erased, and by which digest it is known since. Nothing else excuses what does not give its hash."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from ledger.models import Entry, Payload, Redaction
from records.canonical import plain, sha256, written
from records.guards import is_append_only

AT_ONCE = 200  # rows
REVISION = "revision"


def digest(value: Any) -> str:
    """By which a value is known. It hides nothing: the words are gone from it."""
    return sha256(written(plain(value) if isinstance(value, bytes | memoryview) else value))


class Redactions:
    """All of them together: of each thing the last one that speaks of it. Keeps count of what was found as it was left."""

    def __init__(self, sealed: Iterable[tuple[int, dict]]):
        self.said_by: list[int] = []
        self.entries: dict[int, str] = {}
        self.records: dict[int, dict[str, str]] = {}
        self.columns: dict[int, set[str]] = {}
        self.rows: dict[str, dict[str, dict]] = {}
        self.editions = 0
        for seq, record in sealed:
            self.said_by.append(seq)
            self._add(record)
        self.met_entries: set[int] = set()
        self.met_records: set[int] = set()
        self.met_rows = 0

    def _add(self, record: dict) -> None:
        self.entries |= {int(seq): left for seq, left in record["entries"].items()}
        for seq, names in record["records"].items():
            self.records.setdefault(int(seq), {}).update(names)
        for seq, names in record["columns"].items():
            self.columns.setdefault(int(seq), set()).update(names)
        for table, rows in record["rows"].items():
            known = self.rows.setdefault(table, {})
            for pk, noted in rows.items():
                before = known.get(pk, {})
                known[pk] = before | noted if before.get(REVISION) == noted.get(REVISION) else noted
        self.editions += sum(len(numbers) for of_noun in record["editions"].values() for numbers in of_noun.values())

    @classmethod
    def sealed(cls) -> "Redactions":
        """Out of the ledger, not out of their table: a row without an entry that fits excuses nothing. One query."""
        entries = Entry.objects.filter(subject_kind=Redaction.sealed_as, kind="redacted").select_related("payload").order_by("seq")
        return cls((entry.seq, entry.payload.body["record"]) for entry in entries if _fits(entry))

    def left(self, entry: Entry) -> bool:
        """Whether the payload is as the redaction left it."""
        return self.left_so(entry.seq, entry.payload)

    def left_so(self, seq: int, payload: Payload) -> bool:
        if self.entries.get(seq) != payload.computed_sha256():
            return False
        self.met_entries.add(seq)
        return True

    def unexplained(self, seq: int, changed: Iterable[str], now: dict) -> list[str]:
        """Those of the changed names that do not read as a redaction left them. `now` is the record, in plain form."""
        known = self.records.get(seq, {})
        left = [name for name in changed if name not in known or name not in now or digest(now[name]) != known[name]]
        if not left and known:
            self.met_records.add(seq)
        return left

    def row_faults(self) -> Iterator[str]:
        """Rows that were changed after words were erased from them, past the verbs."""
        models_of = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
        for table, rows in sorted(self.rows.items()):
            if model := models_of.get(table):
                yield from self._row_faults(model, rows)

    def _row_faults(self, model: type[models.Model], rows: dict[str, dict]) -> Iterator[str]:
        names, pks = sorted({name for noted in rows.values() for name in noted}), sorted(rows)
        for at in range(0, len(pks), AT_ONCE):
            found = model._base_manager.filter(pk__in=pks[at : at + AT_ONCE]).values("pk", *names)
            today = {str(row["pk"]): row for row in found}
            for pk in pks[at : at + AT_ONCE]:
                changed = _changed(rows[pk], today.get(pk), is_append_only(model))
                self.met_rows += changed == []
                if changed:
                    yield f"Row {pk} of {model._meta.db_table} has been changed since words were erased from it: {', '.join(changed)}."

    def __str__(self):
        """ "what 5 entries sealed, 3 records and 14 rows (entry 40)": what was found as it was left, and who says so."""
        by = f"{'entry' if len(self.said_by) == 1 else 'entries'} {', '.join(map(str, self.said_by))}"
        return f"what {len(self.met_entries)} entries sealed, {len(self.met_records)} records and {self.met_rows} rows ({by})"


def _fits(entry: Entry) -> bool:
    payload = getattr(entry, "payload", None)
    return payload is not None and (entry.computed_hash(), payload.computed_sha256()) == (entry.hash, entry.payload_sha256)


def _changed(noted: dict, today: dict | None, append_only: bool) -> list[str] | None:
    """None if it is not compared: a verb has changed the record since, which its history tells; or it is neither record nor append-only."""
    if today is None:
        return ["it is gone"] if append_only else None
    if not append_only and (REVISION not in noted or noted[REVISION] != today[REVISION]):
        return None
    return [name for name in noted if name != REVISION and digest(today[name]) != noted[name]]
