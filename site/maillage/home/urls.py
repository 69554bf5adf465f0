"""Addresses of this room."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from maillage.home.views import pages, todo

app_name = "home"
urlpatterns = [
    path("", pages.home, name="home"),
    path(_("a-faire/"), todo.todo, name="todo"),
    path(_("a-faire/courriel/"), todo.week, name="week"),
    path(_("mon-espace/"), pages.dashboard, name="dashboard"),
]
