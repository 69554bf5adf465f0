"""Addresses of this room."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from expertise.pairings.views import (
    adding,
    answering,
    calls,
    choosing,
    inbox,
    news,
    searching,
    volunteering,
    vouching,
)

app_name = "pairings"
urlpatterns = [
    path(_("reponse/<str:token>/"), answering.answer, name="answer"),
    path(_("<int:pk>/repondre/"), answering.answer_member, name="answer_member"),
    path(_("<int:pk>/retirer/"), inbox.withdraw_offer, name="withdraw_offer"),
    path(_("demande/<int:need_pk>/aider/"), volunteering.volunteer, name="volunteer"),
    path(_("demande/<int:need_pk>/offres/"), choosing.offers, name="offers"),
    path(_("demande/<int:need_pk>/ajouter/"), adding.add, name="add"),
    path(_("demande/<int:need_pk>/chercher/"), searching.search_further, name="search_further"),
    path(_("demande/<int:need_pk>/garant/"), vouching.vouch, name="vouch"),
    path(_("choix/<str:token>/"), choosing.offers_by_token, name="offers_by_token"),
    path(_("nouvelles/<str:token>/"), news.spoken, name="spoken_by_token"),
    path(_("bilan/<str:token>/"), news.outcome, name="outcome_by_token"),
    path(_("boite/"), inbox.inbox, name="inbox"),
    path(_("a-rappeler/"), calls.calls, name="calls"),
    path(_("a-rappeler/<int:pk>/fait/"), calls.call_done, name="call_done"),
    path(_("a-rappeler/<int:pk>/passer/"), calls.pass_on, name="pass_on"),
]
