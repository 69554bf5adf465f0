#!/usr/bin/env python
"""Django's command line for Maillage; the project package lives in ``site/``."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run a management command with the development settings unless told otherwise."""
    here = Path(__file__).resolve().parent
    sys.path[:0] = [str(here), str(here / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
