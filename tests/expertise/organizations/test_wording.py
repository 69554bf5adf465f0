"""Registers' capitals, as people would write them."""

from __future__ import annotations

import pytest

from expertise.organizations.wording import shown_name, shown_text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("CLUB DE PÊCHE L'ÉPERLAN INC.", "Club de Pêche l’Éperlan inc."),
        ("CPE LES PETITS LOUPS", "CPE les Petits Loups"),
        (
            "ASSOCIATION DES GENS D'AFFAIRES DE ST-ROCH-DE-MÉKINAC",
            "Association des Gens d’Affaires de St-Roch-de-Mékinac",
        ),
        ("LA MAISON DES FAMILLES", "La Maison des Familles"),
        ("AQDR", "AQDR"),
        ("Coop numérique du Témis", "Coop numérique du Témis"),
        ("CDC de La Sarre", "CDC de La Sarre"),
        ("", ""),
        ("2001", "2001"),
    ],
)
def test_names_in_capitals_are_shown_as_people_write_them(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("PROMOUVOIR LA PÊCHE. ACTIVITÉS POUR", "Promouvoir la pêche. Activités pour"),
        ("RÉSIDENCE PERSONNES ÂGÉES", "Résidence personnes âgées"),
        ("Déjà bien écrit.", "Déjà bien écrit."),
        ("AIDE", "AIDE"),
    ],
)
def test_texts_in_capitals_become_sentences_and_stay_cut(text: str, shown: str) -> None:
    assert shown_text(text) == shown
