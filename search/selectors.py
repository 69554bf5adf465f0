"""One search: what was typed and chosen in, ordered results with true facet counts out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Avg, Count

from search import analysis, ranking
from search.engines import engine
from search.engines.base import CANDIDATES
from search.enums import DocumentAudience
from search.models import Document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from maillage.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for; empty choices mean all."""

    text: str
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """Documents best first, how many matched, and how many of each choice there are beside the other choices."""

    documents: list[Document]
    total: int
    words: list[analysis.Word]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def findable_by(actor: Actor) -> QuerySet[Document]:
    """Documents that the actor may find."""
    if actor.is_authenticated:
        return Document.objects.all()
    return Document.objects.filter(audience=DocumentAudience.EVERYONE)


def search(query: Query, actor: Actor) -> Results:
    """Find and order; nothing typed gives nothing. Never "and" over all words: a question must find its answer."""
    words = analysis.query_words(query.text)
    if not words:
        return Results([], 0, [])
    terms = list(dict.fromkeys(term for word in words for term in (*word.stems, word.exact)))
    found = engine()
    readable = findable_by(actor)
    pks = found.best(_chosen(readable, query), terms, CANDIDATES)
    documents = _ranked(Document.objects.filter(pk__in=pks), words, terms)
    facets = _facets(found.matching(readable, terms))
    total = sum(
        count
        for (kind, lang, region), count in facets.items()
        if _fits(kind, query.kinds) and _fits(lang, query.languages) and _fits(region, query.regions)
    )
    return Results(documents, total, words, _facet_counts(facets, query))


def _ranked(documents: QuerySet[Document], words: list[analysis.Word], terms: list[str]) -> list[Document]:
    rows = list(documents)
    index = Document.objects.aggregate(documents=Count("pk"), mean_length=Avg("length"))
    statistics = ranking.Statistics(
        documents=index["documents"], frequencies=engine().frequencies(terms), mean_length=index["mean_length"] or 0.0
    )
    scored = [
        (ranking.score(ranking.Candidate(row.pk, row.analysed, row.prior), words, statistics), -row.pk, row)
        for row in rows
    ]
    return [row for score, _, row in sorted(scored, key=lambda item: item[:2], reverse=True) if score > 0]


def _chosen(documents: QuerySet[Document], query: Query) -> QuerySet[Document]:
    if query.kinds:
        documents = documents.filter(kind__in=query.kinds)
    if query.languages:
        documents = documents.filter(lang__in=query.languages)
    if query.regions:
        documents = documents.filter(region__in=query.regions)
    return documents


def _facets(matching: QuerySet[Document]) -> dict[tuple[str, str, str], int]:
    """Counts of every combination of choices, in one query."""
    rows = matching.values("kind", "lang", "region").annotate(count=Count("pk")).order_by()
    return {(row["kind"], row["lang"], row["region"]): row["count"] for row in rows}


def _facet_counts(cells: Mapping[tuple[str, str, str], int], query: Query) -> dict[str, dict[str, int]]:
    """For each facet, counts given the other facets' choices: what one would get by ticking."""
    counts: dict[str, Counter[str]] = {"kind": Counter(), "lang": Counter(), "region": Counter()}
    for (kind, lang, region), count in cells.items():
        fits = _fits(kind, query.kinds), _fits(lang, query.languages), _fits(region, query.regions)
        if fits[1] and fits[2]:
            counts["kind"][kind] += count
        if fits[0] and fits[2]:
            counts["lang"][lang] += count
        if fits[0] and fits[1] and region:
            counts["region"][region] += count
    return {name: dict(counter) for name, counter in counts.items()}


def _fits(value: str, chosen: tuple[str, ...]) -> bool:
    return not chosen or value in chosen
