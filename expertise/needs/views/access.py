"""How views find the need of an address: by what its reader may see, and the drafts that a browser wrote unsigned."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from maillage.core.permissions import require

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from members.models import User

    class MemberRequest(HttpRequest):
        """A request whose person is known."""

        user: User


Params = ParamSpec("Params")

# Ids of the drafts that this browser wrote; what the anonymous session holds stays when it signs in.
SESSION_KEY = "needs.drafts"
MAX_DRAFTS = 10


def remember_draft(request: HttpRequest, need: Need) -> None:
    """Let this browser find its draft again."""
    known = [pk for pk in request.session.get(SESSION_KEY, []) if pk != need.pk]
    request.session[SESSION_KEY] = [*known, need.pk][-MAX_DRAFTS:]


def draft_or_404(request: HttpRequest, pk: int, *, verb: str = "edit") -> Need:
    """A draft of the reader: theirs by address or account, or one that this browser wrote before it signed in.

    Raises:
        Http404: there is none; or it was published, and its page says so better than this one.
        PermissionDenied: they may see it but not do this.
    """
    is_remembered = pk in request.session.get(SESSION_KEY, [])
    seen = Need.objects.visible_to(request.user).filter(pk=pk, state=NeedState.DRAFT)
    unclaimed = Need.objects.filter(pk=pk, state=NeedState.DRAFT, author=None, entered_by=None, source="")
    need = (
        Need.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=unclaimed.values("pk") if is_remembered else []))
        .select_related("organization", "asked_organization", "author")
        .first()
    )
    if need is None:
        raise Http404
    if not (is_remembered and need.author_id is None):
        require(request.user, verb, need)
    return need


def need_or_404(request: HttpRequest, pk: int, *, verb: str | None = None) -> Need:
    """A need that the reader may see.

    Raises:
        Http404: there is none.
        PermissionDenied: they may see it but not do this.
    """
    related = ("organization", "author", "contact__user", "asked_organization", "entered_by")
    need = Need.objects.visible_to(request.user).select_related(*related).filter(pk=pk).first()
    if need is None:
        raise Http404
    if verb is not None:
        require(request.user, verb, need)
    return need


def signed_in(
    view: Callable[Concatenate[MemberRequest, Params], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Params], HttpResponse]:
    """Send whoever is not signed in to the page that mails a code, and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Params.args, **kwargs: Params.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(cast("MemberRequest", request), *args, **kwargs)
        wanted = request.get_full_path() if request.method == "GET" else reverse("needs:list")
        return redirect(f"{reverse('members:sign_in')}?{urlencode({'next': wanted})}")

    return cast("Callable[Concatenate[HttpRequest, Params], HttpResponse]", guarded)
