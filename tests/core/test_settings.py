"""The environment is declared, documented and refused loudly."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from maillage.settings import environment

TEXT = (settings.ROOT / "docs/settings.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(?P<name>\w+)` \| (?P<kind>\w+) \| (?P<default>.+?) \| (?P<meaning>.+) \|$", re.MULTILINE)
READ = re.compile(r"""environ(?:\.get\(|\[)"([A-Z_]+)"(?!\] =)""")
# Between the processes of one benchmark.
INTERNAL = "FIRE_"


def shown(default: object) -> str:
    if default is None:
        return "required in production"
    return "empty" if default in ("", []) else f"`{default}`"


def test_documented_variables_are_the_declared_ones() -> None:
    documented = [row.groupdict() for row in ROW.finditer(TEXT)]
    assert documented == [
        {"name": one.name, "kind": one.kind.__name__, "default": shown(one.default), "meaning": one.meaning}
        for one in environment.VARIABLES
    ]


def test_every_variable_that_any_file_reads_is_documented() -> None:
    listed = subprocess.run(["git", "ls-files", "*.py"], cwd=settings.ROOT, capture_output=True, text=True, check=True)
    names = {name for path in listed.stdout.split() for name in READ.findall((settings.ROOT / path).read_text())}
    assert "MAILLAGE_REAL_DATA" in names
    assert {name for name in names if not name.startswith(INTERNAL) and f"`{name}`" not in TEXT} == set()


def test_undeclared_variable_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="not declared"):
        environment.read("NO_SUCH_THING")


def test_wrong_kind_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "several")
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES"):
        environment.number("TRUSTED_PROXIES")


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [
        ({"SITE_URL": "https://maillage.example.org"}, "SECRET_KEY"),
        ({"SECRET_KEY": "short", "SITE_URL": "https://maillage.example.org"}, "50 random characters"),
        ({"SECRET_KEY": "x" * 60, "SITE_URL": "http://maillage.example.org"}, "https://"),
        ({"SECRET_KEY": "x" * 60, "SITE_URL": "https://maillage.example.org", "DEBUG": "True"}, "DEBUG"),
    ],
)
def test_production_refuses_what_is_unsafe(variables: dict[str, str], complaint: str) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    found = subprocess.run(
        [sys.executable, "-c", "import maillage.settings.prod"],
        env={**kept, **variables, "PYTHONPATH": str(settings.ROOT / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode != 0
    assert complaint in found.stderr
