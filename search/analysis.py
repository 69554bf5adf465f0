"""One analysis for every engine: exact folded forms and stems of each word, question words set aside.

A stored field is a string of terms in order, separated by spaces: ``=form`` is a word as folded, others are stems.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from expertise.matching.analysis import stem
from expertise.matching.stop_words import STOP_WORDS
from maillage.core.folding import iterate_words

if TYPE_CHECKING:
    from collections.abc import Iterator

EXACT = "="
MAX_FIELD_CHARACTERS = 100_000
MAX_QUERY_CHARACTERS = 400
MAX_QUERY_WORDS = 24

# Words that ask without saying what about; a query made of them alone is still searched, as written.
QUESTION_WORDS = {
    "fr": frozenset(("comment", "pourquoi", "quand", "combien", "quel", "quelle", "quels", "quelles", "faire")),
    "en": frozenset(["how", "why", "when", "what", "which", "who", "where", "can", "do", "does", "to"]),
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query: as typed, its exact term and its stems in both languages."""

    surface: str
    exact: str
    stems: tuple[str, ...]


def terms(text: str, lang: str) -> str:
    """Terms of a text in one language, as a field stores them."""
    return " ".join(_terms(text[:MAX_FIELD_CHARACTERS], lang))


def _terms(text: str, lang: str) -> Iterator[str]:
    stops = STOP_WORDS.get(lang, frozenset())
    for word in iterate_words(text):
        if word.forms[0] in stops:
            continue
        for form in word.forms:
            yield EXACT + form
            yield stem(form, lang)


def query_words(text: str) -> list[Word]:
    """Meaningful words of what somebody typed, in order, without repeats.

    People search in either language: stop words and question words of both are set aside, unless nothing else is left;
    each word is stemmed in both, since a document may be in either.
    """
    words = list(iterate_words(text[:MAX_QUERY_CHARACTERS]))
    ignored = frozenset().union(*STOP_WORDS.values(), *QUESTION_WORDS.values())
    kept = [word for word in words if word.forms[0] not in ignored] or words
    found: dict[str, Word] = {}
    for word in kept:
        for form in word.forms:
            stems = tuple(dict.fromkeys((stem(form, "fr"), stem(form, "en"))))
            found.setdefault(form, Word(word.surface, EXACT + form, stems))
    return list(found.values())[:MAX_QUERY_WORDS]


def is_question(text: str) -> bool:
    """Whether what was typed reads as a question."""
    first = next(iterate_words(text), None)
    return text.rstrip().endswith("?") or (
        first is not None and any(first.forms[0] in words for words in QUESTION_WORDS.values())
    )
