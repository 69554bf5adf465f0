"""A small taxonomy and short ways to write profiles and requests."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from expertise.matching import Document, HeldSkill, Profile, Request, SkillLabel, Vocabulary

WEB, HOSTING, WORDPRESS, PRINTERS, WIFI, ACCOUNTING, ORPHAN = 1, 2, 3, 4, 5, 6, 7

LABELS = (
    SkillLabel(WEB, "sites web", "websites", ("site Internet", "page web"), ("web page",)),
    SkillLabel(HOSTING, "hébergement web", "web hosting", ("changer d’hébergeur",), (), broader_id=WEB),
    SkillLabel(WORDPRESS, "WordPress", "WordPress", ("thème WordPress",), (), broader_id=WEB),
    SkillLabel(PRINTERS, "imprimantes et photocopieurs", "printers", ("bourrage de papier",), ("paper jam",)),
    SkillLabel(WIFI, "Wi-Fi", "Wi-Fi", ("réseau sans fil",), ("wireless network",)),
    SkillLabel(ACCOUNTING, "logiciels comptables", "accounting software", ("tenue de livres",), ("bookkeeping",)),
    SkillLabel(ORPHAN, "cartographie", "mapping", broader_id=999),
)
VOCABULARY = Vocabulary.build(LABELS)


def organization(organization_id: int, text: str = "", *skill_ids: int, **fields: Any) -> Profile:  # noqa: ANN401
    """An organization of region 08 with room, that knows what `text` and `skill_ids` say."""
    documents = (Document(text, "fr", ref=f"d{organization_id}"),) if text else ()
    return Profile(
        organization_id,
        documents=fields.pop("documents", documents),
        skills=fields.pop("skills", tuple(HeldSkill(skill_id) for skill_id in skill_ids)),
        **{"region": "08", **fields},
    )


def need(text: str = "", *skill_ids: int, **fields: Any) -> Request:  # noqa: ANN401
    """A need of region 08."""
    return Request(1, text, fields.pop("lang", "fr"), skill_ids=frozenset(skill_ids), **{"region": "08", **fields})


WORDS = (
    *("imprimante", "wifi", "site", "hébergement", "wordpress", "papier", "comptable", "livres", "réseau", "courriel"),
    *("formation", "aînés", "tablette", "bénévoles", "sauvegarde", "serveur", "page", "facebook", "vidéo", "carte"),
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
SKILL_IDS = st.sampled_from([WEB, HOSTING, WORDPRESS, PRINTERS, WIFI, ACCOUNTING, ORPHAN])
REGIONS = st.sampled_from(["08", "07", "02"])
KINDS = st.frozensets(st.sampled_from(["volunteer", "solidarity", "market"]), max_size=2)
POINTS = st.none() | st.tuples(st.floats(45, 50), st.floats(-79, -66))

HELD = st.builds(
    HeldSkill,
    skill_id=SKILL_IDS,
    help_kinds=st.none() | KINDS,
    regions=st.none() | st.frozensets(REGIONS, max_size=2),
)
DOCUMENTS = st.builds(Document, text=TEXTS, lang=st.just("fr"), kind=st.sampled_from(["description", "guide", "help"]))


def _numbered(documents: list[Document]) -> tuple[Document, ...]:
    return tuple(replace(document, ref=f"d{number}") for number, document in enumerate(documents))


def profiles(max_size: int = 8) -> st.SearchStrategy[list[Profile]]:
    """Lists of organizations with different ids."""
    one = st.builds(
        Profile,
        organization_id=st.integers(1, 30),
        documents=st.lists(DOCUMENTS, max_size=4).map(_numbered),
        skills=st.lists(HELD, max_size=5, unique_by=lambda held: held.skill_id).map(tuple),
        region=st.none() | REGIONS,
        serves_regions=st.frozensets(REGIONS, max_size=2),
        is_remote=st.booleans(),
        languages=st.frozensets(st.sampled_from(["fr", "en"]), max_size=2),
        help_kinds=KINDS,
        point=POINTS,
        max_distance_km=st.none() | st.integers(0, 500),
        capacity=st.integers(0, 3),
        load=st.integers(0, 3),
        is_absent=st.booleans(),
        state=st.sampled_from(["verified", "unverified", "unclaimed", "suspended"]),
    )
    return st.lists(one, max_size=max_size, unique_by=lambda profile: profile.organization_id)


REQUESTS = st.builds(
    Request,
    need_id=st.just(1),
    text=TEXTS,
    lang=st.just("fr"),
    organization_id=st.none() | st.integers(1, 30),
    skill_ids=st.frozensets(SKILL_IDS, max_size=3),
    region=st.none() | REGIONS,
    point=POINTS,
    mode=st.sampled_from(["on_site", "remote", "either"]),
    languages=st.frozensets(st.sampled_from(["fr", "en"]), max_size=2),
    help_kinds=KINDS,
    reach=st.sampled_from(["region", "neighbours", "broader"]),
    excluded=st.frozensets(st.integers(1, 30), max_size=4),
    refused=st.frozensets(st.integers(1, 30), max_size=2),
    neighbours=st.frozensets(REGIONS, max_size=2),
)
