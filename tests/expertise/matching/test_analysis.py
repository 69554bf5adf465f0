"""Analysis: words that mean the same meet, words that say nothing disappear."""

import pytest

from expertise.matching.analysis import MAX_TEXT_LETTERS, analyse, bigrams, stem
from maillage.core.folding import fold


def terms(text: str, lang: str = "fr") -> list[str]:
    return [token.term for token in analyse(text, lang)]


@pytest.mark.parametrize(
    "kin",
    [
        ("dépannage", "dépanner"),
        ("pirater", "piraté", "piratage"),
        ("formation", "formateur"),
        ("sécurité", "securite", "sécuriser"),
        ("hébergement", "héberger", "hebergement"),
        ("comptabilité", "comptable", "comptables"),
        ("vidéo", "vidéos", "videos"),
        ("imprimante", "imprimantes", "imprimer"),
        ("formée", "formee", "formé"),
    ],
)
def test_french_kin_share_a_stem_with_or_without_accents(kin: tuple[str, ...]) -> None:
    assert len({stem(fold(word), "fr") for word in kin}) == 1


def test_short_words_keep_enough_letters_to_differ() -> None:
    assert stem("creer", "fr") != stem("croire", "fr")
    assert all(len(stem(word, "fr")) > 1 for word in ("cle", "age", "ile", "son", "eau"))


def test_asking_is_set_aside() -> None:
    assert terms("Bonjour, est-ce que quelqu’un pourrait nous aider? Nous cherchons de l’aide svp") == []
    assert terms("Hello, can someone please help us?", "en") == []


def test_a_third_language_is_compared_word_by_word() -> None:
    assert terms("Necesitamos ayuda con WordPress", "es") == ["necesitamos", "ayuda", "con", "wordpress"]


def test_a_word_keeps_the_form_it_was_written_in() -> None:
    assert [token.surface for token in analyse("L’imprimante Wi-Fi", "fr")] == ["imprimante", "Wi-Fi"]


def test_only_the_first_2_000_characters_are_read() -> None:
    assert "fin" not in terms("a" * MAX_TEXT_LETTERS + " fin")


def test_bigrams_join_neighbours() -> None:
    assert bigrams(analyse("hébergement de sites web", "fr")) == ["heberg sit", "sit web"]
