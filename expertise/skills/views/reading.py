"""The taxonomy as readers see it: all of it, one skill with its organizations, a missing one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from expertise.skills.enums import SkillState
from expertise.skills.forms import ProposeForm
from expertise.skills.models import Skill
from expertise.skills.selectors import find_skills
from expertise.skills.services import propose_skill
from maillage.core.permissions import require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User

GROUPS_A_PAGE: Final = 12
MAX_FOUND: Final = 60
MAX_QUERY: Final = 200


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Groups of skills, or what a word finds."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MAX_QUERY]
    narrower = Prefetch("narrower", queryset=Skill.objects.active().order_by("name", "pk"))
    groups = Skill.objects.active().filter(broader=None).order_by("name", "pk").prefetch_related(narrower)
    page = Paginator(groups, GROUPS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "query": query,
        "found": find_skills(query, request.user, MAX_FOUND) if query else [],
        "page": page,
        "groups": [(group, sorted(group.narrower.all(), key=lambda skill: skill.sort_key)) for group in page],
    }
    return render(request, "skills/list.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One skill: its words, its neighbours, who offers it. A merged one leads to the one that stands for it."""
    skill = Skill.objects.select_related("merged_into", "broader").filter(slug=slug.replace("\x00", "")).first()
    if skill is not None and skill.state == SkillState.MERGED and skill.merged_into is not None:
        return redirect("skills:detail", skill.merged_into.slug, permanent=True)
    if skill is None or not Skill.objects.visible_to(request.user).contains(skill):
        raise Http404(slug)
    is_english = (get_language() or "fr").startswith("en")
    context = {
        "skill": skill,
        "synonyms": skill.synonyms_en if is_english else skill.synonyms_fr,
        "narrower": sorted(skill.narrower.filter(state=SkillState.ACTIVE), key=lambda skill: skill.sort_key),
    }
    return render(request, "skills/detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A missing skill: the one that exists under another name, or a proposal that works at once for its proposer."""
    require(request.user, "propose", Skill)
    form = ProposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lang = "en" if (get_language() or "fr").startswith("en") else "fr"
        actor = cast("User", request.user)
        skill = propose_skill(label=form.cleaned_data["label"], lang=lang, actor=actor, now=timezone.now())
        if skill.state == SkillState.ACTIVE:
            messages.info(request, _("Cette compétence existe déjà\u00a0: la voici."))
        else:
            messages.success(request, _("Merci! Elle sert déjà pour vous; l’équipe du réseau la relira pour tous."))
        return redirect("skills:detail", skill.slug)
    return render(request, "skills/propose.html", {"form": form})
