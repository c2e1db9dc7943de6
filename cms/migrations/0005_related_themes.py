"""Which commons and which subjects of plan chapters often go together; the table stands beside this file."""

import csv
from pathlib import Path

from django.db import migrations, models

RELATED = Path(__file__).with_suffix(".csv")


def relate(apps, schema_editor):
    Theme = apps.get_model("cms", "Theme")
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    with RELATED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["theme"] in themes:
                others = (themes[other] for other in row["related"].split() if other in themes)
                themes[row["theme"]].related.add(*others)


class Migration(migrations.Migration):
    dependencies = [("cms", "0004_no_default_workflow")]

    operations = [
        migrations.AddField(
            model_name="theme",
            name="related",
            field=models.ManyToManyField(
                blank=True,
                help_text="What is talked about under one of them often belongs to the other: links and searches heed it.",
                to="cms.theme",
                verbose_name="related themes",
            ),
        ),
        migrations.RunPython(relate, migrations.RunPython.noop),
    ]
