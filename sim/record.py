"""The record: tidy rows of a run; figures and reports are made from these, never from the model."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

from agents.codes import ORIGINS
from agents.columns import rows_where, total_of
from agents.schema import Floats, Ints
from sim import measures

if TYPE_CHECKING:
    from sim.model import Ecosystem
    from sim.terms import Terms

SIZE_EDGES = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 5e3, 1e4, 5e4, 2e5)
SIZE_GROUPS = ("micro", "small", "medium", "large", "anchor")
AGE_GROUPS = ("under_1", "1_to_3", "3_to_5", "5_to_10", "10_and_over")
NUMBERS = (int, float, np.generic, np.ndarray)  # an array of no dimension is one too
MICRO = (
    "sector", "zone", "origin", "stage", "staff", "st_staff", "revenue", "cash", "debt", "quality",
    "capability", "rnd", "patents", "fund_share", "aware",
)  # fmt: skip


@njit(cache=True, error_model="numpy")
def _group_sums(
    codes: Ints, staff: Floats, revenue: Floats, rnd: Floats, profit: Floats, count: int
) -> Floats:
    """Number of rows and sums of the four values by group: shape (count, 5)."""
    out = np.zeros((count, 5))
    for i in range(codes.size):
        group = out[codes[i]]
        group[0] += 1.0
        group[1] += staff[i]
        group[2] += revenue[i]
        group[3] += rnd[i]
        group[4] += profit[i]
    return out


@njit(cache=True)
def _followed(uid: Ints, rows: Ints, sample: int) -> Ints:
    """Positions among `rows` of the firms that are followed."""
    out = np.empty(rows.size, np.int64)
    count = 0
    for i in range(rows.size):
        out[count] = i
        count += uid[rows[i]] % sample == 0
    return out[:count]


@njit(cache=True, error_model="numpy")
def _edges_reached(values: Floats, edges: tuple[float, ...]) -> Ints:
    """How many of the edges each value has reached."""
    out = np.empty(values.size, np.int64)
    for i in range(values.size):
        reached = 0
        for edge in edges:
            reached += values[i] >= edge
        out[i] = reached
    return out


class Record:
    """Collects a run. Quarters before the opening are not recorded."""

    def __init__(self, eco: Ecosystem, sample: int) -> None:
        """One firm in `sample` (by identity) is followed; 0 follows none."""
        self.eco = eco
        self.sample = sample
        self.counts: dict[str, float] = defaultdict(float)
        self._series: list[dict[str, float]] = []
        self._terms: list[tuple[int, str, str, str, float, int]] = []
        self._frames: dict[str, list[dict[str, np.ndarray]]] = defaultdict(list)
        self._events: list[tuple[int, Ints, str, Floats]] = []
        self._flows: list[tuple[int, dict[tuple[str, str, str, str], float]]] = []

    @property
    def live(self) -> bool:
        """Is this quarter recorded?"""
        return self.eco.quarter >= 0

    def turn(self) -> None:
        """Start a quarter's counts."""
        self.counts.clear()

    def count(self, **amounts: float) -> None:
        """Add to this quarter's counts."""
        for name, amount in amounts.items():
            self.counts[name] += amount

    def event(self, name: str, rows: Ints, value: Floats | None = None) -> None:
        """Note what happened to the followed firms among `rows`."""
        if not self.sample or rows.size == 0 or not self.live:
            return
        kept = _followed(self.eco.firms.uid, rows, self.sample)
        if kept.size:
            amount = np.zeros(kept.size) if value is None else value[kept]
            uid = self.eco.firms.uid[rows[kept]]
            self._events.append((self.eco.quarter, uid, name, amount))

    def terms(self, phase: str, terms: Terms) -> None:
        """Note what each lever moved: the why of a run."""
        if not self.live:
            return
        quarter, note = self.eco.quarter, self._terms.append
        for name, parts in terms.parts.items():
            for lever, value in parts:
                note((quarter, lever, phase, name, *_weighed(value)))

    def close_quarter(self) -> None:
        """Write the quarter's rows."""
        if not self.live:
            return
        eco = self.eco
        self._series.append(measures.series(eco, self.counts))
        self._flows.append((eco.quarter, eco.ledger.flows.copy()))
        if eco.quarter % 4 == 3:
            self._groups()
        if eco.quarter % 4 == 3 or eco.quarter == 0:
            self._sizes()
        self._micro()

    def _groups(self) -> None:
        eco, firms = self.eco, self.eco.firms
        ages = _edges_reached(eco.ages(), (1.0, 3.0, 5.0, 10.0))
        size = _edges_reached(firms.revenue_year, (5.0, 20.0, 100.0))
        size[firms.anchor] = 4
        values = (firms.jobs(), firms.revenue, firms.rnd, firms.profit_year)
        for dimension, codes, names in (
            ("size", size, SIZE_GROUPS), ("sector", firms.sector, eco.world.sectors.names),
            ("zone", firms.zone, eco.world.zones.names), ("origin", firms.origin, ORIGINS),
            ("age", ages, AGE_GROUPS),
        ):  # fmt: skip
            count = len(names)
            sums = _group_sums(codes, *values, count) / eco.world.scale
            frame = {
                "quarter": np.full(count, eco.quarter),
                "dimension": np.full(count, dimension, dtype=object),
                "group": np.array(names, dtype=object),
            }
            columns = ("firms", "staff", "revenue", "rnd", "profit")
            frame.update(zip(columns, sums.T, strict=True))
            self._frames["groups"].append(frame)

    def _sizes(self) -> None:
        firms = self.eco.firms
        code = _edges_reached(firms.revenue_year, SIZE_EDGES[1:])
        count = np.bincount(code, minlength=len(SIZE_EDGES)) / self.eco.world.scale
        self._frames["sizes"].append({
            "quarter": np.full(len(SIZE_EDGES), self.eco.quarter),
            "bin_low": np.array(SIZE_EDGES), "firms": count,
        })  # fmt: skip

    def _micro(self) -> None:
        eco, firms = self.eco, self.eco.firms
        if not self.sample:
            return
        # Every quarter for births and changes of the followed would be large; years suffice.
        if eco.quarter % 4 == 3:
            rows = _followed(firms.uid, np.arange(len(firms)), self.sample)
            rows = rows[np.argsort(firms.uid[rows], kind="stable")]
            frame = {"quarter": np.full(rows.size, eco.quarter), "uid": firms.uid[rows]}
            frame.update({name: getattr(firms, name)[rows] for name in MICRO})
            self._frames["firms"].append(frame)
            for kind, links, value in (
                ("loan", eco.loans, "principal"), ("stake", eco.stakes, "share"),
            ):  # fmt: skip
                kept = rows_where(firms.uid[links.firm] % self.sample == 0)
                other = (eco.banks if kind == "loan" else eco.funds).uid[links.other[kept]]
                self._frames["links"].append({
                    "quarter": np.full(kept.size, eco.quarter),
                    "kind": np.full(kept.size, kind, dtype=object),
                    "uid": firms.uid[links.firm[kept]], "other": other,
                    "value": getattr(links, value)[kept],
                })  # fmt: skip

    def tables(self) -> dict[str, dict[str, np.ndarray]]:
        """Every table as columns, by name: series, groups, flows, sizes, terms, firms, links, events."""
        out = {}
        if self._series:
            out["series"] = self._series_table()
        if self._terms:
            out["terms"] = self._term_table()
        if self._flows:
            out["flows"] = self._flow_table()
        for name, frames in self._frames.items():
            out[name] = {key: np.concatenate([f[key] for f in frames]) for key in frames[0]}
        if self._events:
            out["events"] = self._event_table()
        return out

    def _series_table(self) -> dict[str, np.ndarray]:
        names = list(self._series[0])
        block = np.array([list(row.values()) for row in self._series], float)
        out = dict(zip(names, np.ascontiguousarray(block.T), strict=True))
        out["quarter"] = out["quarter"].astype(np.int64)
        return out

    def _term_table(self) -> dict[str, np.ndarray]:
        quarters, levers, phases, terms, means, touched = zip(*self._terms, strict=True)
        return {
            "quarter": np.array(quarters), "lever": np.array(levers, dtype=object),
            "phase": np.array(phases, dtype=object), "term": np.array(terms, dtype=object),
            "mean": np.array(means), "touched": np.array(touched),
        }  # fmt: skip

    def _flow_table(self) -> dict[str, np.ndarray]:
        quarters, flows = zip(*self._flows, strict=True)
        payers, payees, reasons, lines = zip(*chain.from_iterable(flows), strict=True)
        amounts = chain.from_iterable(each.values() for each in flows)
        return {
            "quarter": np.repeat(quarters, [len(each) for each in flows]),
            "payer": np.array(payers, dtype=object), "payee": np.array(payees, dtype=object),
            "reason": np.array(reasons, dtype=object), "line": np.array(lines, dtype=object),
            "amount": np.fromiter(amounts, float, len(payers)) / self.eco.world.scale,
        }  # fmt: skip

    def _event_table(self) -> dict[str, np.ndarray]:
        quarters, uids, names, values = zip(*self._events, strict=True)
        sizes = [uid.size for uid in uids]
        return {
            "quarter": np.repeat(quarters, sizes), "uid": np.concatenate(uids),
            "event": np.repeat(np.array(names, dtype=object), sizes),
            "value": np.concatenate(values),
        }  # fmt: skip


def _weighed(value: Any) -> tuple[float, int]:
    """Mean of a contribution and how many of its rows are not zero."""
    if isinstance(value, np.ndarray) and value.ndim:
        if value.dtype == bool:
            touched = int(np.count_nonzero(value))
            return touched / max(value.size, 1), touched
        total, touched = _sum_and_touched(value)
        return total / max(value.size, 1), touched
    if isinstance(value, NUMBERS):
        return float(value), int(value != 0.0)
    for what in ("amount", "volume", "eligible"):
        measure = getattr(value, what, None)
        if measure is not None:
            return _weighed(measure)
    return 1.0, 1  # an offer: it is there


@njit(cache=True, error_model="numpy")
def _sum_and_touched(values: np.ndarray) -> tuple[float, int]:
    touched = 0
    for i in range(values.size):
        touched += values[i] != 0.0
    return total_of(values), touched
