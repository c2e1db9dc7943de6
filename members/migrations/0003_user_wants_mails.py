from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_draft'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='wants_mails',
            field=models.BooleanField(default=True, help_text='When you are answered, and before a consultation of your city ends.', verbose_name='mails about what concerns you'),
        ),
    ]
