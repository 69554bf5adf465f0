"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from members.views import sign_in

app_name = "members"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("connexion/"), sign_in.sign_in, name="sign_in"),
    path(_("connexion/code/"), sign_in.sign_in_code, name="sign_in_code"),
    path(_("deconnexion/"), sign_in.sign_out, name="sign_out"),
]
