from pathlib import Path

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_tables'),
        ('groups', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SweepRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField()),
                ('done', models.JSONField(default=dict, help_text='chore -> how many rows')),
                ('failures', models.JSONField(default=list)),
                ('setbacks', models.JSONField(default=dict, help_text='chore and row -> how often it failed one time after the other, and until when it rests')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalNotice',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('key', models.CharField(help_text='what it tells of: the same key never goes twice to the same address', max_length=160)),
                ('address', models.EmailField(max_length=254)),
                ('reference', models.CharField(blank=True, help_text='the record it is about', max_length=120)),
                ('subject', models.CharField(max_length=200)),
                ('body', models.TextField()),
                ('attachment', models.TextField(blank=True, help_text='another form of the same for a program, such as a calendar: kept, so that every try sends the same')),
                ('attachment_type', models.CharField(blank=True, max_length=80)),
                ('message_id', models.CharField(max_length=200)),
                ('status', models.CharField(choices=[('queued', 'Waiting to be sent'), ('sent', 'Accepted by the mail server'), ('failed', 'Not delivered')], default='queued', max_length=8)),
                ('next_try_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.person')),
            ],
            options={
                'verbose_name': 'historical notice',
                'verbose_name_plural': 'historical notices',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('key', models.CharField(help_text='what it tells of: the same key never goes twice to the same address', max_length=160)),
                ('address', models.EmailField(max_length=254)),
                ('reference', models.CharField(blank=True, help_text='the record it is about', max_length=120)),
                ('subject', models.CharField(max_length=200)),
                ('body', models.TextField()),
                ('attachment', models.TextField(blank=True, help_text='another form of the same for a program, such as a calendar: kept, so that every try sends the same')),
                ('attachment_type', models.CharField(blank=True, max_length=80)),
                ('message_id', models.CharField(max_length=200)),
                ('status', models.CharField(choices=[('queued', 'Waiting to be sent'), ('sent', 'Accepted by the mail server'), ('failed', 'Not delivered')], default='queued', max_length=8)),
                ('next_try_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='groups.person')),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('status', 'queued')), fields=['next_try_at'], name='notice_waiting')],
                'constraints': [models.UniqueConstraint(fields=('key', 'address'), name='notice_once_each'), models.CheckConstraint(condition=models.Q(models.Q(('attachment', ''), ('attachment_type', '')), models.Q(models.Q(('attachment', ''), _negated=True), models.Q(('attachment_type', ''), _negated=True)), _connector='OR'), name='notice_attachment_with_its_type')],
            },
        ),
        migrations.CreateModel(
            name='DeliveryAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('accepted', models.BooleanField()),
                ('said', models.CharField(blank=True, max_length=300)),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='notifications.notice')),
            ],
            options={
                'ordering': ['notice', 'n'],
                'constraints': [models.UniqueConstraint(fields=('notice', 'n'), name='attempt_once')],
            },
        ),
        migrations.CreateModel(
            name='Bounce',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(help_text='when the portal read of it')),
                ('said', models.CharField(blank=True, max_length=300)),
                ('report', models.CharField(help_text='by which the report that told of it is known: it counts once', max_length=200)),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bounces', to='notifications.notice')),
            ],
            options={
                'ordering': ['notice', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('notice', 'report'), name='bounce_once')],
            },
        ),
        migrations.RunSQL((SQL / "stamped.sql").read_text(), "DROP TRIGGER stamped ON notifications_sweeprun"),
    ]
