"""Comments from a file are quoted only if its mapping says that their writers agreed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from reports.findings import ALL
from reports.fonts import Fonts
from reports.pdf import render
from reports.quoted import Voices
from survey.fieldwork.surveys import find_survey
from survey.imports.mapping import read_mapping
from survey.imports.problems import ImportRefused
from survey.imports.responses import import_responses
from survey.jobs.findings import find_out
from survey.store import Store
from survey.store.tables import ImportBatch
from tests.reports.pdf_reading import flat
from tests.survey.import_cases import (
    HEADER,
    INSTRUMENT,
    MAPPING,
    NOW,
    mapping_file,
    open_small,
    write,
)

WAVE = "2026-10"


def rows(count: int) -> list[str]:
    """Everybody is in one tier, and writes something of their own."""
    return [f"4,9,1,2,,,,,,,Wrote {i} of {i * 7919:x} and {i * 31:b},A" for i in range(count)]


def taken_in(store: Store, folder: Path, text: str, count: int = 40) -> Voices:
    """The voices after such a file was imported."""
    open_small(store)
    import_responses(
        store, "small", write(folder, rows(count)), mapping_file(folder, text), now=NOW
    )
    voices = find_out(store, find_survey(store, "small"), wave=WAVE, by="tier").segment(ALL).voices
    assert voices is not None
    return voices


@pytest.mark.parametrize("told", ["", "quoting: unknown\n"])
def test_without_consent_nothing_of_a_file_is_quoted(
    store: Store, tmp_path: Path, told: str
) -> None:
    """Under which notice they wrote, nobody has said: not one word is printed."""
    voices = taken_in(store, tmp_path, f"{MAPPING}{told}")
    assert (voices.references, voices.comments, voices.silent) == ((), 0, True)


def test_with_consent_they_are_quoted_like_others(store: Store, tmp_path: Path) -> None:
    """Who imports the file says so in its mapping, and the store keeps it."""
    voices = taken_in(store, tmp_path, f"{MAPPING}quoting: agreed\n")
    assert (voices.comments, voices.unknown, len(voices.references)) == (40, 0, 12)
    with store.read() as connection:
        assert connection.scalars(select(ImportBatch.quoting_agreed)).all() == [True]


def test_those_not_known_are_counted_beside_those_that_are(
    sqlite_store: Store, tmp_path: Path, prepared_fonts: Fonts
) -> None:
    """Two files, one with consent: the report says of how many it is not known."""
    open_small(sqlite_store)
    for name, told, count in (("one.csv", "quoting: agreed\n", 30), ("two.csv", "", 25)):
        path = write(tmp_path, rows(count), name)
        mapping = mapping_file(tmp_path, f"{MAPPING}{told}")
        import_responses(sqlite_store, "small", path, mapping, now=NOW)
    found = find_out(sqlite_store, find_survey(sqlite_store, "small"), wave=WAVE, by="tier")
    voices = found.segment(ALL).voices
    assert voices is not None
    assert (voices.comments, voices.unknown, voices.refused) == (30, 25, 0)
    said = {
        "en": "Of25importedcommentsitisnotknownwhethertheymaybequoted.",
        "zh": "有25条导入的留言不知是否可以引用。",
    }
    for language, text in said.items():
        assert text in flat(render(found, INSTRUMENT, ALL, language, prepared_fonts))


def test_another_word_is_refused_with_the_line() -> None:
    """Consent is not guessed from a word like it."""
    text = f"{MAPPING}quoting: agred\n"
    with pytest.raises(ImportRefused, match="did you mean agreed"):
        read_mapping(text.encode(), "m.yaml", INSTRUMENT, HEADER.split(","), fields=("tier",))
