"""The house stands whatever way it is carried: packages, walls, changelog, names."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest
from setuptools import find_packages

ROOT = Path(__file__).resolve().parents[2]


def listed_packages() -> set[str]:
    """The packages that setup.cfg puts into the wheel."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    return set(config["options"]["packages"].split())


def tracked_files() -> list[Path]:
    """Every file of the repository, as git lists it."""
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def test_every_package_is_in_the_wheel() -> None:
    """A folder with code that setup.cfg forgets would vanish from the wheel without a word."""
    rooms = ["instruments", "instruments.*", "reports", "reports.*", "survey", "survey.*"]
    found = set(find_packages(str(ROOT), include=rooms))
    assert listed_packages() - {"survey.templates"} == found


def test_walls_between_rooms_hold() -> None:
    """No room imports what its contract forbids."""
    result = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--config", "setup.cfg"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout


def test_changes_are_told() -> None:
    """Each changelog entry is a small file that says something."""
    entries = list((ROOT / "changelog.d").glob("*.md"))
    assert entries
    for entry in entries:
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", entry.name), entry.name
        assert entry.read_text(encoding="utf-8").strip()


def test_no_registry_and_no_machine_is_named() -> None:
    """The repository names no package registry's host and no path of somebody's machine."""
    registries = re.compile(
        "|".join(
            re.escape(".".join(parts))
            for parts in [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org")]
        )
    )
    machine = re.compile(r"(?<![\w.])/(work|home|Users|root)/")
    for path in tracked_files():
        if path.stat().st_size > 400_000 or path == Path(__file__):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        assert not registries.search(text), path
        assert not machine.search(text), path


def test_every_dependency_is_explained() -> None:
    """docs/dependencies.md has a line for each library that setup.cfg asks for."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    asked = config["options"]["install_requires"].split("\n")
    extras = [
        line for block in config["options.extras_require"].values() for line in block.split("\n")
    ]
    names = {
        re.split(r"[\[<>=]", line)[0].strip().lower() for line in asked + extras if line.strip()
    }
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    missing = sorted(name for name in names if f"`{name}`" not in told)
    assert not missing


def python_modules() -> list[Path]:
    """The modules of the three rooms."""
    return [
        path
        for room in ("instruments", "reports", "survey")
        for path in sorted((ROOT / room).rglob("*.py"))
        if "versions" not in path.parts
    ]


@pytest.mark.parametrize("path", python_modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_stay_small(path: Path) -> None:
    """A module that passes 400 lines becomes a folder of the same name."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
