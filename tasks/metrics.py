"""Prometheus text, read from the database at each scrape: right whatever the number of processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

from tasks.enums import JobState, MessageState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.health import Health


class QueueCollector:
    """The queue's numbers at one moment."""

    def __init__(self, health: Health) -> None:
        self.health = health

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One family a fact."""
        yield self._states("maillage_jobs", "Jobs by state.", self.health.jobs, JobState.values)
        yield self._states("maillage_messages", "Mails by state.", self.health.messages, MessageState.values)
        ages = {
            "job": self.health.oldest_job_s,
            "message": self.health.oldest_message_s,
            "index": self.health.index_lag_s,
        }
        yield self._by("maillage_oldest_due_seconds", "Age of the oldest due row.", "of", ages)
        for name, meaning, value in (
            ("maillage_dead_rows", "Rows that need a human.", self.health.dead),
            ("maillage_mails_waiting_for_server", "Mails put back: no mail server.", self.health.waiting_for_server),
            ("maillage_mails_sent_7d", "Mails handed over in seven days.", self.health.sent_in_a_week),
            ("maillage_optional_mail_held", "1 while optional mail is held.", int(self.health.is_held)),
        ):
            yield GaugeMetricFamily(name, meaning, value=value)

    def _states(self, name: str, meaning: str, counts: object, states: list[str]) -> GaugeMetricFamily:
        known = dict(counts)  # type: ignore[call-overload]  # a mapping of counts
        return self._by(name, meaning, "state", {state: known.get(state, 0) for state in states})

    def _by(self, name: str, meaning: str, label: str, values: dict[str, float]) -> GaugeMetricFamily:
        family = GaugeMetricFamily(name, meaning, labels=[label])
        for key, value in values.items():
            family.add_metric([key], value)
        return family


def text_of(health: Health) -> bytes:
    """The page of ``/metrics``."""
    registry = CollectorRegistry()
    registry.register(QueueCollector(health))
    return generate_latest(registry)
