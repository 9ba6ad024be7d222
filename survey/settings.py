"""Where everything is kept, and the key of this installation."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from survey.errors import SurveyError

SECRET_BYTES = 32


class WeakSecret(SurveyError):
    """The key of this installation is too short to protect anything."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: the installation's key is damaged; put back the file from a backup, or "
            "remove it to have a new one made (links sent before stop resuming)"
        )


class UnusableFolder(SurveyError):
    """The data folder cannot be made or written to."""

    def __init__(self, path: Path, why: OSError) -> None:
        super().__init__(f"{path}: cannot be used as data folder ({why.strerror})")


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation: its data folder and its database.

    ``database_url`` is empty for the embedded database in the data folder.
    """

    data: Path
    database_url: str = ""

    @classmethod
    def from_env(cls, data: Path) -> Settings:
        """Settings for a data folder; ``TELLBACK_DATABASE`` may name another database."""
        return cls(data.absolute(), os.environ.get("TELLBACK_DATABASE", ""))

    @property
    def url(self) -> str:
        """The database to use, as SQLAlchemy names it."""
        return self.database_url or f"sqlite:///{self.data / 'tellback.sqlite'}"

    def make_folder(self) -> None:
        """Make the data folder, for its owner only; :class:`UnusableFolder` where it can't be."""
        try:
            self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as why:
            raise UnusableFolder(self.data, why) from why

    def secret(self) -> bytes:
        """The key of this installation: made at first use, readable by its owner only.

        Two processes that start at once agree on one key: it is written beside its place, and
        only the first one to put its key there whole succeeds.
        """
        self.make_folder()
        path = self.data / "secret"
        if not path.exists():
            self._make_secret(path)
        try:
            key = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except ValueError:
            raise WeakSecret(path) from None
        if len(key) < SECRET_BYTES:
            raise WeakSecret(path)
        return key

    def _make_secret(self, path: Path) -> None:
        made = secrets.token_hex(SECRET_BYTES)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w") as file:
                file.write(made)
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(beside, path)
        finally:
            beside.unlink()
