"""``manage.py reconcile_search``: make documents say what their objects say."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from search.services import reconcile


class Command(BaseCommand):
    """Safe at any time; run it after a restore or a bulk import."""

    help = "Rebuild every search document and remove those whose object is gone."

    def handle(self, **options: object) -> None:
        """Do it and say how many."""
        kept, removed = reconcile()
        self.stdout.write(f"{kept} documents, {removed} removed")
