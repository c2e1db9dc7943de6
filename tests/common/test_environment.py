"""Wrong or missing settings end the process with one clear line."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from config.environment import TABLE, table_as_markdown


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """Start Django with just these variables."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "VAR_DIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.LOCALE_PATHS[0].parent,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"DJANGO_SETTINGS_MODULE": "config.settings.production"}, "SECRET_KEY"),
        ({"DJANGO_SETTINGS_MODULE": "config.settings.production", "SECRET_KEY": "x"}, "ALLOWED_HOSTS"),
        ({"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DEMO_MODE": "belki"}, "DEMO_MODE"),
    ],
)
def test_the_line_names_the_variable(environment, named):
    failed = start(**environment)
    assert failed.returncode != 0
    assert len(failed.stderr.strip().splitlines()) == 1
    assert named in failed.stderr


def test_production_starts_with_what_it_needs():
    environment = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "ornek.example"}
    assert start(DJANGO_SETTINGS_MODULE="config.settings.production", **environment).returncode == 0


def test_the_documentation_has_the_table():
    shown = (settings.LOCALE_PATHS[0].parent / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = [row for row in table_as_markdown().splitlines() if "VAR_DIR` | " not in row]
    assert [row for row in rows if row not in shown] == []
    assert all(f"`{name}`" in shown for name in TABLE)
