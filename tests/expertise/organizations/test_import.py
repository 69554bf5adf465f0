"""Organizations from files: CSV, XLSX and JSONL, good rows and bad ones, files that are not what they say."""

from __future__ import annotations

import json
import tracemalloc
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from expertise.organizations.enums import OrganizationState
from expertise.organizations.importing.columns import COLUMNS
from expertise.organizations.importing.files import import_organizations
from expertise.organizations.importing.tables import FileRefusedError
from expertise.organizations.models import Availability, Organization
from expertise.organizations.services import claim_unclaimed, remove_unclaimed
from expertise.skills.folded import write_forms
from members.enums import ConsentKind
from members.models import Consent
from tests.factories import OrganizationFactory, SkillFactory, UserFactory

pytestmark = pytest.mark.django_db
HEADER = "Nom;Identifiant;Région;Municipalité;Courriel;Source du consentement;Date du consentement;Aide;Compétences\n"
ROW = "Maison des voisins;417;Abitibi-Témiscamingue;La Sarre;Info@voisins.example.org;Formulaire;2026-03-14;bénévole;\n"


def run(path: Path, *options: str) -> tuple[str, str]:
    """What the command prints."""
    out, err = StringIO(), StringIO()
    call_command("import_organizations", path, *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def csv_file(folder: Path, *rows: str, encoding: str = "utf-8") -> Path:
    """A file with the header above."""
    path = folder / "liste.csv"
    path.write_bytes((HEADER + "".join(rows)).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_row_becomes_an_unclaimed_organization_with_its_consent(encoding: str, tmp_path: Path) -> None:
    run(csv_file(tmp_path, ROW, encoding=encoding), "--source", "CDC")
    organization = Organization.objects.get()
    assert (organization.name, organization.region, organization.municipality) == (
        "Maison des voisins",
        "08",
        "La Sarre",
    )
    assert (organization.state, organization.source, organization.source_id) == ("unclaimed", "CDC", "417")
    assert organization.help_kinds == ["volunteer"]
    assert Availability.objects.filter(organization=organization).exists()
    consent = Consent.objects.get(address="info@voisins.example.org", kind=ConsentKind.INVITATION)
    assert consent.source == "Formulaire (CDC)"
    assert timezone.localdate(consent.given_at) == date(2026, 3, 14)


def test_a_second_import_changes_nothing_and_a_new_fact_is_taken(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ROW)
    run(path)
    before = list(Organization.objects.values())
    out, _ = run(path)
    assert list(Organization.objects.values()) == before
    assert "1 inchangés" in out
    run(csv_file(tmp_path, ROW.replace("La Sarre", "Macamic")))
    assert Organization.objects.get().municipality == "Macamic"


def test_what_was_claimed_or_removed_is_left_alone(tmp_path: Path) -> None:
    run(csv_file(tmp_path, ROW, ROW.replace("417", "418").replace("voisins", "voisines")))
    now = timezone.now()
    claimed, removed = Organization.objects.order_by("source_id")
    claim_unclaimed(organization=claimed, user=UserFactory(), now=now)
    remove_unclaimed(organization=removed, now=now)
    changed = ROW.replace("La Sarre", "Macamic")
    out, _ = run(csv_file(tmp_path, changed, changed.replace("417", "418").replace("voisins", "voisines")))
    assert "1 laissés à leurs responsables" in out
    assert "1 retirés à leur demande" in out
    claimed.refresh_from_db()
    removed.refresh_from_db()
    assert claimed.municipality == "La Sarre"
    assert (removed.state, removed.municipality) == (OrganizationState.REMOVED, "")


def test_a_member_of_the_same_name_and_region_is_not_listed_twice(tmp_path: Path) -> None:
    OrganizationFactory(name="Maison des voisins", region="08")
    out, _ = run(csv_file(tmp_path, ROW))
    assert Organization.objects.count() == 1
    assert "1 déjà inscrits" in out


def test_skills_are_found_by_name_or_synonym(tmp_path: Path) -> None:
    skill = SkillFactory(name="création de sites web", synonyms_fr=["refaire notre site"])
    write_forms([skill])
    run(csv_file(tmp_path, ROW.rstrip("\n") + "Refaire notre SITE\n"))
    assert Organization.objects.get().organization_skills.get().tag == skill


BAD_ROWS = {
    ";9;;;;;;;": "le nom manque",
    "X;9;Bretagne;;;;;;": "région inconnue : « Bretagne »",
    "X;9;;;a@b.example.org;;;;": "consentement",
    "X;9;;;a@b.example.org;Formulaire;14 mars;;": "date invalide",
    "X;9;;;a@b.example.org;Formulaire;2999-01-01;;": "date invalide",
    "X;9;;;pas une adresse;Formulaire;2026-01-01;;": "courriel invalide",
    "X;9;;;;;;don;": "aide inconnue",
    "X;9;;;;;;;télépathie": "compétence inconnue : « télépathie »",
    f"{'a' * 256};9;;;;;;;": "trop long",
    "X;417;;;;;;;": "déjà plus haut",
}


@pytest.mark.parametrize(("row", "said"), BAD_ROWS.items())
def test_bad_rows_are_named_by_line_and_reason(row: str, said: str, tmp_path: Path) -> None:
    _, err = run(csv_file(tmp_path, ROW, row + "\n"))
    assert err.replace("\u00a0", " ").startswith("Ligne 3 : ")
    assert said in err.replace("\u00a0", " ")
    assert Organization.objects.count() == 1


def test_every_fault_of_a_row_is_said_at_once(tmp_path: Path) -> None:
    _, err = run(csv_file(tmp_path, "X;9;Bretagne;;;;;don;télépathie\n"))
    assert err.count(";") == 2


def test_bad_rows_stop_everything_when_asked(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Rien n’a été écrit"):
        run(csv_file(tmp_path, ROW, "X;9;Bretagne;;;;;;\n"), "--bad-rows-stop")
    assert not Organization.objects.exists()


def test_rehearsal_counts_and_writes_nothing(tmp_path: Path) -> None:
    out, _ = run(csv_file(tmp_path, ROW), "--dry-run")
    assert "1 créés" in out
    assert not Organization.objects.exists()
    assert not Consent.objects.exists()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found_out(separator: str, tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_text(f'name{separator}region{separator}city\n"A, B; C"{separator}08{separator}Gaspé\n', encoding="utf-8")
    run(path)
    assert (Organization.objects.get().name, Organization.objects.get().municipality) == ("A, B; C", "Gaspé")


def test_xlsx_is_read_with_its_dates_and_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nom", "Identifiant", "Région", "Courriel", "Consentement", "Date du consentement"])
    consent_on = datetime(2026, 3, 14, tzinfo=UTC).replace(tzinfo=None)
    sheet.append(["Maison", 417, 8, "info@m.example.org", "Formulaire", consent_on])
    sheet.append([None, None, None, None, None, None])
    path = tmp_path / "liste.xlsx"
    book.save(path)
    run(path)
    organization = Organization.objects.get()
    assert (organization.source_id, organization.region) == ("417", "08")
    assert Consent.objects.get().given_at.astimezone(timezone.get_current_timezone()).date() == date(2026, 3, 14)


REFUSED = {
    "vide.csv": (b"", "empty"),
    "sans-nom.csv": (b"a;b\n1;2\n", "headers"),
    "image.csv": (b"\x89PNG\r\n\x1a\n\x00\x00", "not_table"),
    "utf16.csv": ("nom\nA\n".encode("utf-16"), "not_table"),
    "ni-l-un-ni-l-autre.csv": (b"nom\n\x81\x8d\xff\n", "encoding"),
    "faux.xlsx": (b"PK\x03\x04 pas un classeur", "not_xlsx"),
    "long.csv": (b"nom\n" + b"a" * 200_000 + b"\n", "broken"),
    "coupe.jsonl": (b'{"id": "a", "name": "A", "country": "CA", "source": "x"}\n{"id": "b', "broken"),
    "texte.jsonl": (b"nom\n", "not_table"),
}


@pytest.mark.parametrize(("name", "content", "code"), [(name, *rest) for name, rest in REFUSED.items()])
def test_a_file_that_is_not_what_it_says_is_refused(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileRefusedError) as refused:
        import_organizations(path=path, source="x", now=timezone.now())
    assert refused.value.code == code
    assert refused.value.message
    assert not Organization.objects.exists()


def test_too_many_rows_for_a_web_request_are_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, *[f"Groupe {n};{n};;;;;;;\n" for n in range(11)])
    with pytest.raises(FileRefusedError) as refused:
        import_organizations(path=path, source="x", now=timezone.now(), is_rehearsal=True, limit=10)
    assert refused.value.code == "too_many"


def test_long_files_are_held_a_batch_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "longue.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("nom;identifiant;description\n")
        file.writelines(f"Groupe {n};{n};{'mots ' * 100}\n" for n in range(20_000))
    assert path.stat().st_size > 10_000_000
    tracemalloc.start()
    import_organizations(path=path, source="x", now=timezone.now(), is_rehearsal=True)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < path.stat().st_size


PLACE = {
    "id": "hinaura-1",
    "source": "hinaura",
    "name": "MAISON DE SERVICES AU PUBLIC D'ABONDANCE",
    "legal_form": ["Privé à but lucratif (entreprises, auto-entrepreneurs, SCOP, SCIC...)"],
    "country": "FR",
    "region": "Auvergne-Rhône-Alpes",
    "city": "ABONDANCE",
    "lat": 46.28,
    "lon": 6.72,
    "skills": ["ecrire-un-document", "inconnu"],
    "fees": ["Gratuit", "Payant"],
    "updated": "2021-05-05",
}
ASSOCIATION = {
    "id": "neq-1",
    "source": "req-mauricie",
    "name": "CLUB DE PÊCHE L'ÉPERLAN INC.",
    "legal_form": ["Coopérative"],
    "country": "CA",
    "region": "Mauricie",
    "city": "Shawinigan",
    "description": "PROMOUVOIR LA PÊCHE. ACTIVITÉS POUR",
}


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """A French place and a Mauricie association."""
    path = tmp_path / "lieux.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in (PLACE, ASSOCIATION)), encoding="utf-8")
    return path


def test_places_keep_their_wording_and_are_shown_well(places: Path) -> None:
    skill = SkillFactory(source="inclusion_fr", source_id="ecrire-un-document")
    _, err = run(places)
    place = Organization.objects.get(source_id="hinaura-1")
    assert place.name == PLACE["name"]
    assert (place.shown_name, place.shown_municipality) == (
        "Maison de Services au Public d’Abondance",
        "Abondance",
    )
    assert (place.region, place.area) == (None, "Auvergne-Rhône-Alpes, France")
    assert (place.is_remote, place.help_kinds) == (True, ["volunteer", "market"])
    row = place.organization_skills.get()
    assert (row.tag, row.confirmed_at and timezone.localdate(row.confirmed_at)) == (skill, date(2021, 5, 5))
    assert "1 codes de compétences sont inconnus" in err
    club = Organization.objects.get(source_id="neq-1")
    assert (club.region, club.is_cooperative, club.shown_name) == ("04", True, "Club de Pêche l’Éperlan inc.")
    assert club.shown_description == "Promouvoir la pêche. Activités pour"


def test_test_data_become_members_under_example_org_only(places: Path) -> None:
    for _ in range(2):
        run(places, "--as-members")
    assert set(Organization.objects.values_list("state", flat=True)) == {OrganizationState.VERIFIED}
    for organization in Organization.objects.all():
        assert organization.shared_address.endswith("@reel.example.org")
        consent = Consent.objects.get(address=organization.shared_address)
        assert consent.kind == ConsentKind.TEST


def test_documented_columns_are_the_real_ones() -> None:
    text = Path("docs/import-organizations.md").read_text(encoding="utf-8")
    for column in COLUMNS:
        assert f"`{column.headers[0]}`" in text
