"""A structlog processor: logs tell what happened, never to whom; it hides personal fields and what looks like one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from members.personal_data import personal_names

if TYPE_CHECKING:
    from collections.abc import MutableMapping

HIDDEN = "•••"
# An address keeps its domain: an operator must see which mail server misbehaves.
_ADDRESS = re.compile(r"[^\s<>\"'(),:;=\[\]]+@((?:[\w-]+\.)+[\w-]+|localhost)")
# North American numbers with separators, as people write them; ids and timestamps do not have this shape.
_TELEPHONE = re.compile(r"(?<![\w-])(?:\+?1[\s.-])?\(?\d{3}\)?[\s.\u00a0-]\d{3}[\s.\u00a0-]\d{4}(?![\w-])")
# What log lines call what people’s fields hold, beside their names in models.
_ALSO = frozenset({"recipient", "recipients", "typed", "user_agent"})
# structlog's own; an exception is masked once ``format_exc_info`` made it text, so that processor comes first.
_LEFT = frozenset({"level", "logger", "timestamp", "exc_info", "stack_info"})


def mask(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hide the values of personal fields, and addresses and telephone numbers inside all other values."""
    names = personal_names() | _ALSO
    for key, value in event.items():
        if key not in _LEFT and not key.startswith("_"):
            event[key] = HIDDEN if key in names and value not in ("", None) else _masked(value, names)
    return event


def _masked(value: Any, names: frozenset[str]) -> Any:  # noqa: ANN401  log values are of any kind
    if isinstance(value, str):
        return _TELEPHONE.sub(HIDDEN, _ADDRESS.sub(rf"{HIDDEN}@\1", value))
    if isinstance(value, dict):
        return {key: HIDDEN if key in names else _masked(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(inner, names) for inner in value]
    if isinstance(value, BaseException):
        return _masked(f"{type(value).__name__}: {value}", names)
    return value
