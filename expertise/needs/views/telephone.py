"""A contact or an editor writes down what a caller needs."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from expertise.needs import selectors, services
from expertise.needs.forms.telephone import TelephoneForm, blank_values
from expertise.needs.models import Need
from expertise.needs.views.access import signed_in
from expertise.needs.views.groups import group_of_caller
from expertise.organizations.models import RegionalContact
from maillage.core.permissions import require

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from expertise.needs.views.access import MemberRequest
    from expertise.organizations.models import Organization
    from members.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def enter(request: MemberRequest) -> HttpResponse:
    """The form of a call; then the same page before publishing as everyone's, to be read aloud."""
    require(request.user, "telephone", Need)
    form = TelephoneForm(
        request.POST or None, actor=request.user, already=_already(request), initial=_blank(request.user)
    )
    if request.method == "POST" and form.is_valid():
        try:
            need = _save(form, actor=request.user, now=timezone.now())
        except services.WrongStateError:
            messages.info(request, _("Cette demande est déjà publiée."))
            return redirect("needs:list")
        return redirect("needs:review", pk=need.pk)
    return render(request, "needs/telephone.html", {"form": form})


@transaction.atomic
def _save(form: TelephoneForm, *, actor: User, now: datetime) -> Need:
    facts = form.draft_facts()
    suggested = selectors.suggested_skills(facts.text, facts.lang)
    need = services.save_draft(
        facts=facts,
        skills=suggested,
        suggested=suggested,
        form_key=form.cleaned_data["form_key"],
        actor=actor,
        is_for_caller=True,
        now=now,
    )
    organization = group_of_caller(form, actor=actor, now=now)
    return services.complete_draft(need=need, facts=form.group_facts(organization), actor=actor, now=now)


def _already(request: MemberRequest) -> Organization | None:
    """The group that a first press of this form's button has named."""
    form_key = request.POST.get("form_key", "")
    draft = Need.objects.filter(form_key=form_key, entered_by_id=request.user.pk).exclude(form_key="").first()
    return draft.organization if draft is not None else None


def _blank(actor: User) -> dict[str, object]:
    role = RegionalContact.objects.filter(user_id=actor.pk, is_active=True).order_by("position", "pk").first()
    return blank_values(role.region if role is not None else None, uuid.uuid4().hex)
