"""The glossary's first forty terms, which stand beside this file."""

import csv
from pathlib import Path

from django.db import migrations

TERMS = Path(__file__).with_suffix(".csv")


def load_terms(apps, schema_editor):
    Term = apps.get_model("knowledge", "Term")
    with TERMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            Term.objects.update_or_create(slug=row.pop("slug"), defaults=row)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial")]

    operations = [migrations.RunPython(load_terms, migrations.RunPython.noop)]
