"""The editors' upload page: what the columns are, what a file would do, then the import itself."""

from __future__ import annotations

import csv
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expertise.organizations.forms.importing import ImportForm
from expertise.organizations.importing.columns import COLUMNS
from expertise.organizations.importing.files import Summary, import_organizations
from expertise.organizations.importing.tables import FileRefusedError
from expertise.organizations.models import ImportFile, Organization
from expertise.organizations.views.access import person_of
from maillage.core.permissions import require

if TYPE_CHECKING:
    from django.http import HttpRequest

# A web request ends within seconds; longer lists go by the command, which has no limit.
MAX_WEB_ROWS: Final = 5000
KEPT: Final = timedelta(days=1)
SHOWN_BAD_ROWS: Final = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file, check every row, keep it for the preview; a refused file says why at its field."""
    require(request.user, "import", Organization)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        ImportFile.objects.filter(uploaded_at__lt=now - KEPT).delete()
        sent = form.cleaned_data["file"]
        kept = ImportFile(
            name=sent.name[-255:],
            source=form.cleaned_data["source"],
            content=sent.read(),
            uploaded_by=person_of(request),
            uploaded_at=now,
        )
        try:
            _run(kept, request, is_rehearsal=True)
        except FileRefusedError as error:
            form.add_error("file", error.message)
        else:
            kept.save()
            return redirect("organizations:import_preview", kept.pk)
    return render(request, "organizations/import.html", {"form": form, "columns": COLUMNS, "limit": MAX_WEB_ROWS})


@login_required
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would do: counts, first rows, every bad row by line and reason."""
    kept = _kept(request, pk)
    summary = _run(kept, request, is_rehearsal=True)
    reasons = summary.reasons()
    context = {
        "kept": kept,
        "summary": summary,
        "bad_rows": reasons[:SHOWN_BAD_ROWS],
        "more_bad_rows": max(0, summary.bad_count - SHOWN_BAD_ROWS),
    }
    return render(request, "organizations/import_preview.html", context)


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the preview showed."""
    kept = _kept(request, pk)
    summary = _run(kept, request, is_rehearsal=False)
    kept.delete()
    text = _("Organismes ajoutés\u00a0: %(created)s; mis à jour\u00a0: %(changed)s. Ils attendent votre invitation.")
    messages.success(request, text % {"created": summary.tally.created, "changed": summary.tally.changed})
    return redirect("organizations:invitations")


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up; the file is gone."""
    _kept(request, pk).delete()
    messages.success(request, _("Rien n’a été importé. Le fichier est effacé."))
    return redirect("organizations:import")


@login_required
@require_safe
def model_file(request: HttpRequest) -> HttpResponse:
    """An example with every column, to fill in."""
    require(request.user, "import", Organization)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="organismes.csv"'
    response.write("\ufeff")  # Excel reads UTF-8 only when the file says so
    writer = csv.writer(response, delimiter=";")
    writer.writerow([column.headers[0] for column in COLUMNS])
    writer.writerow([column.example for column in COLUMNS])
    return response


def _kept(request: HttpRequest, pk: int) -> ImportFile:
    """One's own file."""
    require(request.user, "import", Organization)
    return get_object_or_404(ImportFile, pk=pk, uploaded_by=person_of(request))


def _run(kept: ImportFile, request: HttpRequest, *, is_rehearsal: bool) -> Summary:
    """Openpyxl and the readers want a path: the content goes through a file that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"import{Path(kept.name).suffix[:10]}"
        path.write_bytes(kept.content)
        return import_organizations(
            path=path,
            source=kept.source,
            now=timezone.now(),
            actor=request.user,
            is_rehearsal=is_rehearsal,
            limit=MAX_WEB_ROWS,
        )
