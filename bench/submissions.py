"""Whole submissions a second: the questionnaire opened and sent, durable, by four clients.

Ours: ``tellback serve`` on SQLite; each client opens the link and posts all answers of the
shipped questionnaire from the last page in one request, as the page's own form would with
JavaScript off and everything filled in. The limit: :mod:`bench.bare_server`, asked and posted
to with the same bytes.
"""

from __future__ import annotations

import re
import sys
import urllib.parse
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from bench.figure import Measured
from bench.load import free_port, per_second, running
from instruments import library
from instruments.model import Instrument, Kind
from survey.fieldwork.surveys import SurveyPlan, count_answers, open_survey
from survey.settings import Settings
from survey.store import open_store

SURVEY = "bench"


def filled_in(instrument: Instrument) -> bytes:
    """A whole questionnaire as a form sends it: one who met no problem."""
    fields: list[tuple[str, str]] = [("_version", str(instrument.version)), ("_go", "next")]
    for question in instrument.questions:
        if question.kind is Kind.RANK:
            chosen = instrument.attributes[: question.places]
            fields += [(question.id, attribute.id) for attribute in chosen]
        elif question.kind is Kind.TEXT:
            fields.append((question.id, "Four days late, and nobody told us."))
        elif question.show_if is None:
            fields.append((question.id, str(question.codes[-1])))
    return urllib.parse.urlencode(fields).encode()


def measure(folder: Path) -> Measured:
    """Submissions a second, ours and bare, in one run."""
    instrument = library.read("monthly_satisfaction")
    settings = Settings(folder / "data")
    with open_store(settings) as store:
        open_survey(store, SurveyPlan(SURVEY, "Bench"), instrument, now=datetime.now(UTC))
    body = filled_in(instrument)
    ours, sent = _ours(settings, body, len(instrument.pages))
    bare = _bare(folder / "bare.sqlite", body)
    with open_store(settings) as store:
        stored = count_answers(store)[SURVEY]
    if stored != sent:
        raise RuntimeError(f"{sent} submissions were acknowledged and {stored} stored")
    return Measured("submissions", ours, "1/s", bare)


def _ours(settings: Settings, body: bytes, last_page: int) -> tuple[float, int]:
    port = free_port()
    link = f"http://127.0.0.1:{port}/o/{SURVEY}"
    command = [sys.executable, "-m", "survey", "serve"]
    command += ["--data", str(settings.data), "--port", str(port)]
    sent: list[int] = []

    def submit() -> None:
        with urllib.request.urlopen(link, timeout=30) as page:
            found = re.search(r"/([0-9a-f]{32})/", page.url)
        if found is None:
            raise RuntimeError(f"no submission id in {page.url}")
        address = f"{link}/{found[1]}/{last_page}"
        with urllib.request.urlopen(address, data=body, timeout=30) as thanks:
            if not thanks.url.endswith("/thanks"):
                raise RuntimeError(f"not acknowledged: {thanks.url}")
        sent.append(1)

    with running(command, f"http://127.0.0.1:{port}/"):
        return per_second(submit), len(sent)


def _bare(path: Path, body: bytes) -> float:
    port = free_port()
    address = f"http://127.0.0.1:{port}/"

    def submit() -> None:
        urllib.request.urlopen(address, timeout=30).read()
        urllib.request.urlopen(address, data=body, timeout=30).read()

    command = [sys.executable, "-m", "bench.bare_server", str(path), str(port)]
    with running(command, address):
        return per_second(submit)
