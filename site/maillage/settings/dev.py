"""Development and the demo: the embedded default, readable errors, a key that must never leave this machine."""

from __future__ import annotations

import os

os.environ.setdefault("SECRET_KEY", "development-only-key-that-production-settings-refuse-to-use")

from maillage.settings import environment
from maillage.settings.base import *  # noqa: F403

SECRET_KEY = environment.text("SECRET_KEY")
DEBUG = environment.flag("DEBUG")
ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]  # noqa: F405
VAR.mkdir(parents=True, exist_ok=True)  # noqa: F405
MAIL_PAGE_SHOWN = True
WHITENOISE_USE_FINDERS = True  # no collectstatic: style and script are found where they are written
