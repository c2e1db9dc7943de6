"""A public site behind TLS. Missing variables end the process with one line (config/environment.py)."""

from config.environment import read
from config.settings.base import *

SECRET_KEY = read("SECRET_KEY")
ALLOWED_HOSTS = read("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]
DEBUG = False

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_SSL_REDIRECT = read("BEHIND_TLS_PROXY")
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if read("BEHIND_TLS_PROXY"):
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
