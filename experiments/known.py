"""Runs that exist already, in this study or another of the same results folder: never run again.

A run's identity covers everything that decides its numbers, so the rows of one study serve another
under the name of its own design. What is joined from them has the bytes of what would be computed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from experiments.errors import BadInput, Unfinished
from experiments.identity import code_hash
from experiments.parts import DATA, read
from experiments.runs import Outcome, Task, encode_tables, read_table
from experiments.speech import worded
from experiments.store import Store, stores

Place = tuple[Store, str]


class Known:
    """Finished runs of a results folder among those that a study still needs."""

    def __init__(self, store: Store, needed: Sequence[Task]) -> None:
        self.places: dict[str, Place] = {}
        wanted = {task.run_id for task in needed}
        for other in [store, *(s for s in stores(store.folder.parent) if s.folder != store.folder)]:
            for chunk, runs in _chunks(other).items():
                for run in wanted.intersection(run for run, _, _ in runs) - self.places.keys():
                    if run in _finished(other, chunk):
                        self.places[run] = (other, chunk)

    def __contains__(self, task: Task) -> bool:
        return task.run_id in self.places

    def joined(self, tasks: Sequence[Task], computed: Outcome) -> Outcome:
        """A chunk's outcome from what is known and what was computed, in the order of run ids."""
        if not any(task in self for task in tasks):
            return computed
        fresh = {name: read_table(content) for name, content in computed.tables.items()}
        rows = {row["run_id"]: row for row in computed.rows}
        parts: dict[str, list[Any]] = {}
        for task in sorted(tasks, key=lambda item: item.run_id):
            tables = self._stored(task, rows) if task in self else fresh
            for name, table in tables.items():
                if (piece := _piece(table, task)) is not None:
                    parts.setdefault(name, []).append(piece)
        ordered = [rows[run] for run in sorted(rows)]
        return Outcome({name: encode_tables(pieces) for name, pieces in parts.items()}, ordered)

    def _stored(self, task: Task, rows: dict[str, Mapping[str, Any]]) -> dict[str, Any]:
        store, chunk = self.places[task.run_id]
        rows[task.run_id] = {**_finished(store, chunk)[task.run_id], "design": task.design}
        return {
            name: _read(store, name, chunk) for name in DATA if store.part(name, chunk).exists()
        }


def _chunks(store: Store) -> Mapping[str, Sequence[Sequence[Any]]]:
    """The chunks of a study, none where it cannot be read or was made by other code."""
    try:
        found = store.manifest
    except BadInput:
        return {}
    chunks: Mapping[str, Any] = found["chunks"] if found.get("code_hash") == code_hash() else {}
    return chunks


@lru_cache(maxsize=4096)
def _finished(store: Store, chunk: str) -> dict[str, dict[str, Any]]:
    """Rows of the `runs` part whose status is ok, by run id; none where a part is not whole."""
    return {row["run_id"]: row for row in store.parts.rows(chunk) if row["status"] == "ok"}


@lru_cache(maxsize=32)
def _read(store: Store, table: str, chunk: str) -> Any:
    path = store.part(table, chunk)
    if (found := read(path)) is None:
        raise Unfinished(worded("files.damaged_part", path=path))
    return found


def _piece(table: Any, task: Task) -> Any:
    """A run's rows under its design's name, in one piece as they were computed; None for none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = table.filter(pc.equal(table["run_id"], task.run_id)).combine_chunks()
    if not rows.num_rows:
        return table.slice(0, 0)
    names = pa.array([task.design] * rows.num_rows, pa.string())
    return rows.set_column(rows.schema.get_field_index("design"), "design", names)
