from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "stamped.sql"


class Migration(migrations.Migration):
    """When a check ended is said by the database."""

    dependencies = [("ledger", "0001_initial"), ("records", "0001_initial")]

    operations = [migrations.RunSQL(SQL.read_text(), "DROP TRIGGER stamped ON ledger_check; DROP FUNCTION portal_stamped()")]
