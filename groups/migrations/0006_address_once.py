import django.db.models.functions.text
from django.db import migrations, models

TWICE = """
DO $$
DECLARE twice text;
BEGIN
    SELECT string_agg(address, ', ') INTO twice FROM (SELECT lower(email) AS address FROM groups_user WHERE email <> '' GROUP BY 1 HAVING count(*) > 1) same;
    IF twice IS NOT NULL THEN
        RAISE EXCEPTION 'More than one account signs in by: %. Start the version before, correct the address of all but its owner on their pages, and upgrade again.', twice;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    """An address signs in to one account."""

    dependencies = [("auth", "0012_alter_user_first_name_max_length"), ("groups", "0005_headline_days")]

    operations = [
        migrations.RunSQL(TWICE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower("email"), condition=models.Q(("email", ""), _negated=True), name="user_email_once"),
        ),
    ]
