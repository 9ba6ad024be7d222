"""What was counted and is kept: any of it may be dropped, and is then counted anew.

Marks tell which state of the answers, or of the books, a count was made from
(:mod:`survey.store.revisions`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    Date,
    ForeignKey,
    LargeBinary,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from survey.store.base import Base


class WaveMark(Base):
    """A random mark that changes with every change of a wave's responses.

    See :mod:`survey.store.revisions`.
    """

    __tablename__ = "wave_mark"

    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    wave: Mapped[str] = mapped_column(String(16), primary_key=True)
    lane: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[str] = mapped_column(String(32))


class StoredTally(Base):
    """The counts of one wave by one segment field, kept so that history is not counted again.

    ``channels`` tells how many answers came in which way; ``joint``, for each other segment
    field, which segments lie one within the other (:data:`reports.crossing.Joint`). The counts
    hold as long as ``revision`` is the wave's and ``plan`` what would be counted today.
    """

    __tablename__ = "tally"

    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    wave: Mapped[str] = mapped_column(String(16), primary_key=True)
    field: Mapped[str] = mapped_column(String(64), primary_key=True)
    instrument_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    instrument_version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    plan: Mapped[str] = mapped_column(String(64))
    revision: Mapped[str] = mapped_column(String(32))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    channels: Mapped[dict[str, Any]]
    joint: Mapped[dict[str, Any]]
    counts: Mapped[bytes] = mapped_column(LargeBinary)


class StoredPairs(Base):
    """What the customers who answered in two waves said in both, by one segment field.

    It holds as long as both revisions are those of the waves, and ``plan`` what would be
    counted today.
    """

    __tablename__ = "pairs"

    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    wave: Mapped[str] = mapped_column(String(16), primary_key=True)
    earlier: Mapped[str] = mapped_column(String(16), primary_key=True)
    field: Mapped[str] = mapped_column(String(64), primary_key=True)
    instrument_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    instrument_version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    plan: Mapped[str] = mapped_column(String(64))
    revision: Mapped[str] = mapped_column(String(32))
    earlier_revision: Mapped[str] = mapped_column(String(32))
    counts: Mapped[bytes] = mapped_column(LargeBinary)


class StoredScores(Base):
    """The sums of the respondents' own weighted indices of one wave, by one segment field.

    They hold as long as ``revision`` is the wave's and ``items`` names the questions and the
    weights of the report: another set of weights replaces them.
    """

    __tablename__ = "scores"

    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    wave: Mapped[str] = mapped_column(String(16), primary_key=True)
    field: Mapped[str] = mapped_column(String(64), primary_key=True)
    instrument_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    instrument_version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    items: Mapped[str] = mapped_column(String(64))
    revision: Mapped[str] = mapped_column(String(32))
    sums: Mapped[dict[str, Any]]


class BookMark(Base):
    """A random mark that changes with every change of a book's entries of one month.

    See :mod:`survey.store.revisions`.
    """

    __tablename__ = "book_mark"

    book: Mapped[str] = mapped_column(String(16), primary_key=True)
    month: Mapped[str] = mapped_column(String(16), primary_key=True)
    mark: Mapped[str] = mapped_column(String(32))


class StoredBooks(Base):
    """A part of what the books say of one period, kept so that history is not counted again.

    ``months``: within which customers are looked for again, as the report defines it. It holds
    as long as ``revision`` is that of the months it rests on, and ``plan`` what would be counted
    today.
    """

    __tablename__ = "books"

    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    period: Mapped[str] = mapped_column(String(16), primary_key=True)
    part: Mapped[str] = mapped_column(String(16), primary_key=True)
    months: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    plan: Mapped[str] = mapped_column(String(64))
    revision: Mapped[str] = mapped_column(String(32))
    counts: Mapped[bytes] = mapped_column(LargeBinary)
