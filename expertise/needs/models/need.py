"""What a group asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from expertise.needs.enums import Audience, Mode, NeedState, When
from expertise.needs.querysets import NeedQuerySet
from expertise.organizations.models import Organization, RegionalContact
from expertise.skills.tagging import SkillTagManager
from maillage.core.enums import Language
from maillage.core.regions import REGIONS, Region, region_of

if TYPE_CHECKING:
    from datetime import date, datetime

URGENT = (When.TODAY, When.TOMORROW)


TITLE_CHARACTERS = 80
TITLE_LEAST = 20
_PAUSE = re.compile(r"[,;:–—](?=\s)|[.!?…](?=\s|$)")


def title_of(text: str) -> str:
    """At most 80 characters of a text: its first sentence, else up to a comma, else up to a space, with three dots."""
    line = " ".join(next(iter(text.strip().splitlines()), "").split())
    ends = [found for found in _PAUSE.finditer(line[: TITLE_CHARACTERS + 1]) if found.start() >= TITLE_LEAST]
    sentence = next((found for found in ends if found.group() in ".!?…"), None)
    if sentence is not None:
        return line[: sentence.start() + (sentence.group() in "!?…")]
    if len(line) <= TITLE_CHARACTERS:
        return line.removesuffix(".")
    if ends:
        return f"{line[: ends[-1].start()].rstrip()}…"
    return f"{line[:TITLE_CHARACTERS].rsplit(' ', 1)[0]}…"


class Need(models.Model):  # type: ignore[django-manager-missing]  # NeedSkill’s base is untyped
    """A help request, in its group’s own words.

    A draft may have neither author nor organization: the text is written first, by anyone; ``draft_address`` ties it to
    the person who will sign in, on whatever device. ``region`` null: outside Québec. ``places`` counts helpers wanted.
    """

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="needs"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="needs"
    )
    draft_address = models.EmailField(max_length=254, blank=True)
    state = models.CharField(max_length=16, choices=NeedState.choices, default=NeedState.DRAFT)
    text = models.TextField(_("votre demande"), max_length=settings.NEED_TEXT_MAX_CHARACTERS)
    lang = models.CharField(max_length=2, choices=Language.choices, default=Language.FRENCH)
    when = models.CharField(_("pour quand"), max_length=10, choices=When.choices, default=When.MONTH)
    needed_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)

    contact_name = models.CharField(_("nom de la personne à joindre"), max_length=120, blank=True)
    telephone = models.CharField(_("téléphone"), max_length=40, blank=True)
    municipality = models.CharField(_("municipalité"), max_length=120, blank=True)
    region = models.CharField(_("région"), max_length=2, null=True, blank=True)  # noqa: DJ001  null: outside Québec
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    mode = models.CharField(_("sur place ou à distance"), max_length=10, choices=Mode.choices, default=Mode.EITHER)
    help_kinds = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.MEMBERS)
    places = models.PositiveSmallIntegerField(default=1)
    is_first_answer = models.BooleanField(_("mettez-nous en contact dès la première réponse"), default=False)
    asked_organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="needs_asked_by_name"
    )

    contact = models.ForeignKey(RegionalContact, null=True, blank=True, on_delete=models.PROTECT, related_name="needs")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="needs_entered"
    )
    vouched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="needs_vouched"
    )

    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    opened_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)

    # Drawn with the form: a second press of the button finds the row of the first one.
    form_key = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=255, blank=True)

    skills = TaggableManager(through="needs.NeedSkill", manager=SkillTagManager, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(places__gte=1) & models.Q(places__lte=settings.MAX_PLACES), name="need_places"
            ),
            models.CheckConstraint(
                condition=models.Q(region__isnull=True) | models.Q(region__in=list(REGIONS)), name="need_region"
            ),
            models.CheckConstraint(
                condition=models.Q(state=NeedState.DRAFT) | models.Q(organization__isnull=False),
                name="need_has_organization",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=(NeedState.DRAFT, NeedState.HELD, NeedState.WITHDRAWN))
                | models.Q(opened_at__isnull=False),
                name="need_opened",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=NeedState.UNANSWERED) | models.Q(contact__isnull=False),
                name="need_unanswered_has_contact",
            ),
            models.UniqueConstraint(
                fields=("source", "source_id"), condition=~models.Q(source=""), name="need_import_identity"
            ),
            models.UniqueConstraint(fields=("form_key",), condition=~models.Q(form_key=""), name="need_form_once"),
        )
        indexes = (
            models.Index(fields=("state", "-opened_at"), name="need_state"),
            models.Index(fields=("draft_address",), name="need_draft_address"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The need’s page."""
        return reverse("needs:detail", args=[self.pk])

    @property
    def title(self) -> str:
        """First sentence of the text, or as much of it as fits on one line, cut where a reader would pause."""
        return title_of(self.text)

    @property
    def is_urgent(self) -> bool:
        """Today or tomorrow."""
        return self.when in URGENT

    @property
    def region_object(self) -> Region | None:
        """The region with its names and neighbours; None outside Québec."""
        return region_of(self.region)
