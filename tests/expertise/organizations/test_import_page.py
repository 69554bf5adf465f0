"""The editors' upload page: preview first, then the import; nothing is written by surprise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from expertise.organizations.models import ImportFile, Organization
from tests.factories import SeatFactory, UserFactory

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
CONTENT = "nom;région\nMaison des voisins;08\nSans région;Bretagne\n".encode()


@pytest.fixture
def editor(client: Client) -> Client:
    """A signed-in editor."""
    client.force_login(UserFactory(editor=True))
    return client


def upload(client: Client, content: bytes = CONTENT, name: str = "liste.csv") -> str:
    """Send a file; the address that the answer leads to, or the page itself."""
    data = {"source": "CDC de la Mauricie", "file": SimpleUploadedFile(name, content)}
    response = client.post(reverse("organizations:import"), data)
    return str(getattr(response, "url", "")) or response.content.decode()


def test_preview_shows_counts_and_bad_rows_and_writes_nothing(editor: Client) -> None:
    page = editor.get(upload(editor)).content.decode()
    assert "région inconnue" in page
    assert "Maison des voisins" in page
    assert not Organization.objects.exists()


def test_confirming_imports_the_good_rows_and_forgets_the_file(editor: Client) -> None:
    upload(editor)
    kept = ImportFile.objects.get()
    editor.post(reverse("organizations:import_confirm", args=[kept.pk]))
    assert Organization.objects.get().source == "CDC de la Mauricie"
    assert not ImportFile.objects.exists()


def test_giving_up_forgets_the_file(editor: Client) -> None:
    upload(editor)
    editor.post(reverse("organizations:import_discard", args=[ImportFile.objects.get().pk]))
    assert not ImportFile.objects.exists()
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\x89PNG\x00", "CSV ni un classeur"), (b"a;b\n1;2\n", "Il manque"), ("nom\nÉ\n".encode("utf-16"), "CSV ni")],
)
def test_a_refused_file_says_why_at_its_field(content: bytes, said: str, editor: Client) -> None:
    page = upload(editor, content)
    assert said in page
    assert "field-wrong" in page
    assert 'value="CDC de la Mauricie"' in page
    assert not ImportFile.objects.exists()


def test_another_editors_file_is_none_of_ours(editor: Client) -> None:
    upload(editor)
    kept = ImportFile.objects.get()
    editor.force_login(UserFactory(editor=True))
    assert editor.get(reverse("organizations:import_preview", args=[kept.pk])).status_code == 404
    assert editor.post(reverse("organizations:import_confirm", args=[kept.pk])).status_code == 404


@pytest.mark.parametrize("name", ["import", "import_model", "invitations"])
def test_members_do_not_import(name: str, client: Client) -> None:
    client.force_login(SeatFactory().user)
    assert client.get(reverse(f"organizations:{name}")).status_code == 403


def test_the_model_file_can_be_imported_as_it_is(editor: Client) -> None:
    from expertise.skills.folded import write_forms
    from tests.factories import SkillFactory

    write_forms([SkillFactory(name="création et refonte de sites web"), SkillFactory(name="sauvegarde des données")])
    model = editor.get(reverse("organizations:import_model")).content
    page = editor.get(upload(editor, model)).content.decode()
    assert "Lignes refusées</h2>" not in page


def test_invitations_leave_in_batches_and_once(editor: Client) -> None:
    row = b"nom;courriel;consentement;date du consentement\nA;a@x.example.org;Formulaire;2026-01-05\nB;;;\n"
    upload(editor, row)
    editor.post(reverse("organizations:import_confirm", args=[ImportFile.objects.get().pk]))
    assert Organization.objects.invitable().count() == 1
    editor.post(reverse("organizations:invitations"))
    assert Organization.objects.invitable().count() == 0
    assert editor.get(reverse("organizations:invitations")).status_code == 200
