"""Development and the demo: the mails that went into ``var/mail``, on a page. Closed wherever mail really leaves."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from django.http import HttpRequest, HttpResponse

MAILS_PER_PAGE = 30


@require_safe
@never_cache
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    _require_open()
    paths = sorted(settings.MAIL_FOLDER.glob("[0-9]*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    page = Paginator(paths, MAILS_PER_PAGE).get_page(request.GET.get("page"))
    mails = [(path.stem, _read(path)) for path in page]
    rows = [{"name": name, "to": mail["To"], "subject": mail["Subject"], "at": _date(mail)} for name, mail in mails]
    return render(request, "tasks/mails.html", {"mails": rows, "page": page})


@require_safe
@never_cache
def detail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its headers and its text, with its links."""
    _require_open()
    path = settings.MAIL_FOLDER / f"{name}.eml"
    if not path.is_file():
        raise Http404
    mail = _read(path)
    part = mail.get_body(("plain",))
    headers = [
        (_("De"), mail["From"]),
        (_("À"), mail["To"]),
        (_("Répondre à"), mail["Reply-To"]),
        ("Message-ID", mail["Message-ID"]),
        ("List-Unsubscribe", mail["List-Unsubscribe"]),
    ]
    context = {
        "subject": mail["Subject"],
        "headers": [(label, str(value)) for label, value in headers if value],
        "at": _date(mail),
        "lang": str(mail["Content-Language"] or "fr"),
        "text": part.get_content() if part is not None else "",
    }
    return render(request, "tasks/mail.html", context)


def _require_open() -> None:
    if settings.MAIL_URL or not settings.MAIL_PAGE_SHOWN:
        raise Http404


def _read(path: Path) -> EmailMessage:
    mail: EmailMessage = message_from_bytes(path.read_bytes(), policy=default)
    return mail


def _date(mail: EmailMessage) -> object:
    return mail["Date"].datetime
