"""Settings that every deployment shares. Facts about one deployment come from the environment (config/environment.py)."""

from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.environment import BASE_DIR, read

VAR_DIR = read("VAR_DIR")
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = read("DEBUG")
DEMO_MODE = read("DEMO_MODE")
QUICK_EXIT_URL = read("QUICK_EXIT_URL")
BASE_URL = read("BASE_URL").rstrip("/")
CONTENT_LICENCE = read("CONTENT_LICENCE")
CONTENT_LICENCE_URL = read("CONTENT_LICENCE_URL")

INSTALLED_APPS = [
    "demo",
    "plans",
    "knowledge",
    "forum",
    "cms",
    "search",
    "members",
    "common",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "members.users_app.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "forum.comments_app.CommentsConfig",
    "django_comments",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "common.middleware.WagtailAdminPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "common.middleware.PagesLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "common.middleware.NulMiddleware",
    "common.ratelimit.RateLimitMiddleware",
    "members.middleware.PrivatePagesMiddleware",
    "members.middleware.CurrentCityMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "common.middleware.MethodNotAllowedPageMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
SITE_ID = 1
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = [
    "django_ratelimit.E003",  # The embedded set-up is one process: its in-memory cache is shared by all threads.
    "django_ratelimit.W001",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "cms.context_processors.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django.contrib.humanize.templatetags.humanize",
            ],
        },
    }
]

# --- Storage of data ---------------------------------------------------------------------------------------------------

SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "musterek.sqlite3"}
DATABASES: dict[str, dict[str, Any]] = {"default": read("DATABASE_URL") or SQLITE}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers read while one writes; IMMEDIATE takes the write lock at BEGIN, so that two writers wait for
    # each other instead of failing in the middle.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

# The counts of the rate limits live here: with Django's 300 entries, asking under many names would make it forget them.
IN_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}}
CACHES: dict[str, dict[str, Any]] = {"default": IN_MEMORY}
if read("REDIS_URL"):
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": read("REDIS_URL")}

SEARCH_INDEX = VAR_DIR / "search.sqlite3"
ELASTICSEARCH = {
    "urls": read("ELASTICSEARCH_URLS"),
    "index": read("ELASTICSEARCH_INDEX"),
    "api_key": read("ELASTICSEARCH_API_KEY"),
    "ca_certs": read("ELASTICSEARCH_CA_CERTS"),
}

STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Word files on the way into a plan: never served.
    "uploads": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "uploads"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if read("S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": read("S3_BUCKET"), "endpoint_url": read("S3_ENDPOINT_URL") or None},
    }
    private = {"location": "uploads", "default_acl": "private"}
    STORAGES["uploads"] = {**STORAGES["default"], "OPTIONS": {**STORAGES["default"]["OPTIONS"], **private}}
EXPORTS_ROOT = VAR_DIR / "exports"  # PDFs that were made once; can be deleted at any moment
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a chapter of 100 sections has some thousand in its editor

# --- Language ----------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "tr"
LANGUAGES = [("tr", _("Turkish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Istanbul"
USE_TZ = True
USE_I18N = True
FIRST_DAY_OF_WEEK = 1
# No USE_THOUSAND_SEPARATOR: ids and addresses in templates would get it too. What people count bears `|intcomma`.

# --- People ------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["members.backends.MemberBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "members.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "members.forms.SignupFields"
ACCOUNT_FORMS = {
    "login": "members.account_forms.LoginForm",
    "signup": "members.account_forms.SignupForm",
    "add_email": "members.account_forms.AddEmailForm",
    "change_password": "members.account_forms.ChangePasswordForm",
    "reset_password": "members.account_forms.ResetPasswordForm",
    "reset_password_from_key": "members.account_forms.ResetPasswordKeyForm",
    "reauthenticate": "members.account_forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 2
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True  # One address; a new one takes its place once it is confirmed.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BASE_URL.split(":")[0]
ACCOUNT_USER_DISPLAY = "members.models.display_name"
ACCOUNT_RATE_LIMITS: Any = {
    "login": "30/m/ip",
    # By the account a wide limit, which one address never reaches: a stranger who knows somebody's shall not lock them out.
    "login_failed": "10/m/ip,40/h/ip,200/h/key",
    "signup": "60/h/ip",  # a workshop, a school or a mobile network shares one address
    "reset_password": "10/m/ip,5/m/key",
    "confirm_email": "1/3m/key",
}

EMAIL_TIMEOUT = 10  # seconds; a mail server that never answers would keep a thread for ever
DEFAULT_FROM_EMAIL = read("DEFAULT_FROM_EMAIL")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if read("EMAIL_URL"):
    vars().update(read("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"

# --- Comments ----------------------------------------------------------------------------------------------------------

COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MODEL = "forum.models.Post"
COMMENTS_XTD_MAX_THREAD_LEVEL = 20

# --- Wagtail -----------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Müşterek"
WAGTAILADMIN_BASE_URL = BASE_URL
# Address and password are their owner's: changed under /hesap/, where limits and confirmation mails are.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # No reader's address hash goes to anybody.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # The list of the machine may have names that no browser knows.
WAGTAIL_ENABLE_UPDATE_CHECK = False  # Nor does the installation call home.
WAGTAILIMAGES_IMAGE_MODEL = "wagtailimages.Image"
# What an editor uploads is never a page, nor a script, of this site.
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_PERMITTED_LANGUAGES = [("tr", "Türkçe"), ("en", "English")]

# --- Security ----------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "common.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# How often one person (or, signed out, one address) may do a thing; see common/ratelimit.py.
RATELIMIT_IP_META_KEY = "common.ratelimit.client_address"
ALLAUTH_TRUSTED_PROXY_COUNT = 0
RATE_LIMITS = {
    "post": "20/m",
    "search": "60/m",
    "suggest": "240/m",
    "preview": "60/m",
    "import": "20/h",
    "export": "30/m",
    "api": "240/m",
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": read("LOG_LEVEL")},
    # A line for every task, request to Elasticsearch and saved page is noise; so are 403 and 404 with a traceback.
    "loggers": {
        "django_tasks": {"level": "WARNING"},
        "elastic_transport": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}
