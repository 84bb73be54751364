import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

NOTED = "INSERT INTO groups_accountholder (user_id, person_id, called, at) SELECT id, person_id, first_name, now() FROM groups_user WHERE person_id IS NOT NULL OR first_name <> '' ORDER BY id"


class Migration(migrations.Migration):
    """Whose each account is, is noted: those there are, as they stand."""

    dependencies = [("groups", "0007_minutes_plan")]

    operations = [
        migrations.CreateModel(
            name="AccountHolder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("called", models.CharField(blank=True, max_length=150)),
                ("at", models.DateTimeField()),
                ("person", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="accounts", to="groups.person")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="holders", to=settings.AUTH_USER_MODEL)),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.RunSQL(NOTED, migrations.RunSQL.noop),
    ]
