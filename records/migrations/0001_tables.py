from pathlib import Path

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        migrations.RunSQL((SQL / "portal_now.sql").read_text(), "DROP FUNCTION portal_now()"),
        migrations.RunSQL((SQL / "cache_table.sql").read_text(), "DROP TABLE django_cache"),
        migrations.RunSQL((SQL / "append_only.sql").read_text(), "DROP FUNCTION portal_append_only()"),
        migrations.RunSQL((SQL / "frozen.sql").read_text(), "DROP FUNCTION portal_frozen()"),
    ]
