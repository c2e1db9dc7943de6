"""The glossary's first forty terms, from knowledge/data/terms.csv."""

import csv
from pathlib import Path

from django.db import migrations

from common.text import turkish_slug

TERMS = Path(__file__).resolve().parent.parent / "data" / "terms.csv"


def load_terms(apps, schema_editor):
    Term = apps.get_model("knowledge", "Term")
    with TERMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            Term.objects.update_or_create(slug=turkish_slug(row["term_tr"], length=80), defaults=row)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial")]

    operations = [migrations.RunPython(load_terms, migrations.RunPython.noop)]
