"""Whoever erases is killed: each customer is whole or gone, and asking again finishes it."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from survey.jobs.erasing import erase_people, known_customers, what_is_kept
from survey.settings import Settings
from survey.store import open_store
from survey.store.ledger import NAME, read_file
from tests.survey.erasing_cases import NOW, customer_id, fill, found_in_store, person

ROOT = Path(__file__).resolve().parents[2]
COUNT = 300
IDS = [customer_id(number) for number in range(COUNT)]
ERASER = """\
import sys
from pathlib import Path
from survey.jobs.erasing import erase_people
from survey.settings import Settings
from survey.store import open_store
from tests.survey.erasing_cases import NOW, customer_id
settings = Settings(Path(sys.argv[1]))
with open_store(settings) as store:
    print("ready", flush=True)
    ids = [customer_id(number) for number in range(300)]
    erase_people(store, ids, key=settings.secret(), now=NOW)
"""


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_erasure_is_whole_or_repeatable(seed: int, tmp_path: Path) -> None:
    """A hundred at a time go together, the ledger knows of each, and nobody is half gone."""
    settings = Settings(tmp_path / "data")
    with open_store(settings) as store:
        fill(store, COUNT + 20)
    with subprocess.Popen(
        [sys.executable, "-c", ERASER, str(settings.data)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    ) as eraser:  # fmt: skip
        assert eraser.stdout is not None
        assert eraser.stdout.readline() == "ready\n"
        time.sleep(random.Random(seed).uniform(0.0, 0.25))
        eraser.kill()
    with open_store(settings) as store:
        left = [one for one in IDS if one in known_customers(store, IDS)]
        kept = what_is_kept(store, IDS)
        assert len(left) % 100 == 0
        assert (kept.customers, kept.responses, kept.comments) == (len(left),) * 3
        assert len(read_file(store.data / NAME)) == COUNT - len(left)
        if left:
            assert erase_people(store, left, key=settings.secret(), now=NOW)[1]
        assert found_in_store(store, [person(n)[2] for n in range(COUNT)]) == []
        others = [customer_id(number) for number in range(COUNT, COUNT + 20)]
        assert what_is_kept(store, others).customers == 20
