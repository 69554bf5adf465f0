"""The app's configuration."""

from django.apps import AppConfig


class WikiConfig(AppConfig):
    """Guides: writing, revisions, review."""

    name = "wiki"
    label = "wiki"

    def ready(self) -> None:
        """Declare permissions, listen to the admin, and contribute what guides say of their organizations."""
        from expertise.organizations.contributions import contribute_documents
        from maillage.core.reporting import reportable
        from wiki import permissions, receivers, selectors
        from wiki.models import GuidePage

        del permissions, receivers  # importing them is what counts
        contribute_documents("wiki", selectors.documents_by_organization)
        reportable("guide", GuidePage)
