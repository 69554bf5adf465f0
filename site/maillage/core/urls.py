"""Addresses of the plain pages."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from maillage.core import views

app_name = "pages"
urlpatterns = [
    path(_("signaler/<slug:name>/<int:pk>/"), views.report, name="report"),
    path(_("signalements/<int:pk>/"), views.settle_report, name="settle_report"),
    path("<slug:slug>/", views.page, name="page"),
]
