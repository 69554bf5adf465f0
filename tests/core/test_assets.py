"""The one stylesheet: joined in order, light, readable by all, within what old browsers know."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders

from maillage.core import assets

if TYPE_CHECKING:
    from pathlib import Path

CONTRAST_OF_TEXT = 4.5
TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "sunk"),
    ("ink", "tint"),
    ("ink", "warm-tint"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("ink-soft", "sunk"),
    ("brand", "paper"),
    ("brand", "surface"),
    ("brand", "sunk"),
    ("brand", "tint"),
    ("brand-strong", "tint"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("warm", "surface"),
    ("warm", "warm-tint"),
    ("surface", "warm"),
    ("danger", "paper"),
    ("danger", "surface"),
    ("danger", "danger-tint"),
    ("on-deep", "deep"),
    ("on-deep-soft", "deep"),
]
EDGE_PAIRS = [("focus", "paper"), ("focus", "surface"), ("line-strong", "surface"), ("deep-focus", "deep")]


def colours(scheme: str) -> dict[str, str]:
    css = (assets.SOURCES / "tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return found if scheme == "light" else {**found, **dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark))}


def luminance(colour: str) -> float:
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_in_both_schemes(scheme: str) -> None:
    found = colours(scheme)
    weak = {(a, b): contrast(found[a], found[b]) for a, b in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < CONTRAST_OF_TEXT} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_and_focus_are_visible_in_both_schemes(scheme: str) -> None:
    found = colours(scheme)
    assert {(a, b) for a, b in EDGE_PAIRS if contrast(found[a], found[b]) < 3} == set()


def test_stylesheet_is_joined_in_cascade_order() -> None:
    css = assets.joined()
    assert css.startswith("@layer tokens,base,layout,components,print;")
    assert css.index("--paper:") < css.index("box-sizing") < css.index(".beside{") < css.index(".button{")
    assert css.rindex("@layer print") > css.rindex("@layer components")


def test_stylesheet_and_script_leave_room_for_the_page() -> None:
    script = (assets.SOURCES / "maillage.js").read_bytes()
    assert len(gzip.compress(assets.joined().encode())) + len(gzip.compress(script)) < 9_000


def test_compacting_keeps_strings_and_meaning() -> None:
    css = '/* c */ .a > b ,\n i { content: " : ; /* */ "; margin: 0 calc(1px + 2px) }\n\n.c :hover {}'
    assert assets.compacted(css) == '.a>b,i{content:" : ; /* */ ";margin:0 calc(1px + 2px)}.c :hover{}\n'


@pytest.mark.parametrize("path", assets.source_files(), ids=lambda path: path.name)
def test_only_tokens_name_colours_and_every_file_is_in_its_layer(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    layer = path.stem if path.parent == assets.SOURCES else "components"
    assert css.strip().startswith(f"@layer {layer} {{")
    if path.stem not in ("tokens", "print"):
        assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", css) == []


@pytest.mark.parametrize("path", assets.source_files(), ids=lambda path: path.name)
def test_nothing_that_the_last_browsers_of_windows_7_do_not_know(path: Path) -> None:
    css = path.read_text(encoding="utf-8")
    for newer in ("light-dark(", "color-mix(", ":has(", "@scope", "@starting-style", "oklch(", "&"):
        assert newer not in css


@pytest.mark.parametrize("path", assets.source_files(), ids=lambda path: path.name)
def test_directions_are_logical(path: Path) -> None:
    css = path.read_text(encoding="utf-8")
    side = "(?:left|right|top|bottom)"
    physical = rf"(?:margin|padding|border)-{side}\b|(?<![\w-])(?:{side}|width|height):"
    assert re.findall(physical, css) == []


def test_stylesheet_is_found_like_any_static_file(settings: object) -> None:
    found = finders.find(assets.STYLESHEET)
    assert found is not None
    with open(str(found), encoding="utf-8") as file:  # noqa: PTH123  a path of Django's
        assert file.read() == assets.joined()


def test_stylesheet_is_collected_once() -> None:
    finder = assets.StylesheetFinder()
    assert [path for path, storage in finder.list([])] == [assets.STYLESHEET]
    assert finder.find("maillage/other.css") == []
