"""The group looks at its offers side by side and chooses one, several or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from expertise.needs.models import Need
from expertise.pairings import rounds, selectors, services, timeline
from expertise.pairings.models import Pairing
from expertise.pairings.views.links import opened_by, refused
from maillage.core.permissions import can
from members.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.core.models import ActionToken

RELATED = ("organization", "contact__user", "author")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@opened_by("choose")
def offers_by_token(request: HttpRequest, token: ActionToken) -> HttpResponse:
    """Behind the link of the group's mail."""
    need = Need.objects.select_related(*RELATED).filter(pk=token.object_id).first()
    if need is None:
        return refused(request, "unknown")
    return _offers(request, need, actor=None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offers(request: HttpRequest, need_pk: int) -> HttpResponse:
    """The same for a signed-in person of the group, its contact, or an editor."""
    need = Need.objects.visible_to(request.user).select_related(*RELATED).filter(pk=need_pk).first()
    if need is None or not isinstance(request.user, User) or not can(request.user, "follow", need):
        raise Http404(str(need_pk))
    return _offers(request, need, actor=request.user)


def _offers(request: HttpRequest, need: Need, *, actor: User | None) -> HttpResponse:
    if request.method == "POST":
        _choose(request, need, actor)
        return redirect(request.path)
    now = timezone.now()
    shown = selectors.offers_of(need, now)
    context = {
        "need": need,
        "offers": shown,
        "undecided": sum(offer.can_choose for offer in shown),
        "steps": timeline.timeline(need, now),
        "contact": need.contact,
        "free_places": rounds.free_places(need),
        "is_signed_in": actor is not None,
    }
    return render(request, "pairings/offers.html", context)


def _choose(request: HttpRequest, need: Need, actor: User | None) -> None:
    chosen = request.POST.get("pairing", "")
    pairing = Pairing.objects.filter(need=need, pk=chosen).first() if chosen.isascii() and chosen.isdigit() else None
    if pairing is None:
        messages.error(request, _("Cette offre n’est plus là. Regardez celles qui restent."))
        return
    try:
        if request.POST.get("action") == "set_aside":
            services.set_aside(pairing=pairing, actor=actor, now=timezone.now())
            messages.success(request, _("C’est noté. Un mot de remerciement part à cet organisme."))
        else:
            services.choose(pairing=pairing, actor=actor, now=timezone.now())
            messages.success(request, _("Vous êtes mis en contact. Un courriel part aux deux, avec vos coordonnées."))
    except services.PairingError as error:
        messages.error(request, _sentence(error))


def _sentence(error: services.PairingError) -> str:
    sentences = {
        "places_taken": _("Toutes les places sont prises. Rien n’a changé."),
        "organization_full": _("Cet organisme aide déjà autant de groupes qu’il le peut. Choisissez une autre offre."),
        "wrong_state": _("Cette offre a déjà reçu une réponse, ou a été retirée."),
        "need_closed": _("Votre demande est fermée."),
    }
    return sentences.get(error.code, _("Ce choix n’est plus possible."))
