"""The server is killed in mid-load, again and again: no acknowledged answer is lost or doubled."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from urllib.parse import urlencode

import pytest
from sqlalchemy import text

from survey.settings import Settings
from survey.store import open_store
from tests.survey.web_cases import STORED, WHOLE, put_in_the_field, stored_answers

CLIENTS = 5
SERVER = """\
import sys
from pathlib import Path
from survey.app import serve
from survey.settings import Settings
serve(Settings(Path(sys.argv[1])), "127.0.0.1", int(sys.argv[2]))
"""


def free_port() -> int:
    """A port that nobody listens on, and that no system gives away while the server is down."""
    while True:
        port = random.SystemRandom().randrange(20_000, 30_000)
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


@contextmanager
def served(settings: Settings, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The real server, in a process group of its own, ready to answer."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(settings.data), str(port)], start_new_session=True
    )
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.02)
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)


class Client(threading.Thread):
    """Sends one questionnaire after another, each until it is acknowledged."""

    def __init__(self, port: int, stop: threading.Event) -> None:
        super().__init__()
        self.port = port
        self.stop = stop
        self.acknowledged: list[str] = []
        self.statuses: Counter[int] = Counter()

    def run(self) -> None:
        """Go on until told to stop; what is under way is finished first."""
        while not self.stop.is_set():
            submission_id = uuid.uuid4().hex
            body = urlencode({**WHOLE, "why": submission_id}, doseq=True)
            while not self._send(submission_id, body):
                time.sleep(0.01)
            self.acknowledged.append(submission_id)

    def _send(self, submission_id: str, body: str) -> bool:
        """One try; True when a whole answer with a redirect to the thank-you page came back."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request("POST", f"/o/pumps/{submission_id}/6", body, headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        self.statuses[response.status] += 1
        return response.status == 303


def kill_again_and_again(settings: Settings, kills: int) -> list[Client]:
    """Kill the server that many times while clients send; the clients, all done."""
    port, stop = free_port(), threading.Event()
    moments = random.Random(20261122)
    clients = [Client(port, stop) for _ in range(CLIENTS)]
    for number in range(kills):
        with served(settings, port) as process:
            if number == 0:
                for client in clients:
                    client.start()
            time.sleep(moments.uniform(0.05, 0.5))
            os.killpg(process.pid, signal.SIGKILL)
    with served(settings, port):
        stop.set()
        for client in clients:
            client.join(60)
    return clients


@pytest.mark.parametrize(
    "kills", [20, pytest.param(200, marks=pytest.mark.long)], ids=["20_kills", "200_kills"]
)
def test_no_acknowledged_answer_is_lost_or_doubled(
    sqlite_settings: Settings, now: datetime, kills: int
) -> None:
    """After each kill the retried submission is the same one, and every thank-you was true."""
    with open_store(sqlite_settings) as store:
        put_in_the_field(store, now)
    clients = kill_again_and_again(sqlite_settings, kills)
    acknowledged = {key for client in clients for key in client.acknowledged}
    with open_store(sqlite_settings) as store:
        stored = Counter(comments["why"] for _answers, comments in stored_answers(store))
        assert all(answers == STORED for answers, _comments in stored_answers(store))
        with store.read() as connection:
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
            assert connection.scalar(text("SELECT count(*) FROM response")) == len(stored)
    assert len(acknowledged) > kills, "the clients must have been under way"
    assert acknowledged == set(stored), "each acknowledged is there, and nothing else is"
    assert set(stored.values()) == {1}
    statuses = {status for client in clients for status in client.statuses}
    assert statuses <= {303, 503}


def test_a_polite_stop_answers_first(sqlite_settings: Settings, now: datetime) -> None:
    """SIGTERM ends the server with status 0, and what was acknowledged is there."""
    with open_store(sqlite_settings) as store:
        put_in_the_field(store, now)
    port, stop = free_port(), threading.Event()
    client = Client(port, stop)
    with served(sqlite_settings, port) as process:
        client.start()
        while not client.acknowledged:
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    with served(sqlite_settings, port):
        stop.set()
        client.join(60)
    with open_store(sqlite_settings) as store:
        assert len(stored_answers(store)) == len(client.acknowledged)
