"""How much an organization takes, when it is away, with whom it is never paired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from expertise.organizations import services
from expertise.organizations.forms.availability import BlockForm, CapacityForm, ClosedPeriodForm
from expertise.organizations.models import Availability, Organization
from expertise.organizations.views.access import allowed
from maillage.core.permissions import can

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse


@login_required
@require_safe
def availability(request: HttpRequest, slug: str) -> HttpResponse:
    """Three short forms on one page."""
    return _page(request, allowed(request, "set_availability", slug))


@login_required
@require_POST
def set_capacity(request: HttpRequest, slug: str) -> HttpResponse:
    """Needs at once."""
    organization = allowed(request, "set_availability", slug)
    form = CapacityForm(request.POST)
    if not form.is_valid():
        return _page(request, organization, capacity_form=form)
    services.set_capacity(
        organization=organization, capacity=form.cleaned_data["capacity"], actor=request.user, now=timezone.now()
    )
    return _done(request, organization)


@login_required
@require_POST
def add_period(request: HttpRequest, slug: str) -> HttpResponse:
    """Days away."""
    organization = allowed(request, "set_availability", slug)
    form = ClosedPeriodForm(request.POST)
    if form.is_valid():
        try:
            services.add_closed_period(
                organization=organization, actor=request.user, now=timezone.now(), **form.cleaned_data
            )
        except services.PeriodError:
            form.add_error("ends_on", _("Ces jours sont déjà passés."))
        except services.TooManyError:
            form.add_error(None, _("Il y a déjà beaucoup d’absences à venir. Retirez-en d’abord."))
        else:
            return _done(request, organization)
    return _page(request, organization, period_form=form)


@login_required
@require_POST
def remove_period(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Open again."""
    organization = allowed(request, "set_availability", slug)
    period = get_object_or_404(organization.availability.closed_periods, pk=pk)
    services.remove_closed_period(period=period, actor=request.user, now=timezone.now())
    return _done(request, organization)


@login_required
@require_POST
def block(request: HttpRequest, slug: str) -> HttpResponse:
    """Never with this one; the other is not told."""
    organization = allowed(request, "block", slug)
    form = BlockForm(request.POST)
    if form.is_valid():
        other = Organization.objects.visible_to(request.user).filter(slug=form.cleaned_data["slug"]).first()
        try:
            if other is None:
                form.add_error("slug", _("Aucun organisme n’a cette adresse. Copiez celle de sa fiche."))
            else:
                services.block(organization=organization, blocked=other, actor=request.user, now=timezone.now())
                return _done(request, organization)
        except services.SelfBlockError:
            form.add_error("slug", _("C’est votre propre organisme."))
    return _page(request, organization, block_form=form)


@login_required
@require_POST
def unblock(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Allow pairing again."""
    organization = allowed(request, "block", slug)
    row = get_object_or_404(organization.blocks.select_related("blocked"), pk=pk)
    services.unblock(organization=organization, blocked=row.blocked, actor=request.user, now=timezone.now())
    return _done(request, organization)


def _done(request: HttpRequest, organization: Organization) -> HttpResponse:
    messages.success(request, _("C’est noté."))
    return redirect("organizations:availability", organization.slug)


def _page(
    request: HttpRequest,
    organization: Organization,
    *,
    capacity_form: forms.Form | None = None,
    period_form: forms.Form | None = None,
    block_form: forms.Form | None = None,
) -> HttpResponse:
    kept = Availability.objects.get(organization=organization)
    today = timezone.localdate()
    wrong = next((form for form in (capacity_form, period_form, block_form) if form is not None), None)
    context = {
        "organization": organization,
        "form": wrong,
        "capacity_form": capacity_form or CapacityForm(initial={"capacity": kept.capacity}),
        "period_form": period_form or ClosedPeriodForm(),
        "block_form": block_form or BlockForm(),
        "periods": list(kept.closed_periods.filter(ends_on__gte=today)),
        "blocks": list(organization.blocks.select_related("blocked").order_by("blocked__folded", "pk")),
        "may_block": can(request.user, "block", organization),
    }
    return render(request, "organizations/availability.html", context)
