"""One permission layer: declared rules per verb and object, asked through ``can``.

Each room declares its own in its ``permissions`` module with ``declare``; views ask ``can`` or ``require``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model

    from members.models import User

    Actor: TypeAlias = User | AnonymousUser

EDITORS_GROUP = "editors"


@rules.predicate
def is_signed_in(actor: Actor) -> bool:
    """Any active account."""
    return actor.is_authenticated and actor.is_active


@rules.predicate
def is_editor(actor: Actor) -> bool:
    """A member of the editors' group, or an administrator."""
    return actor.is_authenticated and actor.is_active and (actor.is_superuser or actor.is_editor)


@rules.predicate
def is_operator(actor: Actor) -> bool:
    """An administrator: jobs and messages are theirs."""
    return actor.is_authenticated and actor.is_active and actor.is_superuser


def name_of(verb: str, subject: Model | type[Model]) -> str:
    """The rule's name: ``organizations.edit_organization``."""
    return f"{subject._meta.app_label}.{verb}_{subject._meta.model_name}"


def declare(verb: str, model: type[Model], predicate: Callable[..., bool]) -> None:
    """Declare who may do ``verb`` to an object of ``model``."""
    rules.set_perm(name_of(verb, model), predicate)


def can(actor: Actor, verb: str, subject: Model | type[Model]) -> bool:
    """Whether the actor may do ``verb`` to the object (or, given a model, to a new one).

    Raises:
        KeyError: nobody declared this verb for this model: a mistake of ours, never a "no".
    """
    name = name_of(verb, subject)
    if not rules.perm_exists(name):
        raise KeyError(name)
    return bool(rules.has_perm(name, actor, None if isinstance(subject, type) else subject))


def require(actor: Actor, verb: str, subject: Model | type[Model]) -> None:
    """Raise PermissionDenied unless ``can``."""
    if not can(actor, verb, subject):
        raise PermissionDenied(name_of(verb, subject))
