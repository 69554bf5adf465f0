"""Links of invitations: a GET shows, a POST from a person's button acts; nobody is logged in by them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from expertise.organizations import services
from expertise.organizations.enums import OrganizationState, SeatState
from expertise.organizations.forms.invitation import RedirectForm
from expertise.organizations.models import Organization, Seat
from maillage.core.tokens import TokenRefusedError, open_token
from members.services import find_or_create_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from maillage.core.models import ActionToken

    LinkView = Callable[[HttpRequest, str, ActionToken], HttpResponse]
    TokenView = Callable[[HttpRequest, str], HttpResponse]

ORGANIZATION_PURPOSE: Final = "organization_invitation"
SEAT_PURPOSE: Final = "seat_invitation"
UNKNOWN, GONE = 404, 410


def opening(purpose: str) -> Callable[[LinkView], TokenView]:
    """Give a view the row behind its link; a link that opens nothing gets a page that says why."""

    def decorate(view: LinkView) -> TokenView:
        @functools.wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            try:
                row = open_token(raw=token, purpose=purpose, now=timezone.now())
            except TokenRefusedError as error:
                status = UNKNOWN if error.reason == "unknown" else GONE
                return render(request, "organizations/link_refused.html", {"reason": error.reason}, status=status)
            return view(request, token, row)

        return opened

    return decorate


@never_cache
@require_safe
@opening(ORGANIZATION_PURPOSE)
def invitation(request: HttpRequest, token: str, link: ActionToken) -> HttpResponse:
    """What we hold of an organization, where from, and three answers."""
    return _invitation_page(request, token, link, RedirectForm())


@never_cache
@require_POST
@opening(ORGANIZATION_PURPOSE)
def claim(request: HttpRequest, token: str, link: ActionToken) -> HttpResponse:
    """« C’est nous »: an owner's seat for the address that got the mail; signing in comes next, by code."""
    now = timezone.now()
    organization = _organization(link)
    if not _is_open(organization, link):
        return redirect("organizations:invitation", token)
    user = find_or_create_user(address=link.address, lang=_lang(), now=now)
    try:
        services.claim_unclaimed(organization=organization, user=user, now=now)
    except services.WrongStateError:  # a colleague was faster, a moment ago
        return redirect("organizations:invitation", token)
    return _done(request, organization, "claimed")


@never_cache
@require_POST
@opening(ORGANIZATION_PURPOSE)
def redirect_to(request: HttpRequest, token: str, link: ActionToken) -> HttpResponse:
    """« Écrivez plutôt à… »."""
    form = RedirectForm(request.POST)
    if not form.is_valid():
        return _invitation_page(request, token, link, form)
    organization = _organization(link)
    if not _is_open(organization, link):
        return redirect("organizations:invitation", token)
    address = form.cleaned_data["address"]
    try:
        services.redirect_unclaimed(organization=organization, address=address, now=timezone.now())
    except services.WrongStateError:
        return redirect("organizations:invitation", token)
    except services.NotInvitableError:
        return _done(request, organization, "exhausted")
    return _done(request, organization, "redirected")


@never_cache
@require_POST
@opening(ORGANIZATION_PURPOSE)
def remove(request: HttpRequest, token: str, link: ActionToken) -> HttpResponse:
    """« Retirez notre fiche »."""
    organization = _organization(link)
    if not _is_open(organization, link):
        return redirect("organizations:invitation", token)
    try:
        services.remove_unclaimed(organization=organization, now=timezone.now())
    except services.WrongStateError:
        return redirect("organizations:invitation", token)
    return _done(request, organization, "removed")


@never_cache
@require_safe
@opening(SEAT_PURPOSE)
def seat_invitation(request: HttpRequest, token: str, link: ActionToken) -> HttpResponse:
    """Who invites, to which organization, and what it means."""
    seat = get_object_or_404(Seat.objects.select_related("organization", "invited_by"), pk=link.object_id)
    context = {"seat": seat, "token": token, "is_open": _is_offered(seat, link)}
    return render(request, "organizations/seat_invitation.html", context)


@never_cache
@require_POST
@opening(SEAT_PURPOSE)
def accept_seat_invitation(request: HttpRequest, token: str, link: ActionToken) -> HttpResponse:
    """The place, for the account of the invited address."""
    now = timezone.now()
    seat = get_object_or_404(Seat.objects.select_related("organization"), pk=link.object_id)
    if not _is_offered(seat, link):
        return redirect("organizations:seat_invitation", token)
    user = find_or_create_user(address=link.address, lang=_lang(), now=now)
    try:
        services.accept_invitation(seat=seat, user=user, now=now)
    except services.OrganizationError:  # taken back or accepted, a moment ago
        return redirect("organizations:seat_invitation", token)
    return _done(request, seat.organization, "seated")


def _organization(link: ActionToken) -> Organization:
    return get_object_or_404(Organization, pk=link.object_id)


def _is_open(organization: Organization, link: ActionToken) -> bool:
    """Unclaimed still, and not redirected to somebody else since."""
    is_theirs = link.address.lower() == organization.shared_address.lower()
    return organization.state == OrganizationState.UNCLAIMED and is_theirs


def _is_offered(seat: Seat, link: ActionToken) -> bool:
    return seat.state == SeatState.INVITED and seat.invited_address.lower() == link.address.lower()


def _invitation_page(request: HttpRequest, token: str, link: ActionToken, form: forms.Form) -> HttpResponse:
    organization = _organization(link)
    context = {
        "organization": organization,
        "token": token,
        "is_open": _is_open(organization, link),
        "form": form,
    }
    return render(request, "organizations/invitation.html", context)


def _done(request: HttpRequest, organization: Organization, what: str) -> HttpResponse:
    return render(request, "organizations/invitation_done.html", {"organization": organization, "what": what})


def _lang() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"
