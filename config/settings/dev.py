"""One's own machine: works with no environment variable at all."""

import os

os.environ.setdefault("SECRET_KEY", "insecure-and-only-for-this-machine")
os.environ.setdefault("DEMO_MODE", "true")
os.environ.setdefault("BASE_URL", "http://localhost:8000")

from config.environment import read
from config.settings.base import *

SECRET_KEY = read("SECRET_KEY")
ALLOWED_HOSTS = ["*"]
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
