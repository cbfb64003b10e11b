"""Slurm by submitit: chunks travel in jobs of some minutes; `cluster=local` tries it without Slurm.

Partition, account and time limit are Slurm's own variables (SBATCH_PARTITION and so on). The
folder of results must be on a disk that the nodes share.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from experiments.errors import BadInput, one_line

JOBS = 10  # at once, unless workers= says otherwise
TOGETHER = 20  # chunks a job: a job lasts about a minute
MINUTES = 120  # time limit of a job
LOOK = 0.5  # seconds between two looks

Call = tuple[Callable[..., Any], tuple[Any, ...]]


class Slurm:
    """Gathers tasks into jobs and looks for their results; a lost job's tasks are tried again."""

    all_lost_together = False
    warms = False

    def __init__(self, workers: int = 0, cluster: str = "", folder: Path = Path("jobs")) -> None:
        """Raises BadInput where sbatch is missing."""
        import submitit
        from submitit.core.utils import FailedJobError, UncompletedJobError

        self.lost = (UncompletedJobError, FailedJobError)
        self.workers = workers or JOBS
        self.flying = self.workers * TOGETHER
        try:
            self._executor = submitit.AutoExecutor(folder=folder, cluster=cluster or "slurm")
        except (RuntimeError, ValueError) as error:
            raise BadInput(
                f"engine=slurm cannot be used here ({one_line(error)}); run it where sbatch is, "
                "or try it with cluster=local (docs/cluster.md)"
            ) from error
        self._executor.update_parameters(
            timeout_min=MINUTES,
            cpus_per_task=1,
            name="wotu",
            slurm_setup=["export OMP_NUM_THREADS=1"],
        )
        self._waiting: list[tuple[Call, Future[Any]]] = []
        self._jobs: list[tuple[Any, list[Future[Any]]]] = []
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._looker = threading.Thread(target=self._look, daemon=True)
        self._looker.start()

    def submit(self, task: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Queue a task; it leaves with others in the next job."""
        future: Future[Any] = Future()
        with self._lock:
            self._waiting.append(((task, arguments), future))
        return future

    def _look(self) -> None:
        while not self._stop.is_set():
            self._send()
            self._gather()
            time.sleep(LOOK)

    def _send(self) -> None:
        while True:
            with self._lock:
                room = len(self._jobs) < self.workers
                share = max(1, min(TOGETHER, -(-len(self._waiting) // self.workers)))
                batch, self._waiting = (
                    (self._waiting[:share], self._waiting[share:]) if room else ([], self._waiting)
                )
            if not batch:
                return
            futures = [future for _, future in batch]
            try:
                job = self._executor.submit(carry_together, [call for call, _ in batch])
            except Exception as error:
                for future in futures:
                    future.set_exception(error)
                continue
            self._jobs.append((job, futures))

    def _gather(self) -> None:
        running = []
        for job, futures in self._jobs:
            if not job.done():
                running.append((job, futures))
                continue
            try:
                results = job.result()
            except Exception as error:
                for future in futures:
                    future.set_exception(error)
                continue
            for future, result in zip(futures, results, strict=True):
                future.set_result(result)
        self._jobs = running

    def renew(self) -> None:
        """Slurm gives the next job another place itself."""

    def close(self, *, now: bool = False) -> None:
        """Stop looking; cancel the jobs that run where `now`."""
        self._stop.set()
        self._looker.join(30)
        for job, _ in self._jobs if now else ():
            job.cancel()


def carry_together(calls: Sequence[Call]) -> list[Any]:
    """What a job does: one call after the other."""
    return [task(*arguments) for task, arguments in calls]
