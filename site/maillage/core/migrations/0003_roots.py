"""One empty root page per language, and the site that stands on the French one."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WELCOME_SLUG = "home"


def plant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Replace Wagtail's welcome page; tree columns are written by hand because migrations have no treebeard."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    RootPage = apps.get_model("core", "RootPage")

    Site.objects.all().delete()
    Page.objects.filter(depth=2, slug=WELCOME_SLUG).delete()
    content_type, _ = ContentType.objects.get_or_create(app_label="core", model="rootpage")
    tree = Page.objects.get(depth=1)
    made = []
    # One key for both: Wagtail finds a site's pages in other languages through the translations of its root.
    key = uuid.uuid4()
    for number, (code, title) in enumerate((("fr", "Accueil"), ("en", "Home")), start=1):
        locale, _ = Locale.objects.get_or_create(language_code=code)
        made.append(
            RootPage.objects.create(
                path=f"{tree.path}{number:04d}",
                depth=2,
                numchild=0,
                title=title,
                draft_title=title,
                slug=f"racine-{code}",
                url_path=f"/racine-{code}/",
                content_type=content_type,
                locale=locale,
                translation_key=key,
            )
        )
    tree.numchild = len(made)
    tree.save(update_fields=["numchild"])
    Site.objects.create(hostname="localhost", port=80, root_page_id=made[0].pk, is_default_site=True)


class Migration(migrations.Migration):
    """Data: the roots of both languages."""

    dependencies = [
        ("core", "0002_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
