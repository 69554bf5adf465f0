"""The app that brings the campaigns' own jobs and kinds of mail to workers."""

from django.apps import AppConfig


class FireConfig(AppConfig):
    """Jobs that kill, hang, raise, write and mail."""

    name = "benchmarks._fire"
    label = "fire"

    def ready(self) -> None:
        """Register them."""
        from benchmarks._fire import faults, jobs  # noqa: F401  models are loaded by now

        faults.install()
