"""The root page of each language, which holds nothing, and the plain pages that editors write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from maillage.core.markdown import render

if TYPE_CHECKING:
    from django.http import HttpRequest


class RootPage(Page):
    """Parent of all pages of one language; ``/`` itself is a view, so that it costs no tree lookup."""

    max_count_per_parent = 2
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["core.InformationPage", "wiki.GuidePage"]

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """The home page in this language."""
        return located(self, request, "home:home")


class InformationPage(Page):
    """A page that editors keep, in Markdown: « Vous cherchez autre chose? », confidentialité, accessibilité."""

    body = models.TextField(_("texte"))
    body_html = models.TextField(editable=False, blank=True)

    parent_page_types: ClassVar[list[str]] = ["core.RootPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "core/information_page.html"
    content_panels = (*Page.content_panels, FieldPanel("body"))

    def full_clean(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Wagtail’s own signature
        """Render the text whenever the page is saved, also as a draft revision; Wagtail cleans before both."""
        self.body_html = render(self.body).html
        super().full_clean(*args, **kwargs)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """``/pages/<slug>/`` in the page's own language."""
        return located(self, request, "pages:page", self.slug)


def located(page: Page, request: HttpRequest | None, name: str, *args: str) -> tuple[int, str, str] | None:
    """Wagtail's (site id, root URL, path) of a page that one of our views serves in the page's own language."""
    site = page._get_relevant_site_root_paths(request)  # noqa: SLF001  what Wagtail’s own get_url_parts calls
    if not site:
        return None
    with translation.override(page.locale.language_code):
        return site[0].site_id, site[0].root_url, reverse(name, args=args)
