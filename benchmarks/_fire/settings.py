"""Django's settings of one campaign, from its environment; times as in production unless it shortens them."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "campaign-only-key-that-production-settings-refuse-to-use")

from django.utils import timezone

from maillage.settings import environment
from maillage.settings.base import *  # noqa: F403

SECRET_KEY = environment.text("SECRET_KEY")
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks._fire.apps.FireConfig"]  # noqa: F405
MAIL_PAGE_SHOWN = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
globals().update(json.loads(os.environ.get("FIRE_SETTINGS", "{}")))

if "FIRE_CLOCK" in os.environ:
    # The campaign moves every process's clock at once by writing seconds into a file.
    _clock, _real_now = Path(os.environ["FIRE_CLOCK"]), timezone.now

    def _moved_now() -> dt.datetime:
        return _real_now() + dt.timedelta(seconds=float(_clock.read_text() or 0))

    timezone.now = _moved_now
