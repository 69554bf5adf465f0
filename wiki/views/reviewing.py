"""What editors do with submitted guides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.permissions import require
from maillage.core.returning import back_to
from wiki import selectors, services
from wiki.forms import AnswerForm
from wiki.models import GuidePage
from wiki.views.reading import context_of
from wiki.views.writing import actor_of, guide_or_404

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User


@login_required
@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Guides that wait, the longest first."""
    require(request.user, "review", GuidePage)
    return render(request, "wiki/queue.html", {"guides": selectors.waiting_for_review()})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the latest revision; publish it, ask for changes, refuse it, or take it away from readers."""
    guide = guide_or_404(request, pk)
    require(request.user, "review", guide)
    form = AnswerForm(request.POST or None)
    action = request.POST.get("action", "")
    if request.method == "POST" and form.is_valid():
        word = form.cleaned_data["word"]
        if action != "publish" and not word:
            form.add_error("word", _("Dites pourquoi, en une phrase ou deux."))
        else:
            return _answer(request, guide, action, word)
    latest = guide.get_latest_revision_as_object()
    context = {**context_of(latest, request), "stored": guide, "form": form}
    return render(request, "wiki/review.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Read again, and still right."""
    guide = guide_or_404(request, pk)
    require(request.user, "check", guide)
    try:
        services.check_guide(guide=guide, actor=actor_of(request), now=timezone.now())
    except services.GuideStateError:
        messages.error(request, _("Ce guide a changé d’état entre-temps. Relisez-le."))
    else:
        messages.success(request, _("C’est noté : vérifié aujourd’hui."))
    return redirect(back_to(request, guide.get_absolute_url()))


def _answer(request: HttpRequest, guide: GuidePage, action: str, word: str) -> HttpResponse:
    try:
        _act(guide, action, word, actor_of(request))
    except services.GuideStateError:
        messages.error(request, _("Ce guide a changé d’état entre-temps. Relisez-le."))
        return redirect("wiki:review", pk=guide.pk)
    messages.success(request, _("C’est fait. L’auteur ou l’autrice en est averti."))
    return redirect("wiki:queue")


def _act(guide: GuidePage, action: str, word: str, actor: User) -> None:
    now = timezone.now()
    if action == "publish":
        services.publish_guide(guide=guide, actor=actor, now=now)
    elif action == "unpublish":
        services.unpublish_guide(guide=guide, word=word, actor=actor, now=now)
    elif action == "refuse":
        services.refuse_guide(guide=guide, word=word, actor=actor, now=now)
    else:
        services.ask_changes(guide=guide, word=word, actor=actor, now=now)
