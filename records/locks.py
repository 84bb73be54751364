"""The only way a row is locked."""

from django.db.models import Manager, QuerySet


def locked(rows: QuerySet | Manager, *, skip_locked: bool = False) -> QuerySet:
    """Lock these rows against other writers until the transaction ends.

    `of=self` so that a joined nullable row does not break the lock; `no_key` so that rows which
    merely point at this one (a vote arriving, say) are not held up.
    Order when several are taken: group, meeting, decision, question, roll row, alternate, ledger last.
    """
    return rows.select_for_update(of=("self",), no_key=True, skip_locked=skip_locked)
