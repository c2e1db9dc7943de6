"""Compile locale/*/LC_MESSAGES/*.po without GNU gettext, which a fresh machine does not have."""

from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compiles the project's .po files to .mo files."

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(folder.rglob("*.po")):
                polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
                self.stdout.write(f"{source.relative_to(folder)} compiled")
