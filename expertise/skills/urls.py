"""Addresses of this room."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from expertise.skills import views

app_name = "skills"
urlpatterns = [
    path("", views.index, name="list"),
    path(_("proposer/"), views.propose, name="propose"),
    path("<str:slug>/", views.detail, name="detail"),
]
