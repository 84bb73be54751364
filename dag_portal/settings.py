"""Every setting, from the environment. SECRET_KEY, DATABASE_URL and CELERY_BROKER_URL must be there; the rest have defaults.

The web, the worker and the clock connect as `portal_app`; migrations run with another DATABASE_URL, the owner's.
"""

import os
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def required(name: str) -> str:
    if value := os.environ.get(name):
        return value
    raise ImproperlyConfigured(f"{name} is not set: see .env.example, or use ./portal, which sets it.")


def flag(name: str) -> bool:
    return os.environ.get(name, "") == "1"


SECRET_KEY = required("SECRET_KEY")
DEBUG = flag("DEBUG")
DEMO = flag("PORTAL_DEMO")  # invented people, printed sign-ins, no second factor required
SECURE = flag("SECURE")  # behind HTTPS
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
PORTAL_CONTACT = os.environ.get("PORTAL_CONTACT", "")  # whom readers may write to about the portal

PORTAL_BASE_URL = os.environ.get("PORTAL_BASE_URL", "http://localhost:8000").rstrip("/")
PROGRAMME_NAME = os.environ.get("PROGRAMME_NAME", "Market-wide Half-Hourly Settlement programme")
_HOST = urlsplit(PORTAL_BASE_URL).hostname or "localhost"
FORCE_SCRIPT_NAME = ""  # the portal has its host for itself: what a request calls its prefix is not believed
ALLOWED_HOSTS = [h for h in os.environ.get("ALLOWED_HOSTS", f"{_HOST},localhost,127.0.0.1").split(",") if h]
CSRF_TRUSTED_ORIGINS = [PORTAL_BASE_URL]

INSTALLED_APPS = [
    "records",
    "ledger",
    "files",
    "groups",
    "notifications",
    "meetings",
    "decisions",
    "dissent",
    "artefacts",
    "change_requests",
    "assurance",
    "archive",
    "rehearsal",
    "desk",
    "register",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "records.cookies.QuietSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "files.door.DoorMiddleware",  # before anything reads what was sent
    "records.cookies.SoundTokenMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "groups.typed_meanwhile.TypedMeanwhileMiddleware",
    "groups.middleware.DefaultDenyMiddleware",
    "groups.middleware.OwnAccountMiddleware",
    "groups.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "records.middleware.PrivateUnlessSaidMiddleware",
    "records.middleware.NothingDoneMiddleware",
    "records.middleware.RefusedMiddleware",
]

ROOT_URLCONF = "dag_portal.urls"
WSGI_APPLICATION = "dag_portal.wsgi.application"
FORM_RENDERER = "dag_portal.form_renderer.PortalFormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "dag_portal.context.site",
            ],
            "builtins": ["records.templatetags.portal", "records.templatetags.tables", "records.templatetags.kept"],
        },
    }
]

# --- what is kept, and where

DATABASES = {
    "default": dj_database_url.parse(required("DATABASE_URL"), engine="records.postgresql", conn_max_age=60, conn_health_checks=True),
}
# PostgreSQL plans what it is asked often once a connection, not each time anew: a quarter less for a page of many queries.
# And it does not compile queries to machine code: none here runs as long as that takes.
DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=5)
# Said with each connection, and so stronger than what anybody has the role remember (ALTER ROLE … SET). 0 is no limit; dag_portal/gunicorn.py sets those of the web.
SAID_TO_POSTGRESQL = {
    "jit": "off",
    "search_path": "public",
    "default_transaction_isolation": r"read\ committed",
    "default_transaction_read_only": "off",
    "transform_null_equals": "off",
    "statement_timeout": os.environ.get("STATEMENT_TIMEOUT") or "0",
    "lock_timeout": os.environ.get("LOCK_TIMEOUT") or "0",
    "idle_in_transaction_session_timeout": os.environ.get("IDLE_IN_TRANSACTION_TIMEOUT") or "15min",
}
_ALREADY = DATABASES["default"]["OPTIONS"].get("options", "")
DATABASES["default"]["OPTIONS"]["options"] = " ".join([_ALREADY, *(f"-c {name}={value}" for name, value in SAID_TO_POSTGRESQL.items())]).strip()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, so that rate limits survive a dead Redis.
# Room for so many that one visitor's counters do not push out another's.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache", "OPTIONS": {"MAX_ENTRIES": 200_000}},
}
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False

