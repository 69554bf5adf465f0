"""How names and texts that registers keep in capitals are shown: the row keeps what it holds."""

from __future__ import annotations

import re
from typing import Final

# Shorter runs of capitals are initials: « AQDR », « CDC ».
MIN_CAPITALS: Final = 6
# Short words that French and English names write small, articles joined by an apostrophe included.
_SMALL: Final = (
    "a à au aux chez d dans de des du en et l la le les ou par pour sans sous sur un une and at for in of on the to"
)
SMALL: Final = frozenset(_SMALL.split())
# Initials that stay as they are.
_INITIALS: Final = "aqdr cab ccas cdc cfp clsc cpe csn fadoq ftq mjc mrc obnl ong osbl uqtr ymca ywca ii iii iv"
INITIALS: Final = frozenset(_INITIALS.split())
LEGAL: Final = frozenset(("inc", "ltée", "ltd"))
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"(^|[.!?]\s+)([^\W\d_])")


def shown_name(name: str) -> str:
    """A name as people write it: « CLUB DE PÊCHE L'ÉPERLAN » becomes « Club de Pêche l’Éperlan »."""
    if not _is_shouted(name):
        return name
    lowered = name.lower()

    def cased(match: re.Match[str]) -> str:
        word, is_first = match[0], match.start() == 0
        if word in INITIALS:
            return word.upper()
        if word in LEGAL or (word in SMALL and not is_first):
            return word
        return word[0].upper() + word[1:]

    return _WORD.sub(cased, lowered).replace("'", "’")


def shown_text(text: str) -> str:
    """A text in sentences rather than capitals; its cut ends and abbreviations stay as they are."""
    if not _is_shouted(text):
        return text
    return _SENTENCE.sub(lambda match: match[1] + match[2].upper(), text.strip().lower()).replace("'", "’")


def _is_shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= MIN_CAPITALS and all(letter.isupper() for letter in letters)
