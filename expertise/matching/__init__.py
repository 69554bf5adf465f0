"""Pure arithmetic of matching, no Django: profiles and needs in, ranked pairs with reasons out."""

from expertise.matching.index import Index, version_of
from expertise.matching.profiles import (
    Document,
    Example,
    HeldSkill,
    Match,
    Profile,
    Reason,
    Request,
    SkillLabel,
    Suggestion,
)
from expertise.matching.ranking import rank
from expertise.matching.rules import RULES, Rule, RuleVerdict, explain_exclusion
from expertise.matching.suggesting import suggest
from expertise.matching.vocabulary import Vocabulary

__all__ = [
    "RULES",
    "Document",
    "Example",
    "HeldSkill",
    "Index",
    "Match",
    "Profile",
    "Reason",
    "Request",
    "Rule",
    "RuleVerdict",
    "SkillLabel",
    "Suggestion",
    "Vocabulary",
    "explain_exclusion",
    "rank",
    "suggest",
    "version_of",
]
