"""The plain pages, and « Signaler »."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.core import alternates, limits, reporting
from maillage.core.enums import ReportState
from maillage.core.forms import ReportForm
from maillage.core.models import InformationPage, Report
from maillage.core.permissions import require
from maillage.core.returning import back_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One information page, in the language of its address."""
    found = (
        InformationPage.objects.live()
        .public()
        .select_related("locale")
        .filter(slug=slug, locale__language_code=get_language())
        .first()
    )
    if found is None:
        raise Http404(slug)
    context = {"page": found, "alternates": alternates.of_page(found)}
    return render(request, "core/information_page.html", context)


REPORTS_PER_HOUR = 20


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Say that something is wrong with an object; no account needed for what everyone may see.

    Who is not signed in is asked to, before learning whether there is anything: a mailed link shows more than that.
    """
    try:
        subject = reporting.subject_of(name, pk, request.user)
    except Http404:
        if request.user.is_authenticated or not reporting.is_reportable(name):
            raise
        return redirect_to_login(request.path)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not limits.allows(f"report:{limits.network_of(request)}", limit=REPORTS_PER_HOUR, window_s=3600):
            return render(request, "429.html", status=429)
        reporting.open_report(
            subject=subject,
            reason=form.cleaned_data["reason"],
            word=form.cleaned_data["word"],
            actor=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Merci. Une personne du réseau regardera ce que vous signalez."))
        return redirect(reporting.page_of(subject))
    return render(request, "core/report.html", {"form": form, "title": reporting.title_of(subject)})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settle_report(request: HttpRequest, pk: int) -> HttpResponse:
    """An editor reads a report and says what becomes of it."""
    require(request.user, "settle", Report)
    found = get_object_or_404(Report.objects.select_related("author"), pk=pk)
    state = request.POST.get("state", "")
    if request.method == "POST" and state in {ReportState.KEPT, ReportState.REMOVED}:
        try:
            reporting.settle_report(
                report=found, state=ReportState(state), actor=cast("User", request.user), now=timezone.now()
            )
        except reporting.ReportSettledError:
            messages.info(request, _("Entre-temps, quelqu’un d’autre l’a déjà fait."))
        else:
            messages.success(request, _("C’est noté."))
        return redirect(back_to(request, reverse("home:todo")))
    return render(request, "core/settle_report.html", {"report": found, **_subject_of(found)})


def _subject_of(report: Report) -> dict[str, object]:
    """What a settler reads about the object: its name, its page, where to act on it; empty when it is gone."""
    subject = reporting.about(report)
    if subject is None:
        return {"title": "", "page": "", "remedy_url": "", "remedy_label": ""}
    remedy = reporting.remedy_of(subject)
    return {
        "title": reporting.title_of(subject),
        "page": reporting.page_of(subject),
        "remedy_url": remedy.url(subject) if remedy else "",
        "remedy_label": remedy.label if remedy else "",
    }
