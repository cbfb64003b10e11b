"""The store: one folder a study, Parquet parts by table and chunk, a manifest, resumable.

A part is written under a temporary name in its folder, flushed, and renamed; the `runs` part of a
chunk comes last and is its commit marker. Chunk ids are fixed by the plan in the manifest. A chunk
with a part that is missing or damaged is not read, and counts as one still to be run.
"""

from __future__ import annotations

import json
import os
import platform
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.errors import BadInput, one_line
from experiments.parts import DATA, TABLES, Parts, encode_marker
from experiments.speech import worded

if TYPE_CHECKING:
    import pandas as pd

    from experiments.runs import Outcome

SCHEMA = 2  # docs/results.md says what each number changed
MANIFEST = "manifest.json"
STATE = "state.json"
DAY = 86_400.0
FINISHED = "run_id IN (SELECT run_id FROM runs WHERE status = 'ok')"


class Store:
    """A study's folder; reading needs a manifest, writing makes one."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.parts = Parts(self.folder)
        self._held: list[pd.DataFrame] | None = None

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
            raise _damaged(path, error) from error
        if not isinstance(found, dict):
            raise _damaged(path, worded("files.no_study"))
        if found.get("schema") != SCHEMA:
            raise BadInput(
                worded("files.schema", path=path, found=found.get("schema"), schema=SCHEMA)
            )
        if not (isinstance(found.get("designs"), list) and isinstance(found.get("chunks"), dict)):
            raise _damaged(path, worded("files.no_designs"))
        _complete_designs(found["designs"])
        return found

    def create(self, manifest: Mapping[str, Any], configs: Mapping[str, str]) -> None:
        """Make the folder with its configurations; the manifest is written last."""
        self.configure(configs)
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        self._write(self.folder / MANIFEST, text.encode())

    def configure(self, configs: Mapping[str, str]) -> None:
        """Write composed configurations, by file name."""
        (self.folder / "config").mkdir(parents=True, exist_ok=True)
        for name, text in configs.items():
            self._write(self.folder / "config" / name, text.encode())

    def config(self, design: Mapping[str, Any]) -> str:
        """The composed configuration of a design as text; raises BadInput where it is lost."""
        path = self.folder / design["config"]
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise BadInput(self.again(worded("files.lost", path=path))) from error

    def again(self, problem: str) -> str:
        """What is wrong with the study, and the command that puts it right."""
        command = self.manifest.get("command", "wotu …")
        return worded("files.continue", problem=problem, command=command)

    def commit(self, chunk: str, outcome: Outcome) -> None:
        """Write a chunk's tables, then the `runs` part that says they are complete."""
        for table, content in outcome.tables.items():
            self._write(self.part(table, chunk), content)
        for table in set(DATA) - outcome.tables.keys():
            self.part(table, chunk).unlink(missing_ok=True)
        self._write(self.part("runs", chunk), encode_marker(outcome.rows, outcome.tables))

    def part(self, table: str, chunk: str) -> Path:
        """The file of a table's chunk."""
        return self.parts.path(table, chunk)

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
            found = json.loads((self.folder / STATE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def note(self, status: str, **facts: Any) -> None:
        """Write how far the study is."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        text = json.dumps({"status": status, **facts, "time": now})
        self._write(self.folder / STATE, text.encode())

    def complete(self, chunk: str) -> bool:
        """True if every run of a chunk is ok and all its parts are whole."""
        return self.parts.complete(chunk)

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
        paths = listed(map(str, self.parts.readable(table)), "[]")
        return f"read_parquet({paths}, union_by_name=true{options})"

    def query(self, sql: str, **frames: pd.DataFrame) -> pd.DataFrame:
        """Answer SQL over the views and further frames; raises BadInput for bad SQL."""
        import duckdb

        connection = None
        try:
            connection = self.connect(sql)
            for name, frame in frames.items():
                connection.register(name, frame)
            return connection.execute(sql).df()
        except duckdb.Error as error:
            raise self._refused(sql, error) from error
        finally:
            if connection is not None:
                connection.close()

    def _refused(self, sql: str, error: Exception) -> BadInput:
        """Why SQL was not answered: nothing is stored yet, a part is damaged, or it is bad SQL."""
        for table in (table for table in TABLES if re.search(rf"\b{table}\b", sql.lower())):
            if table not in self:
                problem = worded("files.not_stored", folder=self.folder, table=table)
                return BadInput(self.again(problem))
            if (path := self.parts.unreadable(table)) is not None:
                return BadInput(self.again(worded("files.damaged_part", path=path)))
        return BadInput(worded("files.sql", error=one_line(error)))

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
        if self._held is not None:
            self._held = self._held or [self._series("")]
            whole = self._held[0]
            return whole if designs is None else whole[whole["design"].isin(list(designs))]
        return self._series("" if designs is None else f"WHERE design IN {listed(designs)}")

    def _series(self, chosen: str) -> pd.DataFrame:
        return self.query(f"SELECT * FROM series {chosen} ORDER BY run_id, quarter")

    @contextmanager
    def read_once(self) -> Iterator[None]:
        """Within it the series are read once, for several that ask for them one after another.

        They are held until it ends, as they were when they were first asked for.
        """
        if self._held is not None:
            yield
            return
        self._held = []
        try:
            yield
        finally:
            self._held = None

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
        return bool(self.parts.readable(table))


def listed(words: Iterable[str], brackets: str = "()") -> str:
    """Words as a list in SQL."""
    quoted = ", ".join("'{}'".format(word.replace("'", "''")) for word in words)
    return f"{brackets[0]}{quoted}{brackets[1]}"


def _damaged(path: Path, why: object) -> BadInput:
    return BadInput(worded("files.damaged", path=path, why=why))


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
