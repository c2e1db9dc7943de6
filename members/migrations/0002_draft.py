import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.TextField(verbose_name='address')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('fields', models.JSONField(default=dict, verbose_name='fields')),
                ('saved_at', models.DateTimeField(auto_now=True, verbose_name='saved at')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL, verbose_name='member')),
            ],
            options={
                'verbose_name': 'draft',
                'verbose_name_plural': 'drafts',
                'ordering': ('-saved_at',),
            },
        ),
    ]
