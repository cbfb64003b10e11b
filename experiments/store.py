"""The store: one folder a study, Parquet parts by table and chunk, a manifest, resumable.

A part is written under a temporary name in its folder, flushed, and renamed; the `runs` part of a
chunk comes last and is its commit marker. Chunk ids are fixed by the plan in the manifest.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

    from experiments.runs import Outcome

SCHEMA = 1
TABLES = ("series", "groups", "flows", "sizes", "terms", "firms", "links", "events", "runs")
MANIFEST = "manifest.json"


class Store:
    """A study's folder; reading needs a manifest, writing makes one."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What was run; raises BadInput where there is no readable manifest."""
        path = self.folder / MANIFEST
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise BadInput(
                f"no results in {self.folder}: no {MANIFEST} (`wotu results` lists studies)"
            ) from error
        except ValueError as error:
            raise BadInput(f"{path} is damaged: {error}") from error
        if found.get("schema") != SCHEMA:
            raise BadInput(f"{path} has schema {found.get('schema')}, and this Wotu reads {SCHEMA}")
        return found

    def create(self, manifest: Mapping[str, Any], configs: Mapping[str, str]) -> None:
        """Make the folder with its configurations; the manifest is written last."""
        (self.folder / "config").mkdir(parents=True, exist_ok=True)
        for name, text in configs.items():
            self._write(self.folder / "config" / name, text.encode())
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        self._write(self.folder / MANIFEST, text.encode())

    def commit(self, chunk: str, outcome: Outcome) -> None:
        """Write a chunk's tables, then the `runs` part that says they are complete."""
        from experiments.runs import encode_rows

        for table, content in outcome.tables.items():
            self._write(self.part(table, chunk), content)
        self._write(self.part("runs", chunk), encode_rows(outcome.rows))

    def part(self, table: str, chunk: str) -> Path:
        """The file of a table's chunk."""
        return self.folder / table / f"part-{chunk}.parquet"

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _flush(path.parent)

    def sweep_up(self) -> None:
        """Remove temporary files that a killed run left behind."""
        for leftover in self.folder.rglob(".*.tmp"):
            leftover.unlink(missing_ok=True)

    def complete(self, chunk: str) -> bool:
        """True if every run of a chunk is there and ok."""
        import pyarrow.parquet as pq

        path = self.part("runs", chunk)
        if not path.exists():
            return False
        return set(pq.read_table(path, columns=["status"])["status"].to_pylist()) == {"ok"}

    def connect(self) -> Any:
        """DuckDB with one view a table that exists; data tables show finished runs only."""
        import duckdb

        connection = duckdb.connect()
        for table in sorted(TABLES, key=lambda name: name != "runs"):
            if not any((self.folder / table).glob("*.parquet")):
                continue
            pattern = str(self.folder / table / "part-*.parquet").replace("'", "''")
            source = f"SELECT * FROM read_parquet('{pattern}', union_by_name=true)"
            if table != "runs":
                source += " WHERE run_id IN (SELECT run_id FROM runs WHERE status = 'ok')"
            connection.execute(f"CREATE VIEW {table} AS {source}")
        return connection

    def query(self, sql: str, **frames: pd.DataFrame) -> pd.DataFrame:
        """Answer SQL over the views and further frames; raises BadInput for bad SQL."""
        import duckdb

        from experiments.errors import one_line

        connection = self.connect()
        try:
            for name, frame in frames.items():
                connection.register(name, frame)
            return connection.execute(sql).df()
        except duckdb.Error as error:
            raise BadInput(f"the SQL cannot be answered: {one_line(error)}") from error
        finally:
            connection.close()

    def series(self) -> pd.DataFrame:
        """District series of every finished run, sorted by run and quarter."""
        return self.query("SELECT * FROM series ORDER BY run_id, quarter")

    def failures(self) -> pd.DataFrame:
        """Runs that failed, with the last line of their error."""
        frame = self.query("SELECT run_id, design, seed, error FROM runs WHERE status <> 'ok'")
        frame["error"] = [text.strip().splitlines()[-1] for text in frame["error"]]
        return frame.sort_values(["design", "seed"], ignore_index=True)

    def __contains__(self, table: str) -> bool:
        return any((self.folder / table).glob("*.parquet"))


def _flush(folder: Path) -> None:
    """Flush a folder's entries, where the system allows it."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def stores(results: Path) -> list[Store]:
    """Every study below a results folder, those inside a question's folder too, the newest last."""
    places = (f"*/{MANIFEST}", f"*/*/{MANIFEST}")
    found = [path for place in places for path in Path(results).glob(place) if path.is_file()]
    return [Store(path.parent) for path in sorted(found, key=lambda p: (p.stat().st_mtime_ns, p))]
