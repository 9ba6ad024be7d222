"""Processes that draw: what they begin with is loaded before they are needed."""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver

import pytest

from survey.jobs.drawing import get_ready


@pytest.mark.parametrize(("methods", "begun"), [(["forkserver", "spawn"], 1), (["spawn"], 0)])
def test_libraries_are_loaded_where_processes_share_them(
    monkeypatch: pytest.MonkeyPatch, methods: list[str], begun: int
) -> None:
    """The process that others begin from is started early; where there is none, nothing is."""
    started: list[bool] = []
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: methods)
    monkeypatch.setattr(forkserver, "ensure_running", lambda: started.append(True))
    get_ready()
    assert len(started) == begun
