"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from members.views import account, leaving, preferences, sign_in

app_name = "members"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", account.account, name="account"),
    path(_("connexion/"), sign_in.sign_in, name="sign_in"),
    path(_("connexion/code/"), sign_in.sign_in_code, name="sign_in_code"),
    path(_("deconnexion/"), sign_in.sign_out, name="sign_out"),
    path(_("deconnexion/partout/"), account.end_sessions, name="end_sessions"),
    path(_("preferences/"), preferences.preferences, name="preferences"),
    path(_("preferences/<str:token>/"), preferences.preferences_by_token, name="preferences_by_token"),
    path(_("desabonnement/<str:token>/"), preferences.unsubscribe, name="unsubscribe"),
    path(_("donnees/"), leaving.export, name="export"),
    path(_("effacer/"), leaving.erase, name="erase"),
]
