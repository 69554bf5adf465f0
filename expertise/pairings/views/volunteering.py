"""« Je peux aider » on a need that one may see, without having been asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from expertise.needs.models import Need
from expertise.organizations.models import Organization
from expertise.pairings import services
from expertise.pairings.forms.answers import OfferForm
from maillage.core.formats import local_date
from maillage.core.forms import RadioCards
from maillage.core.permissions import require
from members.models import User

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

INVALID = 422


class VolunteerForm(OfferForm):
    """An offer, in the name of one of one's organizations."""

    organization = forms.ModelChoiceField(
        label=gettext_lazy("Au nom de"), queryset=Organization.objects.none(), empty_label=None, widget=RadioCards
    )
    field_order = ("organization", *OfferForm.field_order)

    def __init__(self, *args: Any, user: User, need: Need, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        own = Organization.objects.of(user).verified().exclude(pk=need.organization_id).distinct()
        self.fields["organization"].queryset = own  # type: ignore[attr-defined]
        self.fields["organization"].initial = own.first() if own.count() == 1 else None


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def volunteer(request: HttpRequest, need_pk: int) -> HttpResponse:
    """Offer help; an organization that was asked answers from its own page instead."""
    need = Need.objects.visible_to(request.user).select_related("organization").filter(pk=need_pk).first()
    if need is None or not isinstance(request.user, User):
        raise Http404(str(need_pk))
    require(request.user, "help", need)
    user = request.user
    known = {"name": user.name, "telephone": user.telephone}
    form = VolunteerForm(
        request.POST if request.method == "POST" else None,
        initial=known,
        user=user,
        need=need,
        today=local_date(timezone.now()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.volunteer(
                need=need,
                organization=form.cleaned_data["organization"],
                facts=form.facts(),
                answer=form.answer(user.email),
                actor=user,
                now=timezone.now(),
            )
        except services.AlreadyAskedError:
            messages.info(request, _("Votre organisme est déjà consulté pour cette demande."))
        except services.PairingError:
            messages.error(request, _("Cette demande ne prend plus d’offres, ou votre organisme ne peut pas l’aider."))
        else:
            messages.success(request, _("Merci! Le groupe reçoit votre offre."))
        return redirect(need.get_absolute_url())
    context = {"form": form, "need": need}
    return render(request, "pairings/volunteer.html", context, status=INVALID if form.errors else 200)
