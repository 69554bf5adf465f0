"""Addresses of this room."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from expertise.skills.views import reading, reviewing

app_name = "skills"
urlpatterns = [
    path("", reading.index, name="list"),
    path(_("proposer/"), reading.propose, name="propose"),
    path(_("propositions/"), reviewing.proposals, name="proposals"),
    path("<str:slug>/", reading.detail, name="detail"),
    path(_("<str:slug>/relire/"), reviewing.review, name="review"),
    path(_("<str:slug>/accepter/"), reviewing.accept, name="accept"),
    path(_("<str:slug>/reunir/"), reviewing.merge, name="merge"),
]
