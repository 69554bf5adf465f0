"""Keeping documents true to the objects that they derive from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from search import analysis, ranking
from search.documents import BUILDERS, every_object
from search.engines import engine
from search.models import Document

if TYPE_CHECKING:
    from search.documents import Built
    from search.enums import DocumentKind


def index_object(*, kind: DocumentKind, object_id: int) -> bool:
    """Write, rewrite or remove one document; return whether its object can be found now. A gone object is a success."""
    built = BUILDERS[kind](object_id)
    analysed = _analysed(built) if built else {}
    with transaction.atomic():
        if built is None:
            stale = list(Document.objects.filter(kind=kind, object_id=object_id).values_list("pk", flat=True))
            engine().drop(stale)
            Document.objects.filter(pk__in=stale).delete()
            return False
        document, _ = Document.objects.update_or_create(
            kind=kind,
            object_id=object_id,
            defaults={
                "lang": built.lang,
                "title": built.title[:255],
                "summary": built.summary,
                "headings": built.headings,
                "body": built.body,
                "skills": built.skills,
                "skill_words": built.skill_words,
                "region": built.region,
                "audience": built.audience,
                "url": built.url,
                "prior": built.prior,
                "updated_at": built.updated_at,
                "analysed": analysed,
                "length": ranking.weighted_length(analysed),
            },
        )
        engine().put(document)
    return True


def reconcile() -> tuple[int, int]:
    """Rebuild every document and remove those without an object; return (documents, removed)."""
    known = set(every_object())
    stored = set(Document.objects.values_list("kind", "object_id"))
    strays = [(kind, pk) for kind, pk in stored if (kind, pk) not in known]
    kept = sum(index_object(kind=kind, object_id=pk) for kind, pk in sorted(known))
    for kind, pk in strays:
        gone = list(Document.objects.filter(kind=kind, object_id=pk).values_list("pk", flat=True))
        engine().drop(gone)
        Document.objects.filter(pk__in=gone).delete()
    return kept, len(strays)


def _analysed(built: Built) -> dict[str, str]:
    """Terms of each field; skills are known by names in both languages, so both analyses apply to them."""
    skills = f"{analysis.terms(built.skill_words, 'fr')} {analysis.terms(built.skill_words, 'en')}".strip()
    fields = {
        "title": analysis.terms(built.title, built.lang),
        "summary": analysis.terms(built.summary, built.lang),
        "headings": analysis.terms(built.headings, built.lang),
        "body": analysis.terms(built.body, built.lang),
        "skills": skills,
    }
    return {name: text for name, text in fields.items() if text}
