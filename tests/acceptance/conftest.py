"""Real servers, a real worker, a real browser."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.acceptance import stacks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

# Chromium must look for nobody outside: the network is closed where tests run.
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
HERE = Path(__file__).parent
LIMIT_S = 600
IS_CI = bool(os.environ.get("MAILLAGE_REQUIRE_SERVICES"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They may take long; ``tests/scheduling.py`` keeps them on one process, so that each stack is started once."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.acceptance)
            item.add_marker(pytest.mark.timeout(LIMIT_S))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Playwright's loop ends with these tests: where a loop runs, Django reads no database."""
    path = shutil.which("chromium")
    if path is None:
        if IS_CI:
            pytest.fail("Chromium is required here and is not installed")
        pytest.skip("no Chromium on this machine: install Debian's package to look at the pages")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stacks.Stack]:
    """SQLite and the filesystem, with the demo's network."""
    with stacks.embedded(tmp_path_factory.mktemp("embedded")) as stack:
        yield stack


@pytest.fixture(scope="package")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stacks.Stack]:
    """PostgreSQL and Redis, with the demo's network."""
    if "DATABASE_URL" not in os.environ or "REDIS_URL" not in os.environ:
        if IS_CI:
            pytest.fail("DATABASE_URL and REDIS_URL are required here")
        pytest.skip("DATABASE_URL and REDIS_URL are not set")
    with stacks.services(tmp_path_factory.mktemp("services")) as stack:
        yield stack


@pytest.fixture(scope="package")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stacks.Stack]:
    """The embedded default with real organizations, as members under addresses of example.org."""
    folder = os.environ.get("MAILLAGE_REAL_DATA", "")
    if not folder:
        pytest.skip("MAILLAGE_REAL_DATA is not set")
    with stacks.embedded(tmp_path_factory.mktemp("real"), folder) as stack:
        yield stack
