"""The plain pages of a new network: Markdown files that editors then make their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wagtail.models import Locale

from maillage.core.models import InformationPage, Network, RootPage

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "first_pages"


@dataclass(frozen=True, slots=True)
class FirstPage:
    """One page as its file says it; ``name`` ties the two languages."""

    name: str
    lang: str
    title: str
    slug: str
    body: str


class FirstPageError(ValueError):
    """A file without title, slug or text."""


def read(folder: Path) -> Iterator[FirstPage]:
    """Pages of a folder: ``name.md`` in French, ``name.en.md`` in English; front matter holds title and slug.

    Raises:
        FirstPageError: a file lacks one of them.
    """
    for path in sorted(folder.glob("*.md")):
        name, _, suffix = path.stem.partition(".")
        try:
            _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
            facts = dict(line.split(": ", 1) for line in head.strip().splitlines())
            yield FirstPage(name, suffix or "fr", facts["title"], facts["slug"], body.strip() + "\n")
        except (ValueError, KeyError) as error:
            raise FirstPageError(f"{path.name}: {error}") from error


def publish(pages: Iterator[FirstPage], network: Network) -> int:
    """Create the pages that do not exist yet, the two languages of one name as translations; return how many."""
    roots = {root.locale.language_code: root for root in RootPage.objects.select_related("locale")}
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    keys: dict[str, object] = {}
    made = 0
    for page in pages:
        found = InformationPage.objects.filter(slug=page.slug, locale=locales[page.lang]).first()
        if found is None:
            found = InformationPage(
                title=page.title, slug=page.slug, body=_filled(page.body, network), locale=locales[page.lang]
            )
            if page.name in keys:
                found.translation_key = keys[page.name]
            roots[page.lang].add_child(instance=found)
            found.save_revision().publish()
            made += 1
        keys.setdefault(page.name, found.translation_key)
    return made


def _filled(body: str, network: Network) -> str:
    facts = {
        "network": network.name,
        "privacy_officer": network.privacy_officer_name,
        "privacy_email": network.privacy_officer_email,
        "telephone": network.telephone,
        "email": network.email,
        "postal_address": network.postal_address.replace("\n", ", "),
    }
    for name, value in facts.items():
        body = body.replace("{" + name + "}", value)
    return body
