"""Telling workers, through the broker, that a row is due. Only sweeps and workers call this: a web request never does.

An announcement carries a model's task and an id. Losing one costs time, never a row: the sweep announces again.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from kombu.exceptions import ChannelError, OperationalError

from tasks.celery import app
from tasks.lanes import lane_of
from tasks.models import Job, Message
from tasks.models.lease import WAITING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kombu import Producer

    from tasks.models.lease import Leasable

log = structlog.get_logger(__name__)

TASK_OF: dict[type[Leasable], str] = {Job: "tasks.run", Message: "tasks.send"}


class BrokerDownError(Exception):
    """The broker refuses, hangs or is full."""


def backlog(lane: str) -> int:
    """How many announcements wait in a lane, expired ones included.

    Raises:
        BrokerDownError: the broker does not answer within its time limit.
    """
    try:
        with app.connection_for_write() as connection, connection.channel() as channel:
            declared = channel.queue_declare(queue=lane, durable=True, auto_delete=False)
    except _broker_errors() as error:
        raise BrokerDownError(str(error)) from error
    return int(declared.message_count)


def announce(rows: Sequence[Leasable]) -> list[Leasable]:
    """Publish one announcement a row; stops at the first failure.

    Returns:
        The rows that were not announced.
    """
    left = list(rows)
    try:
        with app.producer_or_acquire() as producer:
            while left:
                _publish(left[0], producer)
                left.pop(0)
    except _broker_errors() as error:
        log.warning("broker_down", error=str(error), left=len(left))
    return left


def announce_written(row: Leasable) -> None:
    """Announce a row that this worker has just committed, known by its key; another writer's twin counts as well."""
    model = type(row)
    written = model._default_manager.only("pk", "priority").filter(dedupe_key=row.dedupe_key, state=WAITING[0])
    announce(list(written))


@lru_cache(maxsize=1)
def _broker_errors() -> tuple[type[Exception], ...]:
    """What this broker's library raises when it is down, hung or full, in its own words and in kombu's."""
    connection = app.connection_for_write()
    return (OperationalError, ChannelError, OSError, *connection.connection_errors, *connection.channel_errors)


def _publish(row: Leasable, producer: Producer) -> None:
    app.send_task(
        TASK_OF[type(row)],
        args=[row.pk],
        queue=lane_of(row.priority),
        expires=settings.QUEUE_ANNOUNCED_S,
        producer=producer,
        retry=False,
    )
