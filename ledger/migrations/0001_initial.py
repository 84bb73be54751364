import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.BigIntegerField(unique=True)),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=40)),
                ('subject_kind', models.CharField(max_length=60)),
                ('subject_pk', models.BigIntegerField()),
                ('subject_ref', models.CharField(max_length=120)),
                ('payload_version', models.PositiveSmallIntegerField()),
                ('payload_sha256', models.CharField(max_length=64)),
                ('prev_hash', models.CharField(max_length=64, unique=True)),
                ('hash', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'ordering': ['seq'],
                'indexes': [models.Index(fields=['subject_kind', 'subject_pk', 'seq'], name='ledger_subject')],
            },
        ),
        migrations.CreateModel(
            name='Payload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(max_length=64)),
                ('body', models.JSONField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='payload', to='ledger.entry')),
            ],
        ),
    ]
