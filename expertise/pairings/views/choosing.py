"""The group looks at its offers side by side and chooses one, several or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from expertise.needs import services as needs
from expertise.needs.models import Need
from expertise.needs.selectors import contact_of
from expertise.pairings import rounds, selectors, services, timeline
from expertise.pairings.models import Pairing
from expertise.pairings.rounds import TAKES_OFFERS
from expertise.pairings.views.links import is_someone_elses, opened_by, refused
from maillage.core.permissions import can, require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.core.models import ActionToken
    from members.models import User

RELATED = ("organization", "contact__user", "author")


@opened_by("choose")
def offers_by_token(request: HttpRequest, token: ActionToken) -> HttpResponse:
    """Behind the link of the group's mail."""
    need = Need.objects.select_related(*RELATED).filter(pk=token.object_id).first()
    if need is None:
        return refused(request, "unknown")
    if is_someone_elses(request, token, is_theirs=can(request.user, "follow", need)):
        return refused(request, "other")
    return _offers(request, need, actor=None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offers(request: HttpRequest, need_pk: int) -> HttpResponse:
    """The same for a signed-in person of the group, its contact, or an editor."""
    need = get_object_or_404(Need.objects.visible_to(request.user).select_related(*RELATED), pk=need_pk)
    require(request.user, "follow", need)
    return _offers(request, need, actor=cast("User", request.user))


def _offers(request: HttpRequest, need: Need, *, actor: User | None) -> HttpResponse:
    if request.method == "POST":
        if request.POST.get("action") == "found_elsewhere":
            _find_elsewhere(request, need, actor)
        else:
            _choose(request, need, actor)
        return redirect(request.path)
    now = timezone.now()
    shown = selectors.offers_of(need, now)
    context = {
        "need": need,
        "offers": shown,
        "undecided": sum(offer.can_choose for offer in shown),
        "steps": timeline.timeline(need, now),
        "contact": contact_of(need, now),
        "free_places": rounds.free_places(need),
        "is_waiting": need.state in TAKES_OFFERS,
        "is_signed_in": actor is not None,
    }
    # Behind a link no cookie is asked for: an empty token keeps the page from setting one.
    return render(request, "pairings/offers.html", context if actor is not None else context | {"csrf_token": ""})


def _find_elsewhere(request: HttpRequest, need: Need, actor: User | None) -> None:
    try:
        needs.find_elsewhere(need=need, actor=actor, now=timezone.now())
    except needs.NeedError:
        messages.info(request, _("Votre demande est déjà fermée."))
    else:
        messages.success(request, _("C’est noté : votre demande est réglée. Les organismes consultés en sont avertis."))


def _choose(request: HttpRequest, need: Need, actor: User | None) -> None:
    chosen = request.POST.get("pairing", "")
    is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < 19  # noqa: PLR2004  digits of a 64-bit integer
    pairing = Pairing.objects.filter(need=need, pk=chosen).first() if is_number else None
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
