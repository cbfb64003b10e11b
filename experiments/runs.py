"""What a worker does: simulate a chunk of runs and return its tables as Parquet bytes.

Plain values and whole numbers travel in, bytes travel out, so that any engine can carry them.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import pickle
import platform
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.metadata import version
from typing import Any

from experiments.errors import BadInput
from experiments.garbage import set_aside

MOST_ERROR = 2_000
WARM_QUARTERS = 5  # a year end included

# Tables of a run that are named by quarter alone get these columns in front.
KEYS = ("run_id", "design", "seed")


@dataclass(frozen=True)
class Task:
    """One run as it travels: the plain values of a world and of the levers that are on."""

    run_id: str
    design: str
    seed: int
    world: Mapping[str, Any]
    levers: Mapping[str, Any]
    extra_budget: float
    quarters: int
    sample: int
    own: str = ""  # the text of a user's lever file, compiled where the run is


@dataclass(frozen=True)
class Outcome:
    """A chunk's tables (name → Parquet bytes) and one row a run for the `runs` table."""

    tables: Mapping[str, bytes]
    rows: Sequence[Mapping[str, Any]]


def simulate(tasks: Sequence[Task], code: str = "") -> Outcome:
    """Run each task; a run that fails is a row with its error and stops no other.

    A worker whose code is not `code` runs nothing and says so: its numbers would not belong here.
    """
    from experiments.identity import code_hash

    if code and code != code_hash():
        return failed(
            tasks,
            f"{platform.node()} has other code or other numpy or numba ({code_hash()}, not {code})",
        )
    logging.getLogger("MESA").setLevel(logging.WARNING)
    gathered: dict[str, list[Any]] = {}
    rows = []
    with set_aside():  # or each collection would cost as much as a small run
        for task in sorted(tasks, key=lambda item: item.run_id):
            start, error = time.perf_counter(), ""
            try:
                tables = _run(task)
            except BadInput as failure:  # a user's own hook, with its line
                error = str(failure)
            except Exception as failure:  # a failing run must not stop the others
                error = "".join(traceback.format_exception(failure))[-MOST_ERROR:]
            else:
                for name, columns in tables.items():
                    gathered.setdefault(name, []).append(_table(task, columns))
            rows.append(_row(task, error, time.perf_counter() - start))
            gc.collect()  # a model is a reference cycle
    return Outcome({name: encode_tables(parts) for name, parts in gathered.items()}, rows)


def get_ready() -> None:
    """Import what a run needs, while another worker burns the world in."""
    import pyarrow.parquet  # noqa: F401

    import sim.model  # noqa: F401


def warm(world: Mapping[str, Any]) -> float:
    """Burn a world in and compile the kernels before the runs start; returns the seconds taken."""
    start = time.perf_counter()
    task = Task("warm", "warm", 0, world, {}, 0.0, WARM_QUARTERS, 64)
    _run(task)
    return time.perf_counter() - start


def failed(tasks: Sequence[Task], error: str) -> Outcome:
    """The outcome of a chunk whose worker died."""
    return Outcome({}, [_row(task, error, 0.0) for task in tasks])


def _run(task: Task) -> Mapping[str, Mapping[str, Any]]:
    from experiments.own import known_levers
    from experiments.schema import build
    from sim.burnin import opening
    from sim.model import Ecosystem

    world = _world(pickle.dumps(task.world))
    levers = [
        build(kind, task.levers[name], f"levers.{name}")
        for name, kind in known_levers(task.own).items()
        if name in task.levers
    ]
    # Money beyond the programme budget belongs to the scenario; the opening is the world's.
    purse = replace(world.purse, programme_budget=world.purse.programme_budget + task.extra_budget)
    ecosystem = Ecosystem(
        replace(world, purse=purse),
        levers,
        seed=task.seed,
        snapshot=opening(world),
        sample=task.sample,
    )
    return ecosystem.run(task.quarters).tables()


@lru_cache(maxsize=8)
def _world(pickled: bytes) -> Any:
    """The world of these values: runs that follow one another mostly share it."""
    from experiments.schema import build
    from sim.world import World

    return build(World, pickle.loads(pickled), "world")


def _table(task: Task, columns: Mapping[str, Any]) -> Any:
    import pyarrow as pa

    length = len(next(iter(columns.values())))
    arrays = {
        "run_id": pa.repeat(pa.scalar(task.run_id, pa.string()), length),
        "design": pa.repeat(pa.scalar(task.design, pa.string()), length),
        "seed": pa.repeat(pa.scalar(task.seed, pa.int32()), length),
    }
    for name, values in columns.items():
        arrays[name] = _array(values)
    return pa.table(arrays)


def _array(values: Any) -> Any:
    import numpy as np
    import pyarrow as pa

    column = np.asarray(values)
    if column.dtype.kind in "OUS":
        return pa.array(column.tolist(), pa.string())
    if column.dtype.kind in "iu":
        return pa.array(column.astype(np.int64))
    return pa.array(column)


def encode_tables(parts: Sequence[Any]) -> bytes:
    """Arrow tables one below the other as Parquet bytes.

    Words repeat and numbers hardly do: dictionaries of numbers cost a fifth of the writing and more
    bytes than they save. LZ4 takes two thirds of the time of Zstandard for a tenth more bytes, and
    parts are too small for statistics of their columns to spare a reader anything.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    table, buffer = pa.concat_tables(parts), io.BytesIO()
    words = [field.name for field in table.schema if pa.types.is_string(field.type)]
    pq.write_table(table, buffer, compression="lz4", use_dictionary=words, write_statistics=False)
    return buffer.getvalue()


def read_table(content: bytes) -> Any:
    """The Arrow table of Parquet bytes."""
    import pyarrow.parquet as pq

    return pq.read_table(io.BytesIO(content))


def encode_rows(
    rows: Sequence[Mapping[str, Any]], facts: Mapping[bytes, bytes] | None = None
) -> bytes:
    """Rows of the `runs` table as Parquet bytes, with facts for the file's footer."""
    import pyarrow as pa

    table = pa.Table.from_pylist([dict(row) for row in rows])
    return encode_tables([table.replace_schema_metadata(facts)])


@cache
def _versions() -> str:
    """What the numbers and their files were made with."""
    return " ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "pyarrow"))


def _row(task: Task, error: str, seconds: float) -> dict[str, Any]:
    from experiments.identity import code_hash

    return {
        "run_id": task.run_id,
        "design": task.design,
        "seed": task.seed,
        "status": "failed" if error else "ok",
        "error": error,
        "seconds": seconds,
        "host": platform.node(),
        "process": os.getpid(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "versions": _versions(),
        "code": code_hash(),
    }
