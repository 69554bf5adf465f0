"""From a draft to a published need: the group, the page before publishing, the button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from expertise.needs import selectors, services
from expertise.needs.enums import NeedState, Part
from expertise.needs.facts import facts_of
from expertise.needs.forms.fields import IdsField
from expertise.needs.forms.group import GroupForm, values_of
from expertise.needs.models import Need
from expertise.needs.services.transitions import lock
from expertise.needs.views.access import draft_or_404, signed_in
from expertise.needs.views.groups import group_of
from expertise.needs.views.steps import next_step
from expertise.needs.views.wording import refusal_text
from expertise.organizations.models import Seat

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from expertise.needs.views.access import MemberRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def group(request: MemberRequest, pk: int) -> HttpResponse:
    """Three facts: which group, where, and the telephone."""
    need = draft_or_404(request, pk)
    form = _group_form(request, need)
    if request.method == "POST" and form.is_valid():
        _complete(request, need, timezone.now())
        return redirect("needs:review", pk=need.pk)
    return render(request, "needs/group.html", {"form": form, "need": need})


@never_cache
@require_http_methods(["GET", "HEAD"])
@signed_in
def review(request: MemberRequest, pk: int) -> HttpResponse:
    """Who could be asked and why, what they will read, who will see it."""
    need = draft_or_404(request, pk)
    if need.organization is None:
        return redirect(next_step(need))
    now = timezone.now()
    has_seat = Seat.objects.of(request.user).filter(organization=need.organization).exists()
    open_count = Need.objects.counting_for(need.organization, request.user).count()
    context = {
        "need": need,
        "facts": facts_of(need, Part.ASKED),
        "skills": list(need.skills.order_by("name")),
        "same": selectors.same_needs(need, now),
        "contact": selectors.contact_of(need, now),
        "waits_for_seat": not has_seat and need.entered_by_id is None,
        "limit": settings.MAX_OPEN_NEEDS_PER_ORGANIZATION,
        "is_full": open_count >= settings.MAX_OPEN_NEEDS_PER_ORGANIZATION,
    }
    return render(request, "needs/review.html", context)


@require_POST
@signed_in
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    """« Publier »; a second press of the button finds the need published and shows it."""
    published = Need.objects.visible_to(request.user).filter(pk=pk).exclude(state=NeedState.DRAFT).first()
    if published is not None:
        return redirect(published)
    need = draft_or_404(request, pk, verb="publish")
    now = timezone.now()
    shown, asked = (IdsField().clean(",".join(request.POST.getlist(name))) for name in ("shown", "asked"))
    try:
        with transaction.atomic():
            services.set_exclusions(need=need, shown=shown, asked=asked, now=now)
            services.publish_need(need=need, actor=request.user, now=now)
    except services.NeedError as error:
        messages.error(request, refusal_text(error))
        return redirect(next_step(need) if need.state == NeedState.DRAFT else need.get_absolute_url())
    if need.state == NeedState.HELD:
        messages.success(
            request, _("Votre demande est enregistrée. Une personne du réseau la vérifie avant qu’elle parte.")
        )
    else:
        messages.success(request, _("Votre demande est partie. Les réponses arrivent par courriel, et sur cette page."))
    return redirect(need)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """« Jeter ce brouillon »."""
    need = draft_or_404(request, pk, verb="discard")
    services.discard_draft(need=need, actor=request.user, now=timezone.now())
    messages.success(request, _("Le brouillon est jeté."))
    return redirect("needs:list" if request.user.is_authenticated else "needs:write")


def _group_form(request: MemberRequest, need: Need) -> GroupForm:
    initial = values_of(need, request.user)
    return GroupForm(request.POST or None, actor=request.user, already=need.organization, initial=initial)


@transaction.atomic
def _complete(request: MemberRequest, need: Need, now: datetime) -> None:
    """Under the draft's lock, so that two presses at the same moment make one organization."""
    form = _group_form(request, lock(need))
    if form.is_valid():
        organization = group_of(form, known=form.known, actor=request.user, now=now)
        services.complete_draft(need=need, facts=form.facts(organization), actor=request.user, now=now)
