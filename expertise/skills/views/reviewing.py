"""Editors read what members proposed: accept it for everyone, or merge it into what says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from expertise.skills.enums import SkillState
from expertise.skills.forms import MergeForm
from expertise.skills.models import Skill
from expertise.skills.services import WrongSkillStateError, accept_skill, merge_skill
from maillage.core.permissions import require
from maillage.core.returning import back_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User

PAGE_SIZE = 30


@login_required
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Proposals, oldest first."""
    require(request.user, "accept", Skill)
    waiting = Skill.objects.filter(state=SkillState.PROPOSED).select_related("proposed_by")
    page = Paginator(waiting.order_by("proposed_at", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "skills/proposals.html", {"page": page})


@login_required
@require_safe
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """One skill, what it could be merged into, and the two buttons."""
    require(request.user, "accept", Skill)
    return _page(request, _skill(slug), MergeForm())


@login_required
@require_POST
def accept(request: HttpRequest, slug: str) -> HttpResponse:
    """For everyone."""
    require(request.user, "accept", Skill)
    skill = _skill(slug)
    try:
        accept_skill(skill=skill, actor=cast("User", request.user), now=timezone.now())
    except WrongSkillStateError:
        messages.error(request, _("Entre-temps, quelqu’un d’autre l’a déjà fait."))
    else:
        messages.success(request, _("La compétence est acceptée\u00a0: tout le monde peut s’en servir."))
    return redirect(back_to(request, reverse("skills:proposals")))


@login_required
@require_POST
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Into another one: whatever held it holds the other, and its words lead there."""
    require(request.user, "merge", Skill)
    skill = _skill(slug)
    form = MergeForm(request.POST, skill=skill)
    if not form.is_valid():
        return _page(request, skill, form)
    into = form.cleaned_data["into"]
    try:
        merge_skill(skill=skill, into=into, actor=cast("User", request.user), now=timezone.now())
    except WrongSkillStateError:
        messages.error(request, _("Entre-temps, quelqu’un d’autre l’a déjà fait."))
        return redirect("skills:proposals")
    messages.success(request, _("Les deux compétences n’en font plus qu’une."))
    return redirect("skills:detail", into.slug)


def _skill(slug: str) -> Skill:
    return get_object_or_404(Skill.objects.exclude(state=SkillState.MERGED), slug=slug.replace("\x00", ""))


def _page(request: HttpRequest, skill: Skill, form: MergeForm) -> HttpResponse:
    context = {"skill": skill, "form": form, "is_proposed": skill.state == SkillState.PROPOSED}
    return render(request, "skills/review.html", context)
