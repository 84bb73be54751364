"""How queries become SQL: as Django has it, but for one step that took a ninth of the processor's time for the tests."""

from django.db.backends.postgresql.compiler import SQLAggregateCompiler, SQLDeleteCompiler, SQLInsertCompiler, SQLUpdateCompiler
from django.db.backends.postgresql.compiler import SQLCompiler as DjangosCompiler

__all__ = ["SQLAggregateCompiler", "SQLCompiler", "SQLDeleteCompiler", "SQLInsertCompiler", "SQLUpdateCompiler"]


class SQLCompiler(DjangosCompiler):
    def _order_by_pairs(self):  # the stubs of Django say that nothing comes of it
        """What the query is ordered by.

        Django makes an expression of every column that is asked for, a hundred where records come with what they point to, since the query
        might be ordered by one of them by its place in the list. It can be ordered by its name as well, as it is here, unless it has no other.
        """
        query = self.query
        if query.combinator or query.annotations or query.extra or not self.select:
            return super()._order_by_pairs()
        asked_for, self.select = self.select, ()
        try:
            return list(super()._order_by_pairs())
        finally:
            self.select = asked_for
