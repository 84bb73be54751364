from pathlib import Path

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        UnaccentExtension(),
        migrations.RunSQL((SQL / "search.sql").read_text(), "DROP TEXT SEARCH CONFIGURATION portal"),
        migrations.CreateModel(
            name='Shelf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noun', models.CharField(max_length=20)),
                ('record_pk', models.BigIntegerField()),
                ('reference', models.CharField(max_length=220)),
                ('key', models.CharField(help_text='the reference as it is found in any spelling', max_length=220)),
                ('edition', models.PositiveIntegerField()),
                ('stamp', models.BigIntegerField(help_text='goes up with every change of the shelf: the same highest stamp, the same public record')),
                ('address', models.CharField(max_length=400)),
                ('title', models.TextField()),
                ('summary', models.TextField(blank=True)),
                ('group', models.CharField(max_length=20)),
                ('sort_on', models.DateField()),
                ('order', models.CharField(blank=True, help_text='among those of one day', max_length=40)),
                ('state', models.CharField(blank=True, max_length=20)),
                ('state_until', models.DateTimeField(blank=True, null=True)),
                ('state_then', models.CharField(blank=True, max_length=20)),
                ('issued_at', models.DateTimeField(help_text='when the edition was issued that is shown')),
                ('facets', models.JSONField(default=dict)),
                ('words', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'verbose_name_plural': 'shelf',
                'indexes': [models.Index(fields=['noun', '-sort_on', '-order', '-id'], name='shelf_newest_first'), models.Index(fields=['-sort_on', '-order', '-id'], name='shelf_newest_of_all'), models.Index(fields=['noun', 'group', '-sort_on', '-order', '-id'], name='shelf_of_a_group'), models.Index(fields=['key'], name='shelf_key'), models.Index(fields=['-stamp'], name='shelf_stamp'), django.contrib.postgres.indexes.GinIndex(fields=['words'], name='shelf_words'), django.contrib.postgres.indexes.GinIndex(fields=['facets'], name='shelf_facets', opclasses=['jsonb_path_ops'])],
                'constraints': [models.UniqueConstraint(fields=('noun', 'record_pk'), name='shelf_once'), models.UniqueConstraint(fields=('noun', 'reference'), name='shelf_reference_once')],
            },
        ),
    ]
