"""Which letters a report is set in: finding font files and cutting them down to size.

Two families look alike in one line: Source Sans 3 for Latin, Noto Sans SC for Chinese. Both
arrive as variable TrueType fonts, which a PDF cannot hold as they are (used whole, they show
their thinnest weight). So each is first **subset** to the characters wanted, then made a
static font of weight 400 and 700. In this order it takes seconds; the other way round, half
a minute a weight. Results go into a cache folder, named by everything they depend on, so a
changed source or recipe never meets a stale file.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont, TTLibError
from fontTools.varLib import instancer

from reports.errors import ReportError

RECIPE = "1"
"""Part of every cache name; raised when the way fonts are cut changes."""

WEIGHTS = (400, 700)
"""Regular and bold: the two weights reports use."""


class FontsMissing(ReportError):
    """No usable font file where one was looked for."""

    def __init__(self, looked_for: str) -> None:
        super().__init__(
            f"There is no font to set reports in: {looked_for}. Install the packages "
            "fontpkg-source-sans-3 and justmytype-intl-cjk, or name a folder that holds "
            "latin-regular.ttf, latin-bold.ttf, chinese-regular.ttf and chinese-bold.ttf."
        )


@dataclass(frozen=True, slots=True)
class Family:
    """One script's font files; ``regular`` and ``bold`` are one file where it is variable."""

    name: str
    regular: Path
    bold: Path

    def file(self, weight: int) -> Path:
        """The file that weight is made from."""
        return self.bold if weight == WEIGHTS[1] else self.regular


def find_families(folder: Path | None) -> tuple[Family, Family]:
    """Latin and Chinese family: from ``folder`` if given, else from the installed packages.

    Raises :class:`FontsMissing` naming the first file that is not there.
    """
    if folder is not None:
        return _in_folder(folder, "latin"), _in_folder(folder, "chinese")
    latin = _in_package("fontpkg_source_sans_3", "files/SourceSans3[wght].ttf")
    chinese = _in_package("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf")
    return Family("latin", latin, latin), Family("chinese", chinese, chinese)


def _in_folder(folder: Path, name: str) -> Family:
    regular, bold = folder / f"{name}-regular.ttf", folder / f"{name}-bold.ttf"
    for file in (regular, bold):
        if not file.is_file():
            raise FontsMissing(f"{file} does not exist")
    return Family(name, regular, bold)


def _in_package(package: str, inside: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise FontsMissing(f"the Python package {package} is not installed")
    file = Path(spec.origin).parent / inside
    if not file.is_file():
        raise FontsMissing(f"{file} does not exist")
    return file


def characters_of(file: Path) -> frozenset[int]:
    """Code points the font file has glyphs for."""
    with _open(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def common_chinese() -> frozenset[int]:
    """ASCII, the symbol rows and level 1 of GB 2312: what ordinary Chinese texts are made of.

    >>> ord("满") in common_chinese(), ord("龘") in common_chinese()
    (True, False)
    """
    rows = [*range(0xA1, 0xA4), *range(0xB0, 0xD8)]
    pairs = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    symbols = {ord(c) for pair in pairs for c in pair.decode("gb2312", errors="ignore")}
    return frozenset(symbols | set(range(0x20, 0x7F)) | {ord("□"), ord("·"), ord("—")})


def cut(family: Family, codes: Iterable[int], cache: Path) -> tuple[Path, Path]:
    """Static regular and bold of ``family`` holding ``codes``, as files in ``cache``.

    Made only if not there yet; written beside and renamed, so that two programs may prepare
    the same folder at once. The bytes depend on source and codes alone.
    """
    wanted = sorted(codes)
    regular, bold = (_cached(family, weight, wanted, cache) for weight in WEIGHTS)
    if not (regular.is_file() and bold.is_file()):
        cache.mkdir(parents=True, exist_ok=True)
        shared = _subset(family.regular, wanted)
        _write(regular, _static(shared, WEIGHTS[0], regular.stem))
        other = shared if family.bold == family.regular else _subset(family.bold, wanted)
        _write(bold, _static(other, WEIGHTS[1], bold.stem))
    return regular, bold


def _cached(family: Family, weight: int, codes: list[int], cache: Path) -> Path:
    about = hashlib.sha256(f"{RECIPE} {weight} {codes}".encode())
    about.update(family.file(weight).read_bytes())
    return cache / f"{family.name}-{weight}-{about.hexdigest()[:16]}.ttf"


def _subset(file: Path, codes: list[int]) -> bytes:
    options = subset.Options()
    options.layout_features = []  # letters are placed one by one: no ligatures, no kerning
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [1, 2, 4, 6]
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "HVAR", "MVAR", "DSIG", "vhea", "vmtx"]
    with _open(file, lazy=True) as font:
        chosen = subset.Subsetter(options)
        chosen.populate(unicodes=codes)
        chosen.subset(font)
        return _bytes(font)


def _static(data: bytes, weight: int, name: str) -> bytes:
    with TTFont(io.BytesIO(data), recalcTimestamp=False) as font:
        if "fvar" in font:
            instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
        for record in font["name"].names:  # ReportLab takes faces of one name for one face
            record.string = name
        return _bytes(font)


def _open(file: Path, *, lazy: bool) -> TTFont:
    try:
        font = TTFont(io.BytesIO(file.read_bytes()), lazy=lazy, recalcTimestamp=False)
    except (TTLibError, OSError) as error:
        raise FontsMissing(f"{file} is not a font ({error})") from error
    if "glyf" not in font:
        raise FontsMissing(f"{file} is not TrueType (a PDF made here needs glyf outlines)")
    return font


def _bytes(font: TTFont) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _write(path: Path, data: bytes) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    beside.write_bytes(data)
    beside.replace(path)
