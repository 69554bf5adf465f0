"""What editors decide about an organization."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from expertise.organizations import services
from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import Organization
from expertise.organizations.views.access import allowed, person_of
from maillage.core import audit
from maillage.core.permissions import require
from maillage.core.returning import back_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

VERBS: Final = ("verify", "suspend", "restore", "remove")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """Verify, suspend, restore or remove; the page shows what happened before."""
    organization = allowed(request, "verify", slug)
    if request.method != "POST":
        context = {
            "organization": organization,
            "is_removed": organization.state == OrganizationState.REMOVED,
            "verbs": _open_verbs(organization),
            "history": list(audit.history(organization).select_related("actor")),
        }
        return render(request, "organizations/state.html", context)
    verb = request.POST.get("verb", "")
    if verb not in VERBS:
        return HttpResponseBadRequest()
    require(request.user, verb, organization)
    try:
        _settle(verb, organization, request)
    except services.WrongStateError:
        messages.error(request, _("Entre-temps, quelqu’un d’autre l’a déjà fait."))
    else:
        messages.success(request, _("C’est fait."))
    usual = reverse("organizations:list") if verb == "remove" else reverse("organizations:state", args=[slug])
    return redirect(back_to(request, usual))


@login_required
@require_POST
def ask_confirmation(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask its people whether all is still right."""
    organization = allowed(request, "ask_confirmation", slug)
    try:
        services.ask_confirmation(organization=organization, actor=request.user, now=timezone.now())
    except services.WrongStateError:
        messages.info(request, _("Cet organisme a confirmé sa fiche, ou vient d’être interrogé."))
    else:
        messages.success(request, _("La question est partie."))
    return redirect(back_to(request, organization.get_absolute_url()))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    """Invite unclaimed organizations, a batch at a time."""
    require(request.user, "invite_unclaimed", Organization)
    waiting = Organization.objects.invitable()
    if request.method == "POST":
        batch = list(waiting.order_by("pk")[: services.INVITED_AT_ONCE])
        tally = services.invite_unclaimed(organizations=batch, actor=person_of(request), now=timezone.now())
        messages.success(request, _("Invitations parties\u00a0: %(count)s.") % {"count": tally.invited})
        return redirect(back_to(request, reverse("organizations:invitations")))
    unclaimed = Organization.objects.filter(state=OrganizationState.UNCLAIMED)
    count = waiting.count()
    context = {"waiting": count, "batch": min(count, services.INVITED_AT_ONCE), "unclaimed": unclaimed.count()}
    return render(request, "organizations/invitations.html", context)


def _open_verbs(organization: Organization) -> list[str]:
    """What may be done now, the usual first."""
    by_state = {
        OrganizationState.UNVERIFIED: ["verify", "suspend"],
        OrganizationState.VERIFIED: ["suspend"],
        OrganizationState.SUSPENDED: ["restore"],
        OrganizationState.UNCLAIMED: ["remove"],
        OrganizationState.REMOVED: [],
    }
    return by_state[OrganizationState(organization.state)]


def _settle(verb: str, organization: Organization, request: HttpRequest) -> None:
    now, actor = timezone.now(), person_of(request)
    if verb == "verify":
        services.verify_organization(organization=organization, actor=actor, now=now)
    elif verb == "suspend":
        services.suspend_organization(organization=organization, actor=actor, now=now, reason="editor")
    elif verb == "restore":
        services.restore_organization(organization=organization, actor=actor, now=now)
    else:
        services.remove_unclaimed(organization=organization, actor=actor, now=now)
