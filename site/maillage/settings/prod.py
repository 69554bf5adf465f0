"""Production: every secret from the environment, HTTPS everywhere, nothing that development allows."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from maillage.settings import environment
from maillage.settings.base import *  # noqa: F403

if environment.flag("DEBUG"):
    raise ImproperlyConfigured("DEBUG is refused in production: unset it.")
SECRET_KEY = environment.text("SECRET_KEY")
SECRET_KEY_MIN_CHARACTERS = 50
if len(SECRET_KEY) < SECRET_KEY_MIN_CHARACTERS or "only-key" in SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY must be 50 random characters or more, made for this server alone.")
if not SITE_URL.startswith("https://"):  # noqa: F405
    raise ImproperlyConfigured("SITE_URL must begin with https:// in production.")

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if TRUSTED_PROXIES:  # noqa: F405
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
