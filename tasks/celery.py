"""Celery: the alarm clock and the muscle. It carries ids; the database says what they mean.

Only this room knows it. Processes: ``manage.py worker`` (prefork) and ``manage.py beat``.
"""

from __future__ import annotations

from celery import Celery
from django.conf import settings
from kombu import Exchange, Queue

from tasks import transport
from tasks.lanes import LANES, REST
from tasks.sending import send_message
from tasks.worker import run_job

# A broker that accepts connections and never answers must fail within seconds (Redis without them: over 60 s).
BROKER_TIMEOUT_S = 4
LIMITS = {"soft_time_limit": settings.QUEUE_SOFT_LIMIT_S, "time_limit": settings.QUEUE_HARD_LIMIT_S}
SEND_LIMITS = {"soft_time_limit": settings.QUEUE_SEND_LIMIT_S, "time_limit": settings.QUEUE_SEND_LIMIT_S + 15}


def _transport_options(url: str) -> dict[str, object]:
    """Options of each broker; the embedded one is a folder polled every 0.2 s."""
    if url.startswith(("redis", "rediss")):
        return {
            "socket_timeout": BROKER_TIMEOUT_S,
            "socket_connect_timeout": BROKER_TIMEOUT_S,
            "retry_on_timeout": False,
            "max_retries": 0,
            "visibility_timeout": settings.QUEUE_LEASE_S,
            "queue_order_strategy": "priority",
        }
    if url.startswith("amqp"):
        return {
            "connect_timeout": BROKER_TIMEOUT_S,
            "read_timeout": BROKER_TIMEOUT_S,
            "write_timeout": BROKER_TIMEOUT_S,
        }
    settings.QUEUE_FOLDER.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(settings.QUEUE_FOLDER),
        "data_folder_out": str(settings.QUEUE_FOLDER),
        "polling_interval": 0.2,
        "queue_order_strategy": "priority",
    }


def make_app() -> Celery:
    """The one Celery application."""
    made = Celery("maillage", broker=settings.BROKER_URL or f"{transport.SCHEME}://")
    made.conf.update(
        broker_transport_options=_transport_options(settings.BROKER_URL),
        broker_connection_timeout=BROKER_TIMEOUT_S,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_heartbeat=10,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        task_queues=[Queue(lane, Exchange(lane), routing_key=lane) for lane in LANES],
        task_default_queue=REST,
        task_default_delivery_mode="transient",
        task_serializer="json",
        accept_content=["json"],
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_publish_retry=False,
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        worker_max_tasks_per_child=2000,
        beat_scheduler="tasks.beat:SweepScheduler",
        beat_max_loop_interval=settings.QUEUE_SWEEP_S,
        timezone="UTC",
    )
    return made


app = make_app()


@app.task(name="tasks.run", **LIMITS)
def run(pk: int) -> None:
    """Run one job."""
    run_job(pk)


@app.task(name="tasks.send", **SEND_LIMITS)
def send(pk: int) -> None:
    """Send one message."""
    send_message(pk)
