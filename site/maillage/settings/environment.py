"""The environment, read once, by name, loudly: every variable that Maillage knows is declared here.

``docs/settings.md`` lists the same names; a test holds the two together.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("MAILLAGE_VAR", str(ROOT / "var")))


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, how it is read, its default (None: required in production)."""

    name: str
    kind: type
    default: object
    meaning: str


VARIABLES = (
    Variable("MAILLAGE_VAR", str, "var", "Folder of everything that changes: database, media, mails, queue."),
    Variable("SECRET_KEY", str, None, "Signing key, 50 characters or more. Required in production."),
    Variable("DEBUG", bool, False, "Development only; refused by the production settings."),
    Variable("SITE_URL", str, "http://localhost:8000", "Public address, without a final slash; links in mails use it."),
    Variable("ALLOWED_HOSTS", list, [], "Further host names, beside SITE_URL’s own."),
    Variable("TRUSTED_PROXIES", int, 0, "How many reverse proxies set X-Forwarded-For and -Proto."),
    Variable("DATABASE_URL", str, "", "postgres://… or sqlite:///…; empty: SQLite in MAILLAGE_VAR."),
    Variable("BROKER_URL", str, "", "redis://… or amqp://…; empty: the filesystem transport in MAILLAGE_VAR."),
    Variable(
        "ELASTICSEARCH_URL",
        str,
        "",
        "http(s)://user:password@host:9200; empty: the database answers searches. Reserved: nothing reads it yet.",
    ),
    Variable("CACHE_URL", str, "", "redis://…; empty: memory of each process."),
    Variable(
        "MAIL_URL",
        str,
        "",
        "smtp(s)://user:password@host:port or anymail+NAME://key; empty: files in MAILLAGE_VAR/mail.",
    ),
    Variable(
        "MAIL_FROM", str, "Maillage <maillage@localhost>", "Sender of every mail; its domain ends the Message-IDs."
    ),
    Variable(
        "MAIL_WEBHOOK_SECRET",
        str,
        "",
        "user:password that the mail provider’s webhooks must present; empty: webhooks are closed.",
    ),
    Variable("METRICS_TOKEN", str, "", "Bearer token of /metrics; empty: loopback only."),
    Variable("OPTIONAL_MAIL_HELD", bool, False, "True: no optional mail leaves until it is False again."),
    Variable("LOG_FORMAT", str, "console", "console or json."),
    Variable("LOG_LEVEL", str, "INFO", "From which level our own lines are written: INFO tells each job and mail."),
)
_BY_NAME = {variable.name: variable for variable in VARIABLES}
_env = environ.Env()


def read(name: str) -> object:
    """Value of a declared variable.

    Raises:
        ImproperlyConfigured: the name is not declared, the value is not of its kind, or it is required and absent.
    """
    if name not in _BY_NAME:
        raise ImproperlyConfigured(f"{name} is not declared in settings/environment.py")
    variable = _BY_NAME[name]
    if name not in os.environ:
        if variable.default is None:
            raise ImproperlyConfigured(f"Set the environment variable {name}: {variable.meaning}")
        return variable.default
    try:
        return _env.get_value(name, cast=variable.kind)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be of kind {variable.kind.__name__}: {variable.meaning}") from error


def text(name: str) -> str:
    """A declared variable as text."""
    return str(read(name))


def flag(name: str) -> bool:
    """A declared variable as yes or no."""
    return bool(read(name))


def number(name: str) -> int:
    """A declared variable as an integer."""
    return int(str(read(name)))


def words(name: str) -> list[str]:
    """A declared variable as a list of words (comma-separated in the environment)."""
    value = read(name)
    return [str(item) for item in value] if isinstance(value, list) else []
