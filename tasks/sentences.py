"""What the operator's page says, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from tasks.enums import JobState
from tasks.models import Job, Message

if TYPE_CHECKING:
    from datetime import datetime

    from tasks.health import Health
    from tasks.models.lease import Leasable

MINUTE_S = 60
HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is not well, and what to do about it."""

    title: str
    advice: str


def verdict(health: Health) -> list[Trouble]:
    """One trouble for each problem; empty when all is well."""
    known = {
        "jobs_late": Trouble(
            _("Des travaux attendent depuis plus de cinq minutes."),
            _("Vérifiez que « manage.py worker » et « manage.py beat » tournent et que la file répond."),
        ),
        "mails_late": Trouble(
            _("Des courriels attendent depuis plus de cinq minutes."),
            _("Vérifiez que « manage.py worker » et « manage.py beat » tournent et que la file répond."),
        ),
        "mail_server": Trouble(
            _("Le serveur de courriel ne répond pas ou refuse notre mot de passe."),
            _("Rien n’est perdu : chaque courriel est remis toutes les deux minutes. Vérifiez MAIL_URL."),
        ),
        "index_late": Trouble(
            _("L’index de recherche est en retard de plus de cinq minutes."),
            _("La recherche fonctionne, mais ne montre pas encore les derniers changements."),
        ),
        "dead_rows": Trouble(
            _("Des lignes ont été abandonnées après plusieurs essais."),
            _("Lisez leur erreur ci-dessous, puis reprenez-les ou annulez-les."),
        ),
    }
    return [known[code] for code in health.problems]


def facts(health: Health, *, now: datetime) -> list[tuple[str, str]]:
    """Names and numbers."""
    return [
        (_("Travaux en attente"), str(_live(health.jobs))),
        (_("Courriels en attente"), str(_live(health.messages))),
        (_("Plus vieux travail échu"), age(health.oldest_job_s)),
        (_("Plus vieux courriel échu"), age(health.oldest_message_s)),
        (_("Courriels envoyés en sept jours"), str(health.sent_in_a_week)),
        (_("Lignes abandonnées"), str(health.dead)),
    ]


def age(seconds: float) -> str:
    """« aucun », « 12 secondes », « 3 minutes », « 5 heures »."""
    if seconds <= 0:
        return _("aucun")
    if seconds < MINUTE_S:
        return ngettext("%(n)s seconde", "%(n)s secondes", int(seconds)) % {"n": int(seconds)}
    if seconds < HOUR_S:
        minutes = int(seconds // MINUTE_S)
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = int(seconds // HOUR_S)
    return ngettext("%(n)s heure", "%(n)s heures", hours) % {"n": hours}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the queue as the page shows it; an empty address: no such button."""

    title: str
    address: str
    due_at: datetime
    ended_at: datetime | None
    attempts: int
    error: str
    retry_url: str
    cancel_url: str


def line(row: Leasable) -> Line:
    """One row, with the buttons that its state allows."""
    if isinstance(row, Message):
        title, address, name = f"{row.kind} · {row.subject}", row.address, "message"
    elif isinstance(row, Job):
        title, address, name = f"{row.kind} · {row.dedupe_key}", "", "job"
    else:
        raise TypeError(row)
    is_dead = row.state == JobState.DEAD
    return Line(
        title=title,
        address=address,
        due_at=row.due_at,
        ended_at=row.ended_at,
        attempts=row.attempts,
        error=row.last_error,
        retry_url=reverse(f"tasks:retry_{name}", args=[row.pk]) if is_dead else "",
        cancel_url=reverse(f"tasks:cancel_{name}", args=[row.pk]),
    )


def oldest(now: datetime, *, limit: int) -> list[Line]:
    """Due rows, the oldest first."""
    jobs = Job.objects.due(now).order_by("due_at")[:limit]
    mails = Message.objects.due(now).defer("body_text", "body_html").order_by("due_at")[:limit]
    rows: list[Leasable] = [*jobs, *mails]
    return [line(row) for row in sorted(rows, key=lambda row: row.due_at)[:limit]]


def _live(counts: object) -> int:
    known = dict(counts)  # type: ignore[call-overload]  # a mapping of counts
    return sum(known.get(state, 0) for state in ("pending", "retry", "leased"))
