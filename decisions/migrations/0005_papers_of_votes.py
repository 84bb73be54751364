import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0004_plain_words'),
        ('files', '0003_bindable'),
        ('groups', '0008_account_holders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalQuestionPack',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('wanted', models.PositiveSmallIntegerField(default=1, help_text='how often it was asked for')),
                ('made', models.PositiveSmallIntegerField(default=0, help_text='for which time it was made last')),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('layout', models.JSONField(blank=True, default=dict, help_text='circulated paper -> from which page of its item on, and how many: so that no page moves')),
                ('pages', models.PositiveIntegerField(default=0)),
                ('why_not', models.CharField(blank=True, max_length=300)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pdf', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files.blob')),
                ('question', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='decisions.question')),
                ('zip', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files.blob')),
            ],
            options={
                'verbose_name': 'historical question pack',
                'verbose_name_plural': 'historical question packs',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalQuestionPaper',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=150)),
                ('visibility', models.CharField(choices=[('public', 'Everyone'), ('participants', 'Participants'), ('pmo_and_assurance', 'PMO and assurance')], max_length=17)),
                ('title', models.CharField(max_length=200)),
                ('version', models.CharField(blank=True, help_text='as it is printed on it, such as 0.3', max_length=40)),
                ('handed_in_at', models.DateTimeField()),
                ('dropped', models.BooleanField(default=False, help_text='taken off the question again')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('blob', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files.blob')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='decisions.question')),
            ],
            options={
                'verbose_name': 'historical question paper',
                'verbose_name_plural': 'historical question papers',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='QuestionCirculation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('why', models.CharField(blank=True, help_text='why they come only now that the vote is open, for everybody', max_length=300)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='circulations', to='decisions.question')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['question', 'n'],
            },
        ),
        migrations.CreateModel(
            name='QuestionPack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('wanted', models.PositiveSmallIntegerField(default=1, help_text='how often it was asked for')),
                ('made', models.PositiveSmallIntegerField(default=0, help_text='for which time it was made last')),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('layout', models.JSONField(blank=True, default=dict, help_text='circulated paper -> from which page of its item on, and how many: so that no page moves')),
                ('pages', models.PositiveIntegerField(default=0)),
                ('why_not', models.CharField(blank=True, max_length=300)),
                ('pdf', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pack', to='decisions.question')),
                ('zip', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuestionPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=150)),
                ('visibility', models.CharField(choices=[('public', 'Everyone'), ('participants', 'Participants'), ('pmo_and_assurance', 'PMO and assurance')], max_length=17)),
                ('title', models.CharField(max_length=200)),
                ('version', models.CharField(blank=True, help_text='as it is printed on it, such as 0.3', max_length=40)),
                ('handed_in_at', models.DateTimeField()),
                ('dropped', models.BooleanField(default=False, help_text='taken off the question again')),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='decisions.question')),
            ],
            options={
                'ordering': ['question', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuestionCirculatedPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=300)),
                ('version', models.CharField(blank=True, max_length=60)),
                ('name', models.CharField(max_length=150)),
                ('visibility', models.CharField(choices=[('public', 'Everyone'), ('participants', 'Participants'), ('pmo_and_assurance', 'PMO and assurance')], max_length=17)),
                ('sha256', models.CharField(max_length=64)),
                ('digest', models.CharField(help_text='of what a reader gets', max_length=64)),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('circulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='decisions.questioncirculation')),
                ('paper', models.ForeignKey(blank=True, help_text='none: a document of what is voted on', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='circulated', to='decisions.questionpaper')),
            ],
            options={
                'ordering': ['circulation', 'order'],
            },
        ),
        migrations.CreateModel(
            name='QuestionRecipient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160)),
                ('mailed', models.BooleanField()),
                ('circulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='decisions.questioncirculation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='question_papers', to='groups.person')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['circulation', 'name', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='questioncirculation',
            constraint=models.UniqueConstraint(fields=('question', 'n'), name='question_circulation_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='questioncirculation',
            constraint=models.CheckConstraint(condition=models.Q(('n', 1), models.Q(('why', ''), _negated=True), _connector='OR'), name='question_supplement_says_why'),
        ),
        migrations.AddConstraint(
            model_name='questionpaper',
            constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'participants', 'pmo_and_assurance'])), name='decisions_questionpaper_visibility'),
        ),
        migrations.AddConstraint(
            model_name='questioncirculatedpaper',
            constraint=models.UniqueConstraint(fields=('circulation', 'order'), name='question_circulated_paper_in_order'),
        ),
        migrations.AddConstraint(
            model_name='questionrecipient',
            constraint=models.UniqueConstraint(fields=('circulation', 'person'), name='question_recipient_once'),
        ),
    ]
