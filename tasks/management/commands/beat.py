"""Start beat: the sweep, every two seconds. One is enough; two are safe."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from tasks.celery import app


class Command(BaseCommand):
    """``manage.py beat``."""

    help = "Sweep every two seconds."

    def handle(self, *args: object, **options: object) -> None:
        """Hand over to Celery."""
        app.Beat(loglevel="WARNING", schedule="", pidfile=None).run()
