"""The part of a text that answers, with the words that were looked for marked. Pure; escapes everything."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from expertise.matching.analysis import stem
from maillage.core.folding import iterate_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search.analysis import Word

SNIPPET_CHARACTERS = 220
MAX_SCANNED_CHARACTERS = 20_000


def snippet(text: str, words: Sequence[Word], lang: str) -> str:
    """Safe HTML of about ``SNIPPET_CHARACTERS`` of ``text`` around the most of ``words``, each in ``<mark>``."""
    scanned = text[:MAX_SCANNED_CHARACTERS]
    wanted = {term for word in words for term in (*word.stems, word.exact[1:])}
    hits = [
        (word.start, word.end)
        for word in iterate_words(scanned)
        if any(form in wanted or stem(form, lang) in wanted for form in word.forms)
    ]
    start = _best_start(hits)
    end = min(len(scanned), start + SNIPPET_CHARACTERS)
    start, end = _whole_words(scanned, start, end)
    parts, position = [], start
    for left, right in hits:
        if left >= position and right <= end:
            parts += [escape(scanned[position:left]), "<mark>", escape(scanned[left:right]), "</mark>"]
            position = right
    parts.append(escape(scanned[position:end]))
    return ("… " if start else "") + "".join(parts).strip() + (" …" if end < len(text) else "")


def _best_start(hits: Sequence[tuple[int, int]]) -> int:
    """Where a window holds the most hits; the first of equals."""
    if not hits:
        return 0
    held = [sum(left <= other < left + SNIPPET_CHARACTERS for other, _ in hits) for left, _ in hits]
    left = hits[held.index(max(held))][0]
    return 0 if left < SNIPPET_CHARACTERS // 2 else left - 30


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while 0 < start < len(text) and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end -= 1
        if end <= start:
            return start, min(len(text), start + SNIPPET_CHARACTERS)
    return start, end
