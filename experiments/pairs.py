"""Pairs of runs as arrays: the summaries of a design beside its reference's, seed by seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.schema import Floats, Ints
from experiments.metrics import METRICS, Metric
from experiments.statistics import gaps

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str]  # a metric's name and kind


@dataclass(frozen=True)
class Pair:
    """Two designs on the seeds that both have: `here` and `there` have shape (seeds, metrics)."""

    seeds: Ints
    here: Floats
    there: Floats

    @property
    def gain(self) -> Floats:
        """Paired differences, shape (seeds, metrics)."""
        return gaps(self.here, self.there)


class Pairs:
    """Summaries of runs (a frame indexed by design and seed) that are asked for two by two."""

    def __init__(self, values: pd.DataFrame) -> None:
        keys: list[Any] = values.columns.tolist()
        self.columns: dict[Key, int] = {key: place for place, key in enumerate(keys)}
        self.metrics: list[Metric] = [
            metric for metric in METRICS if (metric.name, metric.kind) in self.columns
        ]
        values = values.sort_index()
        self._table = values.to_numpy(float)
        designs = values.index.get_level_values("design").to_numpy(str)
        self._seeds = values.index.get_level_values("seed").to_numpy(np.int64)
        names, starts, counts = np.unique(designs, return_index=True, return_counts=True)
        self._rows = {
            str(name): slice(start, start + count)
            for name, start, count in zip(names, starts, counts, strict=True)
        }

    def place(self, metric: Metric) -> int:
        """The column of a metric."""
        return self.columns[metric.name, metric.kind]

    def of(self, design: str, reference: str) -> Pair:
        """A design beside its reference; empty where one has no finished run."""
        nothing = slice(0, 0)
        mine, other = self._rows.get(design, nothing), self._rows.get(reference, nothing)
        seeds, here, there = np.intersect1d(
            self._seeds[mine], self._seeds[other], assume_unique=True, return_indices=True
        )
        return Pair(seeds, self._table[mine][here], self._table[other][there])
