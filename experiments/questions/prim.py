"""Patient rule induction (PRIM): boxes of conditions under which something fails.

Own code: the EMA workbench's PRIM cannot tell a box that holds names under the pandas of our lock, and
brings 110 MB. After Friedman & Fisher (1999), with the quasi-p-values of Bryant & Lempert (2010).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from agents.schema import Flags

Columns = Mapping[str, np.ndarray]  # conditions: numbers, or names
Limit = tuple[float, float] | frozenset[str]

PEEL = 0.1  # share of a box's conditions that one step cuts off
LEAST_MASS = 0.05  # of all conditions that a box holds
SURE = 0.05  # a restriction that chance alone gives more often is dropped
FEWEST = 12  # conditions; with fewer there is nothing to induce


@dataclass(frozen=True)
class Box:
    """Conditions within `limits`: (low, high) of a number, or the set of names it may be.

    `density`: share of failures inside; `coverage`: share of all failures that are inside; `mass`:
    share of all conditions; `quasi_p` by column: chance of so many failures without that restriction.
    """

    limits: Mapping[str, Limit]
    density: float
    coverage: float
    mass: float
    quasi_p: Mapping[str, float] = field(default_factory=dict)


def find_boxes(columns: Columns, fails: Flags, most: int = 2) -> list[Box]:
    """Boxes in which failures are dense, the first the best; later ones find what is left.

    Of the boxes that peeling passes and chance does not explain, the one is told whose density and
    coverage are best together.

    `fails` has shape (conditions,). Empty where there are few conditions, no failure, or nothing but
    failures.
    """
    left = np.ones(len(fails), bool)
    found: list[Box] = []
    while len(found) < most:
        overall = fails[left].mean() if left.any() else 0.0
        if left.sum() < FEWEST or not 0.0 < overall < 1.0:
            break
        sure = [
            _without_chance(columns, fails, left, _pasted(columns, fails & left, left, limits))
            for limits in _peel(columns, fails, left)
        ]
        sure = [limits for limits in sure if limits]
        if not sure:
            break
        limits = max(sure, key=lambda box: _score(fails & left, left & within(columns, box)))
        found.append(_box(columns, fails, left, limits))
        left = left & ~within(columns, limits)
    return found


def within(columns: Columns, limits: Mapping[str, Limit]) -> Flags:
    """Which conditions a box holds, shape (conditions,)."""
    length = len(next(iter(columns.values())))
    inside = np.ones(length, bool)
    for name, limit in limits.items():
        column = columns[name]
        if isinstance(limit, frozenset):
            inside &= np.isin(column, sorted(limit))
        else:
            inside &= (column >= limit[0]) & (column <= limit[1])
    return inside


def _peel(columns: Columns, fails: Flags, left: Flags) -> Iterator[dict[str, Limit]]:
    """Boxes from everything downwards, each a cut denser than the one before."""
    limits: dict[str, Limit] = {}
    inside = left.copy()
    while True:
        steps = [
            (gain, name, limit)
            for name, limit in _cuts(columns, inside, limits)
            if (gain := _gain(fails, inside, within(columns, {name: limit}))) > 0.0
        ]
        if not steps:
            return
        _, name, limit = max(steps, key=lambda step: step[0])
        limits = {**limits, name: limit}
        inside = inside & within(columns, {name: limit})
        if inside.sum() < LEAST_MASS * len(fails):
            return
        yield limits


def _score(fails: Flags, inside: Flags) -> float:
    """Harmonic mean of density and coverage."""
    hits, all_fails = float((fails & inside).sum()), float(fails.sum())
    return 2.0 * hits / (inside.sum() + all_fails) if hits else 0.0


def _gain(fails: Flags, inside: Flags, kept: Flags) -> float:
    """How much denser a cut makes a box, for each condition that it costs."""
    after = inside & kept
    lost = int(inside.sum() - after.sum())
    if not lost or not after.any():
        return 0.0
    return float(fails[after].mean() - fails[inside].mean()) / lost


def _cuts(
    columns: Columns, inside: Flags, limits: Mapping[str, Limit]
) -> Iterator[tuple[str, Limit]]:
    """What one step may cut off: a slice at either end of a number, or one name."""
    for name, column in columns.items():
        values = column[inside]
        if column.dtype.kind in "OUS":
            present = frozenset(map(str, values))
            for one in sorted(present):
                if len(present) > 1:
                    yield name, present - {one}
            continue
        limit = limits.get(name, (-np.inf, np.inf))
        low, high = limit if isinstance(limit, tuple) else (-np.inf, np.inf)
        lower, upper = np.quantile(values, [PEEL, 1.0 - PEEL])
        above, below = values[values > lower], values[values < upper]
        if len(above):
            yield name, (float(above.min()), high)
        if len(below):
            yield name, (low, float(below.max()))


def _pasted(
    columns: Columns, fails: Flags, left: Flags, limits: Mapping[str, Limit]
) -> dict[str, Limit]:
    """Drop restrictions that the box does as well without."""
    kept, score = dict(limits), _score(fails, left & within(columns, limits))
    for name in list(kept):
        wider = {other: limit for other, limit in kept.items() if other != name}
        if _score(fails, left & within(columns, wider)) >= score:
            kept = wider
    return kept


def _without_chance(
    columns: Columns, fails: Flags, left: Flags, limits: Mapping[str, Limit]
) -> dict[str, Limit]:
    """Drop restrictions that chance alone explains, the least sure first."""
    kept = dict(limits)
    while kept:
        chances = {name: _quasi_p(columns, fails, left, kept, name) for name in kept}
        worst = max(chances, key=lambda name: chances[name])
        if chances[worst] <= SURE:
            break
        del kept[worst]
    return kept


def _quasi_p(
    columns: Columns, fails: Flags, left: Flags, limits: Mapping[str, Limit], name: str
) -> float:
    """Chance of so many failures in the box if this restriction told nothing."""
    from scipy.special import bdtrc

    wider = {other: limit for other, limit in limits.items() if other != name}
    around, inside = left & within(columns, wider), left & within(columns, limits)
    hits, held = int(fails[inside].sum()), int(inside.sum())
    return float(bdtrc(hits - 1, held, fails[around].mean())) if hits else 1.0


def _box(columns: Columns, fails: Flags, left: Flags, limits: Mapping[str, Limit]) -> Box:
    inside = left & within(columns, limits)
    return Box(
        limits,
        density=float(fails[inside].mean()),
        coverage=float(fails[inside].sum() / fails.sum()),
        mass=float(inside.mean()),
        quasi_p={name: _quasi_p(columns, fails, left, limits, name) for name in limits},
    )


def as_columns(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> dict[str, np.ndarray]:
    """Columns of conditions from rows; a column of one value tells nothing and is left out."""
    columns = {name: np.array([row[name] for row in rows]) for name in names}
    return {name: column for name, column in columns.items() if len(set(column.tolist())) > 1}
