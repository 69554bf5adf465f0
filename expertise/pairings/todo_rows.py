"""A need as a line of « À faire »: who has it, what happens if nobody acts, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from expertise.needs.enums import NeedState
from expertise.pairings import rounds
from expertise.pairings.clocks import contact_pass_due
from expertise.pairings.services.calls import following
from maillage.core.formats import day_text, moment_text
from maillage.core.todo import Button, Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.organizations.models import RegionalContact
    from expertise.pairings.models import ContactTask


def held_row(need: Need, contacts: Sequence[RegionalContact], now: datetime) -> Row:
    """A group's first need: one word of an editor lets it go."""
    call = _call_of(need)
    return Row(
        title=need.title,
        url=need.get_absolute_url(),
        since=call.created_at if call is not None else need.updated_at,
        meta=_meta(need),
        button=Button(reverse("pairings:vouch", args=[need.pk]), _("Laisser partir")),
        second=_pass_on(call, need, contacts, now),
        fallback=_if_nobody_acts(call, need, contacts, now) if call else _("Sans geste, la demande ne part pas."),
        lang=need.lang,
    )


def risk_row(need: Need, contacts: Sequence[RegionalContact], now: datetime) -> Row:
    """A need of ``todo.risky``."""
    call = _call_of(need)
    rows = {NeedState.OPEN: _open, NeedState.ANSWERED: _unchosen}
    button, meta, fallback = rows.get(NeedState(need.state), _in_hands)(need, now)
    return Row(
        title=need.title,
        url=need.get_absolute_url(),
        since=need.harmed_at,  # type: ignore[attr-defined]  # annotated by todo.risky
        meta=[*_meta(need), *meta],
        button=button,
        second=_pass_on(call, need, contacts, now),
        fallback=fallback or _if_nobody_acts(call, need, contacts, now),
        lang=need.lang,
    )


def _open(need: Need, now: datetime) -> tuple[Button, list[str], str]:
    """Organizations are looked for: an editor may ask the next ones without waiting."""
    button = Button(reverse("pairings:search_further", args=[need.pk]), _("Consulter d’autres organismes"))
    meta = [str(need.get_when_display())] if need.is_urgent else []
    ends_at: datetime | None = need.wave_ends_at  # type: ignore[attr-defined]  # annotated by todo.risky
    if ends_at is not None and ends_at > now:
        when = moment_text(ends_at, today=timezone.localdate(now))
        return button, meta, _("Sans geste, la recherche continue %(when)s.") % {"when": when}
    return button, [*meta, _("recherche arrêtée")], _("Sans geste, personne d’autre n’est consulté.")


def _unchosen(need: Need, _now: datetime) -> tuple[Button, list[str], str]:
    """Offers wait for the group: by telephone, an editor may choose for it."""
    button = Button(reverse("pairings:offers", args=[need.pk]), _("Voir les offres"), is_link=True)
    return button, [_("le groupe n’a pas choisi")], _("Sans geste, qui a offert de l’aide attend encore.")


def _in_hands(need: Need, _now: datetime) -> tuple[Button, list[str], str]:
    """A human follows it: an editor may add an organization to those asked."""
    button = Button(reverse("pairings:add", args=[need.pk]), _("Consulter un organisme"), is_link=True)
    holder = need.contact
    return button, [_("entre les mains de %(name)s") % {"name": holder.name}] if holder is not None else [], ""


def _if_nobody_acts(call: ContactTask | None, need: Need, contacts: Sequence[RegionalContact], now: datetime) -> str:
    """To whom the call passes on, and when; the last in turn keeps it, and so does one that its clock left behind."""
    if call is None:
        return _("Sans geste, aucun autre appel n’est prévu.")
    due = contact_pass_due(moved_at=call.moved_at, pace=rounds.pace(need))
    heir = _heir(call, need, contacts, due) if due > now else None
    if heir is None:
        return _("Sans geste, l’appel reste à %(name)s.") % {"name": call.contact.name}
    values = {"name": heir.name, "day": day_text(due, today=timezone.localdate(now))}
    return _("Sans geste, l’appel passe à %(name)s le %(day)s.") % values


def _pass_on(call: ContactTask | None, need: Need, contacts: Sequence[RegionalContact], now: datetime) -> Button | None:
    heir = _heir(call, need, contacts, now) if call is not None else None
    if call is None or heir is None:
        return None
    label = _("Passer l’appel à %(name)s") % {"name": heir.name}
    return Button(reverse("pairings:pass_on", args=[call.pk]), label)


def _heir(call: ContactTask, need: Need, contacts: Sequence[RegionalContact], at: datetime) -> RegionalContact | None:
    """Whose turn it is after this one, among those who are there at that moment."""
    return following(call.contact, contacts, region=need.region, day=timezone.localdate(at))


def _call_of(need: Need) -> ContactTask | None:
    calls: list[ContactTask] = need.open_calls  # type: ignore[attr-defined]  # prefetched by todo
    return calls[0] if calls else None


def _meta(need: Need) -> list[str]:
    region = need.region_object
    group = [need.organization.shown_name] if need.organization is not None else []
    return [*group, region.name if region is not None else _("hors Québec")]
