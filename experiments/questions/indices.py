"""Sensitivity indices by SALib: points of the unit cube in, indices with intervals out."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from agents.schema import Floats
from experiments.statistics import resamples, t_quantile

SEED = 2014
LEVELS = 4  # of a Morris trajectory
RESAMPLES = 200
PAWN_POINTS = 4  # designs a base sample
SLICES = (8, 4, 2)  # of a parameter's range in PAWN; powers of two, since SALib steps by 1 / slices
FEW = 10  # points a slice should hold

Analysis = Callable[[Floats, Floats], Mapping[str, tuple[Floats, Floats]]]


@dataclass(frozen=True)
class Index:
    """One index of one parameter; `samples` is how many trajectories or base samples it rests on."""

    parameter: str
    index: str
    value: float
    low: float
    high: float
    luck: float
    samples: int
    final: bool


def _problem(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def points_a_sample(method: str, parameters: int) -> int:
    """Designs that a trajectory or base sample takes."""
    return {"morris": parameters + 1, "sobol": parameters + 2, "pawn": PAWN_POINTS}[method]


def sample(method: str, samples: int, names: Sequence[str]) -> Floats:
    """Points of the unit cube, shape (samples × points a sample, parameters); always the same.

    The first half of the points is itself a sample, so that convergence can be told; `lhs`, a Latin
    hypercube of one point a sample, is for other questions and has no such halves.
    """
    problem = _problem(names)
    if method == "lhs":
        from SALib.sample import latin

        return np.asarray(latin.sample(problem, samples, seed=SEED))
    if method == "morris":
        from SALib.sample import morris

        return np.asarray(morris.sample(problem, samples, num_levels=LEVELS, seed=SEED))
    if method == "sobol":
        from SALib.sample import sobol

        return np.asarray(sobol.sample(problem, samples, calc_second_order=False, seed=SEED))
    from SALib.sample import sobol_sequence

    drawn = sobol_sequence.sample(samples * PAWN_POINTS + 1, len(names))
    return np.asarray(drawn[1:])  # the first is the corner of the cube


def measure(method: str, samples: int, names: Sequence[str], effects: Floats) -> list[Index]:
    """Indices of every parameter at growing numbers of samples; `effects`: (points, seeds).

    The last number is all of them.
    """
    points = sample(method, samples, names)
    analyse, found = _analysis(method, names), []
    for count in steps(method, samples):
        rows = count * points_a_sample(method, len(names))
        inside, some = points[:rows], effects[:rows]
        result, luck = analyse(inside, some.mean(axis=1)), _luck(analyse, inside, some)
        for index, (value, half) in result.items():
            for place, name in enumerate(names):
                one, width = float(value[place]), float(half[place])
                found.append(
                    Index(
                        name, index, one, one - width, one + width, float(luck[index][place]),
                        count, count == samples,
                    )
                )  # fmt: skip
    return found


def steps(method: str, samples: int) -> Iterator[int]:
    """Numbers of samples at which convergence is told: a quarter, a half, all."""
    least = 2 if method == "morris" else 4
    for count in sorted({samples // 4, samples // 2, samples}):
        if count >= least or count == samples:
            yield count


def _luck(analyse: Analysis, points: Floats, effects: Floats) -> dict[str, Floats]:
    """Standard error of each index that stems from seeds: leave out one seed at a time."""
    seeds = effects.shape[1]
    if seeds < 2:
        names = analyse(points, effects[:, 0])
        return {index: np.full(points.shape[1], np.nan) for index in names}
    total = effects.sum(axis=1)
    without = [analyse(points, (total - effects[:, s]) / (seeds - 1)) for s in range(seeds)]
    return {
        index: np.sqrt((seeds - 1) * np.array([one[index][0] for one in without]).var(axis=0))
        for index in without[0]
    }


def _analysis(method: str, names: Sequence[str]) -> Analysis:
    """Points and results to indices and half-widths of their intervals; no variance, no index."""
    problem = _problem(names)
    chosen = {"morris": _morris, "sobol": _sobol, "pawn": _pawn}[method]

    def analyse(points: Floats, results: Floats) -> Mapping[str, tuple[Floats, Floats]]:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            found = chosen(problem, points, results)
        if np.ptp(results) > 0.0:
            return found
        none = np.zeros(len(names))
        return dict.fromkeys(found, (none, none))

    return analyse


def _morris(
    problem: dict[str, Any], points: Floats, results: Floats
) -> dict[str, tuple[Floats, Floats]]:
    from SALib.analyze import morris

    found = morris.analyze(
        problem, points, results, num_levels=LEVELS, num_resamples=RESAMPLES, seed=SEED
    )
    names = ("mu", "mu_star", "sigma", "mu_star_conf")
    mu, mu_star, sigma, half = (np.asarray(found[k], float) for k in names)
    trajectories = len(points) // (problem["num_vars"] + 1)
    width = t_quantile(trajectories - 1) * sigma / trajectories**0.5
    unknown = np.full(len(mu), np.nan)
    return {"mu": (mu, width), "mu_star": (mu_star, half), "sigma": (sigma, unknown)}


def _sobol(
    problem: dict[str, Any], points: Floats, results: Floats
) -> dict[str, tuple[Floats, Floats]]:
    from SALib.analyze import sobol

    found = sobol.analyze(
        problem, results, calc_second_order=False, num_resamples=RESAMPLES, seed=SEED
    )
    first, total = (np.asarray(found[key], float) for key in ("S1", "ST"))
    halves = [np.asarray(found[key], float) for key in ("S1_conf", "ST_conf")]
    return {"first": (first, halves[0]), "total": (total, halves[1])}


def _pawn(
    problem: dict[str, Any], points: Floats, results: Floats
) -> dict[str, tuple[Floats, Floats]]:
    from SALib.analyze import pawn

    slices = next((s for s in SLICES if len(points) >= FEW * s), SLICES[-1])

    value = np.asarray(pawn.analyze(problem, points, results, S=slices)["median"], float)
    again = np.array(
        [
            pawn_medians(points[rows], results[rows], slices)
            for rows in resamples(len(points))[: RESAMPLES // 4]
        ]
    )
    return {"median": (value, t_quantile(RESAMPLES // 4) * again.std(axis=0))}


def pawn_medians(points: Floats, results: Floats, slices: int) -> Floats:
    """SALib's PAWN medians for resampling, without the p-values that make them slow.

    Kolmogorov-Smirnov distances between the results of a slice of a parameter and all results.
    """
    every = np.sort(results)
    found = []
    for column in points.T:
        ends = np.quantile(column, np.linspace(0.0, 1.0, slices + 1))
        inside = [np.sort(results[(column >= a) & (column < b)]) for a, b in pairwise(ends)]
        found.append(np.median([_distance(part, every) for part in inside if len(part)]))
    return np.array(found)


def _distance(some: Floats, every: Floats) -> float:
    """Largest difference of two empirical distributions; `some` is part of `every`, both sorted."""
    shares = [
        np.searchsorted(values, every, side="right") / len(values) for values in (some, every)
    ]
    return float(np.abs(shares[0] - shares[1]).max())
