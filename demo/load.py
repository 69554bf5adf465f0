"""Fill an empty network with the demo's own content, and with real organizations and needs when a folder is given."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.utils import timezone

from demo import guides, network, organizations, people, stories
from expertise.pairings.known import index
from expertise.skills.importing.files import import_skills
from maillage.core.models import Network
from maillage.home.services import start_network
from search.services import reconcile
from tasks.enums import JobState
from tasks.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

FOLDER = Path(__file__).parent
SOURCE = "demo"
INDEXED = "indexed by the demo itself"
HISTORY = "the demo's history: told long ago"


def load(*, password: str, say: Callable[[str], object], real: Path | None = None, is_ready: bool = True) -> None:
    """Bring the database to the demo; what is there already stays as it is.

    Args:
        password: of the editors.
        say: told what is done.
        real: a folder of real organizations and needs.
        is_ready: the index of matching is built too; otherwise the first need waits for it.
    """
    now = timezone.now()
    call_command("migrate", verbosity=0, interactive=False)
    if not Network.objects.exists():
        start_network(facts=network.FACTS, editor_password=password, now=now)
        say("réseau démarré")
    say(f"{people.add_contacts()} personnes-ressources")
    editor = people.add_editors(password)[0]
    skills = import_skills(path=FOLDER / "skills.jsonl", now=now, source=SOURCE, only=())
    say(f"{skills.read} compétences")
    say(f"{organizations.add_organizations(editor=editor, now=now)} organismes")
    say(f"{guides.publish_guides(editor=editor, now=now)} guides")
    call_command("import_needs", FOLDER / "needs.jsonl", source=SOURCE, verbosity=0)
    say(f"{stories.tell_stories(source=SOURCE, now=now)} demandes d’aide")
    forget_history(now)
    if real is not None:
        load_real(real, say)
    reconcile()
    forget_indexing(timezone.now())
    if is_ready:
        index(now=timezone.now())
        say("index du jumelage")


def forget_indexing(now: datetime) -> None:
    """``reconcile`` has just indexed everything: batches that would do it again would stand before the first need."""
    due = Job.objects.filter(state=JobState.PENDING, kind__startswith="index_document")
    due.update(state=JobState.CANCELLED, last_error=INDEXED, ended_at=now)


def forget_history(now: datetime) -> None:
    """The stories' mails were read long ago: what they would have sent by now is cancelled; later clocks stay."""
    due = Job.objects.filter(state=JobState.PENDING, due_at__lte=now)
    due.update(state=JobState.CANCELLED, last_error=HISTORY, ended_at=now)


def load_real(folder: Path, say: Callable[[str], object]) -> None:
    """Real skills, organizations as members under addresses of example.org, and needs as drafts."""
    call_command("import_skills", folder / "skills/inclusion_fr.jsonl", all=True, verbosity=0)
    call_command("import_skills", folder / "skills/esco.jsonl", verbosity=0)
    for name in ("lieux", "mauricie"):
        call_command("import_organizations", folder / f"organizations/{name}.jsonl", as_members=True)
    for name in ("calls", "services"):
        call_command("import_needs", folder / f"needs/{name}.jsonl")
    say("organismes et demandes réels")