# Where ClamAV listens, to be asked of every file: a socket's path, or host:port. Empty: files are not scanned.
PORTAL_CLAMD = os.environ.get("PORTAL_CLAMD", "")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("STATIC_ROOT", str(BASE_DIR / ".portal" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# A folder that web and worker share; or "s3://bucket/folder", which needs django-storages[s3] (docs/operations.md).
PORTAL_FILES = os.environ.get("PORTAL_FILES", str(BASE_DIR / ".portal" / "files"))


def files_storage() -> dict:
    if PORTAL_FILES.startswith("s3://"):
        bucket, _, folder = PORTAL_FILES.removeprefix("s3://").partition("/")
        told = {"bucket_name": bucket, "location": folder, "file_overwrite": True, "default_acl": None}
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": told}
    return {"BACKEND": "files.storing.Folder", "OPTIONS": {"location": PORTAL_FILES}}


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "files": files_storage(),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}

# --- who comes in

AUTH_USER_MODEL = "groups.User"
AUTHENTICATION_BACKENDS = ["groups.accounts.ByTheirAddress"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "register:home"
ACCOUNT_ADAPTER = "groups.accounts.InvitationOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # of whoever signs in: their address is confirmed by the invitation, or when they moved to it
ACCOUNT_FORMS = {"add_email": "groups.accounts.NewAddress", "reset_password": "groups.accounts.NewLink"}
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of every change of what they sign in by
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # groups/throttle.py counts what fails: for whoever tries, and not for the account
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# How many proxies stand in front, so that rate limits count visitors and not the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXY_COUNT", "0"))
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation reached the address: that is the verification
MFA_ADAPTER = "groups.accounts.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"authenticate": "groups.accounts.CodeAfterThePassword", "reauthenticate": "groups.accounts.CodeOnceMore"}
MFA_TOTP_ISSUER = "DAG Portal"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
PASSWORD_RESET_TIMEOUT = 3 * 86400
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"

# --- what a browser may do with a page

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # of what is typed; files/door.py says how much may come in all
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
if SECURE:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^livez$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 86400
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

# --- the deadline clock

CELERY_BROKER_URL = required("CELERY_BROKER_URL")
REDIS_URL = os.environ.get("REDIS_URL", CELERY_BROKER_URL)
CELERY_TIMEZONE = "UTC"  # in London time, beat loses an hour on the October night the clocks go back
CELERY_ENABLE_UTC = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True  # the sweep may run twice; it may not be lost
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 240, 280
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- post

MAIL_DOMAIN = os.environ.get("MAIL_DOMAIN") or _HOST
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("MAIL_FROM") or f"DAG Portal <portal@{MAIL_DOMAIN}>"
EMAIL_TIMEOUT = 10
if EMAIL_FILE_PATH := os.environ.get("EMAIL_FILE_PATH", ""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
else:
    EMAIL_USE_TLS, EMAIL_USE_SSL = flag("EMAIL_USE_TLS"), flag("EMAIL_USE_SSL")  # STARTTLS; TLS from the start
    if EMAIL_USE_TLS and EMAIL_USE_SSL:
        raise ImproperlyConfigured("Set EMAIL_USE_TLS (STARTTLS) or EMAIL_USE_SSL (TLS from the start), not both.")
    EMAIL_HOST, _, _PORT = (os.environ.get("EMAIL_HOST") or "localhost").partition(":")
    EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or _PORT or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25))
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {"fontTools": {"level": "WARNING"}, "weasyprint": {"level": "ERROR"}},
}
