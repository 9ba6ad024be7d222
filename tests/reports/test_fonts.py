"""Fonts: found, cut, cached; every letter gets a face or a box, never an error."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from reports.font_files import FontsMissing, common_chinese, cut, find_families
from reports.fonts import Fonts


def test_a_second_prepare_makes_nothing_anew(fonts: Fonts) -> None:
    """What the cache holds is used as it is, so reports start in milliseconds."""
    before = {p: p.stat().st_mtime_ns for p in fonts.cache.iterdir()}
    Fonts.prepare(fonts.cache)
    after = {p: p.stat().st_mtime_ns for p in fonts.cache.iterdir()}
    assert {p: after[p] for p in before} == before


def test_progress_goes_from_nothing_to_done(fonts: Fonts) -> None:
    """A progress bar can be drawn from what prepare tells."""
    told: list[tuple[str, float]] = []
    Fonts.prepare(fonts.cache, lambda what, share: told.append((what, share)))
    shares = [share for _what, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_the_same_characters_give_the_same_bytes(tmp_path: Path) -> None:
    """Two machines that prepare fonts embed the same font, so PDFs agree byte for byte."""
    _latin, chinese = find_families(None)
    first = cut(chinese, {ord("满"), ord("意")}, tmp_path / "a")
    second = cut(chinese, [ord("意"), ord("满")], tmp_path / "b")
    assert [p.name for p in first] == [p.name for p in second]
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_cutting_leaves_no_half_written_file(tmp_path: Path) -> None:
    """Files are written beside and renamed: whoever lists the cache sees whole fonts only."""
    cut(find_families(None)[1], {ord("满")}, tmp_path)
    assert {p.suffix for p in tmp_path.iterdir()} == {".ttf"}


def test_both_weights_are_static_and_differ(fonts: Fonts) -> None:
    """A variable font in a PDF would show its thinnest weight."""
    files = sorted(fonts.cache.glob("latin-*.ttf"))
    assert len(files) == 2
    for file in files:
        with TTFont(file) as font:
            assert "fvar" not in font
            assert "glyf" in font
    assert files[0].read_bytes() != files[1].read_bytes()


def test_english_takes_latin_letters_and_chinese_its_own(fonts: Fonts) -> None:
    """One line may hold both scripts; each run names the face that has its letters."""
    runs = fonts.lettering("en").runs("NPS 净推荐值")
    assert [text for _face, text in runs] == ["NPS ", "净推荐值"]
    assert runs[0][0] == fonts.regular[0].name
    assert runs[1][0] == fonts.regular[1].name


def test_quotes_are_full_width_in_chinese_only(fonts: Fonts) -> None:
    """The same mark is narrow in English and wide in Chinese text."""
    english = fonts.lettering("en").width("“", 10)
    chinese = fonts.lettering("zh").width("“", 10)
    assert english < 6
    assert chinese > 8


def test_bold_is_another_face(fonts: Fonts) -> None:
    """Bold is a weight of its own, not a thickened outline."""
    lettering = fonts.lettering("zh")
    assert lettering.runs("满", bold=True)[0][0] == fonts.bold[1].name
    assert lettering.runs("满")[0][0] == fonts.regular[1].name


def test_a_letter_nobody_has_becomes_a_box(fonts: Fonts) -> None:
    """Emoji and unheard-of scripts never stop a report."""
    shown = "".join(text for _face, text in fonts.lettering("en").runs("a😀b"))
    assert shown == "a□b"


def test_width_adds_up_and_scales(fonts: Fonts) -> None:
    """Widths are in points: those of the letters together, growing with the size."""
    lettering = fonts.lettering("en")
    whole = lettering.width("AB", 10)
    assert whole == pytest.approx(lettering.width("A", 10) + lettering.width("B", 10))
    assert lettering.width("AB", 20) == pytest.approx(2 * whole)


def test_rare_characters_get_a_subset_of_their_own(fonts: Fonts) -> None:
    """A customer called 龘 is printed, though no prepared font has the character."""
    assert not any(ord("龘") in face.codes for face in fonts.regular)
    wider = fonts.covering("Carol 龘")
    (face, text), *_rest = wider.lettering("zh").runs("龘")
    assert (face, text) == (wider.regular[-1].name, "龘")


@pytest.mark.parametrize("text", ["Alice 满意", "😀"])
def test_nothing_to_add_gives_the_same_fonts(fonts: Fonts, text: str) -> None:
    """No subset is made where all is there, nor where no font could help."""
    assert fonts.covering(text) is fonts


def test_common_chinese_is_ascii_symbols_and_level_one() -> None:
    """The prepared set covers ordinary texts: 3,755 characters of level 1 and more."""
    codes = common_chinese()
    assert {ord(c) for c in "满意度 A9，。“”"} <= codes
    assert 3755 < len(codes) < 4600


def test_another_folder_is_used(fonts: Fonts, tmp_path: Path) -> None:
    """A company may set reports in fonts of its own, static or variable."""
    for family in ("latin", "chinese"):
        for weight, name in ((400, "regular"), (700, "bold")):
            (source,) = (
                fonts.cache.glob(f"{family}-{weight}-*.ttf")
                if family == "latin"
                else (
                    next(
                        p
                        for p in sorted(fonts.cache.glob(f"chinese-{weight}-*.ttf"))
                        if p.stat().st_size > 500_000
                    ),
                )
            )
            (tmp_path / f"{family}-{name}.ttf").write_bytes(source.read_bytes())
    regular, _chinese = find_families(tmp_path)
    made = cut(regular, {ord("A")}, tmp_path / "cache")
    with TTFont(made[0]) as font:
        assert set(font.getBestCmap()) == {ord("A")}


def test_a_folder_without_fonts_is_named(tmp_path: Path) -> None:
    """The error says which file is missing and what would help."""
    with pytest.raises(FontsMissing, match=r"latin-regular\.ttf does not exist"):
        Fonts.prepare(tmp_path / "cache", folder=tmp_path)


def test_a_file_that_is_no_font_is_named(tmp_path: Path) -> None:
    """Rubbish under the right name gives a sentence, not a traceback of the font library."""
    for name in ("latin-regular", "latin-bold", "chinese-regular", "chinese-bold"):
        (tmp_path / f"{name}.ttf").write_text("not a font")
    with pytest.raises(FontsMissing, match="is not a font"):
        Fonts.prepare(tmp_path / "cache", folder=tmp_path)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the font packages the error names them."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(FontsMissing, match="fontpkg_source_sans_3 is not installed"):
        find_families(None)
