"""One way to compare words: without case, accents, ligatures, elision or typographic variants."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

MAX_WORD_LETTERS = 64
"""A longer run of letters is a key mash or a paste accident; what is beyond adds cost and no meaning."""
MIN_PART_LETTERS = 3
"""Shorter parts of a compound (`e` of e-mail, `fi` of Wi-Fi) mean nothing alone."""

_VARIANTS = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ′´`＇", "'"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009", " "),
        "\u00ad": None,  # soft hyphen: a hint for the printer, not a letter
        "\u200b": None,
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ø": "o",
        "Ø": "o",
    }
)
_MARKS = re.compile("[\u0300-\u036f]+")
_LETTER = "[^\\W_\u0300-\u036f][\u0300-\u036f\u00ad]*"
_JOINT = "['’‘ʼ′＇\\-‐‑]"
_WORD = re.compile(rf"(?:{_LETTER})+(?:{_JOINT}(?:{_LETTER})+)*(?:\+\+|\#)?")
_ELISION = re.compile(r"^(?:(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)')+(?=\w)")


class Word(NamedTuple):
    """A word of a text: as written (without elision), its offsets, its folded forms (several for a compound)."""

    surface: str
    start: int
    end: int
    forms: tuple[str, ...]


def fold(text: str) -> str:
    """Return `text` without case, accents and typographic variants; digits and spaces are kept.

    Folding twice changes nothing. Marks that are letters of their own (Indic, Arabic) stay.
    """
    if text.isascii():
        return text.replace("`", "'").lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_VARIANTS)).casefold()
    decomposed = unicodedata.normalize("NFKD", decomposed).translate(_VARIANTS)
    return unicodedata.normalize("NFC", _MARKS.sub("", decomposed))


def without_elision(word: str) -> str:
    """Return a folded word without its elided article or pronoun: `l'ordinateur` gives `ordinateur`."""
    return _ELISION.sub("", word)


def iterate_words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order, each with its folded forms.

    A compound yields its joined form and its parts of three letters or more (`Wi-Fi` gives `wifi`,
    `sous-domaine` gives `sousdomaine`, `sous`, `domaine`), so that both spellings meet.
    """
    for match in _WORD.finditer(text):
        elided, forms = _read(match.group()[: 4 * MAX_WORD_LETTERS])
        if forms:
            start = match.start() + elided
            yield Word(text[start : match.end()], start, match.end(), forms)


def split_words(text: str) -> list[str]:
    """Return the folded forms of all words of `text`, in order."""
    return [form for word in iterate_words(text) for form in word.forms]


@lru_cache(maxsize=50_000)
def _read(surface: str) -> tuple[int, tuple[str, ...]]:
    """Return how many characters are elided, and the folded forms of the rest; texts repeat their words."""
    folded = fold(surface)
    bare = without_elision(folded)
    # What is elided is one character per character, so its length also holds in the original.
    return len(folded) - len(bare), _forms(bare)


def _forms(word: str) -> tuple[str, ...]:
    parts = [part for part in word.removesuffix("'s").replace("'", "").split("-") if part]
    if not parts:
        return ()
    if len(parts) == 1:
        return (parts[0][:MAX_WORD_LETTERS],)
    if all(part.isdigit() for part in parts):
        return tuple(part[:MAX_WORD_LETTERS] for part in parts)
    joined = "".join(parts)[:MAX_WORD_LETTERS]
    return (joined, *(part[:MAX_WORD_LETTERS] for part in parts if len(part) >= MIN_PART_LETTERS))
