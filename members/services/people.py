"""Accounts: found or made by address, changed by their person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F

from maillage.core import audit
from members.enums import ConsentKind
from members.models import User
from members.services.consents import give_consent, withdraw_consent
from members.signals import person_created

if TYPE_CHECKING:
    from datetime import datetime


def find_or_create_user(*, address: str, lang: str, now: datetime) -> User:
    """The account of an address, made if there is none. Call it only for an address that was proved.

    Args:
        address: in any case.
        lang: ``fr`` or ``en``, for a new account.
        now: when.
    """
    address = address.strip().lower()
    found = User.objects.filter(email=address).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, lang=lang)
            audit.record(verb="person.created", subject=user, now=now, actor=user)
            person_created.send(sender=User, pk=user.pk, now=now)
    except IntegrityError:  # another process made it in between
        return User.objects.get(email=address)
    return user


def update_person(*, person: User, name: str, telephone: str, lang: str, is_name_shown: bool, now: datetime) -> User:
    """Change what a person says of themselves; showing the name is a consent, kept with its date."""
    with transaction.atomic():
        person.name, person.telephone, person.lang = name.strip(), telephone.strip(), lang
        person.is_name_shown = is_name_shown
        person.save(update_fields=["name", "telephone", "lang", "is_name_shown"])
        if is_name_shown:
            give_consent(address=person.email, kind=ConsentKind.NAME_SHOWN, source="account", now=now, actor=person)
        else:
            withdraw_consent(address=person.email, kind=ConsentKind.NAME_SHOWN, now=now, actor=person)
        audit.record(verb="person.updated", subject=person, now=now, actor=person)
    return person


def end_other_sessions(*, person: User, now: datetime) -> User:
    """End every session of a person; the caller opens the present one again with the returned account."""
    with transaction.atomic():
        User.objects.filter(pk=person.pk).update(session_version=F("session_version") + 1)
        audit.record(verb="person.sessions_ended", subject=person, now=now, actor=person)
    person.refresh_from_db(fields=["session_version"])
    return person
