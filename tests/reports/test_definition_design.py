"""What a definition says of the looks of reports, and pictures that are not what they seem."""

from __future__ import annotations

import contextlib
import io
import struct
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from instruments.problems import LISTED
from reports.definition import DefinitionError, example, load_definition, read_definition
from reports.definition.design import COLOURS
from reports.definition.picture import BYTES_MAX, LOGO, NotAPicture, pixels_of
from reports.design import CHAPTERS, HIGHEST, WIDEST, Colours, Design
from tests.reports.test_definition import rows

TEXT = "text: {en: Logo of the company, zh: 公司标志}"
SECONDS = 5


def design_of(text: str, folder: Path | None = None) -> Design:
    """The design of a definition with these lines."""
    return read_definition(f"definition: 1\n{text}".encode(), "c.yaml", folder).design


def told(text: str, folder: Path | None = None) -> list[str]:
    """What is wrong with a definition of these lines, the first of which is line 2."""
    with pytest.raises(DefinitionError) as caught:
        design_of(text, folder)
    return [line.removeprefix("c.yaml:") for line in caught.value.lines]


def picture(width: int = 300, height: int = 100, kind: str = "PNG", mode: str = "RGBA") -> bytes:
    """A picture whose left half is red, the other one transparent where that can be."""
    image = Image.new(mode, (width, height))
    image.paste("red", (0, 0, width // 2, height))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def huge(width: int, height: int) -> bytes:
    """A picture that says it has so many pixels, in a few bytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        told = name + content
        return struct.pack(">I", len(content)) + told + struct.pack(">I", zlib.crc32(told))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(b"\x00" * 100_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data + chunk(b"IEND", b"")


def test_sections_are_those_that_are_named() -> None:
    """In their order; all where nothing is said."""
    assert design_of("").chapters == CHAPTERS
    chosen = design_of("sections: [complaints, method, summary]")
    assert chosen.chapters == ("complaints", "method", "summary")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "sections: [summary, voices]",
            "2:11: sections leaves out method, which every report has: "
            "figures need their method; add method",
        ),
        (
            "sections: [sumary, method]",
            "2:12: unknown word sumary in sections (did you mean summary?): "
            f"write {', '.join(CHAPTERS[:-1])} or method",
        ),
        (
            "sections: [method, voices, method]",
            "2:28: method is named twice: name each once",
        ),
        ("sections: []", "2:11: sections is empty: give at least one entry"),
        ("sections: all", "2:11: sections must be a list"),
        ("sections: {method: 1}", "2:11: sections must be a list"),
        (
            "sections: [[method]]",
            f"2:12: sections must be words: write {', '.join(CHAPTERS[:-1])} or method",
        ),
        ("colours: blue", "2:10: colours must be a mapping: write keys like accent: …"),
        ("colours: {acent: '#0A5FA5'}", "2:11: unknown key acent (did you mean accent?)"),
        (
            "colours: {accent: red}",
            '2:19: accent is red: write it in quotes, like "#0A5FA5"',
        ),
        (
            "colours:\n  good: #0A5FA5",
            "3:8: good is empty: outside of quotes, # begins a remark: "
            'write it in quotes, like "#0A5FA5"',
        ),
        (
            "colours: {accent: '#FFB000'}",
            "2:19: accent is #FFB000: its contrast to paper is 1.8, text needs 4.5: "
            "write #9E6D00 or darker",
        ),
        (
            "colours: {band: '#ffd100'}",
            "2:17: band is #FFD100: its contrast to paper is 1.4, a band needs 3.0: "
            "write #B19100 or darker",
        ),
        (
            "colours: {good: '#1B7F3B', bad: '#C62828'}",
            "2:33: bad is #C62828: who is red-green blind sees it too much like good, #1B7F3B "
            "(16.4 apart, 20 needed): choose another hue, such as blue against orange",
        ),
        ("logo: logo.png", "2:7: logo must be a mapping: write keys like file: …"),
        (f"logo: {{{TEXT}}}", "2:7: file is missing: write the name of a picture beside this file"),
        (
            f"logo: {{file: logo.png, {TEXT}}}",
            "2:14: there is no folder to take a picture from: keep it in a file",
        ),
    ],
)
def test_what_is_wrong_has_its_line_and_what_would_be_right(text: str, problem: str) -> None:
    """Sections, colours and logo as all else."""
    assert told(text) == [problem]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """Three colours, each with its shade; how they go together only once each can be read."""
    lines = told("colours: {accent: '#FFB000', good: '#FFD100', bad: '#FF8A65', band: 1}")
    assert [line.split(" is ")[0] for line in lines] == [
        "2:19: accent",
        "2:36: good",
        "2:52: bad",
        "2:69: band",
    ]


def test_ten_thousand_sections_are_refused_at_once() -> None:
    """Neither time nor messages without end."""
    start = time.monotonic()
    lines = told(f"sections: [{', '.join(f'x{i}' for i in range(10_000))}]")
    assert len(lines) <= LISTED + 1
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\nsections: [*a, *a, *a]",
        "sections: &s [*s]",
        "colours: {<<: {accent: '#000000'}}",
        "logo: !!python/object/apply:os.system [id]",
        "sections: !!set {method}",
    ],
)
def test_tricks_of_yaml_are_refused(text: str) -> None:
    """No name for a part, no merging, no types: the same reader as for questionnaires."""
    assert told(text)


@pytest.mark.parametrize(
    "name",
    ["../logo.png", "/etc/passwd", "a/logo.png", "..", ".", ".hidden.png", "C:logo.png", "''",
     "'a\\logo.png'", "{}", "[logo.png]", "logo.png/", "~/logo.png"],
)  # fmt: skip
def test_a_logo_is_beside_its_definition_or_nowhere(name: str, tmp_path: Path) -> None:
    """No path leads out of the folder, however it is written."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "logo.png").write_bytes(picture())
    (line,) = told(f"logo: {{file: {name}, {TEXT}}}", tmp_path / "inner")
    assert line.startswith("2:14: ")
    assert "beside the definition" in line


def test_a_link_that_leads_out_is_no_file_beside(tmp_path: Path) -> None:
    """Nor is a folder, or a pipe that would never end."""
    (tmp_path / "logo.png").write_bytes(picture())
    inner = tmp_path / "inner"
    (inner / "folder.png").mkdir(parents=True)
    (inner / "link.png").symlink_to(tmp_path / "logo.png")
    for name in ("link.png", "folder.png", "none.png"):
        (line,) = told(f"logo: {{file: {name}, {TEXT}}}", inner)
        assert line == f"2:14: there is no file {name} beside the definition: check the name"


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (b"<svg/>", "logo.svg", "logo.svg is an SVG, which is not read: save it as PNG"),
        (b"<svg/>", "logo.png", "this is no picture that can be read: save it as PNG or JPEG"),
        (b"", "logo.png", "this is no picture that can be read"),
        (b"%PDF-1.7", "logo.png", "this is no picture that can be read"),
        (picture()[:60], "logo.png", "this is no picture that can be read"),
        (picture(kind="GIF"), "logo.gif", "this is no picture that can be read"),
        (huge(60_000, 60_000), "logo.png", "the picture has too many pixels: each side may have"),
        (huge(12_000, 12_000), "logo.png", "the picture has too many pixels: each side may have"),
        (huge(9_000, 3_000), "logo.png", "the picture has 9,000 × 3,000 pixels: each side"),
        (huge(4_000, 4_000), "logo.png", "this is no picture that can be read"),
        (picture(8, 8), "logo.png", "the picture has 8 × 8 pixels: each side may have from 16"),
        (picture(900, 20), "logo.png", "no side may be more than 12 times the other"),
        (b"\x89PNG" + bytes(BYTES_MAX), "logo.png", "logo.png is too large: at most 1000 kB"),
    ],
)
def test_what_is_no_picture_is_refused(
    content: bytes, name: str, problem: str, tmp_path: Path
) -> None:
    """Also one that is small on disk and larger than the memory once it is unpacked."""
    (tmp_path / name).write_bytes(content)
    start = time.monotonic()
    (line,) = told(f"logo: {{file: {name}, {TEXT}}}", tmp_path)
    assert problem in line
    assert time.monotonic() - start < SECONDS


