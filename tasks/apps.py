"""The app's configuration."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """The queue of record, Celery, outgoing mail, schedules."""

    name = "tasks"
    label = "tasks"

    def ready(self) -> None:
        """Register kinds of jobs and of mails, permissions, webhooks; shape the logs."""
        from tasks import background, jobs, logs, mails, permissions, receivers, webhooks  # noqa: F401  models are loaded by now

        logs.configure()
        jobs.load()
        mails.load()
