"""One stylesheet out of many files: found, joined and served as ``maillage/maillage.css``.

The layer files are the source; this finder joins them whenever static files are looked for, in development
(``runserver``, WhiteNoise's finders) and in ``collectstatic`` alike. See ``docs/decisions/0002-one-stylesheet.md``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.core.checks import CheckMessage

STYLESHEET = "maillage/maillage.css"
LAYERS = "@layer tokens, base, layout, components, print;\n"
SOURCES = Path(__file__).resolve().parents[1] / "static" / "maillage"

# A string is kept as it is; comments go first; then white space goes around punctuation and shrinks elsewhere.
_STRING = r"""("[^"\n]*"|'[^'\n]*')"""
_COMMENTS = re.compile(_STRING + r"|/\*.*?\*/", re.DOTALL)
_SPACES = re.compile(_STRING + r"|\s*([{};,>])\s*|(:)\s+|\s+")


def source_files() -> list[Path]:
    """The layer files in cascade order: tokens, base, layout, the components by name, print."""
    components = sorted((SOURCES / "components").glob("*.css"))
    return [*(SOURCES / f"{name}.css" for name in ("tokens", "base", "layout")), *components, SOURCES / "print.css"]


def compacted(css: str) -> str:
    """The same rules without comments and idle white space; strings are untouched."""
    css = _COMMENTS.sub(lambda match: match[1] or "", css)
    css = _SPACES.sub(lambda match: match[1] or match[2] or match[3] or " ", css)
    return css.replace(";}", "}").strip() + "\n"


def joined() -> str:
    """The whole stylesheet."""
    return compacted(LAYERS + "\n".join(path.read_text(encoding="utf-8") for path in source_files()))


class StylesheetFinder(BaseFinder):
    """Finds the joined stylesheet, written anew whenever it differs from its layer files."""

    def __init__(self, app_names: Sequence[str] | None = None, *args: object, **kwargs: object) -> None:
        self.storage = FileSystemStorage(location=settings.VAR / "assets")

    def check(self, **kwargs: object) -> list[CheckMessage]:
        """Nothing to configure."""
        return []

    def find(  # type: ignore[override]  # both of Django's overloads at once
        self,
        path: str,
        find_all: bool = False,
        **kwargs: object,
    ) -> list[str] | str:
        """Absolute path of the joined file when it is the one looked for."""
        if path != STYLESHEET:
            return []
        built = self._built()
        return [built] if find_all else built

    def list(self, ignore_patterns: object) -> Iterator[tuple[str, FileSystemStorage]]:
        """The joined file, for ``collectstatic``."""
        self._built()
        yield STYLESHEET, self.storage

    def _built(self) -> str:
        target = Path(self.storage.path(STYLESHEET))
        css = joined()
        if not target.exists() or target.read_text(encoding="utf-8") != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(f".{os.getpid()}.tmp")
            fresh.write_text(css, encoding="utf-8")
            fresh.replace(target)
        return str(target)
