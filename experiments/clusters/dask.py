"""Dask: local worker processes, or a scheduler that is already running (`cluster=tcp://HOST:8786`)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from experiments.engines import usable_cores
from experiments.errors import BadInput, one_line
from experiments.speech import worded

PATIENCE = "10s"


class Dask:
    """A Dask client; every worker needs this project at the same revision (the runs check it)."""

    all_lost_together = False
    warms = True

    def __init__(self, workers: int = 0, cluster: str = "") -> None:
        """Raises BadInput where a scheduler does not answer or has no worker."""
        from distributed import Client, LocalCluster
        from distributed.scheduler import KilledWorker

        self.lost = (KilledWorker,)
        self._local = None
        if cluster:
            try:
                self._client = Client(cluster, timeout=PATIENCE, set_as_default=False)
            except (OSError, ValueError) as error:
                raise BadInput(
                    worded("engines.dask", cluster=cluster, error=one_line(error))
                ) from error
        else:
            self._local = LocalCluster(
                n_workers=workers or usable_cores(), threads_per_worker=1, dashboard_address=None
            )
            self._client = Client(self._local, set_as_default=False)
        found = sum(self._client.nthreads().values())
        if not found:
            self._client.close()
            raise BadInput(worded("engines.dask_workers", cluster=cluster))
        self.workers = min(workers, found) if workers else found
        self.flying = 2 * self.workers
        self._pool = self._client.get_executor(pure=False)

    def submit(self, task: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Queue a task; Dask itself moves it elsewhere when a worker dies, up to three times."""
        return self._pool.submit(task, *arguments)

    def renew(self) -> None:
        """Dask replaces a lost worker itself."""

    def close(self, *, now: bool = False) -> None:
        """Leave the scheduler, and end the local one."""
        self._pool.shutdown(wait=not now)
        self._client.close()
        if self._local is not None:
            self._local.close()
