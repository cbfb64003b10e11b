"""Engines carry chunks of runs: anything with `submit(fn, *args) → future` and `close()`."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, Protocol

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


class Engine(Protocol):
    """The one interface between a study and whatever computes it."""

    workers: int

    def submit(self, task: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Queue a task."""
        ...

    def close(self, *, now: bool = False) -> None:
        """Wait for what is queued, or drop it."""
        ...


class Serial:
    """Runs in this process, one after the other: for debugging and for very small studies."""

    workers = 1

    def submit(self, task: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Compute at once."""
        future: Future[Any] = Future()
        try:
            future.set_result(task(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future

    def close(self, *, now: bool = False) -> None:
        """Nothing to close."""


class Processes:
    """A pool of fresh processes on this machine; each uses one thread."""

    def __init__(self, workers: int = 0) -> None:
        """`workers` = 0 takes one a core that this process may use."""
        self.workers = workers or usable_cores()
        self._pool = self._open()

    def _open(self) -> ProcessPoolExecutor:
        import multiprocessing

        return ProcessPoolExecutor(
            self.workers, mp_context=multiprocessing.get_context("spawn"), initializer=_quiet
        )

    def submit(self, task: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Queue a task; the future raises BrokenProcessPool if its worker dies."""
        before = {name: os.environ.get(name) for name in ONE_THREAD}
        os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
        try:
            return self._pool.submit(task, *arguments)
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value

    def renew(self) -> None:
        """Replace a pool whose worker died."""
        self.close(now=True)
        self._pool = self._open()

    def close(self, *, now: bool = False) -> None:
        """Wait for the workers, or end them at once."""
        processes = list((self._pool._processes or {}).values()) if now else []
        self._pool.shutdown(wait=not now, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(5)


def _quiet() -> None:
    """Leave Ctrl-C to the parent, and let Mesa log nothing below a warning."""
    import logging
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger("MESA").setLevel(logging.WARNING)


def usable_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def engine(name: str, workers: int) -> Serial | Processes:
    """The engine of a name that has been checked."""
    return Serial() if name == "serial" else Processes(workers)
