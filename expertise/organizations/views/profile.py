"""An organization's own page as its people keep it: created, joined, edited, confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from expertise.organizations import services
from expertise.organizations.forms.organization import FirstFactsForm, OrganizationForm
from expertise.organizations.models import Organization
from expertise.organizations.similar import similar_to
from expertise.organizations.views.access import allowed, organization_or_404, person_of
from maillage.core.permissions import require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new organization; ones of the same name are shown first, so that nobody is listed twice."""
    require(request.user, "create", Organization)
    form = FirstFactsForm(request.POST or None)
    similar: list[Organization] = []
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        similar = similar_to(facts["name"], facts["region"])
        if not similar or "is_another" in request.POST:
            organization = services.create_organization(actor=person_of(request), now=timezone.now(), **facts)
            messages.success(request, _("Votre organisme est inscrit. Dites maintenant ce que vous savez faire."))
            return redirect("organizations:skills", organization.slug)
    return render(request, "organizations/create.html", {"form": form, "similar": similar})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """« J’en fais partie »."""
    organization = organization_or_404(request, slug)
    if request.method != "POST":
        return render(request, "organizations/join.html", {"organization": organization})
    require(request.user, "join", organization)
    try:
        seat = services.ask_seat(organization=organization, actor=person_of(request), now=timezone.now())
    except services.AlreadySeatedError:
        messages.info(request, _("Vous avez déjà demandé à rejoindre cet organisme. La réponse viendra par courriel."))
    except services.WrongStateError:
        messages.error(request, _("Cet organisme n’est plus dans le réseau."))
    else:
        messages.success(request, _joined(seat.began_at is not None))
    return redirect(organization)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The page's facts."""
    organization = allowed(request, "edit", slug)
    form = OrganizationForm(request.POST or None, initial=OrganizationForm.initial_of(organization))
    if request.method == "POST" and form.is_valid():
        services.update_organization(organization=organization, actor=request.user, now=timezone.now(), **form.facts())
        messages.success(request, _("La fiche est à jour."))
        return redirect(organization)
    return render(request, "organizations/edit.html", {"form": form, "organization": organization})


@login_required
@require_POST
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """« Tout est encore exact »."""
    organization = allowed(request, "confirm", slug)
    services.confirm_organization(organization=organization, actor=request.user, now=timezone.now())
    messages.success(request, _("Merci! Tout est confirmé aujourd’hui."))
    return redirect(organization)


def _joined(is_in: bool) -> str:
    if is_in:
        return _("Vous faites maintenant partie de l’équipe.")
    return _("Votre demande est envoyée aux responsables. La réponse viendra par courriel.")
