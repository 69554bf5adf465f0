"""Folding: what people type in different ways compares equal."""

import unicodedata

import pytest
from hypothesis import given, settings, strategies as st

from maillage.core.folding import MAX_WORD_LETTERS, fold, iterate_words, split_words, without_elision


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Équipe À L’ÉCOUTE", "equipe a l'ecoute"),
        ("Œuvre, cœur et curriculum vitæ", "oeuvre, coeur et curriculum vitae"),
        ("e\u0301cole", "ecole"),
        ("Windows 11 à 14 h 30", "windows 11 a 14 h 30"),
        ("Wi\u2011Fi", "wi-fi"),
        ("STRASSE straße", "strasse strasse"),
        ("こんにちは", "こんにちは"),
        ("", ""),
    ],
)
def test_case_accents_ligatures_and_variants_disappear(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("l'ordinateur", "ordinateur"),
        ("d'hebergement", "hebergement"),
        ("qu'elle", "elle"),
        ("jusqu'ici", "ici"),
        ("aujourd'hui", "aujourd'hui"),
        ("quelqu'un", "quelqu'un"),
        ("ligne", "ligne"),
        ("l'", "l'"),
    ],
)
def test_only_elided_words_lose_their_start(word: str, bare: str) -> None:
    assert without_elision(word) == bare


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’imprimante n’imprime plus!", ["imprimante", "imprime", "plus"]),
        ("le Wi-Fi et l'e-mail", ["le", "wifi", "et", "email", "mail"]),
        ("un sous-domaine", ["un", "sousdomaine", "sous", "domaine"]),
        ("C++, C# et .NET 4", ["c++", "c#", "et", "net", "4"]),
        ("819 555-0142", ["819", "555", "0142"]),
        ("aujourd’hui, it's ours", ["aujourdhui", "it", "ours"]),
        ("🖨️🔥 … — !", []),
    ],
)
def test_words_are_split_as_people_mean_them(text: str, words: list[str]) -> None:
    assert split_words(text) == words


def test_offsets_show_the_word_without_its_elision() -> None:
    text = "Changer l’œuvre d’art"
    assert [(word.surface, text[word.start : word.end]) for word in iterate_words(text)] == [
        ("Changer", "Changer"),
        ("œuvre", "œuvre"),
        ("art", "art"),
    ]


def test_a_word_of_20_000_letters_is_cut() -> None:
    assert split_words("a" * 20_000) == ["a" * MAX_WORD_LETTERS]


@settings(deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.text(alphabet="aàâbcçdeéèêëfghiîïlmnoôœpqrstuùûæ ’-0123456789"))
def test_composed_and_decomposed_text_give_the_same_words(text: str) -> None:
    assert split_words(unicodedata.normalize("NFD", text)) == split_words(text)


@settings(deadline=None)
@given(st.text())
def test_any_text_gives_short_words_at_true_offsets(text: str) -> None:
    for word in iterate_words(text):
        assert text[word.start : word.end] == word.surface
        assert all(0 < len(form) <= MAX_WORD_LETTERS for form in word.forms)
