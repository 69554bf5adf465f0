"""« Je peux aider » on a need that one may see, without having been asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from expertise.needs.enums import Part
from expertise.needs.facts import facts_of
from expertise.needs.models import Need
from expertise.needs.selectors import contact_of
from expertise.pairings import services
from expertise.pairings.forms.volunteer import VolunteerForm
from maillage.core.formats import local_date
from maillage.core.permissions import require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User

INVALID, CONFLICT = 422, 409


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def volunteer(request: HttpRequest, need_pk: int) -> HttpResponse:
    """Offer help; an organization that was asked answers its proposal by this too."""
    need = get_object_or_404(
        Need.objects.visible_to(request.user).select_related("organization", "contact__user"), pk=need_pk
    )
    require(request.user, "help", need)
    user, now = cast("User", request.user), timezone.now()
    known = {"name": user.name, "telephone": user.telephone}
    data = request.POST if request.method == "POST" else None
    form = VolunteerForm(data, initial=known, user=user, need=need, today=local_date(now))
    refusal = ""
    if data is not None and form.is_valid():
        try:
            services.volunteer(
                need=need,
                organization=form.chosen(),
                facts=form.facts(),
                answer=form.answer(user.email),
                actor=user,
                now=now,
            )
        except services.PairingError as error:
            refusal = _refusal(error)
        else:
            messages.success(request, _("Merci! Le groupe reçoit votre offre."))
            return redirect(need.get_absolute_url())
    context = {
        "form": form,
        "need": need,
        "facts": facts_of(need, Part.MEMBER),
        "contact": contact_of(need, now),
        "refusal": refusal,
    }
    status = CONFLICT if refusal else INVALID if form.errors else 200
    return render(request, "pairings/volunteer.html", context, status=status)


def _refusal(error: services.PairingError) -> str:
    sentences = {
        "already_answered": _("Votre organisme a déjà répondu à cette demande : sa première réponse compte."),
        "places_taken": _("Le groupe a trouvé entre-temps. Merci quand même."),
        "need_closed": _("Cette demande est fermée. Merci quand même."),
        "organization_full": _(
            "Votre organisme aide déjà autant de groupes qu’il l’a prévu. Changez ce nombre dans ses disponibilités, "
            "puis revenez."
        ),
        "not_askable": _("Votre organisme ne peut pas se proposer pour cette demande."),
    }
    return sentences.get(error.code, _("Cette offre n’est plus possible."))
