"""Customers with hostile names who said hostile things, and a search for what is left of one."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pypdfium2
from sqlalchemy import insert, inspect, select, text

from instruments.model import Means, Role
from survey.fieldwork.submissions import NewResponse, store_responses
from survey.fieldwork.surveys import SurveyPlan, SurveyRecord, find_survey, open_survey
from survey.store import Store
from survey.store.revisions import Marked, mark_months
from survey.store.tables import (
    ComplaintCase,
    Customer,
    Draft,
    EditionFile,
    ImportBatch,
    Invitation,
    Purchase,
    StoredEdition,
)
from tests.survey.sample_cases import INSTRUMENT

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WAVE = "2026-10"
COMMENT = next(one for one in INSTRUMENT.questions if one.role is Role.COMMENT).id

NAMES = (
    "Dave'); DROP TABLE customer;--",
    "=HYPERLINK(\"http://eve\",\"Evelyn\")",
    "欧阳若兰",
    "<script>alert('Mallory')</script>",
    "Zo\u0308e 𝔊rimald 🦊",
    "%_Percival_%",
    "Ünal\u202eOğuz",
    "O'Brien \"Bo\" & Sons",
)  # fmt: skip
SAID = (
    "The seventh valve leaked onto Tuesday's lunch; nobody called back",
    "=cmd|' /C calc'!A0 and the crate was dented badly",
    "包装箱第三次破损，仓库说不归他们管，实在令人失望",
    "<b>bold</b> promises & {{ 7*7 }} late trucks, again and again",
    "'; DELETE FROM comment; -- still waiting for the gasket",
    "Friendly dispatcher 🚚 but the invoice was wrong twice",
    "Z\u0351a\u0352l\u0353g\u0354o crept out of the pressure gauge manual",
    "100 % happy with the fitter, 0 % with the hotline_queue",
)


def customer_id(number: int) -> str:
    """The id of a customer in the roster."""
    return f"KD-{number:05d}-x"


def person(number: int) -> tuple[str, ...]:
    """All strings by which that customer could be found."""
    name = NAMES[number % len(NAMES)]
    said = f"{SAID[number % len(SAID)]} no{number:05d}"
    return (
        customer_id(number), f"{name} q{number:05d}", f"kd{number:05d}@example.org",
        f"+86-139-77{number:06d}", said, f"BOOK-{number:05d}", f"CASE-{number:05d}",
        f"answers of kd{number:05d}@example.org.csv", f"draft of {number:05d}",
    )  # fmt: skip


def fill(store: Store, count: int, *, wave: str = WAVE) -> SurveyRecord:
    """A survey in which so many customers are kept in every table there is."""
    now = datetime(2026, 10, 1, tzinfo=UTC)
    everyone = [person(number) for number in range(count)]
    segments = [{"tier": "AB"[number % 2], "region": "north"} for number in range(count)]
    with store.write() as connection:
        connection.execute(
            insert(Customer),
            [
                {
                    "id": own[0], "name": own[1], "email": own[2], "phone": own[3],
                    "language": "en", "segments": where, "imported_at": now,
                }
                for own, where in zip(everyone, segments, strict=True)
            ],
        )  # fmt: skip
    plan = SurveyPlan("company", "Lantern Pumps", segment_fields=("tier", "region"))
    open_survey(store, plan, INSTRUMENT, now=now)
    survey = find_survey(store, "company")
    with store.write() as connection:
        connection.execute(insert(Invitation), [_invitation(*own[:1]) for own in everyone])
        connection.execute(insert(Draft), [_draft(own[0], own[8]) for own in everyone])
        batches = [_batch(number, own[7]) for number, own in enumerate(everyone)]
        connection.execute(insert(ImportBatch), batches)
        own_segments = list(zip(everyone, segments, strict=True))
        connection.execute(
            insert(Purchase),
            [
                {
                    "id": f"p{number:031d}", "number": own[5], "customer_id": own[0],
                    "day": date(2026, 10, 3), "amount": 100, "segments": where,
                }
                for number, (own, where) in enumerate(own_segments)
            ],
        )  # fmt: skip
        connection.execute(
            insert(ComplaintCase),
            [
                {
                    "number": own[6], "customer_id": own[0], "opened": date(2026, 10, 4),
                    "kind": "delivery", "attribute": "delivery", "segments": where,
                    "imported_at": now,
                }
                for own, where in own_segments
            ],
        )  # fmt: skip
        mark_months(connection, Marked.PURCHASES, [date(2026, 10, 3)])
        mark_months(connection, Marked.CASES, [date(2026, 10, 4)])
    with store.write() as connection:
        store_responses(connection, _responses(survey, everyone, segments, wave))
    return survey


def _invitation(one: str) -> dict[str, object]:
    return {
        "id": f"i{one}", "survey_id": "company", "customer_id": one, "token_hash": f"hash of {one}",
        "created_at": NOW, "answered_at": NOW,
    }  # fmt: skip


def _draft(one: str, typed: str) -> dict[str, object]:
    return {
        "survey_id": "company", "submission_id": f"d{one}", "instrument_version": 1,
        "invitation_id": f"i{one}", "answers": {"why": typed}, "updated_at": NOW,
    }  # fmt: skip


def _batch(number: int, name: str) -> dict[str, object]:
    return {
        "id": f"b{number}", "kind": "responses", "survey_id": "company", "file_name": name,
        "file_hash": f"{number:064d}", "rows": 1, "imported_at": NOW,
    }  # fmt: skip


def _responses(
    survey: SurveyRecord,
    everyone: Sequence[Sequence[str]],
    segments: Sequence[dict[str, str]],
    wave: str,
) -> Iterator[NewResponse]:
    overall = INSTRUMENT.first(Role.OVERALL)
    quote = INSTRUMENT.first(Role.QUOTE)
    assert overall is not None
    for number, (own, where) in enumerate(zip(everyone, segments, strict=True)):
        answers: dict[str, object] = {overall.id: 1 + number % 5}
        if quote is not None:
            answers[quote.id] = min(quote.codes_meaning(Means.YES))
        yield NewResponse(
            survey_id=survey.id,
            submission_id=f"s-{own[0]}",
            instrument_version=INSTRUMENT.version,
            wave=wave,
            day=date(2026, 10, 5),
            language="en",
            channel="link",
            answers=answers,  # type: ignore[arg-type]
            comments={COMMENT: own[4]},
            segments=where,
            submitted_at=NOW,
            invitation_id=f"i{own[0]}",
            customer_id=own[0],
        )


def found_in_store(store: Store, strings: Iterable[str]) -> list[str]:
    """Those of the strings that stand in any row, file, log or blob of the database."""
    haystack = list(_rows(store))
    if store.engine.dialect.name == "sqlite":
        haystack += [path.read_bytes() for path in sorted(store.data.glob("tellback.sqlite*"))]
    return _found(haystack, strings)


def _rows(store: Store) -> Iterator[bytes]:
    """Every row of every table in words; what is packed, unpacked."""
    with store.read() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f"SELECT * FROM {table}")):
                yield repr(tuple(row)).encode("utf-8", "replace")
                yield "\n".join(str(cell) for cell in row).encode("utf-8", "replace")
        for packed in connection.scalars(select(StoredEdition.findings)):
            yield zlib.decompress(packed)
        for content in connection.scalars(select(EditionFile.content)):
            if content:
                yield from parts_of(content)


def parts_of(content: bytes) -> Iterator[bytes]:
    """A PDF's text, line after line as one, and what is attached to it; of others the bytes."""
    yield content
    if not content.startswith(b"%PDF"):
        return
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        for number in range(len(document)):
            said = document[number].get_textpage().get_text_bounded()
            yield said.encode()
            yield "".join(said.split()).encode()
    with pikepdf.open(io.BytesIO(content)) as opened:
        for file in opened.attachments.values():
            yield file.get_file().read_bytes()


def found_in_files(folder: Path, strings: Iterable[str]) -> list[str]:
    """Those of the strings that stand in any file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return _found([part for path in files for part in parts_of(path.read_bytes())], strings)


def _found(haystack: Sequence[bytes], strings: Iterable[str]) -> list[str]:
    """Also without the marks that reports take out, and without spaces, as on a page."""
    wanted = {one: {one.encode(), "".join(one.split()).encode()} for one in strings}
    return [
        one
        for one, forms in wanted.items()
        if any(form in part for part in haystack for form in forms)
    ]
