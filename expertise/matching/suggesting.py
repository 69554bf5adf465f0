"""Which skills a text calls for, in which of its words."""

from typing import Final

import numpy as np

from expertise.matching.postings import FloatArray, Query
from expertise.matching.profiles import Suggestion
from expertise.matching.vocabulary import Vocabulary

CALIBRATION_SLOPE: Final = 12.0
CALIBRATION_MIDDLE: Final = 0.53
"""Read off 45 lay needs and 14 texts that are no ICT need, on the 205 skills of the demo: of the skills
at nearness .35 to .45 one in seven was right, at .45 to .60 one in two, above .75 all."""
SHOWN_FLOOR: Final = 0.25
"""Below, a suggestion is more often noise than help: nothing is better shown."""
MAX_WORDS: Final = 5


def suggest(
    text: str, lang: str, vocabulary: Vocabulary, limit: int = 5, *, floor: float = SHOWN_FLOOR
) -> list[Suggestion]:
    """Return the skills that `text` calls for, best first, none when nothing is worth showing.

    Args:
        text: A need or a description, in any language; the first 2,000 characters are read.
        lang: Its language; names in French and in English are both searched.
        vocabulary: The skills, with what tagged examples taught.
        limit: At most this many.
        floor: The least score returned, in [0, 1].
    """
    query = Query.of(text, lang)
    scores = score_skills(query, text, vocabulary)
    order = np.argsort(-scores, kind="stable")[: max(limit, 0)]
    return [
        Suggestion(vocabulary.labels[row].skill_id, round(float(scores[row]), 6), _words(query, row, vocabulary))
        for row in order.tolist()
        if scores[row] >= floor and scores[row] > 0
    ]


def score_skills(query: Query, text: str, vocabulary: Vocabulary) -> FloatArray:
    """Return how much the text calls for each skill, shape (skills,), in [0, 1].

    The skill's own words speak alone until examples of it exist, then ever less.
    """
    named = calibrate(vocabulary.lexicon.score(query, text))
    lessons = vocabulary.lessons
    taught = None if lessons is None else lessons.predict(query)
    if lessons is None or taught is None:
        return named
    blended: FloatArray = lessons.trust * taught + (1 - lessons.trust) * named
    return blended


def calibrate(nearness: FloatArray) -> FloatArray:
    """Turn nearness by words into the probability that a person would choose the skill; 0 stays 0."""
    chances = 1.0 / (1.0 + np.exp(-CALIBRATION_SLOPE * (nearness - CALIBRATION_MIDDLE)))
    return np.where(nearness > 0, chances, 0.0)


def _words(query: Query, row: int, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the words of the request that called the skill, strongest first, at most five."""
    pooled = vocabulary.lexicon.pooled
    weights = {term: weight for term, weight in pooled.weigh(query).items() if pooled.postings.holds(term, row)}
    if vocabulary.lessons is not None:
        for term, (column, weight) in vocabulary.lessons.weigh(query).items():
            taught = weight * float(vocabulary.lessons.coefficients[column, row])
            if taught > 0:
                weights[term] = weights.get(term, 0.0) + taught
    ranked = sorted(weights, key=lambda term: -weights[term])  # equals stay in the order of the text
    return tuple(dict.fromkeys(query.surfaces[term] for term in ranked))[:MAX_WORDS]
