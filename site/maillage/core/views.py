"""The plain pages, and « Signaler »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.core import alternates, limits, reporting
from maillage.core.forms import ReportForm
from maillage.core.models import InformationPage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


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
    """Say that something is wrong with an object; no account needed."""
    subject = reporting.subject_of(name, pk, request.user)
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
    return render(request, "core/report.html", {"form": form, "subject": subject})
