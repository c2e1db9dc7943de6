"""Wrong or missing settings end the process with one clear line."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from config.environment import TABLE, table_as_markdown

GOOD = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "ornek.example",
    "BASE_URL": "https://ornek.example",
}


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
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "a"),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", " , "),
        ("BASE_URL", None),
        ("BASE_URL", "ornek.example"),
        ("DEMO_MODE", "belki"),
        ("LOG_LEVEL", "loud"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mongo://x/y"),
        ("DATABASE_URL", "postgres://musterek:gizli@db:kapi/musterek"),
        ("DATABASE_URL", "postgres://musterek:giz/li@db:5432/musterek"),
        ("SECRET_KEY", "kisa-gizli"),
        ("EMAIL_URL", "nonsense"),
        ("EMAIL_URL", "smpt://user:password@host:25"),
        ("EMAIL_URL", "smtp://musterek:gizli@posta:kapi"),
        ("REDIS_URL", "nonsense"),
        ("REDIS_URL", "redis://:gizli@onbellek:kapi"),
        ("BASE_URL", "https://[::1"),
        ("ALLOWED_HOSTS", "https://ornek.example"),
        ("CONTENT_LICENCE_URL", "javascript:alert(1)"),
        ("VAR_DIR", "/dev/null/var"),
        ("QUICK_EXIT_URL", "javascript:alert(1)"),
        ("DEFAULT_FROM_EMAIL", "nobody"),
    ],
)
def test_a_missing_or_wrong_variable_ends_the_start_with_one_line(name, value):
    environment = {key: given for key, given in {**GOOD, name: value}.items() if given is not None}
    failed = start(**environment)
    assert failed.returncode != 0
    assert len(failed.stderr.strip().splitlines()) == 1
    assert failed.stderr.startswith("musterek: ")
    assert name in failed.stderr
    assert "giz" not in failed.stderr  # a log is no place for a password


def test_production_starts_with_what_it_needs():
    assert start(**GOOD).returncode == 0


def test_the_documentation_has_the_table():
    shown = (settings.LOCALE_PATHS[0].parent / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = [row for row in table_as_markdown().splitlines() if "VAR_DIR` | " not in row]
    assert [row for row in rows if row not in shown] == []
    assert all(f"`{name}`" in shown for name in TABLE)
