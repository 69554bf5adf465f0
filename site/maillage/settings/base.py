"""What all settings share. Numbers of the domain are in ``domain``; the environment is read in ``environment``."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import environ
from django.utils.translation import gettext_lazy as _

from maillage.settings import environment
from maillage.settings.domain import *  # noqa: F403  the domain's numbers are settings

if TYPE_CHECKING:
    from pathlib import Path

ROOT = environment.ROOT
VAR = environment.VAR

SITE_URL = environment.text("SITE_URL").rstrip("/")
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname or "localhost", *environment.words("ALLOWED_HOSTS")]
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES")
DEBUG = False

INSTALLED_APPS = [
    "maillage.home",
    "tasks",
    "search",
    "wiki",
    "expertise.pairings",
    "expertise.needs",
    "expertise.organizations",
    "expertise.skills",
    "members",
    "maillage.core",
    "wagtail.contrib.redirects",
    "members.admin_apps.PeopleAdminConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "anymail",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before WhiteNoise: without collectstatic nothing is compressed beforehand, and style and script must be light too.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "maillage.core.middleware.RequestContextMiddleware",
    "maillage.core.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "members.gate.SecondFactorMiddleware",
]

ROOT_URLCONF = "maillage.urls"
WSGI_APPLICATION = "maillage.wsgi.application"
FORM_RENDERER = "maillage.core.forms.MaillageFormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "site/maillage/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "maillage.core.context.network",
            ],
        },
    },
]

# SQLite: write-ahead log, immediate transactions and a wait, or concurrent writers fail (86 of 600 without, 0 with).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
}


def database(url: str) -> dict[str, object]:
    """Django's database settings for one URL; SQLite gets the options above."""
    config: dict[str, object] = environ.Env.db_url_config(url or f"sqlite:///{VAR / 'maillage.sqlite3'}")
    if str(config["ENGINE"]).endswith("sqlite3"):
        config["OPTIONS"] = dict(SQLITE_OPTIONS)
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


DATABASES = {"default": database(environment.text("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": environ.Env.cache_url_config(environment.text("CACHE_URL"))
    if environment.text("CACHE_URL")
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

BROKER_URL = environment.text("BROKER_URL")
QUEUE_FOLDER = VAR / "queue"
# What matching built from the database, for all processes of this machine; may be deleted at any time.
MATCHING_FOLDER: Path | None = VAR / "matching"
TASKS = {"default": {"BACKEND": "tasks.background.RowBackend"}}
ELASTICSEARCH_URL = environment.text("ELASTICSEARCH_URL")

# Languages: French is the source language and has no prefix; English lives under /en/.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("English"))]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Montreal"
LOCALE_PATHS = [ROOT / "site/maillage/locale"]

# People
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "members:sign_in"
LOGIN_REDIRECT_URL = "home:dashboard"
SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

# allauth serves people with rights: password and second factor. Members sign in by our own codes (decision 0003).
ACCOUNT_ADAPTER = "members.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "members.forms.editors.PasswordForm",
    "reset_password": "members.forms.editors.ForgottenPasswordForm",
    "reset_password_from_key": "members.forms.editors.NewPasswordForm",
    "change_password": "members.forms.editors.ChangePasswordForm",
    "reauthenticate": "members.forms.editors.ConfirmPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "members.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "members.forms.editors.SecondFactorForm",
    "reauthenticate": "members.forms.editors.ConfirmSecondFactorForm",
    "activate_totp": "members.forms.editors.InstallApplicationForm",
}
MFA_TOTP_TOLERANCE = 1
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Mail: every mail becomes a Message row; MAIL_URL says how rows leave.
EMAIL_BACKEND = "tasks.mail.RowBackend"
EMAIL_TIMEOUT = 20
MAIL_URL = environment.text("MAIL_URL")
MAIL_FOLDER = VAR / "mail"
MAIL_PAGE_SHOWN = False
MAIL_WEBHOOK_SECRET = environment.text("MAIL_WEBHOOK_SECRET")
ANYMAIL_WEBHOOK_SECRET = MAIL_WEBHOOK_SECRET
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
OPTIONAL_MAIL_HELD = environment.flag("OPTIONAL_MAIL_HELD")
METRICS_TOKEN = environment.text("METRICS_TOKEN")
LOG_FORMAT = environment.text("LOG_FORMAT")
LOG_LEVEL = environment.text("LOG_LEVEL")

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "site/maillage/static"]
STATICFILES_FINDERS = [
    "maillage.core.assets.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Wagtail
WAGTAIL_SITE_NAME = "Maillage"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILIMAGES_IMAGE_MODEL = "core.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "core.Attachment"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
TAGGIT_CASE_INSENSITIVE = False
