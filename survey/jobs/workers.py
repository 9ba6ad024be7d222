"""Who is at work on a row, and does whoever claimed it still live?

A claim names its process. One whose process is gone from this machine is free at once; of another
machine's nobody here can tell, so its lease must run out first.
"""

from __future__ import annotations

import os
import secrets
import socket
from functools import cache


@cache
def _own(pid: int) -> str:
    return f"{socket.gethostname()[:100]} {pid} {secrets.token_hex(8)}"


def this_process() -> str:
    """The name of this process: its machine, its number, and a mark that no other has."""
    return _own(os.getpid())


def is_gone(worker: str) -> bool:
    """Whether the process of that name has certainly ended.

    A process of our own number that is not ourselves ended before we began.

    >>> is_gone(this_process()), is_gone("another machine 1 a1")
    (False, False)
    """
    if worker == this_process():
        return False
    host, pid, _mark = worker.rsplit(" ", 2)
    if f"{host} " != this_process()[: len(host) + 1] or not pid.isdigit():
        return False
    return int(pid) == os.getpid() or not is_running(int(pid))


def is_running(pid: int) -> bool:
    """Whether a process of that number runs on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's
    return True
