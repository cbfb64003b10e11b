"""Space-filling designs: the points of `wotu sweep`, made by SALib over ranges.

The same ranges, design and n give the same points on every machine with the lock's versions; a
study's manifest keeps them in full.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from experiments.errors import BadInput, unknown
from experiments.speech import worded
from experiments.sweeps.ranges import Span, value_at

DESIGNS: Mapping[str, tuple[int, int]] = {
    "lhs": (100, 2),
    "sobol": (64, 2),
    "morris": (20, 2),
    "grid": (5, 2),
}
"""The usual n of each design, and its least."""

MOST_POINTS = 100_000
SEED = 2014
LEVELS = 4  # of a Morris design

Point = tuple[tuple[str, Any], ...]


def usual_n(design: str, n: int) -> int:
    """The n of a design where none is given (0); raises BadInput for what cannot be used."""
    if design not in DESIGNS:
        raise unknown("design", design, DESIGNS, worded("look.expected", names=", ".join(DESIGNS)))
    usual, least = DESIGNS[design]
    n = n or usual
    if not least <= n <= MOST_POINTS:
        raise BadInput(
            worded("sweeps.n", n=n, least=least, most=MOST_POINTS, what=worded(f"sweeps.{design}"))
        )
    if design == "sobol" and n & (n - 1):
        near = 2 ** (n.bit_length() - 1)
        raise BadInput(worded("sweeps.power", n=n, near=near, next=2 * near))
    return n


def count(design: str, n: int, ranges: int) -> int:
    """How many points a design has over so many ranges."""
    each = {"lhs": n, "sobol": n * (ranges + 2), "morris": n * (ranges + 1)}
    return each.get(design, n**ranges)


def points(design: str, n: int, spans: Mapping[str, Span]) -> list[Point]:
    """The points of a design, each a value for every range, in SALib's order.

    lhs: n points (Latin hypercube); sobol: n × (k + 2) points (Saltelli, first and total order);
    morris: n × (k + 1) points (trajectories over four levels); grid: n^k points. Raises BadInput.
    """
    n = usual_n(design, n)
    total = count(design, n, len(spans))
    if total > MOST_POINTS:
        raise BadInput(
            worded(
                "sweeps.too_many",
                design=design,
                n=n,
                count=len(spans),
                total=total,
                most=MOST_POINTS,
            )
        )
    unit = _grid(n, len(spans)) if design == "grid" else _salib(design, n, list(spans))
    return [
        tuple(
            (key, value_at(float(u), span.low, span.high, whole=span.whole))
            for (key, span), u in zip(spans.items(), row, strict=True)
        )
        for row in unit
    ]


def _grid(n: int, ranges: int) -> Sequence[Sequence[float]]:
    ends = [step / (n - 1) for step in range(n)]
    return list(itertools.product(*[ends] * ranges))


def _salib(design: str, n: int, names: list[str]) -> Any:
    """Points of the unit cube, shape (points, ranges)."""
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    if design == "lhs":
        from SALib.sample import latin

        return latin.sample(problem, n, seed=SEED)
    if design == "sobol":
        from SALib.sample import sobol

        return sobol.sample(problem, n, calc_second_order=False, seed=SEED)
    from SALib.sample import morris

    return morris.sample(problem, n, num_levels=LEVELS, seed=SEED)
