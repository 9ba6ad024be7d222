"""How many of something a few parallel clients get through: the load of both sides alike."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

CLIENTS = 4
SECONDS = 6.0


def per_second(
    work: Callable[[], None], *, clients: int = CLIENTS, seconds: float = SECONDS
) -> float:
    """Finished calls of ``work`` a second, by ``clients`` threads over ``seconds``."""
    counts = [0] * clients
    stop = time.perf_counter() + seconds

    def run(place: int) -> None:
        while time.perf_counter() < stop:
            work()
            counts[place] += 1

    threads = [threading.Thread(target=run, args=(place,)) for place in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


def free_port() -> int:
    """A port on the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: Sequence[str], address: str) -> Iterator[None]:
    """A server process that answers at ``address``; ended afterwards."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)
