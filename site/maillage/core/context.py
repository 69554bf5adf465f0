"""What every template may name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import SimpleLazyObject

from maillage.core.models import Network

if TYPE_CHECKING:
    from django.http import HttpRequest


def network(request: HttpRequest) -> dict[str, object]:
    """``network``: the one row about who runs this site, read only when a template names it."""
    return {"network": SimpleLazyObject(Network.objects.current)}
