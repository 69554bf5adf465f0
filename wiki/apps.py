"""The app's configuration."""

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class WikiConfig(AppConfig):
    """Guides: writing, revisions, review."""

    name = "wiki"
    label = "wiki"

    def ready(self) -> None:
        """Declare permissions, listen to the admin, and contribute what guides say of their organizations."""
        from expertise.organizations.contributions import contribute_documents
        from maillage.core.reporting import Remedy, reportable
        from maillage.core.todo import register_panel
        from wiki import permissions, receivers, selectors, todo
        from wiki.models import GuidePage

        del permissions, receivers  # importing them is what counts
        contribute_documents("wiki", selectors.documents_by_organization, stamp=selectors.documents_stamp)
        remedy = Remedy(_("Le retoucher ou le retirer"), lambda guide: reverse("wiki:review", args=[guide.pk]))
        reportable("guide", GuidePage, remedy=remedy)
        register_panel("guides", order=40, title=_("Guides à relire"), find=todo.submitted)
        register_panel("unchecked", order=60, title=_("Guides à vérifier"), find=todo.unchecked, is_upkeep=True)
