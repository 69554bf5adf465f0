"""A contact or an editor adds an organization to those asked: who fits, or one found by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from expertise.needs.models import Need
from expertise.pairings import reasons, selectors, services
from expertise.pairings.candidates import rank_candidates
from expertise.pairings.enums import Reach
from expertise.pairings.forms.add import AddForm
from maillage.core.permissions import require

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from expertise.organizations.models import Organization
    from members.models import User

CANDIDATES_SHOWN = 8
INVALID = 422


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, need_pk: int) -> HttpResponse:
    """GET shows who could be asked; POST asks one of them."""
    need = get_object_or_404(Need.objects.visible_to(request.user).select_related("organization"), pk=need_pk)
    require(request.user, "add_helper", need)
    form = AddForm(request.POST if request.method == "POST" else None, need=need)
    if form.is_bound and form.is_valid():
        return _ask(request, need, form)
    query = request.GET.get("q", "").strip()[:200]
    now = timezone.now()
    found = [(one, []) for one in selectors.organizations_like(query, need)] if query else _fitting(need, now)
    context = {"need": need, "query": query, "found": found, "form": form}
    return render(request, "pairings/add.html", context, status=INVALID if form.errors else 200)


def _ask(request: HttpRequest, need: Need, form: AddForm) -> HttpResponse:
    organization, note = form.cleaned_data["organization"], form.cleaned_data["note"]
    try:
        services.add_by_hand(
            need=need, organization=organization, actor=cast("User", request.user), note=note, now=timezone.now()
        )
    except services.PairingError as error:
        messages.error(request, _refusal(error))
        return redirect("pairings:add", need.pk)
    messages.success(request, _("%(name)s est consulté.") % {"name": organization.shown_name})
    return redirect(need.get_absolute_url())


def _fitting(need: Need, now: datetime) -> list[tuple[Organization, list[str]]]:
    ranked = rank_candidates(need=need, now=now, reach=Reach.BROADER, limit=CANDIDATES_SHOWN)
    organizations = selectors.organizations_in_order([one.organization_id for one in ranked])
    said = reasons.sentences_of([one.reasons for one in ranked])
    return list(zip(organizations, said, strict=True))


def _refusal(error: services.PairingError) -> str:
    sentences = {
        "already_asked": _("Cet organisme est déjà consulté, ou a déjà répondu."),
        "organization_full": _("Cet organisme aide déjà autant de groupes qu’il le peut."),
        "places_taken": _("Assez d’organismes aident déjà."),
        "need_closed": _("Cette demande est fermée."),
        "not_askable": _(
            "Cet organisme ne peut pas être consulté : il a été écarté, bloqué, ou a dit non pour de bon."
        ),
    }
    return sentences.get(error.code, _("Cet organisme ne peut pas être consulté."))
