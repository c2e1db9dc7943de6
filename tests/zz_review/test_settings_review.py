import os
import subprocess
import sys

import pytest

GOOD = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "example.org",
    "BASE_URL": "https://example.org",
}


def start(tmp_path, **changes):
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "VAR_DIR": str(tmp_path), **GOOD, **changes}
    env = {name: value for name, value in env.items() if value is not None}
    code = "import django; django.setup(); from django.conf import settings; settings.SECRET_KEY, settings.EMAIL_BACKEND; from django.db import connection; print('STARTED', settings.BASE_URL, settings.ACCOUNT_DEFAULT_HTTP_PROTOCOL)"
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60)


def test_good(tmp_path):
    assert "STARTED" in start(tmp_path).stdout


@pytest.mark.parametrize(
    "changes",
    [
        {"BASE_URL": None},
        {"BASE_URL": "example.org"},
        {"SECRET_KEY": ""},
        {"SECRET_KEY": "a"},
        {"ALLOWED_HOSTS": ""},
        {"LOG_LEVEL": "loud"},
        {"DATABASE_URL": "nonsense"},
        {"DATABASE_URL": "mongo://x"},
        {"EMAIL_URL": "nonsense"},
        {"EMAIL_URL": "smpt://u:p@h:25"},
        {"REDIS_URL": "nonsense"},
        {"QUICK_EXIT_URL": "javascript:alert(1)"},
        {"DEFAULT_FROM_EMAIL": "nobody"},
    ],
    ids=str,
)
def test_a_wrong_setting_ends_the_start_with_one_line(tmp_path, changes):
    done = start(tmp_path, **changes)
    assert done.returncode != 0, done.stdout
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr.strip().splitlines()[-1]
    assert done.stderr.startswith("musterek: ")
