"""Addresses of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path
from django.utils.translation import gettext_lazy as _

from tasks.views import addresses, mails, status

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

app_name = "tasks"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", status.show, name="status"),
    path(_("suspendre/"), status.hold, name="hold"),
    path(_("reprendre/"), status.retry_all, name="retry_all"),
    path(_("travaux/<int:pk>/reprendre/"), status.retry_job, name="retry_job"),
    path(_("travaux/<int:pk>/annuler/"), status.cancel_job, name="cancel_job"),
    path(_("messages/<int:pk>/reprendre/"), status.retry_message, name="retry_message"),
    path(_("messages/<int:pk>/annuler/"), status.cancel_message, name="cancel_message"),
    path(_("adresses/<int:pk>/rouvrir/"), addresses.open_address, name="open_address"),
    path(_("courriels/"), mails.listing, name="mails"),
    path(_("courriels/<slug:name>/"), mails.detail, name="mail"),
]
