"""``manage.py personal_data``: write docs/personal-data.md from the registry."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand

from members.personal_data_page import page


class Command(BaseCommand):
    """Write the page; a test says when it is out of date."""

    help = "Write docs/personal-data.md from the registry of personal data."

    def handle(self, *args: object, **options: object) -> None:
        """Write it."""
        path = settings.ROOT / "docs/personal-data.md"
        path.write_text(page())
        self.stdout.write(f"{path.relative_to(settings.ROOT)} written")
