from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "stamped.sql"


class Migration(migrations.Migration):
    """When a sweep ended is said by the database."""

    dependencies = [("notifications", "0004_setbacks"), ("ledger", "0002_stamped")]

    operations = [migrations.RunSQL(SQL.read_text(), "DROP TRIGGER stamped ON notifications_sweeprun")]
