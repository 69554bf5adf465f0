"""Small versions of the campaigns that ``python -m benchmarks`` runs at full size: real processes, killed for real.

Each is a process of its own, with its own database, broker and mail server.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
IS_CI = bool(os.environ.get("MAILLAGE_REQUIRE_SERVICES"))
LIMIT_S = 280

pytestmark = [pytest.mark.fire, pytest.mark.xdist_group("fire")]


def campaign(*words: str) -> dict[str, object]:
    """Run one campaign and read its last line."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MAILLAGE", "DJANGO", "FIRE"))}
    argv = [sys.executable, "-m", "benchmarks", *words, "--short"]
    ended = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    found: dict[str, object] = json.loads(ended.stdout.splitlines()[-1])
    return found


def test_killed_workers_lose_nothing_and_repeat_at_most_once_a_kill() -> None:
    found = campaign("crash", "--messages", "200", "--workers", "2", "--kills", "8")
    assert (found["kills"], found["lost"], found["dead"]) == (8, 0, 0)
    assert found["holds"], found


@pytest.mark.services
@pytest.mark.parametrize(("broker", "variable"), [("redis", "REDIS_URL"), ("rabbitmq", "AMQP_URL")])
def test_killed_workers_lose_nothing_on_postgres_and(broker: str, variable: str) -> None:
    for name in ("DATABASE_URL", variable):
        if not os.environ.get(name):
            (pytest.fail if IS_CI else pytest.skip)(f"{name} is not set")
    stack = ("--database", "postgres", "--broker", broker)
    found = campaign("crash", "--messages", "200", "--workers", "2", "--kills", "8", *stack)
    assert found["holds"], found


def test_broken_broker_is_noticed_by_nobody_and_loses_nothing() -> None:
    found = campaign("broker", "--posts", "16")
    assert (found["lost"], found["duplicates"], found["dead"]) == (0, 0, 0)
    assert found["is_soon_drained"], found


def test_misbehaving_mail_server_leads_to_the_right_states() -> None:
    found = campaign("smtp", "--messages", "54", "--workers", "2")
    assert found["holds"], found


def test_rival_beats_and_sweeps_send_one_digest_a_window() -> None:
    found = campaign("beats", "--people", "15", "--workers", "2", "--sweeps", "3")
    assert found["holds"], found


def test_poison_is_run_five_times_and_harms_nobody() -> None:
    found = campaign("poison", "--messages", "40", "--poisons", "1", "--workers", "2")
    assert found["holds"], found


def test_scanners_that_open_every_link_change_nothing() -> None:
    pytest.importorskip("playwright")
    if not any((Path(folder) / "chromium").exists() for folder in os.get_exec_path()):
        pytest.skip("no Chromium on this machine")
    found = campaign("scanners", "--stories", "2")
    assert found["holds"], found
