"""What members write becomes HTML that can hurt nobody."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from maillage.core.markdown import MAX_CHARACTERS, TextTooLongError, plain, render


def test_numbered_steps_with_code_survive() -> None:
    html = render("1. Ouvrez :\n\n   ```sh\n   whois a.quebec\n   ```\n\n2. Notez.").html
    assert html.count("<li>") == 2
    assert '<code class="language-sh">whois a.quebec' in html


def test_table_keeps_its_alignment_and_scrolls_alone() -> None:
    html = render("| a | b |\n|---|--:|\n| 1 | 2 |").html
    assert '<div class="table-scroll" tabindex="0"><table>' in html
    assert '<td align="right">2</td>' in html
    assert "style=" not in html


def test_headings_are_shifted_named_and_never_collide() -> None:
    rendered = render("# Étape\n\n## Étape\n\n###### Fin")
    assert [(h.level, h.anchor) for h in rendered.headings] == [(2, "t-etape"), (3, "t-etape-2"), (6, "t-fin")]
    assert '<h2 id="t-etape">' in rendered.html


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    "<svg onload=alert(1)>",
    "<iframe src=//evil></iframe>",
    '<div style="position:fixed" class="site-head">x</div>',
    "<form action=//evil><input name=q></form>",
    '<p id="contenu">x</p>',
    "![x](javascript:alert(1))",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "`</code><script>alert(1)</script>`",
    '<details ontoggle="alert(1)" open>x</details>',
    "<base href=//evil>",
    '<meta http-equiv=refresh content="0;url=//evil">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markup_is_disarmed(text: str) -> None:
    html = render(text).html.lower()
    for bad in (
        "<script",
        "<svg",
        "<iframe",
        "<form",
        "<input",
        "<base",
        "<meta",
        "<style",
        "<math",
        "style=",
        'id="contenu"',
    ):
        assert bad not in html
    tags = [piece.split(">")[0] for piece in html.split("<")[1:]]
    assert not any(" on" in tag and "=" in tag for tag in tags)
    assert not any("href" in tag and "script:" in tag for tag in tags)
    assert not any("src" in tag and "script:" in tag for tag in tags)
    assert not any("data:" in tag for tag in tags)


@given(st.text(max_size=400))
def test_any_text_renders(text: str) -> None:
    html = render(text).html
    assert "<script" not in html.lower()
    plain(text)


def test_deep_nesting_and_great_length_are_bounded() -> None:
    render(">" * 10_000 + "x")
    render("[" * 10_000)
    render("|a" * 20 + "|\n" + "|-" * 20 + "|\n" + ("|b" * 20 + "|\n") * 2_000)
    with pytest.raises(TextTooLongError):
        render("a" * (MAX_CHARACTERS + 1))


@pytest.mark.parametrize("text", ["# Un\n\n## Deux", "## Un\n\n### Deux", "#### Un\n\n##### Deux"])
def test_first_heading_stands_right_under_the_page_title(text: str) -> None:
    assert [heading.level for heading in render(text).headings] == [2, 3]
