"""Why an organization is proposed: each reason weighs what the score loses without its evidence."""

from dataclasses import dataclass
from typing import Final

from expertise.matching.affinity import Affinity
from expertise.matching.profiles import HeldSkill, Profile, Reason

MAX_REASONS: Final = 3
MAX_WORDS: Final = 5
MIN_SHARE: Final = 0.1
"""A reason that weighs less, beside the strongest one, is true but convinces nobody."""
CONSIDERED_DOCUMENTS: Final = 2
CONSIDERED_SKILLS: Final = 12
"""More are never shown; an organization may hold 2,000."""
_CODES: Final = {"description": "words", "skill": "words", "guide": "guide", "help": "help"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one organization brings to one request, as the index knows it.

    Attributes:
        row: The organization's row in the index.
        held: Vocabulary row of each skill whose terms fit the request, with what is known of it.
    """

    row: int
    held: dict[int, HeldSkill]
    affinity: Affinity

    @property
    def score(self) -> float:
        """The affinity of the organization."""
        return self.affinity.of_organization(self.row, self.held.keys())

    def reasons(self) -> list[Reason]:
        """Return the reasons that weigh something beside the strongest one, in no order."""
        score = self.score
        found = [*self._skill_reasons(score), *self._text_reasons(score)]
        least = MIN_SHARE * max((reason.weight for reason in found), default=0.0)
        return [reason for reason in found if reason.weight > 0 and reason.weight >= least]

    def _skill_reasons(self, score: float) -> list[Reason]:
        groups = self._answers()
        strongest = sorted(groups, key=lambda row: (-self._strength_of(row), row))[:CONSIDERED_SKILLS]
        return [self._skill_reason(row, groups[row], score) for row in strongest]

    def _answers(self) -> dict[int, set[int]]:
        """Return the held skills that answer each wanted one, under the best of them.

        Together, because several parts of a skill stand in for each other: without one of them alone
        the score hardly moves. Held skills that only share words with the request stand alone.
        """
        groups: dict[int, set[int]] = {}
        for wanted in self.affinity.wanted:
            answers = wanted.credits.keys() & self.held.keys()
            if answers:
                best = max(answers, key=lambda row: (wanted.credits[row], -row))
                groups.setdefault(best, set()).update(answers)
        grouped = set().union(*groups.values())
        for row in self.held.keys() - grouped:
            if self.affinity.skill_scores[row] > 0:
                groups[row] = {row}
        return groups

    def _strength_of(self, row: int) -> float:
        wanted = sum(one.weight * one.credits.get(row, 0.0) for one in self.affinity.wanted)
        return wanted + float(self.affinity.skill_scores[row])

    def _skill_reason(self, row: int, group: set[int], score: float) -> Reason:
        held = self.held[row]
        weight = score - self.affinity.of_organization(self.row, self.held.keys() - group)
        data: dict[str, str | int] = {"skill_id": held.skill_id}
        if held.confirmed_on is not None:
            data["confirmed_on"] = held.confirmed_on.isoformat()
        asked_id = self._answered_by(row)
        if asked_id is None or asked_id == held.skill_id:
            return Reason("skill", weight, data)
        data["asked_id"] = asked_id
        is_broader = held.skill_id in self.affinity.index.vocabulary.broader_of(asked_id)
        return Reason("broader_skill" if is_broader else "skill", weight, data)

    def _answered_by(self, row: int) -> int | None:
        """Return the wanted skill that the held one at `row` answers best."""
        answered = [
            (one.weight * one.credits[row], -one.skill_id) for one in self.affinity.wanted if row in one.credits
        ]
        return -max(answered)[1] if answered else None

    def _text_reasons(self, score: float) -> list[Reason]:
        index, scores = self.affinity.index, self.affinity.document_scores
        found = [at for at in index.documents_of(self.row) if scores[at] > 0]
        reasons = []
        for at in sorted(found, key=lambda at: (-scores[at], at))[:CONSIDERED_DOCUMENTS]:
            document = index.documents[at]
            weight = score - self.affinity.of_organization(self.row, self.held.keys(), frozenset({at}))
            data = {"words": ", ".join(self._shared_words(at)), "ref": document.ref}
            reasons.append(Reason(_CODES[document.kind], weight, data))
        return reasons

    def _shared_words(self, document: int) -> list[str]:
        """Return the words of the request that the document holds, rarest first, at most five."""
        query, statistics = self.affinity.query, self.affinity.index.statistics
        postings = self.affinity.index.postings
        shared = [term for term in query.words if postings.holds(term, document)]
        rarity = dict(zip(shared, statistics.idf(shared).tolist(), strict=True))
        ranked = sorted(shared, key=lambda term: -rarity[term])  # equals stay in the order of the text
        return list(dict.fromkeys(query.surfaces[term] for term in ranked))[:MAX_WORDS]


def evidence_of(profile: Profile, affinity: Affinity, *, held: dict[int, HeldSkill]) -> Evidence:
    """Gather what `profile` brings, with the skills in `held` only.

    Raises:
        KeyError: The organization is not in the index.
    """
    return Evidence(affinity.index.rows[profile.organization_id], held, affinity)


def strongest(reasons: list[Reason]) -> tuple[Reason, ...]:
    """Return the three strongest reasons; ties go by code and data, so that they never dance."""
    return tuple(sorted(reasons, key=_strength))[:MAX_REASONS]


def _strength(reason: Reason) -> tuple[float, str, str]:
    return -round(reason.weight, 9), reason.code, repr(sorted(reason.data.items()))
