from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('records', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('ledger', 'The ledger'), ('register', 'What is public'), ('files', 'The files')], default='ledger', max_length=8)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField()),
                ('counted', models.BigIntegerField(help_text='entries, records or files')),
                ('faults', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='BlackOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('why', models.CharField(max_length=300)),
                ('ordered_by', models.CharField(help_text='on whose order: a court, the data protection officer', max_length=200)),
                ('at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DailyHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tallies', models.JSONField(default=dict, editable=False, help_text='table -> its last row, how many came in, and their digest; with a salt')),
                ('day', models.DateField(help_text='in London', unique=True)),
                ('published_at', models.DateTimeField()),
                ('first', models.BigIntegerField(help_text='the first entry that no daily head before it covers')),
                ('last', models.BigIntegerField(unique=True)),
                ('blocks', models.JSONField(help_text='the digests of the hashes of entries first to last')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-day'],
            },
        ),
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
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tallies', models.JSONField(default=dict, editable=False, help_text='table -> its last row, how many came in, and their digest; with a salt')),
                ('at', models.DateTimeField()),
                ('entries', models.JSONField(help_text='entry -> the hash of its payload since')),
                ('records', models.JSONField(help_text='entry -> what reads otherwise than it sealed -> the digest of how it reads since')),
                ('columns', models.JSONField(help_text='entry -> its own columns that hold the words: hashed, so they stay, and are withdrawn when shown')),
                ('editions', models.JSONField(help_text='noun -> record -> the numbers of its editions from which words were erased')),
                ('rows', models.JSONField(help_text='table -> row -> column -> the digest of what stands there since')),
                ('black_out', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='redaction', to='ledger.blackout')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.RunSQL((SQL / "stamped.sql").read_text(), "DROP TRIGGER stamped ON ledger_check; DROP FUNCTION portal_stamped()"),
    ]
