"""The app's configuration."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """The queue of record, Celery, outgoing mail, schedules."""

    name = "tasks"
    label = "tasks"
