"""How an address wants to be written to. An address need not be an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from maillage.core import audit
from members.models import Preference
from members.signals import kind_restored, kind_stopped

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from maillage.core.permissions import Actor


def set_preference(
    *,
    address: str,
    rhythm: str,
    lang: str,
    paused_until: datetime | None,
    still_stopped: Collection[str],
    now: datetime,
    actor: Actor | None = None,
) -> Preference:
    """Keep what an address chose; in force at the next send.

    Args:
        address: in any case.
        rhythm: a ``Rhythm``.
        lang: ``fr``, ``en`` or "" for the account's or organization's own.
        paused_until: no optional mail before; None: no pause.
        still_stopped: the stopped kinds that stay so; the others come again. It never stops a kind.
        now: when.
        actor: who, when signed in.
    """
    with transaction.atomic():
        preference = _locked(address)
        preference.rhythm, preference.lang, preference.paused_until = rhythm, lang, paused_until
        preference.stopped_kinds = [kind for kind in preference.stopped_kinds if kind in still_stopped]
        _save(preference, now)
        audit.record(verb="preference.set", subject=preference, now=now, actor=actor, rhythm=str(rhythm))
    return preference


def stop_kind(*, address: str, kind: str, now: datetime, actor: Actor | None = None) -> bool:
    """Stop one kind of optional mail for an address; returns whether it came until now. Safe to repeat."""
    with transaction.atomic():
        preference = _locked(address)
        if kind in preference.stopped_kinds:
            return False
        preference.stopped_kinds = [*preference.stopped_kinds, kind]
        _save(preference, now)
        audit.record(verb="preference.kind_stopped", subject=preference, now=now, actor=actor, kind=kind)
        kind_stopped.send(sender=Preference, pk=preference.pk, now=now, address=preference.address, kind=kind)
    return True


def restore_kind(*, address: str, kind: str, now: datetime, actor: Actor | None = None) -> bool:
    """Let a stopped kind come again; returns whether it was stopped. Safe to repeat."""
    with transaction.atomic():
        preference = _locked(address)
        if kind not in preference.stopped_kinds:
            return False
        preference.stopped_kinds = [other for other in preference.stopped_kinds if other != kind]
        _save(preference, now)
        audit.record(verb="preference.kind_restored", subject=preference, now=now, actor=actor, kind=kind)
        kind_restored.send(sender=Preference, pk=preference.pk, now=now, address=preference.address, kind=kind)
    return True


def _locked(address: str) -> Preference:
    preference, _ = Preference.objects.select_for_update(of=("self",)).get_or_create(address=address.strip().lower())
    return preference


def _save(preference: Preference, now: datetime) -> None:
    preference.updated_at = now
    preference.save()
