"""Objects for views: only what the reader may see, only what they may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.shortcuts import get_object_or_404

from expertise.organizations.models import Organization
from maillage.core.permissions import require

if TYPE_CHECKING:
    from django.http import HttpRequest

    from members.models import User


def organization_or_404(request: HttpRequest, slug: str) -> Organization:
    """The organization, if the reader may see it.

    Raises:
        Http404: there is none, or it is none of their business.
    """
    return get_object_or_404(Organization.objects.visible_to(request.user), slug=slug)


def allowed(request: HttpRequest, verb: str, slug: str) -> Organization:
    """The organization, if the reader may do ``verb`` to it.

    Raises:
        Http404: it is not visible.
        PermissionDenied: it is, but the verb is not theirs.
    """
    organization = organization_or_404(request, slug)
    require(request.user, verb, organization)
    return organization


def person_of(request: HttpRequest) -> User:
    """The signed-in person of a view that requires one."""
    return cast("User", request.user)
