"""Québec's holidays are known before anyone counts days."""

from __future__ import annotations

import subprocess
import sys

# A first use that imports costs somebody's first job or page: 80 ms on a quiet core, ten times that on a busy one.
SCRIPT = """
import sys
from datetime import date

from maillage.core.durations import is_business_day

known = set(sys.modules)
assert not is_business_day(date(2027, 6, 24))
assert is_business_day(date(2027, 6, 25))
print(*sorted(set(sys.modules) - known))
"""


def test_first_count_of_business_days_imports_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
