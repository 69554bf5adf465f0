"""Addresses of this room."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from expertise.organizations.views import (
    availability,
    directory,
    importing,
    invitations,
    profile,
    settling,
    skills,
    team,
)

app_name = "organizations"
urlpatterns = [
    path("", directory.index, name="list"),
    path(_("creer/"), profile.create, name="create"),
    path(_("importer/"), importing.upload, name="import"),
    path(_("importer/modele.csv"), importing.model_file, name="import_model"),
    path(_("importer/<int:pk>/"), importing.preview, name="import_preview"),
    path(_("importer/<int:pk>/confirmer/"), importing.confirm, name="import_confirm"),
    path(_("importer/<int:pk>/effacer/"), importing.discard, name="import_discard"),
    path(_("invitations/"), settling.invitations, name="invitations"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path(_("invitation/<str:token>/c-est-nous/"), invitations.claim, name="claim"),
    path(_("invitation/<str:token>/ecrivez-plutot/"), invitations.redirect_to, name="redirect"),
    path(_("invitation/<str:token>/retirez/"), invitations.remove, name="remove"),
    path(_("equipe/<str:token>/"), invitations.seat_invitation, name="seat_invitation"),
    path(_("equipe/<str:token>/accepter/"), invitations.accept_seat_invitation, name="accept_seat_invitation"),
    path("<slug:slug>/", directory.detail, name="detail"),
    path(_("<slug:slug>/rejoindre/"), profile.join, name="join"),
    path(_("<slug:slug>/modifier/"), profile.edit, name="edit"),
    path(_("<slug:slug>/confirmer/"), profile.confirm, name="confirm"),
    path(_("<slug:slug>/demander-confirmation/"), settling.ask_confirmation, name="ask_confirmation"),
    path(_("<slug:slug>/competences/"), skills.skills, name="skills"),
    path(_("<slug:slug>/equipe/"), team.team, name="team"),
    path(_("<slug:slug>/equipe/<int:pk>/role/"), team.change, name="seat"),
    path(_("<slug:slug>/equipe/<int:pk>/repondre/"), team.decide, name="seat_decide"),
    path(_("<slug:slug>/equipe/<int:pk>/terminer/"), team.end, name="seat_end"),
    path(_("<slug:slug>/disponibilite/"), availability.availability, name="availability"),
    path(_("<slug:slug>/disponibilite/nombre/"), availability.set_capacity, name="capacity"),
    path(_("<slug:slug>/disponibilite/absences/"), availability.add_period, name="period_add"),
    path(_("<slug:slug>/disponibilite/absences/<int:pk>/"), availability.remove_period, name="period_remove"),
    path(_("<slug:slug>/disponibilite/exclusions/"), availability.block, name="block"),
    path(_("<slug:slug>/disponibilite/exclusions/<int:pk>/"), availability.unblock, name="unblock"),
    path(_("<slug:slug>/etat/"), settling.state, name="state"),
]
