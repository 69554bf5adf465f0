"""Logs: the ids of a need follow it from the request to the mail, and no address is written."""

from __future__ import annotations

import json
import logging
from io import StringIO
from typing import TYPE_CHECKING

import pytest
import structlog
import time_machine

from tasks import logs, posting, queue
from tasks.models import Job
from tasks.registry import KINDS, job
from tasks.sending import send_message
from tasks.worker import run_job
from tests.tasks.rows import make_message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(settings: SettingsWrapper) -> Iterator[StringIO]:
    """Where JSON lines go during one test."""
    settings.LOG_FORMAT = "json"
    logs.configure()
    stream = StringIO()
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter):
            handler.setStream(stream)  # type: ignore[attr-defined]  # a StreamHandler
    yield stream
    settings.LOG_FORMAT = "console"
    logs.configure()


def lines(written: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_need_is_followed_through_web_job_and_mail(
    now: datetime, written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "post", lambda message: None)
    job("test.followed")(lambda *, now, need_id: None)
    try:
        with structlog.contextvars.bound_contextvars(request_id="r1"), time_machine.travel(now, tick=False):
            queue.enqueue(kind="test.followed", dedupe_key="need:42:opened", args={"need_id": 42}, now=now)
            run_job(Job.objects.get().pk)
            send_message(make_message(now, context={"need_id": 42}).pk)
    finally:
        KINDS.pop("test.followed")
    found = {str(line["event"]): line for line in lines(written)}
    assert {line.get("need_id") for line in found.values()} == {42}
    assert found["job_written"]["request_id"] == "r1"
    assert found["job_ended"]["job_id"]
    assert found["mail_ended"]["state"] == "sent"


def test_error_is_one_line_without_addresses(written: StringIO) -> None:
    error = RuntimeError("refused for ana@example.org")
    logging.getLogger("tasks.test").error("failed for %s", "ana@example.org", exc_info=error)
    (line,) = lines(written)
    assert "RuntimeError" in str(line["exception"])
    assert "ana@" not in json.dumps(line)
