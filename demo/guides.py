"""The demo's guides: Markdown files whose first lines say what they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from expertise.organizations.models import Organization
from expertise.skills.models import Skill
from wiki.models import GuidePage
from wiki.services import GuideFacts, create_guide, publish_guide

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from members.models import User

FOLDER = Path(__file__).parent / "guides"
SOURCE = "demo"


@dataclass(frozen=True, slots=True)
class GuideFile:
    """One file: its front matter by name, and its text."""

    head: dict[str, str]
    body: str


def read(folder: Path = FOLDER) -> Iterator[GuideFile]:
    """Guides of a folder, French ones first, so that their twins find them."""
    files = []
    for path in sorted(folder.glob("*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        facts = dict(line.split(": ", 1) for line in head.strip().splitlines() if ": " in line)
        files.append(GuideFile(facts, body.strip() + "\n"))
    return iter(sorted(files, key=lambda file: "translation_of" in file.head))


def publish_guides(*, editor: User, now: datetime) -> int:
    """Publish every guide that is not there yet, in its organization's name; return how many."""
    made = 0
    for file in read():
        head = file.head
        if GuidePage.objects.filter(slug=head["slug"], locale__language_code=head["lang"]).exists():
            continue
        organization = Organization.objects.get(source=SOURCE, source_id=head["organization"])
        seat = organization.seats.owners().select_related("user").order_by("pk").first()
        twin = GuidePage.objects.filter(slug=head.get("translation_of", "")).order_by("pk").first()
        guide = create_guide(
            facts=_facts(file, organization),
            actor=seat.user if seat is not None and seat.user is not None else editor,
            now=now,
            slug=head["slug"],
            translation_of=twin,
        )
        publish_guide(guide=guide, actor=editor, now=now)
        made += 1
    return made


def _facts(file: GuideFile, organization: Organization) -> GuideFacts:
    head = file.head
    ids = [word.strip() for word in head["skills"].split(",")]
    return GuideFacts(
        title=head["title"],
        kind=head["kind"],
        helps_to=head["helps_to"],
        body=file.body,
        lang=head["lang"],
        for_whom=head["audience"],
        minutes=int(head["minutes"]),
        skills=list(Skill.objects.filter(source=SOURCE, source_id__in=ids)),
        organization=organization,
        checked_on=date.fromisoformat(head["checked_on"]),
    )
