from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def freeze_kinds(apps, schema_editor):
    """Posts written before say which kind their organisation is today."""
    organisations = apps.get_model("members", "Organisation").objects.filter(pk=OuterRef("organisation"))
    posts = apps.get_model("forum", "Post").objects.filter(organisation__isnull=False)
    posts.update(organisation_kind=Subquery(organisations.values("kind")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('forum', '0002_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='post',
            name='organisation_kind',
            field=models.CharField(blank=True, choices=[('civil_society', 'Civil society'), ('academia', 'Academia'), ('professional_chamber', 'Professional chamber'), ('trade_union', 'Trade union'), ('local_government', 'Local government')], max_length=30, verbose_name='kind of organisation'),
        ),
        migrations.RunPython(freeze_kinds, migrations.RunPython.noop),
    ]
