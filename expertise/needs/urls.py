"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from expertise.needs.views import completing, deciding, reading, telephone, writing

app_name = "needs"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", reading.index, name="list"),
    path(_("ecrire/"), writing.write, name="write"),
    path(_("ecrire/brouillon/"), writing.save, name="save"),
    path(_("par-telephone/"), telephone.enter, name="telephone"),
    path("<int:pk>/", reading.detail, name="detail"),
    path(_("<int:pk>/modifier/"), writing.edit, name="edit"),
    path(_("<int:pk>/organisme/"), completing.group, name="group"),
    path(_("<int:pk>/verifier/"), completing.review, name="review"),
    path(_("<int:pk>/publier/"), completing.publish, name="publish"),
    path(_("<int:pk>/jeter/"), completing.discard, name="discard"),
    path(_("<int:pk>/retirer/"), deciding.withdraw, name="withdraw"),
    path(_("<int:pk>/rouvrir/"), deciding.reopen, name="reopen"),
    path(_("<int:pk>/trouve-ailleurs/"), deciding.found_elsewhere, name="found_elsewhere"),
]
