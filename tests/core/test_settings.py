"""The environment is declared, documented and refused loudly."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from maillage.settings import environment


def test_every_variable_is_documented_with_its_meaning() -> None:
    text = (settings.ROOT / "docs/settings.md").read_text(encoding="utf-8")
    for variable in environment.VARIABLES:
        assert f"| `{variable.name}` | {variable.kind.__name__} |" in text
        assert variable.meaning in text


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
