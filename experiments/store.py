"""The store: one folder a study, Parquet parts by table and chunk, a manifest, resumable.

A part is written under a temporary name in its folder, flushed, and renamed; the `runs` part of a
chunk comes last and is its commit marker. Chunk ids are fixed by the plan in the manifest.
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.errors import BadInput
from experiments.speech import worded

if TYPE_CHECKING:
    import pandas as pd

    from experiments.runs import Outcome

SCHEMA = 2  # docs/results.md says what each number changed
TABLES = ("series", "groups", "flows", "sizes", "terms", "firms", "links", "events", "runs")
MANIFEST = "manifest.json"
STATE = "state.json"
DAY = 86_400.0
FINISHED = "run_id IN (SELECT run_id FROM runs WHERE status = 'ok')"


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
                worded("files.no_manifest", folder=self.folder, manifest=MANIFEST)
            ) from error
        except ValueError as error:
            raise BadInput(worded("files.damaged", path=path, error=error)) from error
        if found.get("schema") != SCHEMA:
            raise BadInput(
                worded("files.schema", path=path, found=found.get("schema"), schema=SCHEMA)
            )
        _complete_designs(found["designs"])
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
        temporary = path.with_name(f".{path.name}.{platform.node()}.{os.getpid()}.tmp")
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _flush(path.parent)

    def sweep_up(self) -> None:
        """Remove temporary files that a killed run left behind, and none of another writer."""
        for leftover in self.folder.rglob(".*.tmp"):
            process = leftover.name.split(".")[-2]
            try:
                old = time.time() - leftover.stat().st_mtime > DAY
            except OSError:
                continue
            if old or (leftover.name.count(f".{platform.node()}.") and not _alive(process)):
                leftover.unlink(missing_ok=True)

    @property
    def state(self) -> dict[str, Any]:
        """How far the study is: status (running, interrupted, finished), seeds, failed, time."""
        try:
            found: dict[str, Any] = json.loads((self.folder / STATE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found

    def note(self, status: str, **facts: Any) -> None:
        """Write how far the study is."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        text = json.dumps({"status": status, **facts, "time": now})
        self._write(self.folder / STATE, text.encode())

    def complete(self, chunk: str) -> bool:
        """True if every run of a chunk is there and ok."""
        import pyarrow.parquet as pq

        path = self.part("runs", chunk)
        if not path.exists():
            return False
        return set(pq.read_table(path, columns=["status"])["status"].to_pylist()) == {"ok"}

    def connect(self, sql: str = "") -> Any:
        """DuckDB with one view a table that exists; data tables show finished runs only.

        Where the SQL names tables, there are views of those: each reads the heads of all its parts.
        """
        import duckdb

        connection = duckdb.connect()
        named = [table for table in TABLES if table in sql.lower()] or TABLES
        for table in ("runs", *(table for table in named if table != "runs")):
            if table not in self:
                continue
            source = f"SELECT * FROM {self._parts(table)}"
            if table != "runs":
                source += f" WHERE {FINISHED}"
            connection.execute(f"CREATE VIEW {table} AS {source}")
        return connection

    def _parts(self, table: str, options: str = "") -> str:
        pattern = str(self.folder / table / "part-*.parquet").replace("'", "''")
        return f"read_parquet('{pattern}', union_by_name=true{options})"

    def query(self, sql: str, **frames: pd.DataFrame) -> pd.DataFrame:
        """Answer SQL over the views and further frames; raises BadInput for bad SQL."""
        import duckdb

        from experiments.errors import one_line

        connection = self.connect(sql)
        try:
            for name, frame in frames.items():
                connection.register(name, frame)
            return connection.execute(sql).df()
        except duckdb.Error as error:
            raise BadInput(worded("files.sql", error=one_line(error))) from error
        finally:
            connection.close()

    def designs(self) -> pd.DataFrame:
        """One row a design: what it is paired with, whose runs it has, its values of each range."""
        import pandas as pd

        keys = ("design", "scenario", "world", "group", "reference", "data", "planned_outlay")
        ranges = self.manifest.get("ranges", {})
        rows = [
            {key: design.get(key, "") for key in keys}
            | {key: design.get("point", {}).get(key) for key in ranges}
            for design in self.manifest["designs"]
        ]
        return pd.DataFrame(rows, columns=[*keys, *ranges])

    def series(self, designs: Iterable[str] | None = None) -> pd.DataFrame:
        """District series of every finished run, or those of some designs, by run and quarter."""
        chosen = "" if designs is None else f"WHERE design IN {listed(designs)}"
        return self.query(f"SELECT * FROM series {chosen} ORDER BY run_id, quarter")

    def rows(self, table: str, designs: Iterable[str]) -> pd.DataFrame:
        """Rows of the finished runs of some designs, in the order in which they were written.

        DuckDB keeps no order by itself, and with it the last digits of sums would change.
        """
        parts = self._parts(table, ", filename=true, file_row_number=true")
        return self.query(
            f"SELECT * EXCLUDE (filename, file_row_number) FROM {parts} "
            f"WHERE design IN {listed(designs)} AND {FINISHED} ORDER BY filename, file_row_number"
        )

    def failures(self) -> pd.DataFrame:
        """Runs that failed, with the last line of their error."""
        frame = self.query("SELECT run_id, design, seed, error FROM runs WHERE status <> 'ok'")
        frame["error"] = [text.strip().splitlines()[-1] for text in frame["error"]]
        return frame.sort_values(["design", "seed"], ignore_index=True)

    def __contains__(self, table: str) -> bool:
        return any((self.folder / table).glob("*.parquet"))


def listed(words: Iterable[str]) -> str:
    """Words as a list in SQL."""
    return f"({', '.join("'{}'".format(word.replace("'", "''")) for word in words)})"


def _complete_designs(designs: list[dict[str, Any]]) -> None:
    """Give each point of a sweep its levers in full: those of the first with its own values."""
    heads: dict[str, dict[str, Any]] = {}
    for design in designs:
        head = heads.setdefault(design.get("config", design["design"]), design)
        if "levers" not in design and "values" in design:
            design["levers"] = with_values(head["levers"], design["values"], "levers.")


def with_values(block: Mapping[str, Any], values: Mapping[str, Any], front: str) -> dict[str, Any]:
    """Nested values with those whose dotted keys begin with `front` set."""
    found = dict(block)
    for key, value in values.items():
        if key.startswith(front):
            *path, leaf = key.removeprefix(front).split(".")
            place = found
            for name in path:
                place[name] = dict(place[name])
                place = place[name]
            place[leaf] = value
    return found


def _alive(process: str) -> bool:
    """True if a process of this machine has the number, or if that cannot be known."""
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (OSError, ValueError):
        return True
    return True


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
