"""« État des envois »: in plain words whether all is well, what needs a human, and the buttons to act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.core.audit import record
from maillage.core.permissions import require
from tasks import health, holding, queue, sentences
from tasks.enums import JobState, MessageState
from tasks.models import Hold, Job, Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from tasks.models.lease import Leasable

ROWS_PER_PAGE = 20
BY_HAND = "by_hand"


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    require(request.user, "view", Job)
    now = timezone.now()
    found = health.look(now=now)
    dead_jobs = Job.objects.filter(state=JobState.DEAD).order_by("-ended_at", "-pk")
    dead_messages = Message.objects.filter(state=MessageState.DEAD).defer("body_text", "body_html")
    dead_messages = dead_messages.order_by("-ended_at", "-pk")
    mails_page = Paginator(dead_messages, ROWS_PER_PAGE).get_page(request.GET.get("messages"))
    jobs_page = Paginator(dead_jobs, ROWS_PER_PAGE).get_page(request.GET.get("jobs"))
    context = {
        "health": found,
        "verdict": sentences.verdict(found),
        "facts": sentences.facts(found, now=now),
        "hold_fields": {"hold": "1"},
        "sections": [
            {"name": "messages", "title": _("Courriels abandonnés"), "page": mails_page, "lines": _lines(mails_page)},
            {"name": "jobs", "title": _("Travaux abandonnés"), "page": jobs_page, "lines": _lines(jobs_page)},
        ],
        "waiting": sentences.oldest(now, limit=ROWS_PER_PAGE),
    }
    return render(request, "tasks/status.html", context)


@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """Hold optional mail, or let it leave again."""
    require(request.user, "switch", Hold)
    now = timezone.now()
    if request.POST.get("hold") == "1":
        holding.hold_optional_mail(actor=request.user, now=now)
        messages.success(request, _("Les courriels facultatifs sont suspendus."))
    else:
        holding.release_optional_mail(actor=request.user, now=now)
        messages.success(request, _("Les courriels facultatifs partent de nouveau."))
    return redirect("tasks:status")


@require_POST
def retry_all(request: HttpRequest) -> HttpResponse:
    """Give every dead row of one sort new attempts: after a failure that touched them all."""
    models: dict[str, type[Job | Message]] = {"jobs": Job, "messages": Message}
    model = models.get(request.POST.get("rows", ""))
    if model is None:
        raise Http404
    require(request.user, "retry", model)
    now, count = timezone.now(), 0
    for row in model.objects.filter(state=JobState.DEAD).order_by("pk"):
        queue.retry_by_hand(row, now=now)
        record(verb=f"{row._meta.model_name}.retried", subject=row, now=now, actor=request.user)
        count += 1
    messages.success(request, _("Lignes remises en file : %(count)s.") % {"count": count})
    return redirect("tasks:status")


@require_POST
def retry_job(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one dead job five new attempts."""
    return _retry(request, get_object_or_404(Job, pk=pk))


@require_POST
def retry_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one dead mail five new attempts."""
    return _retry(request, get_object_or_404(Message, pk=pk))


@require_POST
def cancel_job(request: HttpRequest, pk: int) -> HttpResponse:
    """End one job."""
    return _cancel(request, get_object_or_404(Job, pk=pk))


@require_POST
def cancel_message(request: HttpRequest, pk: int) -> HttpResponse:
    """End one mail."""
    return _cancel(request, get_object_or_404(Message, pk=pk))


def _lines(page: Iterable[Leasable]) -> list[sentences.Line]:
    return [sentences.line(row) for row in page]


def _retry(request: HttpRequest, row: Leasable) -> HttpResponse:
    require(request.user, "retry", row)
    try:
        queue.retry_by_hand(row, now=timezone.now())
    except queue.WrongStateError:
        messages.error(request, _("Cette ligne a changé entre-temps : rien n’a été fait."))
    else:
        record(verb=f"{row._meta.model_name}.retried", subject=row, now=timezone.now(), actor=request.user)
        messages.success(request, _("La ligne est remise en file."))
    return redirect("tasks:status")


def _cancel(request: HttpRequest, row: Leasable) -> HttpResponse:
    require(request.user, "cancel", row)
    try:
        queue.cancel_by_hand(row, now=timezone.now(), reason=BY_HAND)
    except queue.WrongStateError:
        messages.error(request, _("Cette ligne a changé entre-temps : rien n’a été fait."))
    else:
        record(verb=f"{row._meta.model_name}.cancelled", subject=row, now=timezone.now(), actor=request.user)
        messages.success(request, _("La ligne est annulée."))
    return redirect("tasks:status")
