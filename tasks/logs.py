"""Logs with the ids that follow a need through web, job and mail, and without personal data."""

from __future__ import annotations

import logging.config
from typing import Any

import structlog
from django.conf import settings

from members.log_masking import mask

SHARED: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
    mask,
)


def configure() -> None:
    """Send structlog's lines and the standard library's through one formatter, to the standard error."""
    is_json = settings.LOG_FORMAT == "json"
    renderer: Any = structlog.processors.JSONRenderer() if is_json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "lines": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
                    "foreign_pre_chain": list(SHARED),
                }
            },
            "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"handlers": ["lines"], "level": "WARNING"},
            "loggers": {
                "tasks": {"level": settings.LOG_LEVEL},
                "maillage": {"level": settings.LOG_LEVEL},
                "kombu": {"level": "ERROR"},
            },
        }
    )
