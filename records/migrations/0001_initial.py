from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

PORTAL_NOW = """
CREATE FUNCTION portal_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT clock_timestamp()';
COMMENT ON FUNCTION portal_now() IS 'The one clock of the portal. Tests and rehearsals replace it.';
"""

APPEND_ONLY = """
CREATE FUNCTION portal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only table %: rows are added, never changed or deleted', tg_table_name
        USING ERRCODE = 'restrict_violation';
END $$;
"""

# Rate limits and throttles live in the database, so that they survive a dead Redis.
CACHE_TABLE = """
CREATE TABLE django_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX django_cache_expires ON django_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(PORTAL_NOW, "DROP FUNCTION portal_now()"),
        migrations.RunSQL(CACHE_TABLE, "DROP TABLE django_cache"),
        migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION portal_append_only()"),
    ]
