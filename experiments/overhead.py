"""What a study costs beyond its simulation: recording and storing a run, and workers that wait.

Recording is timed in one process, in seconds of its core's time, against the simulation inside the
same runs, so that a busy machine moves both. Waiting is timed by the clock, on all cores.
"""

from __future__ import annotations

import pickle
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from experiments.engines import Processes
from experiments.identity import code_hash
from experiments.manifest import usual_chunk
from experiments.runs import Outcome, Task, simulate, warm
from experiments.store import Store

CHUNKS = 4  # for each worker


def overhead(task: Task, runs: int) -> dict[str, Any]:
    """Share of the simulation's time that is added to a run: `runs` of them, chunk by chunk."""
    several = min(usual_chunk(task), runs)
    parts = [_seeds(task, start, several) for start in range(0, runs, several)]
    with tempfile.TemporaryDirectory() as folder, simulated() as spent:
        store = Store(Path(folder))
        # What a worker imports and sets up once is no run's.
        store.commit("first", simulate(_seeds(task, runs, 1)))
        spent.clear()
        start = time.process_time()
        for name, part in enumerate(parts):
            # Pickled there and back, as a pool sends it.
            carried = pickle.loads(pickle.dumps(part))
            store.commit(f"{name:04d}", pickle.loads(pickle.dumps(simulate(carried))))
        whole = time.process_time() - start
    added = whole - sum(spent)
    return {
        "share": added / sum(spent),
        "ms_per_run": 1e3 * added / len(spent),
        "runs": len(spent),
        "runs_per_chunk": several,
    }


@contextmanager
def simulated() -> Iterator[list[float]]:
    """Within the context, seconds of each run's simulation are gathered in the list: standing the
    district up at its opening, and its quarters.
    """
    from sim.model import Ecosystem

    spent: list[float] = []
    stand_up, run = Ecosystem.__init__, Ecosystem.run

    def timed(act: Callable[..., Any], *, first: bool) -> Callable[..., Any]:
        def acts(*arguments: Any, **options: Any) -> Any:
            start = time.process_time()
            try:
                return act(*arguments, **options)
            finally:
                passed = time.process_time() - start
                spent.append(passed) if first else spent.__setitem__(-1, spent[-1] + passed)

        return acts

    type.__setattr__(Ecosystem, "__init__", timed(stand_up, first=True))
    type.__setattr__(Ecosystem, "run", timed(run, first=False))
    try:
        yield spent
    finally:
        type.__setattr__(Ecosystem, "__init__", stand_up)
        type.__setattr__(Ecosystem, "run", run)


def busy(task: Task, workers: int = 0) -> dict[str, Any]:
    """Share of the workers' time spent in runs, each worker from its first chunk to its last."""
    pool, several = Processes(workers), usual_chunk(task)
    parts = [_seeds(task, several * place, several) for place in range(CHUNKS * pool.workers)]
    spans: dict[int, list[float]] = {}
    spent = 0.0
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        try:
            for ready in [pool.submit(warm, task.world) for _ in range(pool.workers)]:
                ready.result()
            waiting = [pool.submit(clocked, part, code_hash()) for part in parts]
            for place, future in enumerate(as_completed(waiting)):
                start, end, outcome = future.result()
                store.commit(f"{place:04d}", outcome)
                spans.setdefault(outcome.rows[0]["process"], []).extend((start, end))
                spent += sum(row["seconds"] for row in outcome.rows)
        finally:
            pool.close()
    return {
        "workers": pool.workers,
        "busy": spent / sum(max(times) - min(times) for times in spans.values()),
    }


def clocked(tasks: Sequence[Task], code: str) -> tuple[float, float, Outcome]:
    """A chunk's outcome, and when it began and ended by the machine's clock."""
    start = time.monotonic()
    outcome = simulate(tasks, code)
    return start, time.monotonic(), outcome


def _seeds(task: Task, first: int, several: int) -> Sequence[Task]:
    """The same run from other seeds."""
    return [
        replace(task, seed=seed, run_id=f"{seed:016x}") for seed in range(first, first + several)
    ]
