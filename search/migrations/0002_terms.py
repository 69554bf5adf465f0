"""What each engine keeps beside the documents; derived, rebuilt by ``manage.py reconcile_search --rebuild``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_terms USING fts5(title, skills, headings, summary, body, attachments, "
        "tokenize = \"unicode61 remove_diacritics 0 tokenchars '=+#'\")",
        "CREATE VIRTUAL TABLE search_vocabulary USING fts5vocab(search_terms, 'row')",
    ),
    "postgresql": (
        "ALTER TABLE search_document ADD COLUMN terms tsvector",
        "CREATE INDEX search_document_terms ON search_document USING gin (terms)",
    ),
}
DROP = {
    "sqlite": ("DROP TABLE search_vocabulary", "DROP TABLE search_terms"),
    "postgresql": ("ALTER TABLE search_document DROP COLUMN terms",),
}


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the engine's own structures."""
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Engines' structures."""

    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
