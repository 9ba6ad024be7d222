"""How are all files of a report drawn at once, and what if one of them cannot be?

Each process prepares itself once (fonts, findings, questionnaire) and then draws one file after
the other. A file that fails does not stop the others: it comes back with the reason. A process
that is ended from outside takes the files under way with it; they are drawn again, each alone in a
process apart, so that only the one that ends its process every time is given up.
"""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection, forkserver
from pathlib import Path

from instruments.model import Instrument
from instruments.reader import read_instrument
from reports.annex import annex
from reports.design import STANDARD, Design, from_text, to_text
from reports.editions import Edition
from reports.findings import Findings
from reports.findings_json import from_json
from reports.fonts import Fonts
from reports.pdf import render, render_one_page, render_overview

AHEAD = 2
"""Files in hand for each process, so that none waits for the next."""

WORTH_A_PROCESS = 4
"""Files from which on another process pays for its start."""

ENDED = "the process that drew it was ended from outside (killed, or out of memory)"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file of a report: its segment, language, and kind."""

    segment: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file's bytes; None where it could not be drawn, for the ``reason``."""

    wanted: Wanted
    content: bytes | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """All that the files of one edition are drawn from, in a form that any process can take.

    ``findings`` as ``findings.json`` holds them, ``questionnaire`` the text of the instrument,
    ``fonts`` the folder of prepared fonts, ``texts`` the words of the comments that findings refer
    to, as far as they are kept, ``dress`` the design as text.
    """

    findings: str
    questionnaire: str
    fonts: Path
    edition: Edition
    texts: Mapping[str, str]
    dress: str = to_text(STANDARD)


@dataclass(frozen=True, slots=True)
class _Ready:
    """What a process draws with."""

    task: Task
    findings: Findings
    instrument: Instrument
    fonts: Fonts
    design: Design

    def pdf(self, segment: str, language: str) -> bytes:
        """The report on one segment."""
        return render(
            self.findings,
            self.instrument,
            segment,
            language,
            self.fonts,
            edition=self.task.edition,
            texts=self.task.texts,
            design=self.design,
        )

    def onepage(self, segment: str, language: str) -> bytes:
        """The page on one segment for the wall."""
        return render_one_page(
            self.findings,
            self.instrument,
            segment,
            language,
            self.fonts,
            edition=self.task.edition,
            design=self.design,
        )

    def overview(self, _segment: str, language: str) -> bytes:
        """All segments side by side; it is one for all of them."""
        return render_overview(
            self.findings,
            self.instrument,
            language,
            self.fonts,
            edition=self.task.edition,
            design=self.design,
        )

    def xlsx(self, _segment: str, language: str) -> bytes:
        """The annex; it is one for all segments."""
        return annex(self.findings, self.instrument, language, self.task.edition)


KINDS: Mapping[str, Callable[[_Ready, str, str], bytes]] = {
    "pdf": _Ready.pdf,
    "onepage": _Ready.onepage,
    "overview": _Ready.overview,
    "xlsx": _Ready.xlsx,
}
"""Kind of file → how it is drawn."""

_own = threading.local()


def draw(
    task: Task, wanted: Iterable[Wanted], jobs: int, with_care: Iterable[Wanted] = ()
) -> Iterator[Drawn]:
    """Draw all files with ``jobs`` processes (1: this one), in the order they are done.

    Those ``with_care`` come last, one by one in a process apart: whoever draws them may not live.
    Both are asked for the next one when a process is about to be free.
    """
    source, suspects = iter(wanted), list[Wanted]()
    while lost := (yield from _together(task, source, jobs)):
        suspects += lost
    source = itertools.chain(suspects, with_care)
    for one in source:
        lost = yield from _together(task, itertools.chain([one], source), 1, apart=True)
        yield from (Drawn(fatal, None, ENDED) for fatal in lost)


def _together(
    task: Task, source: Iterator[Wanted], jobs: int, *, apart: bool = False
) -> Generator[Drawn, None, list[Wanted]]:
    """Draw until ``source`` is empty, or a process is ended; the files that were under way then.

    ``apart``: with one file in hand at a time, so that it is clear whose fault that was.
    """
    under_way: dict[Future[bytes], Wanted] = {}
    ahead = 1 if apart else AHEAD * jobs
    with _executor(task, jobs, apart=apart or jobs > 1) as executor:
        while True:
            for one in itertools.islice(source, ahead - len(under_way)):
                try:
                    under_way[executor.submit(_draw, one)] = one
                except BrokenExecutor:
                    return [*under_way.values(), one]
            if not under_way:
                return []
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                error = future.exception()
                if isinstance(error, BrokenExecutor):
                    return list(under_way.values())
                one = under_way.pop(future)
                yield Drawn(one, None, _told(error)) if error else Drawn(one, future.result())


def _told(error: BaseException) -> str:
    """What went wrong, in one line."""
    said = " ".join(str(error).split())
    return f"{said} ({type(error).__name__})" if said else type(error).__name__


@contextmanager
def _executor(task: Task, jobs: int, *, apart: bool) -> Iterator[Executor]:
    executor: Executor
    if apart:
        executor = ProcessPoolExecutor(jobs, _processes(), _begin_apart, (task,))
    else:
        executor = ThreadPoolExecutor(1, initializer=_begin, initargs=(task,))
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def _processes() -> multiprocessing.context.BaseContext:
    """Processes that begin clean, but with the libraries loaded where the system can do that."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def get_ready() -> None:
    """Load the libraries that processes begin with, in the background, where the system can.

    To be called as soon as it is known that several processes will draw: what each of them costs
    at its start is the reading of findings then, and no longer two seconds of imports.
    """
    if _processes().get_start_method() == "forkserver":
        forkserver.ensure_running()


def _begin_apart(task: Task) -> None:
    """Begin a process of its own: it leaves Ctrl-C to the one that started it, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _begin(task)
    settle()


def settle() -> None:
    """Have what is loaded now looked at by no later collection of memory.

    Findings are hundreds of thousands of objects that stay as long as the process: to go through
    them again and again takes a fifth of its time.
    """
    gc.collect()
    gc.freeze()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _begin(task: Task) -> None:
    _own.ready = _Ready(
        task,
        from_json(task.findings),
        read_instrument(task.questionnaire.encode(), "questionnaire"),
        Fonts.prepare(task.fonts),
        from_text(task.dress),
    )


def _draw(wanted: Wanted) -> bytes:
    ready: _Ready = _own.ready
    return KINDS[wanted.kind](ready, wanted.segment, wanted.language)
