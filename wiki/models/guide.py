"""A guide or best practice: Markdown is the truth, HTML is made when a revision is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from expertise.organizations.models import Organization
from maillage.core.markdown import render
from maillage.core.models.pages import located
from wiki.enums import GuideKind, ReviewState
from wiki.querysets import GuideManager
from wiki.tagging import SkillClusterTaggableManager

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.http import HttpRequest

# What is said about a guide rather than in it: no revision carries it, so publishing an old one changes none of it.
ABOUT_GUIDE = ("review_state", "review_word", "submitted_at")


class GuidePage(Page):
    """What members publish. ``body`` is CommonMark; ``body_html`` is rendered and sanitised from it, never edited.

    ``review_state`` is what members see; Wagtail's own ``live`` says whether readers see the page.
    """

    kind = models.CharField(_("genre"), max_length=16, choices=GuideKind.choices, default=GuideKind.GUIDE)
    helps_to = models.CharField(_("ce que ce guide aide à faire"), max_length=255)
    for_whom = models.CharField(_("pour qui"), max_length=255, blank=True)
    minutes = models.PositiveSmallIntegerField(_("temps nécessaire (minutes)"), null=True, blank=True)
    body = models.TextField(_("texte"))
    body_html = models.TextField(editable=False, blank=True)
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    picture_alt = models.CharField(_("description de l’image"), max_length=255, blank=True)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="guides"
    )
    checked_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)

    review_state = models.CharField(max_length=14, choices=ReviewState.choices, default=ReviewState.DRAFT)
    review_word = models.TextField(max_length=2000, blank=True)
    submitted_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)

    skills = SkillClusterTaggableManager(through="wiki.GuideSkill", blank=True)

    objects = GuideManager()

    parent_page_types: ClassVar[list[str]] = ["core.RootPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "wiki/guide.html"
    content_panels = (
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("helps_to"),
        FieldPanel("for_whom"),
        FieldPanel("minutes"),
        FieldPanel("body"),
        FieldPanel("picture"),
        FieldPanel("picture_alt"),
        FieldPanel("organization"),
        FieldPanel("checked_on"),
    )

    def full_clean(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Wagtail’s own signature
        """Render the text whenever the guide is saved, also as a draft revision; Wagtail cleans before both."""
        self.body_html = render(self.body).html
        super().full_clean(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """A revision's content under what is said about the guide today."""
        page: Self = super().with_content_json(content)
        for name in ABOUT_GUIDE:
            setattr(page, name, getattr(self, name))
        return page

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """``/guides/<slug>/`` in the guide's own language."""
        return located(self, request, "wiki:guide", self.slug)

    def get_absolute_url(self) -> str:
        """Path of the guide, without looking its site up."""
        with translation.override(self.locale.language_code):
            return reverse("wiki:guide", args=[self.slug])
