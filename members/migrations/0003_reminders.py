from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_draft'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='wants_reminders',
            field=models.BooleanField(default=True, help_text='For example, before a consultation of your city ends.', verbose_name='reminders by mail'),
        ),
    ]
