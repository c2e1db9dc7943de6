"""Tests: fast password hashing, mail in memory, every file in a folder that goes away."""

import os
import tempfile

if "VAR_DIR" not in os.environ:
    _folder = tempfile.TemporaryDirectory(prefix="musterek-test-")  # removed when this process ends
    os.environ["VAR_DIR"] = _folder.name

from config.settings.dev import *

DEBUG = False
DEMO_MODE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False
RATE_LIMITS = dict.fromkeys(RATE_LIMITS, "100000/m")
LOGGING["root"]["level"] = "ERROR"
# Tests that run side by side do not see each other's documents.
SEARCH_INDEX = VAR_DIR / f"search-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}.sqlite3"
# A file, not memory: the live server of the journeys and the tests themselves use several connections.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
