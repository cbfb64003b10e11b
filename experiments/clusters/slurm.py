"""Slurm by submitit: chunks travel in jobs of some minutes; `cluster=local` tries it without Slurm.

Partition, account and time limit are Slurm's own variables (SBATCH_PARTITION and so on). The
folder of results must be on a disk that the nodes share.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.clusters.waiting import HeldBack, NoAnswer, queue
from experiments.engines import ONE_THREAD
from experiments.errors import BadInput, Unfinished, one_line
from experiments.speech import worded

JOBS = 10  # at once, unless workers= says otherwise
TOGETHER = 20  # chunks a job: a job lasts about a minute
MINUTES = 30  # time limit of a job; partitions for short jobs refuse to start longer ones
LOOK = 0.5  # seconds between two looks for results
ASK = 10.0  # seconds between two questions to Slurm
GRACE = 15.0  # seconds that a shared disk may take to show the result of a job that has ended
REFUSALS = 3  # in a row, before jobs that Slurm does not take end the study
PAUSE = 5.0  # seconds after each

Call = tuple[Callable[..., Any], tuple[Any, ...]]


class JobLost(Exception):  # noqa: N818, names what happened to the job
    """A job has ended without a result: cancelled, out of time or memory, or its node is gone."""


@dataclass
class Sent:
    """A job under way, what it carries, and since when Slurm lists it no longer."""

    job: Any
    calls: Sequence[Call]
    futures: Sequence[Future[Any]]
    gone: float | None = None


class Slurm:
    """Gathers tasks into jobs and looks for their results; a lost job's tasks are tried again."""

    all_lost_together = False
    warms = False

    def __init__(self, workers: int = 0, cluster: str = "", folder: Path = Path("jobs")) -> None:
        """Raises BadInput where sbatch is missing or no controller answers."""
        import submitit
        from submitit.core.utils import FailedJobError, UncompletedJobError

        self.lost = (JobLost, UncompletedJobError, FailedJobError)
        self.workers = workers or JOBS
        self.flying = self.workers * TOGETHER
        self._folder, self._here = folder, cluster == "local"
        logging.getLogger("submitit").setLevel(logging.ERROR)
        try:
            self._executor = submitit.AutoExecutor(folder=folder, cluster=cluster or "slurm")
            if not self._here:
                queue()
        except (RuntimeError, ValueError, NoAnswer) as error:
            raise BadInput(worded("engines.slurm", error=one_line(error))) from error
        self._executor.update_parameters(
            timeout_min=MINUTES,
            cpus_per_task=1,
            name=f"wotu-{folder.parent.name}",
            slurm_setup=[f"export {name}=1" for name in ONE_THREAD],
        )
        self._waiting: list[tuple[Call, Future[Any]]] = []
        self._sent: list[Sent] = []
        self._held, self._asked, self._refused = HeldBack(), time.monotonic(), 0
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
        while not self._stop.wait(LOOK):
            self._send()
            self._gather(self._listed())

    def _send(self) -> None:
        while not self._stop.is_set():
            with self._lock:
                room = len(self._sent) < self.workers
                share = max(1, min(TOGETHER, -(-len(self._waiting) // self.workers)))
                batch, self._waiting = (
                    (self._waiting[:share], self._waiting[share:]) if room else ([], self._waiting)
                )
            if not batch:
                return
            calls, futures = [call for call, _ in batch], [future for _, future in batch]
            try:
                job = self._executor.submit(carry_together, calls)
            except Exception as error:
                self._refuse(batch, error)
                continue
            self._refused = 0
            self._sent.append(Sent(job, calls, futures))

    def _refuse(self, batch: Sequence[tuple[Call, Future[Any]]], error: Exception) -> None:
        """Try again after a pause, a controller may be busy; give up where it says no thrice."""
        self._refused += 1
        if self._refused < REFUSALS:
            with self._lock:
                self._waiting = [*batch, *self._waiting]
            self._stop.wait(PAUSE)
            return
        for _, future in batch:
            future.set_exception(Unfinished(worded("engines.slurm_refuses", reason=_reason(error))))

    def _listed(self) -> Mapping[str, str] | None:
        """Our jobs in Slurm's queue; None where it was not asked or did not answer."""
        if self._here or not self._sent or time.monotonic() - self._asked < ASK:
            return None
        self._asked = time.monotonic()
        try:
            listed = queue()
        except NoAnswer:
            return None
        self._held.look({job: why for job, why in listed.items() if job in self._ids()})
        return listed

    def _ids(self) -> set[str]:
        return {sent.job.job_id for sent in self._sent}

    def _gather(self, listed: Mapping[str, str] | None) -> None:
        running = []
        for sent in self._sent:
            try:
                if not self._ended(sent, listed):
                    running.append(sent)
                    continue
                results = sent.job.result()
            except Exception as error:
                for future in sent.futures:
                    future.set_exception(error)
                continue
            for future, result in zip(sent.futures, results, strict=True):
                future.set_result(result)
            self._clear(sent.job.job_id)
        self._sent = running

    def _ended(self, sent: Sent, listed: Mapping[str, str] | None) -> bool:
        """Is the result there? Raises JobLost where Slurm knows the job no longer and it is not."""
        if self._here:
            return bool(sent.job.done())
        if _arrived(sent.job.paths):
            return True
        if listed is not None:
            if sent.job.job_id in listed:
                sent.gone = None
            elif sent.gone is None:
                sent.gone = time.monotonic()
        if sent.gone is not None and time.monotonic() - sent.gone > GRACE:
            raise JobLost(
                f"Slurm's job {sent.job.job_id} ended without a result; its log is "
                f"{sent.job.paths.stderr}"
            )
        return False

    def _clear(self, job: str) -> None:
        """Remove the files of a job whose results are read; those of lost jobs stay."""
        for path in (*self._folder.glob(f"{job}_*"), *self._folder.glob(".submission_file_*")):
            if path.name.startswith(job) or not path.exists():
                path.unlink(missing_ok=True)

    def renew(self) -> None:
        """Slurm gives the next job another place itself."""

    def close(self, *, now: bool = False) -> None:
        """Stop looking; cancel the jobs that run where `now`."""
        self._stop.set()
        self._looker.join(30)
        for sent in self._sent if now else ():
            sent.job.cancel(check=False)
            self._clear(sent.job.job_id)
        with suppress(OSError):
            self._folder.rmdir()  # only if no lost job has left its log there


def _arrived(paths: Any) -> bool:
    """Is a job's result there? A shared disk shows new files once its folder is touched."""
    with suppress(OSError):
        paths.folder.chmod(paths.folder.stat().st_mode)
    return bool(paths.result_pickle.exists())


def _reason(error: Exception) -> str:
    """What sbatch said, out of submitit's report on it."""
    said = [line for line in str(error).splitlines() if "error:" in line]
    return said[-1].partition("error:")[2].strip() if said else one_line(error)


def carry_together(calls: Sequence[Call]) -> list[Any]:
    """What a job does: one call after the other."""
    return [task(*arguments) for task, arguments in calls]
