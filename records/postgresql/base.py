"""Django's PostgreSQL, with a quicker way to put queries together (docs/adr/0063-ordering-costs-what-it-orders-by.md). Named as ENGINE in the settings."""

from django.db.backends.postgresql.base import DatabaseWrapper as DjangosWrapper
from django.db.backends.postgresql.operations import DatabaseOperations


class Operations(DatabaseOperations):
    compiler_module = "records.postgresql.compiler"


class DatabaseWrapper(DjangosWrapper):
    ops_class = Operations
