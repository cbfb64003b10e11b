"""What a report is written from: a study's manifest, effects and series, read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, Concatenate

import pandas as pd
import yaml

from experiments.effects import effects_in, summaries
from experiments.errors import BadInput, unknown
from experiments.speech import worded
from experiments.store import Store
from experiments.text import LOADER

Described = Mapping[str, Any]


@dataclass(frozen=True)
class Results:
    """A finished or partly finished study; raises BadInput where there is nothing to report.

    `scenario` names the design the first page is about; the whole Opinion, else the fullest, if none.
    `known` are the folder's effects where they have just been computed, `opened` its store.
    """

    folder: Path
    scenario: str = ""
    known: pd.DataFrame | None = field(default=None, repr=False, compare=False)
    opened: Store | None = field(default=None, repr=False, compare=False)
    made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def store(self) -> Store:
        """The folder."""
        return Store(self.folder) if self.opened is None else self.opened

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What was run."""
        return self.store.manifest

    @cached_property
    def effects(self) -> pd.DataFrame:
        """Paired effects, one row a design and metric."""
        return effects_in(self.store) if self.known is None else self.known

    @cached_property
    def designs(self) -> dict[str, Described]:
        """Every design by id."""
        return {item["design"]: item for item in self.manifest["designs"]}

    @cached_property
    def compared(self) -> list[Described]:
        """The designs with at least one finished pair, in the study's order."""
        designs, known = self.designs, set(self.effects["design"])
        return [item for item in designs.values() if item["design"] in known]

    @cached_property
    def focus(self) -> Described:
        """The design the first page is about; raises BadInput for one that is not compared."""
        if self.scenario:
            named = {name: item for item in self.compared for name in _names(item)}
            if self.scenario not in named:
                raise unknown(
                    "scenario",
                    self.scenario,
                    named,
                    worded("look.compared", names=", ".join(named)),
                )
            return named[self.scenario]
        return self.usual

    @cached_property
    def usual(self) -> Described:
        """The design that a study is about where nobody asks for one by name."""
        found = [item for item in self.compared if item["design"] != item["reference"]]
        for item in found:
            if item["scenario"] == "opinion_2014":
                return item
        return max(found or self.compared, key=lambda item: len(item["levers"]))

    @property
    def reference(self) -> str:
        """The design that the focus is measured from."""
        return str(self.focus["reference"])

    @property
    def quarters(self) -> int:
        """Length of a run."""
        return int(self.manifest["quarters"])

    @cached_property
    def pairs(self) -> int:
        """Finished pairs of the focus."""
        return int(self.rows(self.focus["design"])["n"].max())

    @property
    def identity(self) -> str:
        """The name of the study: its designs and its code."""
        return f"{self.manifest['design_hash'][:8]}-{self.manifest['code_hash'][:8]}"

    @cached_property
    def runs(self) -> dict[str, int]:
        """Runs planned, failed and missing."""
        planned = sum(len(part) for part in self.manifest["chunks"].values())
        counts = self.store.query("SELECT status, count(*) AS n FROM runs GROUP BY status")
        by_status = dict(zip(counts["status"], counts["n"], strict=True))
        done, failed = int(by_status.get("ok", 0)), sum(map(int, by_status.values()))
        return {"total": planned, "failed": failed - done, "missing": planned - failed}

    def rows(self, design: str) -> pd.DataFrame:
        """The effects of one design."""
        return self.effects[self.effects["design"] == design]

    def row(self, design: str, metric: str, kind: str) -> dict[str, Any] | None:
        """One effect, or nothing where it was not measured."""
        found = self._by_metric.get((design, metric, kind))
        return None if found is None else dict(found)

    @cached_property
    def _by_metric(self) -> dict[tuple[str, str, str], dict[str, Any]]:
        """Every effect by design, metric and kind: a report asks for hundreds."""
        rows: Any = self.effects.to_dict("records")
        return {(row["design"], row["metric"], row["kind"]): row for row in reversed(rows)}

    def headline(self) -> list[tuple[str, str]]:
        """The headline metrics that were measured, as (metric, kind)."""
        rows = self.effects[self.effects["headline"].astype(bool)]
        return list(dict.fromkeys(zip(rows["metric"], rows["kind"], strict=True)))

    @cached_property
    def all_series(self) -> pd.DataFrame:
        """District series of the finished runs."""
        return self.store.series()

    @cached_property
    def summaries(self) -> pd.DataFrame:
        """One number a run and metric; see `experiments.effects.summaries`."""
        return summaries(self.all_series)

    def series(self, designs: Sequence[str]) -> pd.DataFrame:
        """Series of some designs under their own ids, also where they share another's runs."""
        parts = []
        for name in dict.fromkeys(designs):
            data = self.designs[name]["data"]
            parts.append(self.all_series[self.all_series["design"] == data].assign(design=name))
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def focus_series(self) -> pd.DataFrame:
        """Series of the reference and of the focus."""
        return self.series([self.reference, str(self.focus["design"])])

    def table(self, name: str, designs: Sequence[str]) -> pd.DataFrame:
        """Rows of another table for some designs, under their own ids; raises BadInput without it."""
        if name not in self.store:
            raise BadInput(worded("outputs.no_table", folder=self.folder, name=name))
        data = {design: str(self.designs[design]["data"]) for design in designs}
        key = (name, *sorted(set(data.values())))
        if key not in self.made:  # several charts are drawn from one table
            self.made[key] = self.store.rows(name, key[1:])
        found = self.made[key]
        parts = [found[found["design"] == data[one]].assign(design=one) for one in data]
        return pd.concat(parts, ignore_index=True)

    def world(self) -> dict[str, Any]:
        """The values of the world that the focus ran in."""
        text = self.store.config(self.focus)
        loaded: dict[str, Any] = yaml.load(text, Loader=LOADER)["world"]
        return loaded


def once[T, **P](
    make: Callable[Concatenate[Results, P], T],
) -> Callable[Concatenate[Results, P], T]:
    """Let a function of results answer once: charts, tables and languages share the frame."""

    @wraps(make)
    def answer(results: Results, *given: P.args, **named: P.kwargs) -> T:
        key = (make, *given, *named.items())
        if key not in results.made:
            results.made[key] = make(results, *given, **named)
        found: T = results.made[key]
        return found

    return answer


def _names(design: Described) -> list[str]:
    """What a reader may call a design: its id or its scenario."""
    return list(dict.fromkeys((str(design["design"]), str(design["scenario"]))))
