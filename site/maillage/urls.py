"""The house's addresses: French without prefix, English under /en/; each room brings its own."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("gestion/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("tasks.urls_operations")),
    path("", include("maillage.home.urls_crawlers")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        path(_("pages/"), include("maillage.core.urls")),
        path(_("compte/"), include("members.urls")),
        path(_("compte/"), include("members.urls_editors")),
        path(_("competences/"), include("expertise.skills.urls")),
        path(_("organismes/"), include("expertise.organizations.urls")),
        path(_("demandes/"), include("expertise.needs.urls")),
        path(_("jumelages/"), include("expertise.pairings.urls")),
        path(_("guides/"), include("wiki.urls")),
        path(_("recherche/"), include("search.urls")),
        path(_("envois/"), include("tasks.urls")),
        path("", include("maillage.home.urls")),
        prefix_default_language=False,
    ),
]
handler403 = "maillage.core.errors.forbidden"
handler404 = "maillage.core.errors.not_found"
handler500 = "maillage.core.errors.failed"
