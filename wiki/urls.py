"""Addresses of guides: one level deep for readers."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from wiki.views import reading, reviewing, writing

app_name = "wiki"
urlpatterns = [
    path("", reading.guides, name="list"),
    path(_("ecrire/"), writing.write, name="write"),
    path(_("mes-guides/"), writing.mine, name="mine"),
    path(_("a-relire/"), reviewing.queue, name="queue"),
    path(_("a-relire/<int:pk>/"), reviewing.review, name="review"),
    path(_("<int:pk>/modifier/"), writing.edit, name="edit"),
    path(_("<int:pk>/apercu/"), writing.draft, name="draft"),
    path(_("<int:pk>/soumettre/"), writing.submit, name="submit"),
    path(_("<int:pk>/toujours-exact/"), reviewing.check, name="check"),
    path("<slug:slug>/", reading.guide, name="guide"),
]
