"""A snapshot: all the state there is, so that a warm start equals a cold one."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class Snapshot:
    """Columns of every table and the district's conditions at the start of a quarter."""

    tables: dict[str, dict[str, np.ndarray]]
    conditions: dict[str, float]
    quarter: int
    lines: dict[str, list[float]] = field(default_factory=dict)

    @classmethod
    def take(cls, eco: Ecosystem) -> Snapshot:
        """Copy the state of a district."""
        return cls(
            {name: table.dump() for name, table in eco.tables.items()},
            eco.conditions.dump(),
            eco.quarter,
            eco.treasury.dump(),
        )

    def restore(self, eco: Ecosystem) -> None:
        """Write this state into a newly made district."""
        for name, table in eco.tables.items():
            table.load(self.tables[name])
        for name, value in self.conditions.items():
            setattr(eco.conditions, name, value)
        eco.quarter = self.quarter
        eco.treasury.load(self.lines)
        eco.ledger.open()

    def save(self, path: Path) -> None:
        """Write to `path`, whole or not at all."""
        arrays = {
            f"{table}/{name}": values
            for table, columns in self.tables.items()
            for name, values in columns.items()
        }
        arrays["#names"] = np.array(list(self.conditions))
        arrays["#values"] = np.array(list(self.conditions.values()))
        arrays |= {f"#line/{name}": np.array(held) for name, held in self.lines.items()}
        arrays["#quarter"] = np.array(self.quarter)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        temporary.replace(path)

    @classmethod
    def read(cls, path: Path) -> Snapshot:
        """Read what `save` wrote."""
        tables: dict[str, dict[str, np.ndarray]] = {}
        with path.open("rb") as handle, np.load(handle) as file:
            for key in file.files:
                if not key.startswith("#"):
                    table, name = key.split("/")
                    tables.setdefault(table, {})[name] = file[key]
            lines = {
                key.removeprefix("#line/"): file[key].tolist()
                for key in file.files
                if key.startswith("#line/")
            }
            conditions = dict(zip(file["#names"].tolist(), file["#values"].tolist(), strict=True))
            return cls(tables, conditions, int(file["#quarter"]), lines)
