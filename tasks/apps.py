"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    """The queue of record, Celery, outgoing mail, schedules."""

    name = "tasks"
    label = "tasks"

    def ready(self) -> None:
        """Register kinds of jobs and of mails, permissions, webhooks, what waits for editors; shape the logs."""
        from maillage.core.todo import register_panel
        from tasks import background, jobs, logs, mails, permissions, receivers, todo, webhooks

        del background, permissions, receivers, webhooks  # importing them is what counts
        logs.configure()
        jobs.load()
        mails.load()
        register_panel("addresses", order=34, title=_("Adresses refusées"), find=todo.closed_addresses)
