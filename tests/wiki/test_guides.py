"""A member writes, an editor answers, readers read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from wagtail.models import PageViewRestriction

from expertise.skills.tagging import NotASkillError
from maillage.core.models import AuditEntry
from tests.factories import OrganizationFactory, SeatFactory, SkillFactory, UserFactory
from wiki import selectors, services, signals
from wiki.enums import GuideKind, ReviewState
from wiki.models import FormerSlug, GuidePage
from wiki.services import GuideFacts

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from members.models import User

pytestmark = pytest.mark.django_db
BODY = "## Étapes\n\n1. Ouvrez.\n2. Notez.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"


def facts(**changes: object) -> GuideFacts:
    values = {
        "title": "Reprendre un nom de domaine",
        "kind": GuideKind.GUIDE,
        "helps_to": "Le récupérer et ne plus le perdre.",
        "body": BODY,
        "lang": "fr",
    }
    return GuideFacts(**{**values, **changes})  # type: ignore[arg-type]


def written(author: User, now: datetime, **changes: object) -> GuidePage:
    return services.create_guide(facts=facts(**changes), actor=author, now=now)


def published(author: User, now: datetime, **changes: object) -> GuidePage:
    guide = written(author, now, **changes)
    services.publish_guide(guide=guide, actor=author, now=now)
    guide.refresh_from_db()
    return guide


@pytest.fixture
def author() -> User:
    return UserFactory()


@pytest.fixture
def editor() -> User:
    return UserFactory(editor=True)


def test_draft_is_seen_by_its_author_and_editors_only(author: User, editor: User, now: datetime) -> None:
    guide = written(author, now)
    visible = GuidePage.objects.visible_to
    assert visible(author).filter(pk=guide.pk).exists()
    assert visible(editor).filter(pk=guide.pk).exists()
    assert not visible(UserFactory()).filter(pk=guide.pk).exists()
    assert not visible(AnonymousUser()).filter(pk=guide.pk).exists()


def test_markdown_is_kept_byte_for_byte_and_html_is_made_at_saving(author: User, now: datetime) -> None:
    guide = published(author, now)
    assert guide.body == BODY
    assert "<ol>" in guide.body_html
    assert "<script" not in published(author, now, body="<script>alert(1)</script> a").body_html


def test_skills_travel_with_revisions(author: User, now: datetime) -> None:
    first, second = SkillFactory(), SkillFactory()
    guide = published(author, now, skills=[first])
    services.save_guide(
        guide=guide, facts=facts(skills=[second]), started_from=guide.latest_revision_id, actor=author, now=now
    )
    assert list(GuidePage.objects.get(pk=guide.pk).skills.all()) == [first]
    services.submit_guide(guide=guide, actor=author, now=now)
    services.publish_guide(guide=guide, actor=author, now=now)
    assert list(GuidePage.objects.get(pk=guide.pk).skills.all()) == [second]


def test_words_never_become_skills(author: User, now: datetime) -> None:
    with pytest.raises(NotASkillError):
        written(author, now).skills.add("mot libre")


def test_stale_save_writes_nothing(author: User, now: datetime) -> None:
    guide = written(author, now)
    start = guide.latest_revision_id
    services.save_guide(guide=guide, facts=facts(title="Un"), started_from=start, actor=author, now=now)
    with pytest.raises(services.StaleRevisionError):
        services.save_guide(guide=guide, facts=facts(title="Deux"), started_from=start, actor=author, now=now)
    assert GuidePage.objects.get(pk=guide.pk).get_latest_revision_as_object().title == "Un"


ACTIONS = {
    "submit": lambda guide, actor, now: services.submit_guide(guide=guide, actor=actor, now=now),
    "publish": lambda guide, actor, now: services.publish_guide(guide=guide, actor=actor, now=now),
    "changes": lambda guide, actor, now: services.ask_changes(guide=guide, word="Plus court.", actor=actor, now=now),
    "refuse": lambda guide, actor, now: services.refuse_guide(guide=guide, word="Hors sujet.", actor=actor, now=now),
    "unpublish": lambda guide, actor, now: services.unpublish_guide(guide=guide, word="x", actor=actor, now=now),
}
LEGAL = {
    (ReviewState.DRAFT, "submit"): (ReviewState.SUBMITTED, signals.guide_submitted),
    (ReviewState.DRAFT, "publish"): (ReviewState.PUBLISHED, signals.guide_published),
    (ReviewState.SUBMITTED, "publish"): (ReviewState.PUBLISHED, signals.guide_published),
    (ReviewState.SUBMITTED, "changes"): (ReviewState.CHANGES_ASKED, signals.guide_changes_asked),
    (ReviewState.SUBMITTED, "refuse"): (ReviewState.REFUSED, signals.guide_refused),
    (ReviewState.CHANGES_ASKED, "submit"): (ReviewState.SUBMITTED, signals.guide_submitted),
    (ReviewState.CHANGES_ASKED, "publish"): (ReviewState.PUBLISHED, signals.guide_published),
    (ReviewState.REFUSED, "submit"): (ReviewState.SUBMITTED, signals.guide_submitted),
    (ReviewState.REFUSED, "publish"): (ReviewState.PUBLISHED, signals.guide_published),
    (ReviewState.PUBLISHED, "submit"): (ReviewState.SUBMITTED, signals.guide_submitted),
    (ReviewState.PUBLISHED, "unpublish"): (ReviewState.CHANGES_ASKED, signals.guide_unpublished),
}


@pytest.mark.parametrize("state", list(ReviewState))
@pytest.mark.parametrize("action", list(ACTIONS))
def test_every_transition_is_legal_with_one_entry_and_one_signal_or_refused(
    state: ReviewState, action: str, editor: User, now: datetime
) -> None:
    guide = published(editor, now) if state == ReviewState.PUBLISHED else written(editor, now)
    GuidePage.objects.filter(pk=guide.pk).update(review_state=state)
    guide.refresh_from_db()
    heard: list[object] = []
    outcome = LEGAL.get((state, action))
    if outcome is None:
        with pytest.raises(services.GuideStateError):
            ACTIONS[action](guide, editor, now)
        return
    expected, signal = outcome

    def listen(pk: int, **_: object) -> None:
        heard.append(pk)

    signal.connect(listen)
    before = AuditEntry.objects.count()
    ACTIONS[action](guide, editor, now)
    signal.disconnect(listen)
    guide.refresh_from_db()
    assert guide.review_state == expected
    assert heard == [guide.pk]
    assert AuditEntry.objects.count() == before + 1


def test_titles_that_collide_or_hold_no_letter_get_their_own_address(author: User, now: datetime) -> None:
    slugs = [written(author, now, title=title).slug for title in ("Écrire", "Écrire", "🙂🙂", "🙂")]
    assert slugs == ["ecrire-2", "ecrire-3", "guide", "guide-2"]


def test_former_address_leads_to_the_guide_for_ever(author: User, now: datetime, client: Client) -> None:
    guide = published(author, now)
    FormerSlug.objects.create(guide=guide, locale_id=guide.locale_id, slug="ancien")
    answer = client.get(reverse("wiki:guide", args=["ancien"]))
    assert (answer.status_code, answer["Location"]) == (301, guide.get_absolute_url())


def test_restricted_guide_is_not_found(author: User, now: datetime) -> None:
    guide = published(author, now)
    assert GuidePage.objects.readable().filter(pk=guide.pk).exists()
    PageViewRestriction.objects.create(page=guide.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert not GuidePage.objects.readable().filter(pk=guide.pk).exists()


# Pages


def test_member_writes_previews_and_submits(client: Client, author: User) -> None:
    client.force_login(author)
    skill = SkillFactory(name="noms de domaine")
    data = {
        "title": "Un titre",
        "kind": "guide",
        "helps_to": "Faire",
        "body": "## Étape\n\n**gras**",
        "lang": "fr",
        "skills": [skill.pk],
        "shown_skills": str(skill.pk),
    }
    shown = client.post(reverse("wiki:write"), {**data, "action": "preview"})
    assert "<strong>gras</strong>" in shown.content.decode()
    assert GuidePage.objects.count() == 0
    answer = client.post(reverse("wiki:write"), {**data, "action": "save"})
    guide = GuidePage.objects.get()
    assert answer["Location"] == reverse("wiki:draft", args=[guide.pk])
    assert "gras" in client.get(answer["Location"]).content.decode()
    client.post(reverse("wiki:submit", args=[guide.pk]))
    guide.refresh_from_db()
    assert guide.review_state == ReviewState.SUBMITTED
    assert list(guide.get_latest_revision_as_object().skills.all()) == [skill]


def test_conflict_shows_both_texts_and_keeps_what_was_typed(client: Client, author: User, now: datetime) -> None:
    guide = written(author, now)
    start = guide.latest_revision_id
    services.save_guide(guide=guide, facts=facts(body="Le sien"), started_from=start, actor=author, now=now)
    client.force_login(author)
    data = {"title": "T", "kind": "guide", "helps_to": "x", "body": "Le mien", "started_from": start, "action": "save"}
    answer = client.post(reverse("wiki:edit", args=[guide.pk]), data)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Le mien" in html
    assert "Le sien" in html


def test_editor_needs_a_reason_unless_it_is_a_yes(client: Client, author: User, editor: User, now: datetime) -> None:
    guide = written(author, now)
    services.submit_guide(guide=guide, actor=author, now=now)
    client.force_login(editor)
    url = reverse("wiki:review", args=[guide.pk])
    assert client.post(url, {"action": "refuse", "word": ""}).status_code == 422
    client.post(url, {"action": "changes", "word": "Ajoutez une étape."})
    guide.refresh_from_db()
    assert (guide.review_state, guide.review_word) == (ReviewState.CHANGES_ASKED, "Ajoutez une étape.")
    client.force_login(author)
    assert "Ajoutez une étape." in client.get(reverse("wiki:mine")).content.decode()


def test_reader_finds_helpers_related_guides_and_no_cookie(client: Client, author: User, now: datetime) -> None:
    skill = SkillFactory(name="noms de domaine")
    helper = OrganizationFactory(name="Coop d’essai")
    helper.skills.add(skill)
    guide = published(author, now, skills=[skill])
    published(author, now, title="Voisin", skills=[skill])
    answer = client.get(guide.get_absolute_url())
    html = answer.content.decode()
    assert "Coop d’essai" in html
    assert "Voisin" in html
    assert not answer.cookies


def test_twin_in_the_other_language_is_linked(client: Client, author: User, now: datetime) -> None:
    guide = published(author, now)
    twin = services.create_guide(
        facts=facts(lang="en", title="Take back a domain name"), actor=author, now=now, translation_of=guide
    )
    services.publish_guide(guide=twin, actor=author, now=now)
    html = client.get(guide.get_absolute_url()).content.decode()
    assert 'href="/en/guides/take-back-a-domain-name/"' in html
    assert client.get("/en/guides/take-back-a-domain-name/").status_code == 200
    assert client.get("/guides/take-back-a-domain-name/").status_code == 404


def test_list_narrows_by_skill_kind_and_language_with_true_counts(author: User, now: datetime) -> None:
    skill = SkillFactory()
    published(author, now, skills=[skill])
    published(author, now, kind=GuideKind.BEST_PRACTICE)
    published(author, now, lang="en", skills=[skill])
    counts = selectors.counts(selectors.Choice(lang="fr"))
    assert dict(counts.kinds) == {"guide": 1, "best_practice": 1}
    assert dict(counts.languages) == {"fr": 2, "en": 1}
    assert counts.skills == [(skill, 1)]
    assert selectors.listed(selectors.Choice(skill=skill.slug)).count() == 2


@pytest.mark.parametrize("rows", [2, 20])
def test_list_and_guide_cost_the_same_at_2_and_20_rows(
    client: Client, author: User, now: datetime, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    skill = SkillFactory()
    organization = OrganizationFactory()
    for number in range(rows):
        guide = published(
            author, now + timedelta(days=number), title=f"G {number}", skills=[skill], organization=organization
        )
    client.get(reverse("wiki:list"))
    with django_assert_max_num_queries(7):
        client.get(reverse("wiki:list"))
    address = guide.get_absolute_url()
    with django_assert_max_num_queries(7):
        client.get(address)


def test_member_may_only_write_for_own_organizations(client: Client, author: User) -> None:
    client.force_login(author)
    SeatFactory(user=author)
    other = OrganizationFactory()
    data = {"title": "T", "kind": "guide", "helps_to": "x", "body": "b", "lang": "fr", "organization": other.pk}
    assert client.post(reverse("wiki:write"), {**data, "action": "save"}).status_code == 422
