"""An organization: it offers and it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from expertise.organizations.enums import HelpKind, OrganizationKind, OrganizationState
from expertise.organizations.fields import FoldedField
from expertise.organizations.querysets import OrganizationQuerySet
from expertise.organizations.wording import shown_name, shown_text
from expertise.skills.tagging import SkillTagManager
from maillage.core.enums import Language
from maillage.core.regions import REGIONS, Region, region_of

if TYPE_CHECKING:
    from datetime import date, datetime


class Organization(models.Model):  # type: ignore[django-manager-missing]  # untyped relations of taggit and Wagtail
    """A community group, a social-economy enterprise, or both.

    ``region`` is null outside Québec (then ``area`` says where, and help is remote only). ``help_kinds``, ``languages``
    and ``served_regions`` are lists of codes, set once for all skills; ``OrganizationSkill`` holds the exceptions.
    ``shared_address`` receives requests and is nobody's login.
    """

    name = models.CharField(_("nom"), max_length=255)
    slug = models.SlugField(max_length=255, unique=True)
    kind = models.CharField(max_length=20, choices=OrganizationKind.choices, default=OrganizationKind.COMMUNITY)
    is_cooperative = models.BooleanField(_("coopérative"), default=False)
    state = models.CharField(max_length=12, choices=OrganizationState.choices, default=OrganizationState.UNVERIFIED)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    lang = models.CharField(max_length=2, choices=Language.choices, default=Language.FRENCH)

    region = models.CharField(_("région"), max_length=2, null=True, blank=True)  # noqa: DJ001  null: outside Québec
    area = models.CharField(_("territoire"), max_length=255, blank=True)
    municipality = models.CharField(_("municipalité"), max_length=120, blank=True)
    is_municipality_hidden = models.BooleanField(_("ne pas montrer la municipalité"), default=False)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    max_distance_km = models.PositiveIntegerField(_("distance de déplacement (km)"), null=True, blank=True)
    served_regions = models.JSONField(default=list, blank=True)
    is_remote = models.BooleanField(_("aide à distance"), default=True)

    languages = models.JSONField(default=list, blank=True)
    help_kinds = models.JSONField(default=list, blank=True)

    telephone = models.CharField(_("téléphone"), max_length=40, blank=True)
    website = models.URLField(_("site Web"), max_length=255, blank=True)
    shared_address = models.EmailField(_("courriel partagé pour les demandes"), max_length=254, blank=True)

    confirmed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    verified_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    joined_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=255, blank=True)
    source_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)

    folded = FoldedField(sources=("name", "description", "municipality", "area"))

    skills = TaggableManager(through="organizations.OrganizationSkill", manager=SkillTagManager, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "source_id"), condition=~models.Q(source=""), name="organization_import_identity"
            ),
            models.CheckConstraint(
                condition=models.Q(region__isnull=True) | models.Q(region__in=list(REGIONS)), name="organization_region"
            ),
            models.CheckConstraint(
                condition=(models.Q(latitude__isnull=True) & models.Q(longitude__isnull=True))
                | (
                    models.Q(latitude__gte=-90)
                    & models.Q(latitude__lte=90)
                    & models.Q(longitude__gte=-180)
                    & models.Q(longitude__lte=180)
                ),
                name="organization_point",
            ),
        )
        indexes = (
            models.Index(fields=("state", "region", "name"), name="organization_directory"),
            models.Index(fields=("-updated_at",), name="organization_updated"),
        )

    def __str__(self) -> str:
        return self.shown_name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("organizations:detail", args=[self.slug])

    @property
    def shown_name(self) -> str:
        """The name, without a register's capitals."""
        return shown_name(self.name)

    @property
    def shown_description(self) -> str:
        """The description, without a register's capitals."""
        return shown_text(self.description)

    @property
    def region_object(self) -> Region | None:
        """The region with its names and neighbours; None outside Québec."""
        return region_of(self.region)

    @property
    def shown_municipality(self) -> str:
        """The municipality, unless the organization hides it."""
        return "" if self.is_municipality_hidden else shown_name(self.municipality)

    @property
    def help_kind_labels(self) -> list[str]:
        """Kinds of help in the reader's language."""
        return [str(HelpKind(code).label) for code in self.help_kinds]
