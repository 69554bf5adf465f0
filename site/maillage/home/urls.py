"""Addresses of this room."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from maillage.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path(_("a-faire/"), views.todo, name="todo"),
    path(_("mon-espace/"), views.dashboard, name="dashboard"),
]
