"""What the house writes to people: a module for each kind of mail says who gets it, what it says, where it leads."""

from __future__ import annotations

import importlib
import pkgutil


def load() -> None:
    """Import every module of this package, so that its kinds and their jobs are registered."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
