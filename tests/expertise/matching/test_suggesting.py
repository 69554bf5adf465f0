"""Suggestions: the skills a text calls for, in either language, and nothing for nonsense."""

import pytest
from hypothesis import given, strategies as st

from expertise.matching import Example, SkillLabel, Vocabulary, suggest
from tests.expertise.matching.builders import (
    ACCOUNTING,
    LABELS,
    PRINTERS,
    TEXTS,
    VOCABULARY,
    WEB,
    WIFI,
    WORDPRESS,
)


def suggested(text: str, lang: str = "fr", vocabulary: Vocabulary = VOCABULARY) -> list[int]:
    return [suggestion.skill_id for suggestion in suggest(text, lang, vocabulary)]


@pytest.mark.parametrize(
    ("text", "lang", "skill_id"),
    [
        ("tenue de livres", "fr", ACCOUNTING),
        ("On a un bourrage de papier à chaque impression", "fr", PRINTERS),
        ("reseau sans fil", "fr", WIFI),
        ("our wireless network keeps dropping", "en", WIFI),
        ("wordpres", "fr", WORDPRESS),
        ("site internet", "en", WEB),
    ],
)
def test_lay_words_accents_mistakes_and_languages_are_understood(text: str, lang: str, skill_id: int) -> None:
    assert suggested(text, lang)[0] == skill_id


@pytest.mark.parametrize(
    "text", ["", "   ", "qwrtp zxcvb", "🖨️", "bonjour pouvez-vous nous aider", "12345", "le la les", "a" * 50_000]
)
def test_nonsense_calls_for_nothing(text: str) -> None:
    assert suggested(text) == []


def test_the_words_that_called_are_told() -> None:
    (first, *_) = suggest("Notre tenue de livres est en retard", "fr", VOCABULARY)
    assert first.words == ("tenue", "livres")


def test_no_skills_no_suggestions() -> None:
    assert suggest("imprimante", "fr", Vocabulary.build([])) == []


def test_a_skill_without_words_is_never_suggested() -> None:
    assert suggested("imprimante", "fr", Vocabulary.build([SkillLabel(1, ""), SkillLabel(2, "imprimante")])) == [2]


def test_examples_teach_words_that_no_label_holds() -> None:
    examples = [Example("la caisse du dépanneur gèle", "fr", frozenset({ACCOUNTING}))] * 4 + [
        Example("la patinoire fond", "fr", frozenset({WIFI}))
    ] * 4
    assert suggested("caisse gelée") == []
    assert suggested("caisse gelée", "fr", Vocabulary.build(LABELS, examples))[0] == ACCOUNTING


def test_examples_of_unknown_skills_teach_nothing() -> None:
    taught = Vocabulary.build(LABELS, [Example("caisse", "fr", frozenset({404}))])
    assert taught.lessons is None


@given(TEXTS, st.integers(-1, 10))
def test_scores_descend_between_the_floor_and_one(text: str, limit: int) -> None:
    suggestions = suggest(text, "fr", VOCABULARY, limit=limit)
    scores = [suggestion.score for suggestion in suggestions]
    assert len(scores) <= max(limit, 0)
    assert scores == sorted(scores, reverse=True)
    assert all(0.25 <= score <= 1 for score in scores)
