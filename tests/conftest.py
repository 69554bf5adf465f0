"""What all tests share: a fixed moment, signed-in clients, strict templates."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tests.scheduling import TogetherScheduling


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> TogetherScheduling | None:
    """Tests with real processes share what they start."""
    from tests.scheduling import TogetherScheduling

    return TogetherScheduling(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark ``database`` whatever reads one, also through its fixtures, which ``django_db`` does not tell."""
    for item in items:
        is_asking = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        if is_asking or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Instead of pytest-django's: a kept database, of which tests get a copy."""
    from tests.databases import copied

    with django_db_blocker.unblock(), copied():
        yield


@pytest.fixture
def now() -> datetime:
    """Tuesday, November 24, 2026, 9:12 in Rouyn-Noranda: a business day."""
    return datetime(2026, 11, 24, 14, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """No test reads what another one cached."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    """Every test begins in the source language, whatever the one before it left active."""
    from django.utils import translation

    with translation.override("fr"):
        yield
