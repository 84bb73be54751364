"""What PostgreSQL itself refuses, laid down after every migration.

Two roles: the owner migrates; `portal_app`, as which the web, the worker and the clock run, may add
and change records but delete none, and may only add to what is append-only (the ledger, votes,
editions, every history). Triggers hold the second even for the owner.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connections, transaction

APP_ROLE = "portal_app"
# Tables from which rows rightly go: sessions, sign-in state, the cache; and the shelf, which can be made again.
MAY_BE_EMPTIED = ("django_session", "account_", "mfa_", "socialaccount_", "django_cache", "django_admin_log", "usersessions_", "register_shelf")


def is_append_only(model) -> bool:
    """Whether rows of this model may only be added: every history, and what says so of itself."""
    return getattr(model, "append_only", False) or hasattr(model, "history_object")


def append_only_tables() -> list[str]:
    return sorted(m._meta.db_table for m in apps.get_models(include_auto_created=True) if is_append_only(m))


def lay_down_guards(using: str = "default", **_) -> None:
    """Triggers and grants for every table there is. Runs after each migration; running it again changes nothing."""
    # In one transaction: a portal that is running never meets a table whose grants are just being replaced.
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
        for statement in (*triggers(tables), *(grants(tables, connections[using].settings_dict["NAME"]) if cursor.fetchone() else ())):
            cursor.execute(statement)


def triggers(tables: set[str]) -> Iterator[str]:
    for table in tables.intersection(append_only_tables()):
        yield (
            f'CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION portal_append_only()"
        )


def grants(tables: set[str], database: str) -> Iterator[str]:
    closed = append_only_tables()
    # What PostgreSQL gives to every role: tables of one's own, under names that would be looked up first.
    yield f'REVOKE TEMPORARY ON DATABASE "{database}" FROM PUBLIC, {APP_ROLE}'
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}"
    yield f"GRANT SELECT, USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}"
    for table in sorted(tables):
        yield f'REVOKE ALL ON "{table}" FROM {APP_ROLE}'
        yield f'GRANT {rights_on(table, closed)} ON "{table}" TO {APP_ROLE}'


def rights_on(table: str, closed: list[str]) -> str:
    if table in closed:
        return "SELECT, INSERT"
    if table == "django_migrations":
        return "SELECT"
    return "SELECT, INSERT, UPDATE" + (", DELETE" if table.startswith(MAY_BE_EMPTIED) else "")


def remembered_for_the_role(using: str = "default") -> list[str]:
    """What PostgreSQL has been told to remember for the role, in sentences. Any role may do that for itself, and the portal never does.

    It changes nothing here, since the portal says with each connection what it needs; but somebody had the role's password.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT unnest(setconfig) FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole WHERE rolname = %s ORDER BY 1", [APP_ROLE]
        )
        return [f"The database remembers a setting for the role {APP_ROLE} that the portal did not make: {setting}" for (setting,) in cursor.fetchall()]
