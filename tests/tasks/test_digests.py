"""The weekly digest: one per person and window, with every link of what it gathers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from maillage.core.models import ActionToken, Network
from maillage.core.models.tokens import derive
from maillage.core.tokens import LinkSpec
from members.enums import Rhythm
from members.models import Preference
from tasks import digests, gate, links, mime, sending
from tasks.kinds import MAIL_KINDS, MailKind
from tasks.models import Job, Message
from tests.tasks.rows import LETTER, NEWS, make_message

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db


@pytest.fixture
def weekly(now: datetime) -> Preference:
    return Preference.objects.create(address="ana@example.org", rhythm=Rhythm.WEEKLY, lang="en", updated_at=now)


def offer(now: datetime, number: int, **more: object) -> Message:
    url = links.token_url("members:unsubscribe", "answer", lang="fr")
    network = Network.objects.get_or_create(name="Maillage")[0]
    summary = {"title": f"Besoin {number}", "text": "Dépannage.", "url": url}
    spec = LinkSpec(purpose="answer", subject=network, data={})
    return make_message(now, kind=NEWS.code, key=f"news:{number}", link_specs=[spec], summary=summary, **more)


def write(preference: Preference, now: datetime, window: str = "2026-11-24") -> str | None:
    return digests.write_digest(window=window, preference_id=preference.pk, now=now)


def test_window_opens_on_tuesday_morning_local_time(now: datetime) -> None:
    before, after = datetime(2026, 11, 24, 13, 59, tzinfo=UTC), datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert digests.window_of(before) == "2026-11-17"
    assert digests.window_of(after) == "2026-11-24"
    assert digests.next_at(now) - now < timedelta(days=7)


def test_optional_mail_of_a_weekly_person_waits_for_the_digest(weekly: Preference, now: datetime) -> None:
    found = gate.verdict(offer(now, 1), now=now)
    assert found == gate.Wait(digests.next_at(now) + digests.GRACE, "weekly")


def test_digest_gathers_once_and_its_links_open(weekly: Preference, now: datetime) -> None:
    first, second = offer(now, 1), offer(now, 2)
    letter = make_message(now, kind=LETTER.code)
    assert write(weekly, now) is None
    assert write(weekly, now) == "nothing_to_say"
    digest = Message.objects.get(kind="digest")
    mail = message_from_bytes(mime.build(digest), policy=default)
    for part in ("plain", "html"):
        body = mail.get_body((part,)).get_content()  # type: ignore[attr-defined]
        for message in (first, second):
            raw = derive(message.message_id, "answer")
            assert raw in body
            assert ActionToken.objects.matching(raw).exists()
        assert "[[token" not in body
    assert digest.lang == "en"
    states = dict(Message.objects.values_list("dedupe_key", "state"))
    assert states == {
        "news:1": "cancelled",
        "news:2": "cancelled",
        letter.dedupe_key: "pending",
        digest.dedupe_key: "pending",
    }


def test_each_person_gets_one_job_a_window(weekly: Preference, now: datetime) -> None:
    Preference.objects.create(address="bob@example.org", rhythm=Rhythm.WEEKLY, updated_at=now)
    offer(now, 1)
    for _ in range(2):
        digests.open_window(window="2026-11-24", now=now)
    assert Job.objects.get().args == {"window": "2026-11-24", "preference_id": weekly.pk}


def test_who_left_the_week_gets_no_digest(weekly: Preference, now: datetime) -> None:
    offer(now, 1)
    weekly.rhythm = Rhythm.AT_ONCE
    weekly.save()
    assert write(weekly, now) == "not_weekly"


def test_what_is_stopped_or_too_late_is_left_out(weekly: Preference, now: datetime) -> None:
    offer(now, 1, useless_after=now)
    assert write(weekly, now) == "nothing_to_say"
    offer(now, 2)
    weekly.stopped_kinds = [NEWS.code]
    weekly.save()
    assert write(weekly, now) == "nothing_to_say"


@pytest.fixture
def told() -> Iterator[MailKind]:
    kind = MailKind("test_told", label="told", mail_class=NEWS.mail_class, on_handed_over=lambda message, now: None)
    MAIL_KINDS[kind.code] = kind
    yield kind
    del MAIL_KINDS[kind.code]


def test_clocks_of_what_was_gathered_start_when_the_digest_is_handed_over(
    told: MailKind, weekly: Preference, now: datetime
) -> None:
    gathered = make_message(now, kind=told.code, key="told:1")
    write(weekly, now)
    sending.tell(Message.objects.get(kind="digest"), "mail.handed_over", now)
    assert [job.args for job in Job.objects.all()] == [{"message_id": gathered.message_id}]
