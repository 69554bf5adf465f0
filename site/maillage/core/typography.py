"""French of Québec: what its typography asks of our sentences. Pure; used by the checks of catalogues and templates.

Rules: no space before ? ! ;, a no-break space before : and inside « », typographic apostrophes, 14 h 30, 1 234,50 $.
Source: Office québécois de la langue française, Banque de dépannage linguistique, articles on punctuation spacing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NBSP = "\u00a0"
_SPACES = "[ \u00a0\u202f]"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must not be found in a French sentence."""

    name: str
    pattern: re.Pattern[str]


RULES = (
    Rule("no space before ? ! ;", re.compile(rf"\w{_SPACES}+[?!;](?!\w)")),
    Rule("no-break space before :", re.compile(r"(?<=[\w»)])(?:[ \u202f]:|(?<![0-9]):(?=[ \u00a0]|$))")),
    Rule("no-break space inside « »", re.compile(r"«(?!\u00a0)|(?<!\u00a0)»")),
    Rule("typographic apostrophe", re.compile(r"(?<=[A-Za-zÀ-ÿ])'(?=[A-Za-zÀ-ÿ«])")),
    Rule("guillemets, not straight quotes", re.compile(r"(?<![=\w])\"(?=\w)")),
    Rule("courriel, not e-mail", re.compile(r"\b(?:e-?mails?|mails?)\b", re.IGNORECASE)),
    Rule("hours as 14 h 30", re.compile(r"\b\d{1,2}h\d{2}\b|\b\d{1,2}:\d{2}\b")),
    Rule("dollars after the amount", re.compile(r"\$\s?\d")),
    Rule("three dots as one character", re.compile(r"\.\.\.")),
)
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}|https?://\S+|%%")


def faults(sentence: str) -> list[str]:
    """Names of the rules that a French sentence breaks; placeholders count as words."""
    text = _PLACEHOLDER.sub("mot", sentence)
    return [rule.name for rule in RULES if rule.pattern.search(text)]
