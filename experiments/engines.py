"""Engines carry chunks of runs: anything with `submit(fn, *args) → future` and `close()`.

`serial` and `processes` are here; `dask`, `ray` and `slurm` are extras in experiments/clusters.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from experiments.errors import BadInput
from experiments.speech import worded

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


class Engine(Protocol):
    """The one interface between a study and whatever computes it.

    `flying` is how many chunks to keep queued, `lost` the errors of a future whose worker was lost;
    where `all_lost_together`, one lost worker takes along what the others carry. `warms` says that
    a first task for each world saves the workers from burning it in at the same time.
    """

    workers: int
    flying: int
    lost: tuple[type[BaseException], ...]
    all_lost_together: bool
    warms: bool

    def submit(self, task: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Queue a task."""
        ...

    def renew(self) -> None:
        """Make up for a lost worker, where the engine does not do so itself."""
        ...

    def close(self, *, now: bool = False) -> None:
        """Wait for what is queued, or drop it."""
        ...


class Serial:
    """Runs in this process, one after the other: for debugging and for very small studies."""

    workers = 1
    flying = 1
    lost: tuple[type[BaseException], ...] = ()
    all_lost_together = False
    warms = True

    def submit(self, task: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Compute at once."""
        future: Future[Any] = Future()
        try:
            future.set_result(task(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future

    def renew(self) -> None:
        """No worker to lose."""

    def close(self, *, now: bool = False) -> None:
        """Nothing to close."""


class Processes:
    """A pool of fresh processes on this machine; each uses one thread."""

    lost: tuple[type[BaseException], ...] = (BrokenProcessPool,)
    all_lost_together = True
    warms = True

    def __init__(self, workers: int = 0) -> None:
        """`workers` = 0 takes one a core that this process may use."""
        self.workers = workers or usable_cores()
        self.flying = 2 * self.workers if self.workers > 1 else 1
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
    """Leave Ctrl-C to the parent, end with it, and let Mesa log nothing below a warning."""
    import logging
    import signal
    import threading

    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger("MESA").setLevel(logging.WARNING)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def usable_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# Engine → the package it needs, and the extra that brings it.
EXTRAS = {"dask": "distributed", "ray": "ray", "slurm": "submitit"}
ENGINES = ("processes", "serial", *EXTRAS)


def check_engine(name: str, cluster: str) -> None:
    """Refuse an engine that is not installed, and a cluster for one that knows none."""
    if name in EXTRAS and not _installed(EXTRAS[name]):
        raise BadInput(worded("engines.extra", name=name, package=EXTRAS[name]))
    if cluster and name not in EXTRAS:
        raise BadInput(
            worded("engines.cluster", cluster=cluster, engines=", ".join(EXTRAS), name=name)
        )


def _installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ValueError:
        return False


def engine(name: str, workers: int, cluster: str = "", folder: Path = Path("jobs")) -> Engine:
    """The engine of a name that has been checked; `folder` is where jobs keep their files.

    Raises BadInput where a cluster does not answer.
    """
    if name == "serial":
        return Serial()
    if name == "processes":
        return Processes(workers)
    made = import_module(f"experiments.clusters.{name}")
    if name == "slurm":
        return made.Slurm(workers, cluster, folder)
    return getattr(made, name.capitalize())(workers, cluster)
