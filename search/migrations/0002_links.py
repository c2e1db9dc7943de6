import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("search", "0001_initial"),
    ]

    operations = [
        migrations.RenameModel("Link", "Citation"),
        migrations.AlterModelOptions("citation", {"verbose_name": "citation", "verbose_name_plural": "citations"}),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section_key", models.CharField(max_length=60, verbose_name="section")),
                ("discussion_key", models.CharField(max_length=60, verbose_name="discussion")),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("confirmed", "Confirmed"), ("rejected", "Rejected")],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("score", models.FloatField(blank=True, null=True, verbose_name="score")),
                ("words", models.JSONField(default=list, verbose_name="words in common")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why")),
                ("followed_from", models.CharField(blank=True, max_length=60, verbose_name="came from")),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="proposed at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
                "indexes": [models.Index(fields=["discussion_key"], name="links_of_a_discussion")],
                "constraints": [
                    models.UniqueConstraint(fields=("section_key", "discussion_key"), name="one_link_per_pair")
                ],
            },
        ),
    ]
