"""Tests: the embedded default or the services whose URL is set; nothing leaves, nothing is shared between runs."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "test-only-key-that-production-settings-refuse-to-use-either")
os.environ.setdefault("MAILLAGE_VAR", tempfile.mkdtemp(prefix="maillage-test-"))

from maillage.settings import environment
from maillage.settings.base import *  # noqa: F403

SECRET_KEY = environment.text("SECRET_KEY")
SITE_URL = "http://testserver"
MAIL_PAGE_SHOWN = True
# A database that was rolled back may repeat a stamp: each test builds its own.
MATCHING_FOLDER = None
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def _schema() -> str:
    """Eight digits of what all migrations say: a test database is kept between runs until one of them changes."""
    folders = ("site/maillage/core", "members", "expertise", "wiki", "search", "tasks")
    files = sorted(path for folder in folders for path in (ROOT / folder).rglob("migrations/*.py"))  # noqa: F405
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files))
    return digest.hexdigest()[:8]


if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):  # noqa: F405
    folder = Path(tempfile.gettempdir()) / f"maillage-tests-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(folder / f"{_schema()}.sqlite3")}  # noqa: F405
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_maillage_{_schema()}"}  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  WhiteNoise warns of a folder that is not there
INSTALLED_APPS += ["django_migration_linter"]  # noqa: F405  `make check` lints migrations with these settings