@given(st.integers(8, 800), st.integers(0, 255), st.integers(0, 800))
def test_broken_pictures_are_refused_or_read(place: int, value: int, end: int) -> None:
    """Whatever is broken in a file, a sentence says so, and nothing else is raised."""
    broken = bytearray(picture(80, 30))
    broken[place % len(broken)] = value
    with contextlib.suppress(NotAPicture):
        width, height, pixels = pixels_of(bytes(broken[: max(end, 20)]))
        assert len(pixels) == width * height * 3


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("text: {en: A}", "zh is missing: say what the logo shows"),
        ("text: {en: A, zh: ' '}", "zh must be one line of at most 200 characters"),
        (f"text: {{en: A, zh: {'x' * 201}}}", "zh must be one line of at most 200 characters"),
        ("text: {en: A, zh: [B]}", "zh must be one line of at most 200 characters"),
        ("text: A", "text must be a mapping: write keys like en: …"),
        ("text: {en: A, zh: B, de: C}", "unknown key de"),
    ],
)
def test_a_logo_has_words_in_both_languages(text: str, problem: str, tmp_path: Path) -> None:
    """Who does not see it is told what it shows, in the language of the report."""
    (tmp_path / "logo.png").write_bytes(picture())
    (line,) = told(f"logo: {{file: logo.png, {text}}}", tmp_path)
    assert problem in line


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("JPEG", "RGB"), ("JPEG", "CMYK")],
)
def test_a_picture_becomes_pixels_on_white(kind: str, mode: str, tmp_path: Path) -> None:
    """As small as print needs it, its sides in proportion; transparent is paper."""
    image = Image.new("RGBA", (3000, 400), (255, 255, 255, 0))
    out = io.BytesIO()
    image.convert(mode).save(out, kind)
    (tmp_path / "logo.img").write_bytes(out.getvalue())
    logo = design_of(f"logo: {{file: logo.img, {TEXT}}}", tmp_path).logo
    assert logo is not None
    assert (logo.width, logo.height) == (WIDEST, 64)
    assert len(logo.pixels) == logo.width * logo.height * 3
    assert logo.height <= HIGHEST
    if mode == "RGBA":
        assert set(logo.pixels) == {255}
    assert (logo.shows("en"), logo.shows("zh")) == ("Logo of the company", "公司标志")


def test_a_logo_is_the_same_wherever_its_definition_lies(tmp_path: Path) -> None:
    """The bytes of the picture count, never its place or its name."""
    made = set()
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / f"{name}.png").write_bytes(picture())
        source = f"definition: 1\nlogo: {{file: {name}.png, {TEXT}}}\n"
        (folder / "c.yaml").write_text(source, encoding="utf-8")
        made.add(load_definition(folder / "c.yaml").design.digest)
    assert len(made) == 1


def test_what_the_example_has_in_comments_on_looks_is_right(tmp_path: Path) -> None:
    """Without their marks these lines are taken, too."""
    (tmp_path / "logo.png").write_bytes(picture())
    plain = example().replace("  # accent", "  accent").replace("  # band", "  band")
    plain = plain.replace("# logo:", "logo:")
    design = read_definition(plain.encode(), "example.yaml", tmp_path).design
    assert design.colours == Colours(accent="#0A5FA5", band="#14213D")
    assert design.logo is not None
    assert design.chapters == CHAPTERS


@pytest.mark.parametrize("key", [*COLOURS, *LOGO, *CHAPTERS])
def test_every_choice_is_in_the_reference(key: str) -> None:
    """No colour and no section goes without a row of its own."""
    assert rows()[key][-1]
