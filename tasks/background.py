"""Wagtail's own background tasks, through the queue of record: a backend for ``django_tasks``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id, normalize_json

from tasks import queue
from tasks.registry import job

if TYPE_CHECKING:
    from datetime import datetime

KIND = "background"


class RowBackend(BaseTaskBackend):
    """Each call of a task becomes one job; results are not kept."""

    supports_defer = True

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> TaskResult[Any]:  # noqa: ANN401  its signature
        """Write the row in the caller's transaction."""
        self.validate_task(task)
        now = timezone.now()
        result = TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=now,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=normalize_json(args),
            kwargs=normalize_json(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        queue.enqueue(
            kind=KIND,
            dedupe_key=f"{KIND}:{result.id}",
            args={"path": task.module_path, "arguments": result.args, "named": result.kwargs},
            due_at=task.run_after,
            now=now,
        )
        return result


@job(KIND, is_atomic=False)
def run_background(*, now: datetime, path: str, arguments: list[Any], named: dict[str, Any]) -> str | None:
    """Call the task that ``path`` names; an object that has gone meanwhile has nothing left to index."""
    try:
        import_string(path).call(*arguments, **named)
    except ObjectDoesNotExist:
        return "gone"
    return None
