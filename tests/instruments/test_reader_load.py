"""Loading from disk: whatever a path names, a file or not, the answer is a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from instruments.problems import InstrumentError
from instruments.reader import load
from tests.instruments.instrument_files import asking

WHY = asking("{id: why, type: text, text: Why?}")


def refusal(path: Path) -> str:
    """Why a path is not loaded, without its name."""
    with pytest.raises(InstrumentError) as caught:
        load(path)
    return str(caught.value).removeprefix(str(path))


def test_a_file_is_loaded_under_its_name(tmp_path: Path) -> None:
    """Problems name the file as it was asked for."""
    path = tmp_path / "问卷 1.yaml"
    path.write_text(WHY, encoding="utf-8")
    assert load(path).id == "demo"
    path.write_text("id: Demo", encoding="utf-8")
    assert refusal(path).startswith(":1:")


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    """A missing file, a folder and a device get a sentence each."""
    assert refusal(tmp_path / "none.yaml") == ":1:1: there is no such file: check the name"
    assert refusal(tmp_path) == ":1:1: this is no file: name a questionnaire file"
    assert refusal(Path(os.devnull)) == ":1:1: this is no file: name a questionnaire file"


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's reason is passed on."""
    path = tmp_path / "secret.yaml"
    path.write_text(WHY, encoding="utf-8")

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(path) == ":1:1: the file cannot be read: Permission denied"


def test_a_path_that_cannot_exist_is_told() -> None:
    """A name with NUL, or one that is too long for the system, is no traceback."""
    assert "the file cannot be read: embedded null byte" in refusal(Path("a\0b"))
    assert "the file cannot be read" in refusal(Path("a" * 5000))


def test_a_name_that_is_no_text_is_shown_as_far_as_it_goes(tmp_path: Path) -> None:
    """A file name in another encoding can still be printed."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.yaml"))
    with pytest.raises(InstrumentError) as caught:
        load(path)
    assert str(caught.value).encode("utf-8")
