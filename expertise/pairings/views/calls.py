"""« À rappeler »: what the contact must do, one button a line; and vouching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from expertise.needs import services as needs
from expertise.needs.models import Need
from expertise.organizations.models import RegionalContact
from expertise.pairings import selectors, services
from expertise.pairings.models import ContactTask
from maillage.core.permissions import is_editor, require
from members.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 20
NOTE_CHARACTERS = 2000


@login_required
@never_cache
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Calls to make, the oldest first."""
    is_contact = RegionalContact.objects.filter(user_id=request.user.pk, is_active=True).exists()
    if not is_contact and not is_editor(request.user):
        raise PermissionDenied
    page = Paginator(selectors.calls_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "pairings/calls.html", {"page": page})


@login_required
@require_POST
def call_done(request: HttpRequest, pk: int) -> HttpResponse:
    """The call was made."""
    task, user = _task(request, pk)
    services.finish_call(task=task, actor=user, note=request.POST.get("note", "")[:NOTE_CHARACTERS], now=timezone.now())
    messages.success(request, _("C’est noté."))
    return redirect("pairings:calls")


@login_required
@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else in turn calls."""
    task, user = _task(request, pk)
    passed = services.pass_on(task_id=task.pk, actor=user, now=timezone.now())
    if passed is None:
        messages.info(request, _("Vous êtes la dernière personne du tour\u00a0: l’appel vous reste."))
    else:
        messages.success(request, _("%(name)s prend le relais.") % {"name": passed.contact.name})
    return redirect("pairings:calls")


@login_required
@require_POST
def vouch(request: HttpRequest, need_pk: int) -> HttpResponse:
    """« Je m’en porte garant »: the held need of an organization that one knows is opened."""
    need = Need.objects.visible_to(request.user).filter(pk=need_pk).first()
    if need is None or not isinstance(request.user, User):
        raise Http404(str(need_pk))
    require(request.user, "vouch", need)
    try:
        services.vouch(need=need, actor=request.user, now=timezone.now())
    except needs.NeedError:
        messages.info(request, _("Cette demande n’attend plus de garant."))
    else:
        messages.success(request, _("Merci! La demande part maintenant."))
    return redirect("needs:list")


def _task(request: HttpRequest, pk: int) -> tuple[ContactTask, User]:
    task = ContactTask.objects.visible_to(request.user).filter(pk=pk).first()
    if task is None or not isinstance(request.user, User):
        raise Http404(str(pk))
    require(request.user, "handle", task)
    return task, request.user
