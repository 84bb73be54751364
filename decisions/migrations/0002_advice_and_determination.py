import django.db.models.deletion
import records.clock
import records.schema
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0001_initial'),
        ('groups', '0002_policies_of_voting'),
        ('meetings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tried_at', models.DateTimeField()),
                ('why', models.CharField(choices=[('closed', 'The vote was not open'), ('not_yours', 'The seat was not theirs to vote for'), ('absent', 'The seat was recorded as not in attendance'), ('yielded', 'Another stood in for the seat')], max_length=10)),
                ('said', models.TextField(help_text='the refusal, as it was shown')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.person')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='decisions.rollrow')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('why__in', ['closed', 'not_yours', 'absent', 'yielded'])), name='attempt_why_known')],
            },
        ),
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('brief', models.TextField(help_text='what is asked, in plain words, to be forwarded')),
                ('reply_by', models.DateField(blank=True, null=True)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='decisions.question')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='groups.seat')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('question', 'seat'), name='consultation_once_a_seat')],
            },
        ),
        migrations.CreateModel(
            name='Consultee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('nonce', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
                ('replied_by', models.CharField(blank=True, help_text='the name given with the reply', max_length=160, null=True)),
                ('view', models.CharField(blank=True, choices=[('approve', 'In favour'), ('reject', 'Against'), ('abstain', 'No view')], max_length=10)),
                ('text', models.TextField(blank=True)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultees', to='decisions.consultation')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='groups.organisation')),
            ],
            options={
                'ordering': ['consultation', 'organisation__name'],
                'constraints': [models.UniqueConstraint(fields=('consultation', 'organisation'), name='consultee_once'), models.CheckConstraint(condition=models.Q(models.Q(('replied_at__isnull', True), ('replied_by__isnull', True)), models.Q(('replied_at__isnull', False), ('replied_by__isnull', False)), _connector='OR'), name='consultee_replied_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='DeterminationDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('body', models.JSONField(default=dict)),
                ('shared_with_assurance', models.BooleanField(default=False)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='determination_draft', to='decisions.decision')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.person')),
            ],
            options={
                'verbose_name': 'draft determination',
            },
        ),
        migrations.CreateModel(
            name='Direction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('n', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='directions', to='decisions.decision')),
            ],
            options={
                'ordering': ['decision', 'n'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'n'), name='direction_number_once')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalConsultation',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('brief', models.TextField(help_text='what is asked, in plain words, to be forwarded')),
                ('reply_by', models.DateField(blank=True, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='decisions.question')),
                ('seat', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.seat')),
                ('started_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.person')),
            ],
            options={
                'verbose_name': 'historical consultation',
                'verbose_name_plural': 'historical consultations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalConsultee',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('nonce', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
                ('replied_by', models.CharField(blank=True, help_text='the name given with the reply', max_length=160, null=True)),
                ('view', models.CharField(blank=True, choices=[('approve', 'In favour'), ('reject', 'Against'), ('abstain', 'No view')], max_length=10)),
                ('text', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('consultation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='decisions.consultation')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.organisation')),
            ],
            options={
                'verbose_name': 'historical consultee',
                'verbose_name_plural': 'historical consultees',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalDeterminationDraft',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('body', models.JSONField(default=dict)),
                ('shared_with_assurance', models.BooleanField(default=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='decisions.decision')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('prepared_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.person')),
            ],
            options={
                'verbose_name': 'historical draft determination',
                'verbose_name_plural': 'historical draft determinations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalDirection',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('n', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='decisions.decision')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical direction',
                'verbose_name_plural': 'historical directions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPosition',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('choice', models.CharField(blank=True, choices=[('approve', 'Approve'), ('reject', 'Reject'), ('abstain', 'Abstain')], max_length=10)),
                ('comment', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='decisions.question')),
                ('seat', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.seat')),
                ('stated_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.person')),
            ],
            options={
                'verbose_name': 'historical position',
                'verbose_name_plural': 'historical positions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalReply',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('text', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='decisions.decision')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('row', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='decisions.rollrow')),
            ],
            options={
                'verbose_name': 'historical reply',
                'verbose_name_plural': 'historical replies',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HolderAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agrees', models.BooleanField()),
                ('text', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('cast', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holder_answer', to='decisions.cast')),
                ('row', models.OneToOneField(blank=True, help_text='of a silence', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='decisions.rollrow')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.person')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': "holder's answer",
                'constraints': [models.CheckConstraint(condition=models.Q(('agrees', True), models.Q(('text', ''), _negated=True), _connector='OR'), name='holder_answer_dispute_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('cast__isnull', False), ('row__isnull', True)), models.Q(('agrees', False), ('cast__isnull', True), ('row__isnull', False)), _connector='OR'), name='holder_answer_to_a_vote_or_a_silence')],
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('choice', models.CharField(blank=True, choices=[('approve', 'Approve'), ('reject', 'Reject'), ('abstain', 'Abstain')], max_length=10)),
                ('comment', models.TextField(blank=True)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='decisions.question')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='groups.seat')),
                ('stated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('question', 'seat'), name='position_once_a_seat')],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('text', models.TextField(blank=True)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='decisions.decision')),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='decisions.rollrow')),
            ],
            options={
                'verbose_name_plural': 'replies',
                'ordering': ['decision', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'row'), name='reply_once_a_seat')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_status_known',
        ),
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_between_two_groups',
        ),
        records.schema.AddFields(
            model_name='decision',
            fields=[('determined_at', models.DateTimeField(blank=True, help_text='when it was recorded; decided_on is the day it was decided', null=True)), ('excludes', models.CharField(blank=True, help_text='what cannot stand beside it once approved: CR017, CR019', max_length=200)), ('level', models.PositiveSmallIntegerField(blank=True, help_text="1 Ofgem, 2 PSG, 3 the group's own", null=True)), ('level_clause', models.CharField(blank=True, help_text='the clause of the terms of reference', max_length=300)), ('level_said_by', models.CharField(blank=True, help_text='who says that it is of this level', max_length=160))],
        ),
        records.schema.AddFields(
            model_name='historicaldecision',
            fields=[('determined_at', models.DateTimeField(blank=True, help_text='when it was recorded; decided_on is the day it was decided', null=True)), ('excludes', models.CharField(blank=True, help_text='what cannot stand beside it once approved: CR017, CR019', max_length=200)), ('level', models.PositiveSmallIntegerField(blank=True, help_text="1 Ofgem, 2 PSG, 3 the group's own", null=True)), ('level_clause', models.CharField(blank=True, help_text='the clause of the terms of reference', max_length=300)), ('level_said_by', models.CharField(blank=True, help_text='who says that it is of this level', max_length=160))],
        ),
        records.schema.AddFields(
            model_name='historicalquestion',
            fields=[('alternates_vote', models.BooleanField(default=True)), ('changed_since', models.TextField(blank=True, help_text='what changed since the version consulted on')), ('consulted_version', models.CharField(blank=True, help_text='the version constituencies were consulted on', max_length=20)), ('holder_yields', models.BooleanField(default=False, help_text='while an alternate stands in, the holder does not vote')), ('if_not_approved', models.TextField(blank=True, help_text='what stands if it is not approved')), ('reason_for_rejecting', models.BooleanField(default=False)), ('replaces', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='decisions.question')), ('tally_hidden', models.BooleanField(default=False)), ('window_days', models.PositiveSmallIntegerField(blank=True, help_text='working days it stays open; none: in the room', null=True)), ('window_working', models.JSONField(blank=True, null=True))],
        ),
        records.schema.AddFields(
            model_name='historicalreferral',
            fields=[('answered_at', models.DateTimeField(blank=True, null=True)), ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.person')), ('clause', models.CharField(blank=True, help_text='the clause of the terms of reference it rests on', max_length=300)), ('not_satisfied_why', models.TextField(blank=True)), ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.person'))],
        ),
        records.schema.AddFields(
            model_name='historicalruling',
            fields=[('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='decisions.decision'))],
        ),
        records.schema.AddFields(
            model_name='question',
            fields=[('alternates_vote', models.BooleanField(default=True)), ('changed_since', models.TextField(blank=True, help_text='what changed since the version consulted on')), ('consulted_version', models.CharField(blank=True, help_text='the version constituencies were consulted on', max_length=20)), ('holder_yields', models.BooleanField(default=False, help_text='while an alternate stands in, the holder does not vote')), ('if_not_approved', models.TextField(blank=True, help_text='what stands if it is not approved')), ('reason_for_rejecting', models.BooleanField(default=False)), ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='put_again_as', to='decisions.question')), ('tally_hidden', models.BooleanField(default=False)), ('window_days', models.PositiveSmallIntegerField(blank=True, help_text='working days it stays open; none: in the room', null=True)), ('window_working', models.JSONField(blank=True, null=True))],
        ),
        records.schema.AddFields(
            model_name='referral',
            fields=[('answered_at', models.DateTimeField(blank=True, null=True)), ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.person')), ('clause', models.CharField(blank=True, help_text='the clause of the terms of reference it rests on', max_length=300)), ('not_satisfied_why', models.TextField(blank=True)), ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='owned_referrals', to='groups.person'))],
        ),
        records.schema.AddFields(
            model_name='ruling',
            fields=[('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='decisions.decision'))],
        ),
        migrations.AlterField(
            model_name='cast',
            name='recorded_at',
            field=models.DateTimeField(db_default=records.clock.PortalNow(), help_text='written by the database, not by us'),
        ),
        migrations.AlterField(
            model_name='historicalreferral',
            name='stands_meanwhile',
            field=models.BooleanField(blank=True, help_text='whether the decision stands until it is answered', null=True),
        ),
        migrations.AlterField(
            model_name='historicalreferral',
            name='status',
            field=models.CharField(choices=[('raised', 'Raised'), ('answered', 'Answered'), ('accepted', 'Answered, satisfied'), ('not_satisfied', 'Answered, not satisfied'), ('carried_up', 'Carried to the group above'), ('withdrawn', 'Withdrawn')], default='raised', max_length=14),
        ),
        migrations.AlterField(
            model_name='referral',
            name='stands_meanwhile',
            field=models.BooleanField(blank=True, help_text='whether the decision stands until it is answered', null=True),
        ),
        migrations.AlterField(
            model_name='referral',
            name='status',
            field=models.CharField(choices=[('raised', 'Raised'), ('answered', 'Answered'), ('accepted', 'Answered, satisfied'), ('not_satisfied', 'Answered, not satisfied'), ('carried_up', 'Carried to the group above'), ('withdrawn', 'Withdrawn')], default='raised', max_length=14),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='meetings.agendaitem'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('level', None), models.Q(('level__gte', 1), ('level__lte', 3)), _connector='OR'), name='decision_level_1_to_3'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'determined')), fields=('supersedes',), name='decision_superseded_once'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['raised', 'answered', 'accepted', 'not_satisfied', 'carried_up', 'withdrawn'])), name='referral_status_known'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('from_group', models.F('to_group')), _negated=True), ('kind', 'concern'), _connector='OR'), name='referral_between_two_groups'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['answered', 'accepted', 'not_satisfied']), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='referral_answered_has_an_answer'),
        ),
        migrations.AddConstraint(
            model_name='ruling',
            constraint=models.CheckConstraint(condition=models.Q(('item__isnull', False), ('decision__isnull', False), _connector='OR'), name='ruling_is_on_an_item_or_a_decision'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('decision', 'seat'), name='statement_once_a_seat'),
        ),
    ]
