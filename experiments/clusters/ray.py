"""Ray: local workers, or a cluster that is already running (`cluster=HOST:6379`).

The project's code travels to a cluster's nodes as the working directory; the nodes need the
packages of requirements-extras.lock.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from agents.sources import ROOT
from experiments.engines import ONE_THREAD, usable_cores
from experiments.errors import BadInput, one_line
from experiments.speech import worded

LEFT_BEHIND = [".git", ".venv", ".tools", "results", "docs", "tests", "**/__pycache__", ".*_cache"]
TRIES = 2  # beyond the first, by Ray itself, where a worker or a node is lost


class Ray:
    """A Ray driver; each chunk is one task on one core."""

    all_lost_together = False
    warms = True

    def __init__(self, workers: int = 0, cluster: str = "") -> None:
        """Raises BadInput where no cluster answers at the address."""
        os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        import ray
        from ray import exceptions

        logging.getLogger("ray").setLevel(logging.ERROR)
        self._ray = ray
        self.lost = (
            exceptions.WorkerCrashedError, exceptions.NodeDiedError, exceptions.ObjectLostError,
            exceptions.OutOfMemoryError,
        )  # fmt: skip
        environment: dict[str, Any] = {"env_vars": dict.fromkeys(ONE_THREAD, "1")}
        if cluster:
            environment |= {"working_dir": str(ROOT), "excludes": LEFT_BEHIND}
        here: dict[str, Any] = {}
        if not cluster:
            here = {"num_cpus": workers or usable_cores(), "include_dashboard": False}
        try:
            ray.init(
                address=cluster or "local", runtime_env=environment, log_to_driver=False,
                logging_level=logging.ERROR, configure_logging=False, **here,
            )  # fmt: skip
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise BadInput(worded("engines.ray", cluster=cluster, error=one_line(error))) from error
        found = int(ray.cluster_resources().get("CPU", 1))
        self.workers = min(workers, found) if workers else found
        self.flying = 2 * self.workers
        self._call = ray.remote(num_cpus=1, max_retries=TRIES)(_call)

    def submit(self, task: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Queue a task; Ray itself tries it again where a worker or a node is lost."""
        future: Future[Any] = self._call.remote(task, *arguments).future()
        return future

    def renew(self) -> None:
        """Ray replaces a lost worker itself."""

    def close(self, *, now: bool = False) -> None:
        """Leave the cluster; what is queued is dropped."""
        self._ray.shutdown()


def _call(task: Callable[..., Any], *arguments: Any) -> Any:
    return task(*arguments)
