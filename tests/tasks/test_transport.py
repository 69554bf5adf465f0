"""The folder that carries announcements by default, and the broker's other options."""

from __future__ import annotations

from queue import Empty
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import override_settings
from kombu import Connection, Exchange, Queue
from kombu.exceptions import OperationalError

from tasks import announcing, celery, transport
from tasks.lanes import FIRST, REST
from tasks.models import Job

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    options = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    with Connection(f"{transport.SCHEME}://", transport_options=options) as made:
        yield made


def simple_queue(connection: Connection, lane: str) -> object:
    queue = Queue(lane, Exchange(lane), routing_key=lane)
    return connection.SimpleQueue(queue)


def test_messages_come_once_in_order_and_lanes_do_not_mix(connection: Connection) -> None:
    first, rest = simple_queue(connection, FIRST), simple_queue(connection, REST)
    for number in range(3):
        rest.put({"number": number})  # type: ignore[attr-defined]
    first.put({"number": "code"})  # type: ignore[attr-defined]
    assert first.get(block=False).payload == {"number": "code"}  # type: ignore[attr-defined]
    received = [rest.get(block=False).payload["number"] for _ in range(3)]  # type: ignore[attr-defined]
    assert sorted(received) == [0, 1, 2]
    with pytest.raises(Empty):
        first.get(block=False)  # type: ignore[attr-defined]


def test_half_written_message_is_not_read(connection: Connection, tmp_path: Path) -> None:
    channel = connection.channel()
    (tmp_path / ".1_part.rest.msg").write_text('{"half')
    with pytest.raises(Empty):
        channel._get(REST)


def test_file_taken_by_another_worker_is_passed_over(connection: Connection, tmp_path: Path) -> None:
    channel = connection.channel()
    channel._put(REST, {"n": 1})
    channel._put(REST, {"n": 2})
    channel._listed(tmp_path, REST)
    min(tmp_path.glob("*.rest.msg")).unlink()
    assert channel._get(REST)["n"] in {1, 2}
    with pytest.raises(Empty):
        channel._get(REST)


def test_folder_that_is_gone_is_a_broker_that_is_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(announcing.app, "send_task", refuse)
    rows = [Job(pk=1), Job(pk=2)]
    assert announcing.announce(rows) == rows


def test_brokers_that_hang_are_given_up_after_seconds() -> None:
    for url in ("redis://127.0.0.1/0", "amqp://127.0.0.1//"):
        values = [value for name, value in celery._transport_options(url).items() if name.endswith("timeout")]
        assert celery.BROKER_TIMEOUT_S in values


def test_worker_limits_stay_below_the_lease() -> None:

    lease = settings.QUEUE_LEASE_S
    assert all(limits["time_limit"] < lease for limits in (celery.LIMITS, celery.SEND_LIMITS))
    assert all(limits["soft_time_limit"] < limits["time_limit"] for limits in (celery.LIMITS, celery.SEND_LIMITS))
    assert celery.app.conf.task_acks_late
    assert celery.app.conf.task_reject_on_worker_lost
    assert celery.app.conf.worker_prefetch_multiplier == 1
    assert celery.app.conf.accept_content == ["json"]


@override_settings(QUEUE_ANNOUNCED_S=7)
def test_announcement_carries_an_id_and_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr(announcing.app, "send_task", lambda name, **options: sent.append((name, options)))
    announcing.announce([Job(pk=3, priority=0)])
    name, options = sent[0]
    assert (name, options["args"], options["queue"], options["expires"]) == ("tasks.run", [3], FIRST, 7)
