"""« À rappeler »: what the contact must do, one button a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from expertise.pairings import selectors, services
from expertise.pairings.forms.call import CallForm
from expertise.pairings.models import ContactTask
from maillage.core.permissions import require
from maillage.core.returning import back_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User

PER_PAGE = 20
INVALID = 422


@login_required
@never_cache
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Calls to make, the oldest first."""
    return _page(request)


@login_required
@require_POST
def call_done(request: HttpRequest, pk: int) -> HttpResponse:
    """The call was made; what was agreed is kept."""
    task = _task(request, pk)
    form = CallForm(request.POST, prefix=str(task.pk))
    if not form.is_valid():
        return _page(request, bound=form, status=INVALID)
    note = form.cleaned_data["note"]
    services.finish_call(task=task, actor=cast("User", request.user), note=note, now=timezone.now())
    messages.success(request, _("C’est noté."))
    return redirect("pairings:calls")


@login_required
@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else in turn calls."""
    task = _task(request, pk)
    passed = services.pass_on(task_id=task.pk, actor=cast("User", request.user), now=timezone.now())
    if passed is None:
        messages.info(request, _("Personne d’autre n’est du tour : l’appel reste où il est."))
    else:
        messages.success(request, _("%(name)s prend le relais.") % {"name": passed.contact.name})
    return redirect(back_to(request, reverse("pairings:calls")))


def _page(request: HttpRequest, *, bound: CallForm | None = None, status: int = 200) -> HttpResponse:
    require(request.user, "see_calls", ContactTask)
    page = Paginator(selectors.calls_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        (task, bound if bound is not None and bound.prefix == str(task.pk) else CallForm(prefix=str(task.pk)))
        for task in page
    ]
    return render(request, "pairings/calls.html", {"page": page, "lines": lines, "form": bound}, status=status)


def _task(request: HttpRequest, pk: int) -> ContactTask:
    task = get_object_or_404(ContactTask.objects.visible_to(request.user), pk=pk)
    require(request.user, "handle", task)
    return task
