"""``import_needs``: the shapes of real files, repeated runs, bad rows, files that are not what they say."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from expertise.needs.enums import NeedState
from expertise.needs.importing.files import import_needs
from expertise.needs.models import Need
from expertise.organizations.models import Organization
from members.models import Consent
from tests.factories import OrganizationFactory, SkillFactory

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).parents[4] / "shared" / "data" / "needs"
ROW = {"id": "1", "title": "Refaire notre site", "text": "Il date de 2009."}


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_rows_wait_as_drafts_of_a_test_group(tmp_path: Path, now: datetime) -> None:
    summary = import_needs(path=write(tmp_path / "calls.jsonl", ROW), now=now)
    need = Need.objects.get()
    assert (summary.tally.created, summary.bad) == (1, [])
    assert (need.state, need.source, need.source_id) == (NeedState.DRAFT, "calls", "1")
    assert need.text == "Refaire notre site\n\nIl date de 2009."
    assert need.organization is not None
    assert need.organization.shared_address.endswith("@example.org")
    assert Consent.objects.get(address=need.organization.shared_address).kind == "test"


def test_second_run_changes_nothing(tmp_path: Path, now: datetime) -> None:
    path = write(tmp_path / "calls.jsonl", ROW, ROW | {"id": "2"})
    import_needs(path=path, now=now)
    tally = import_needs(path=path, now=now).tally
    assert (tally.created, tally.changed, tally.unchanged) == (0, 0, 2)
    assert (Need.objects.count(), Organization.objects.count()) == (2, 1)


def test_changed_row_changes_its_draft_but_not_a_published_need(tmp_path: Path, now: datetime) -> None:
    import_needs(path=write(tmp_path / "calls.jsonl", ROW), now=now)
    changed = write(tmp_path / "calls.jsonl", ROW | {"text": "Il date de 2010."})
    assert import_needs(path=changed, now=now, is_published=True).tally.changed == 1
    again = write(tmp_path / "calls.jsonl", ROW | {"text": "Il date de 2011."})
    assert import_needs(path=again, now=now).tally.left == 1
    assert "2010" in Need.objects.get().text


def test_publishing_opens_each_need_without_the_limit(tmp_path: Path, now: datetime) -> None:
    rows = [ROW | {"id": str(n)} for n in range(5)]
    summary = import_needs(path=write(tmp_path / "calls.jsonl", *rows), now=now, is_published=True)
    assert summary.tally.published == 5
    assert Need.objects.filter(state=NeedState.OPEN, opened_at=now).count() == 5


def test_row_names_its_organization_and_skills(tmp_path: Path, now: datetime) -> None:
    group, skill = OrganizationFactory(slug="coop"), SkillFactory(source_id="hebergement-web")
    row = ROW | {"organization": "coop", "skills": ["hebergement-web", "inconnue"], "region": "08", "when": "week"}
    import_needs(path=write(tmp_path / "needs.jsonl", row), now=now)
    need = Need.objects.get()
    assert (need.organization, need.region, list(need.skills.all())) == (group, "08", [skill])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"text": "sans identifiant"}, "id"),
        ({"id": 12, "text": "x"}, "id"),
        ({"id": "x" * 256, "text": "x"}, "id"),
        ({"id": "1"}, "text"),
        ({"id": "1", "text": " \x00 "}, "text"),
        ({"id": "1", "text": "x" * 5001}, "too_long_text"),
        ({"id": "1", "text": ["x"]}, "kind"),
        ({"id": "1", "text": "x", "when": "hier"}, "choice"),
        ({"id": "1", "text": "x", "places": 9}, "choice"),
        ({"id": "1", "text": "x", "places": True}, "kind"),
        ({"id": "1", "text": "x", "help_kinds": ["free"]}, "choice"),
        ({"id": "1", "text": "x", "skills": [1]}, "kind"),
        ({"id": "1", "text": "x", "region": "99"}, "region"),
        ({"id": "1", "text": "x", "organization": "nulle-part"}, "organization"),
        (["pas un objet"], "not_object"),
    ],
)
def test_bad_row_is_named_and_the_others_are_imported(tmp_path: Path, now: datetime, row: object, code: str) -> None:
    summary = import_needs(path=write(tmp_path / "calls.jsonl", ROW | {"id": "ok"}, row), now=now)
    assert summary.bad == [(2, code)]
    assert summary.reasons()[0][1]
    assert Need.objects.get().source_id == "ok"


def test_repeated_identifier_is_refused(tmp_path: Path, now: datetime) -> None:
    summary = import_needs(path=write(tmp_path / "calls.jsonl", ROW, ROW), now=now)
    assert summary.bad == [(2, "repeated")]


def test_command_says_what_it_did(tmp_path: Path) -> None:
    out, err = StringIO(), StringIO()
    path = write(tmp_path / "calls.jsonl", ROW, {"id": "2"})
    call_command("import_needs", path, stdout=out, stderr=err)
    assert "2 lignes lues, 1 créées" in out.getvalue()
    assert "Ligne 2" in err.getvalue()


@pytest.mark.parametrize("content", ["", '{"id": "1"', "nom;texte\na;b\n", '{"text": "é"}'.encode("latin-1")])
def test_file_that_is_not_what_it_says_is_refused(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "calls.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CommandError):
        call_command("import_needs", path)
    assert not Need.objects.exists()


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("import_needs", tmp_path / "absent.jsonl")


@pytest.mark.parametrize(("name", "count"), [("calls", 67), ("services", 204)])
def test_real_files_are_read_whole(name: str, count: int, now: datetime) -> None:
    path = SHARED / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("the shared data are not on this machine")
    summary = import_needs(path=path, now=now)
    assert (summary.tally.created, summary.bad) == (count, [])
