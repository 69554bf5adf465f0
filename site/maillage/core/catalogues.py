"""Message catalogues without GNU gettext: found by Babel in Python and in templates, one pair of files per room.

French is the source language. ``locale/en`` holds every message; ``locale/fr`` only the plural ones, because without a
catalogue gettext would count in the English way (0 organismes, where French says 0 organisme).
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "fr")
Spec = tuple[int | tuple[int, int] | tuple[int, str], ...]
KEYWORDS: dict[str, Spec] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"(?<!\w)(_|n?p?gettext)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)")

Found = tuple[str | tuple[str, ...], str | None]


@dataclass(frozen=True, slots=True)
class Room:
    """A folder that has its own catalogues."""

    folder: Path

    def catalogue(self, lang: str) -> Path:
        """Where one language's messages are."""
        return self.folder / "locale" / lang / "LC_MESSAGES" / "django.po"


def rooms() -> list[Room]:
    """Every app of the house, and the shell (``site/maillage`` itself)."""
    folders = [Path(config.path) for config in apps.get_app_configs()]
    own = [folder for folder in folders if settings.ROOT in folder.parents and ".venv" not in folder.parts]
    return [Room(folder) for folder in sorted({*own, settings.ROOT / "site/maillage"})]


def messages_of(room: Room) -> Catalog:
    """A template catalogue of every message of a room, without line numbers, so that diffs show changes of words."""
    inner = [other.folder for other in rooms() if room.folder in other.folder.parents]
    catalog = Catalog(project="Maillage", charset="utf-8")
    for path in sorted(room.folder.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or any(folder in path.parents for folder in inner):
            continue
        for message, context in _found_in(path):
            catalog.add(message, context=context, locations=[(path.relative_to(room.folder).as_posix(), 0)])
    return catalog


def _found_in(path: Path) -> Iterator[Found]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _from_python(text)
    elif "templates" in path.parts:
        for name, arguments in _CALL.findall(templatize(text, origin=str(path))):
            yield from _from_call(name, ast.literal_eval(f"({arguments},)"))


def _from_call(name: str, parts: tuple[str, ...]) -> Iterator[Found]:
    context = parts[0] if name.lstrip("n").startswith("p") else None
    words = parts[1:] if context is not None else parts
    yield (words if len(words) > 1 else words[0]), context


def _from_python(text: str) -> Iterator[Found]:
    found = extract_python(BytesIO(text.encode()), KEYWORDS, (), {})
    for _line, function, arguments, _comments in found:
        parts = arguments if isinstance(arguments, tuple) else (arguments,)
        spec = KEYWORDS[str(function)]
        context = next((str(parts[item[0] - 1]) for item in spec if isinstance(item, tuple)), None)
        words = tuple(parts[item - 1] for item in spec if isinstance(item, int) and item <= len(parts))
        if words and all(words):
            yield (tuple(map(str, words)) if len(words) > 1 else str(words[0])), context


def updated(room: Room, lang: str) -> Catalog:
    """The stored catalogue of a room and language, with today's messages and every translation that still applies."""
    path = room.catalogue(lang)
    if path.exists():
        with path.open("rb") as stream:
            catalog = read_po(stream, locale=lang)
    else:
        catalog = Catalog(locale=lang, project="Maillage", charset="utf-8", fuzzy=False)
    template = messages_of(room)
    if lang == settings.LANGUAGE_CODE:
        template = _plurals_of(template)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    if lang == settings.LANGUAGE_CODE:
        for message in catalog:
            if message.id and message.pluralizable:
                message.string = tuple(message.id)
    return catalog


def _plurals_of(catalog: Catalog) -> Catalog:
    plurals = Catalog(project="Maillage", charset="utf-8")
    for message in catalog:
        if message.id and message.pluralizable:
            plurals.add(message.id, context=message.context, locations=message.locations)
    return plurals


def written(catalog: Catalog) -> bytes:
    """The catalogue as it is stored: sorted, no line numbers, no dates."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False)
    text = buffer.getvalue().decode()
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {catalog.locale}\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    )
    body = text.split("\n\n", 1)[1] if "\n\n" in text else ""
    return (head + ("\n" + body if body else "")).rstrip().encode() + b"\n"


def missing(catalog: Catalog) -> list[str]:
    """Messages that have no translation, or not in every plural form."""
    strings = ((message, message.string) for message in catalog if message.id)
    return [
        str(message.id)
        for message, string in strings
        if not string or (isinstance(string, tuple | list) and not all(string))
    ]


def compile_all() -> int:
    """Write every ``.mo`` beside its ``.po``; return how many."""
    count = 0
    for path in sorted(settings.ROOT.glob("**/locale/*/LC_MESSAGES/django.po")):
        if {".venv", "var"} & set(path.relative_to(settings.ROOT).parts):
            continue
        with path.open("rb") as stream:
            catalog = read_po(stream, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, catalog)
        count += 1
    return count
