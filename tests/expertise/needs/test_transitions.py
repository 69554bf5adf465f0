"""Every transition of a need, legal and illegal: what is written, what is heard, what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from expertise.needs import services, signals
from expertise.needs.enums import NeedState as S
from expertise.needs.models import Need
from maillage.core.models import AuditEntry
from tests.factories import MOMENT, NeedFactory, RegionalContactFactory, SeatFactory, UserFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

pytestmark = pytest.mark.django_db

ALL_SIGNALS = {name: value for name, value in vars(signals).items() if name.startswith("need_")}


def act(name: str) -> Callable[[Need, datetime], Need]:
    """The service of that name, with whatever else it takes."""

    def call(need: Need, now: datetime) -> Need:
        extra: dict[str, Any] = {}
        if name in {"publish_need", "release_need", "reopen_need", "withdraw_need", "find_elsewhere"}:
            extra["actor"] = need.author
        if name == "mark_unanswered":
            extra["contact"] = RegionalContactFactory()
        result: Need = getattr(services, name)(need=need, now=now, **extra)
        return result

    return call


class Row(NamedTuple):
    """One service: the states from which it may be called, what follows."""

    service: str
    sources: set[S]
    target: S
    signal: str


ENDED = {S.WITHDRAWN, S.FULFILLED, S.CLOSED_UNKNOWN}
WAITING = {S.OPEN, S.ANSWERED, S.UNANSWERED}
TABLE = (
    Row("publish_need", {S.DRAFT}, S.OPEN, "need_opened"),
    Row("release_need", {S.HELD}, S.OPEN, "need_opened"),
    Row("withdraw_need", {S.HELD, S.UNDER_WAY, *WAITING}, S.WITHDRAWN, "need_withdrawn"),
    Row("reopen_need", ENDED, S.OPEN, "need_reopened"),
    Row("mark_answered", {S.OPEN, S.UNANSWERED}, S.ANSWERED, "need_answered"),
    Row("mark_under_way", WAITING, S.UNDER_WAY, "need_under_way"),
    Row("mark_fulfilled", {S.UNDER_WAY, S.CLOSED_UNKNOWN, *WAITING}, S.FULFILLED, "need_fulfilled"),
    Row("find_elsewhere", {S.UNDER_WAY, S.CLOSED_UNKNOWN, *WAITING}, S.FULFILLED, "need_fulfilled"),
    Row("mark_closed_unknown", {S.UNDER_WAY}, S.CLOSED_UNKNOWN, "need_closed_unknown"),
    Row("mark_unanswered", {S.OPEN}, S.UNANSWERED, "need_unanswered"),
    Row("mark_open", {S.ANSWERED, S.UNDER_WAY, S.UNANSWERED}, S.OPEN, "need_resumed"),
)
LEGAL = [(row, source) for row in TABLE for source in sorted(row.sources)]
ILLEGAL = [(row.service, state) for row in TABLE for state in S if state not in row.sources]


def need_in(state: S) -> Need:
    """A need of a verified group, written by a member of it."""
    seat = SeatFactory()
    facts: dict[str, Any] = {"opened_at": None if state in {S.DRAFT, S.HELD} else MOMENT}
    if state == S.UNANSWERED:
        facts["contact"] = RegionalContactFactory()
    if state in ENDED:
        facts["ended_at"] = MOMENT
    need: Need = NeedFactory(organization=seat.organization, author=seat.user, state=state, **facts)
    return need


@pytest.fixture
def heard() -> Iterator[list[tuple[str, int]]]:
    """Names of the signals that were sent, with the need's id."""
    sent: list[tuple[str, int]] = []
    for name, signal in ALL_SIGNALS.items():

        def receive(sender: type[Need], pk: int, now: datetime, name: str = name, **_: object) -> None:
            assert sender is Need
            sent.append((name, pk))

        signal.connect(receive, weak=False, dispatch_uid=f"test-{name}")
    yield sent
    for name, signal in ALL_SIGNALS.items():
        signal.disconnect(dispatch_uid=f"test-{name}")


@pytest.mark.parametrize(("row", "source"), LEGAL)
def test_legal_transition_writes_one_state_one_entry_one_signal(
    row: Row, source: S, now: datetime, heard: list[tuple[str, int]]
) -> None:
    need = need_in(source)
    given = act(row.service)(need, now)
    stored = Need.objects.get(pk=need.pk)
    assert given is need
    assert (need.state, stored.state, stored.updated_at) == (row.target, row.target, now)
    assert (stored.ended_at == now) is (row.target in ENDED)
    assert heard == [(row.signal, need.pk)]
    entry = AuditEntry.objects.get(object_type="needs.need", object_id=need.pk)
    assert (entry.verb, entry.at) == (row.signal.replace("need_", "need.", 1), now)
    assert entry.data["before"] == source


@pytest.mark.parametrize(("service", "state"), ILLEGAL)
def test_illegal_transition_changes_nothing(
    service: str, state: S, now: datetime, heard: list[tuple[str, int]]
) -> None:
    need = need_in(state)
    before = Need.objects.filter(pk=need.pk).values().get()
    with pytest.raises(services.WrongStateError) as refused:
        act(service)(need, now)
    assert refused.value.state == state
    assert Need.objects.filter(pk=need.pk).values().get() == before
    assert heard == []
    assert not AuditEntry.objects.filter(object_type="needs.need").exists()


def test_stale_object_is_read_again_under_the_lock(now: datetime) -> None:
    need = need_in(S.OPEN)
    Need.objects.filter(pk=need.pk).update(state=S.WITHDRAWN)
    with pytest.raises(services.WrongStateError):
        services.mark_answered(need=need, now=now)


def test_unanswered_need_names_its_contact(now: datetime) -> None:
    need, contact = need_in(S.OPEN), RegionalContactFactory()
    services.mark_unanswered(need=need, contact=contact, now=now)
    assert Need.objects.get(pk=need.pk).contact == contact


def test_naming_a_contact_leaves_the_state(now: datetime, heard: list[tuple[str, int]]) -> None:
    need, contact = need_in(S.OPEN), RegionalContactFactory()
    services.name_contact_of(need=need, contact=contact, now=now)
    stored = Need.objects.get(pk=need.pk)
    assert (stored.contact, stored.state, heard) == (contact, S.OPEN, [])
    assert AuditEntry.objects.get(object_id=need.pk).data == {"contact": contact.pk}


def test_found_elsewhere_says_so_in_the_audit_trail(now: datetime) -> None:
    need = need_in(S.ANSWERED)
    services.find_elsewhere(need=need, actor=UserFactory(), now=now)
    assert AuditEntry.objects.get(object_id=need.pk).data["how"] == "elsewhere"
