import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Blob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('size', models.PositiveIntegerField(help_text='bytes')),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word document'), ('xlsx', 'Excel workbook'), ('pptx', 'PowerPoint presentation'), ('csv', 'table as CSV'), ('txt', 'plain text'), ('md', 'Markdown'), ('json', 'JSON'), ('yaml', 'YAML'), ('xml', 'XML'), ('bpmn', 'BPMN diagram'), ('png', 'PNG picture'), ('jpg', 'JPEG picture'), ('svg', 'SVG picture'), ('vsdx', 'Visio drawing'), ('mpp', 'Project plan'), ('zip', 'ZIP archive')], help_text='found from its content', max_length=5)),
                ('notes', models.JSONField(default=list, help_text='what is in it that a reader would want to know')),
                ('kept_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['pdf', 'docx', 'xlsx', 'pptx', 'csv', 'txt', 'md', 'json', 'yaml', 'xml', 'bpmn', 'png', 'jpg', 'svg', 'vsdx', 'mpp', 'zip'])), name='files_blob_kind')],
            },
        ),
        migrations.CreateModel(
            name='Bindable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pages', models.PositiveIntegerField(default=0)),
                ('why_not', models.CharField(blank=True, max_length=300)),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('blob', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bindable', to='files.blob')),
                ('pdf', models.ForeignKey(blank=True, help_text='itself, or what it was turned into', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('pages', 0), ('pdf', None), models.Q(('why_not', ''), _negated=True)), models.Q(('pages__gt', 0), ('pdf__isnull', False), ('why_not', '')), _connector='OR'), name='bindable_or_why_not')],
            },
        ),
        migrations.CreateModel(
            name='CleanCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('size', models.PositiveIntegerField(help_text='bytes')),
                ('blob', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='clean_copy', to='files.blob')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'clean copies',
            },
        ),
        migrations.CreateModel(
            name='Comparison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('after', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
                ('before', models.ForeignKey(blank=True, help_text='none: what is marked in the other is drawn', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('before', 'after'), name='comparison_once'), models.UniqueConstraint(condition=models.Q(('before', None)), fields=('after',), name='comparison_of_marks_once'), models.CheckConstraint(condition=models.Q(('before', None), models.Q(('before', models.F('after')), _negated=True), _connector='OR'), name='comparison_of_two')],
            },
        ),
        migrations.CreateModel(
            name='ComparisonResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('told', models.JSONField(default=dict)),
                ('why_not', models.CharField(blank=True, max_length=300)),
                ('comparison', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='result', to='files.comparison')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('result', models.CharField(choices=[('clean', 'Clean'), ('infected', 'Infected'), ('unanswered', 'No answer')], max_length=10)),
                ('scanner', models.CharField(blank=True, help_text='as it calls itself', max_length=200)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='files.blob')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('result__in', ['clean', 'infected', 'unanswered'])), name='files_scan_result')],
            },
        ),
    ]
