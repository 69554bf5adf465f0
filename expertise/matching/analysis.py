"""From a text to comparable terms: folded, stemmed in the language of the text, without stop words."""

import threading
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import snowballstemmer

from expertise.matching.stop_words import STOP_WORDS
from maillage.core.folding import iterate_words

MAX_TEXT_LETTERS: Final = 2_000
"""What a need or a profile says, it says early; beyond, texts repeat themselves and cost time."""

_ALGORITHMS = {"fr": "french", "en": "english"}
_MIN_STEM = 4
_stemmers = threading.local()


class Token(NamedTuple):
    """A word as written and the term it is compared by."""

    surface: str
    term: str


def analyse(text: str, lang: str) -> list[Token]:
    """Return the meaningful words of the first 2,000 characters of `text`, in order.

    Args:
        text: Any text, in any script; emoji and punctuation yield nothing.
        lang: Its language; `fr` and `en` (also `fr-CA`) are stemmed, others only folded.
    """
    language = lang[:2].lower()
    stops = STOP_WORDS.get(language, frozenset())
    tokens = []
    for word in iterate_words(text[:MAX_TEXT_LETTERS]):
        if word.forms[0] in stops:
            continue
        tokens += [Token(word.surface, stem(form, language)) for form in word.forms if form not in stops]
    return tokens


def bigrams(tokens: list[Token]) -> list[str]:
    """Return the terms of two neighbouring meaningful words, in order."""
    return [f"{left.term} {right.term}" for left, right in pairwise(tokens)]


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word; unchanged in a language without a stemmer.

    Folding comes first, so that a word typed without its accents meets the same word with them; what
    Snowball then misses in French (it expects accents) is mended by `_mend_french`.
    """
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None or not word.isalpha():
        return word
    if language == "fr" and word.endswith("os") and len(word) > _MIN_STEM:
        word = word[:-1]  # photos, vidéos, logos: Snowball keeps them plural
    stemmed: str = _stemmer(algorithm).stemWord(word)
    if language == "fr":
        stemmed = _mend_french(stemmed)
    return stemmed if len(stemmed) > 1 + (len(word) > _MIN_STEM) else word


def _stemmer(algorithm: str) -> "snowballstemmer.stemmer":
    # A Snowball stemmer keeps the word it works on as state: one for each thread.
    stemmer = getattr(_stemmers, algorithm, None)
    if stemmer is None:
        stemmer = snowballstemmer.stemmer(algorithm)
        setattr(_stemmers, algorithm, stemmer)
    return stemmer


def _mend_french(stemmed: str) -> str:
    stemmed = stemmed.rstrip("e")
    if stemmed.endswith("ibil"):
        stemmed = f"{stemmed[:-4]}ibl"
    for suffix in ("abilit", "abl"):
        if stemmed.endswith(suffix) and len(stemmed) - len(suffix) >= _MIN_STEM:
            return stemmed.removesuffix(suffix)
    for suffix in ("ag", "it", "is", "eur"):
        if stemmed.endswith(suffix) and len(stemmed) - len(suffix) > _MIN_STEM:
            return stemmed.removesuffix(suffix)
    return stemmed
