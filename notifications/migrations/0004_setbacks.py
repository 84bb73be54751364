from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0003_bounce'),
    ]

    operations = [
        migrations.AddField(
            model_name='sweeprun',
            name='setbacks',
            field=models.JSONField(default=dict, help_text='chore and row -> how often it failed one time after the other, and until when it rests'),
        ),
    ]
