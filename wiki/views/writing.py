"""Writing guides: the form, its preview made by the server, and submitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expertise.needs import selectors as need_selectors
from maillage.core.markdown import render as render_markdown
from maillage.core.permissions import require
from members.models import User
from wiki import selectors, services
from wiki.forms import GuideForm, blank_values, values_of
from wiki.models import GuidePage
from wiki.views.reading import context_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from expertise.skills.models import Skill


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new guide."""
    require(request.user, "write", GuidePage)
    return _edit(request, None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own guide, or any guide for editors."""
    guide = guide_or_404(request, pk)
    require(request.user, "edit", guide)
    return _edit(request, guide)


@login_required
@never_cache
@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest revision as readers will see it, with what comes next."""
    guide = guide_or_404(request, pk)
    require(request.user, "edit", guide)
    latest = guide.get_latest_revision_as_object()
    return render(request, "wiki/draft.html", {**context_of(latest, request), "stored": guide})


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask editors to read it."""
    guide = guide_or_404(request, pk)
    require(request.user, "submit", guide)
    try:
        services.submit_guide(guide=guide, actor=actor_of(request), now=timezone.now())
    except services.GuideStateError:
        messages.info(request, _("Ce guide attend déjà d’être relu."))
    else:
        messages.success(request, _("Merci! Une personne de l’équipe éditoriale le relira et vous écrira."))
    return redirect("wiki:draft", pk=guide.pk)


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own guides at every stage."""
    return render(request, "wiki/mine.html", {"guides": selectors.written_by(request.user)})


def guide_or_404(request: HttpRequest, pk: int) -> GuidePage:
    """A guide that the person may see.

    Raises:
        Http404: there is none.
    """
    found = GuidePage.objects.visible_to(request.user).select_related("locale", "owner").filter(pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    return found


def actor_of(request: HttpRequest) -> User:
    """The person behind a ``login_required`` request."""
    if not isinstance(request.user, User):
        raise TypeError(type(request.user))
    return request.user


def _edit(request: HttpRequest, guide: GuidePage | None) -> HttpResponse:
    if request.method != "POST":
        initial = values_of(guide) if guide is not None else blank_values()
        return _page(request, GuideForm(initial=initial, actor=request.user, guide=guide), guide)
    action = request.POST.get("action", "save")
    if action in {"preview", "suggest", "find"}:
        return _shown_again(request, guide, action)
    form = GuideForm(request.POST, request.FILES, actor=request.user, guide=guide)
    if not form.is_valid():
        return _page(request, form, guide, status=422)
    return _save(request, form, guide)


def _save(request: HttpRequest, form: GuideForm, guide: GuidePage | None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    if guide is None:
        saved = services.create_guide(facts=form.facts(), actor=actor, now=now)
        return redirect("wiki:draft", pk=saved.pk)
    try:
        services.save_guide(
            guide=guide, facts=form.facts(), started_from=form.cleaned_data["started_from"], actor=actor, now=now
        )
    except services.StaleRevisionError:
        return _conflict(request, form, guide)
    return redirect("wiki:draft", pk=guide.pk)


def _conflict(request: HttpRequest, form: GuideForm, guide: GuidePage) -> HttpResponse:
    """409: both texts side by side; saving again from here keeps the one in the form, knowingly."""
    stored = GuidePage.objects.get(pk=guide.pk)
    theirs = stored.get_latest_revision_as_object()
    values = request.POST.copy()
    values["started_from"] = str(stored.latest_revision_id)
    again = GuideForm(values, actor=request.user, guide=guide)
    return _page(request, again, guide, status=409, theirs=theirs)


def _shown_again(request: HttpRequest, guide: GuidePage | None, action: str) -> HttpResponse:
    """The same form with nothing written: a preview, or more skills to tick."""
    found: list[Skill] = []
    if action == "suggest":
        lang = (guide.locale.language_code if guide else request.POST.get("lang")) or (get_language() or "fr")
        text = f"{request.POST.get('title', '')}\n{request.POST.get('helps_to', '')}\n{request.POST.get('body', '')}"
        found = need_selectors.suggested_skills(text, lang[:2])
    elif action == "find":
        found = need_selectors.found_skills(
            request.POST.get("skill_search", ""), (get_language() or "fr")[:2], request.user
        )
    values = {name: request.POST.get(name, "") for name in request.POST}
    values["skills"] = [value for value in request.POST.getlist("skills") if value.isdigit()]  # type: ignore[assignment]
    form = GuideForm(initial=values, actor=request.user, guide=guide, found=found)
    preview = render_markdown(request.POST.get("body", "")[:200_000]).html if action == "preview" else ""
    return _page(request, form, guide, preview=preview)


def _page(
    request: HttpRequest, form: GuideForm, guide: GuidePage | None, status: int = 200, **more: object
) -> HttpResponse:
    context = {"form": form, "guide": guide, "preview": "", "theirs": None, **more}
    return render(request, "wiki/edit.html", context, status=status)
