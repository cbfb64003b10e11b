"""The parts of a study: a Parquet file for each table and chunk of runs, and whether they are whole.

The `runs` part of a chunk is written last; its footer names the other parts and their sizes. Whether a
part is whole is told from its size and its last bytes, so that no table is read to know it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from experiments.runs import encode_rows, read_table
from experiments.speech import worded

DATA = ("series", "groups", "flows", "sizes", "terms", "firms", "links", "events")
TABLES = (*DATA, "runs")
FACTS = b"wotu"  # the key in the footer of a `runs` part
MAGIC = b"PAR1"  # how a Parquet file ends, after the length of its footer
LEAST_BYTES = 12

Stamp = tuple[int, ...]


@dataclass(frozen=True)
class Marker:
    """What a chunk's `runs` part says: whether every run is ok, and the parts that belong to it."""

    ok: bool
    sizes: Mapping[str, int | None]  # None where a size was not kept


@dataclass
class Parts:
    """The parts below a study's folder."""

    folder: Path
    _seen: tuple[Stamp, dict[str, Path]] = field(default=((), {}), init=False, repr=False)

    def path(self, table: str, chunk: str) -> Path:
        """The file of a table's chunk."""
        return self.folder / table / f"part-{chunk}.parquet"

    def complete(self, chunk: str) -> bool:
        """True if every run of a chunk is ok and all its parts are whole."""
        found = marker(self.path("runs", chunk))
        return found is not None and found.ok and self._flaw(chunk, found) is None

    def flaw(self, chunk: str) -> Path | None:
        """The first part of a chunk that is missing or damaged, or nothing where it is whole."""
        return self._flaw(chunk, marker(self.path("runs", chunk)))

    def _flaw(self, chunk: str, found: Marker | None) -> Path | None:
        if found is None:
            return self.path("runs", chunk)
        for table in DATA:
            path = self.path(table, chunk)
            expected = table in found.sizes
            if (expected or path.exists()) and not whole(path, found.sizes.get(table)):
                return path
        return None

    def rows(self, chunk: str) -> list[dict[str, Any]]:
        """The rows of a chunk's `runs` part; none where the chunk is not whole."""
        if self.flaw(chunk) is not None or (table := read(self.path("runs", chunk))) is None:
            return []
        rows: list[dict[str, Any]] = table.to_pylist()
        return rows

    def run_ids(self) -> dict[str, set[str]]:
        """The runs of each chunk that is whole."""
        found = {_chunk(path): read(path) for path in self.readable("runs")}
        return {chunk: set(rows["run_id"].to_pylist()) for chunk, rows in found.items() if rows}

    def readable(self, table: str) -> list[Path]:
        """A table's parts that belong to whole chunks, in the order of chunks."""
        bad = self.flawed()
        return [path for path in self._stored(table) if _chunk(path) not in bad]

    def flawed(self) -> dict[str, Path]:
        """Chunks that are not whole, each with its first part that is missing or damaged.

        Looked at again only where parts have come or gone.
        """
        stamp = tuple(_changed(self.folder / table) for table in TABLES)
        if self._seen[0] != stamp:
            chunks = {_chunk(path) for table in TABLES for path in self._stored(table)}
            flaws = {chunk: self.flaw(chunk) for chunk in sorted(chunks)}
            self._seen = stamp, {chunk: path for chunk, path in flaws.items() if path is not None}
        return self._seen[1]

    def lost(self, chunks: Iterable[str]) -> Iterator[Path]:
        """The flaws of those chunks that were once finished: never of those still to be run."""
        for chunk in chunks:
            runs = self.path("runs", chunk)
            if runs.exists() and (path := self.flaw(chunk)) is not None:
                yield path

    def unreadable(self, table: str) -> Path | None:
        """The first part that looks whole and is damaged inside: all of them are read."""
        return next((path for path in self.readable(table) if read(path) is None), None)

    def _stored(self, table: str) -> list[Path]:
        return sorted((self.folder / table).glob("part-*.parquet"))


def encode_marker(rows: Sequence[Mapping[str, Any]], tables: Mapping[str, bytes]) -> bytes:
    """The `runs` part of a chunk whose other parts have these bytes."""
    facts = {
        "ok": all(row["status"] == "ok" for row in rows),
        "sizes": {name: len(content) for name, content in tables.items()},
    }
    return encode_rows(rows, {FACTS: json.dumps(facts).encode()})


def marker(path: Path) -> Marker | None:
    """What a `runs` part says; None where it is missing or damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not whole(path):
        return None
    try:
        file = pq.ParquetFile(path)
        if facts := (file.metadata.metadata or {}).get(FACTS):
            return Marker(**json.loads(facts))
        # Studies from before sizes were kept: a run that is ok has a series at least.
        statuses = set(file.read(columns=["status"])["status"].to_pylist())
    except (OSError, pa.ArrowException):
        return None
    return Marker(statuses == {"ok"}, {"series": None} if "ok" in statuses else {})


def whole(path: Path, size: int | None = None) -> bool:
    """True if a file ends as Parquet does, and has the size if one is given."""
    try:
        with path.open("rb") as file:
            length = os.fstat(file.fileno()).st_size
            if length < LEAST_BYTES or length != (size or length):
                return False
            file.seek(-8, os.SEEK_END)
            end = file.read(8)
    except OSError:
        return False
    return end[4:] == MAGIC and int.from_bytes(end[:4], "little") + LEAST_BYTES <= length


def told_lost(paths: Sequence[Path]) -> str:
    """Parts that are missing or damaged, in words: the first, and how many there are."""
    if len(paths) == 1:
        return worded("files.lost", path=paths[0])
    return worded("files.several_lost", path=paths[0], count=len(paths))


def read(path: Path) -> Any:
    """A part as an Arrow table; None where it is damaged."""
    import pyarrow as pa

    try:
        return read_table(path.read_bytes())
    except (OSError, pa.ArrowException):
        return None


def _chunk(path: Path) -> str:
    return path.stem.removeprefix("part-")


def _changed(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0
