"""What a value may be: declared bounds, lengths of lists, dates in order, names that exist."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from agents.declare import is_whole, parts_of
from experiments.dates import is_date
from experiments.engines import ENGINES, check_engine
from experiments.errors import BadInput, unknown
from experiments.speech import either, in_unit, worded
from experiments.sweeps.precision import check_precision

if TYPE_CHECKING:
    from scenarios.lever import Lever
    from sim.world import World

MOST_SEEDS = 100_000
MOST_QUARTERS = 400
MOST_VALUES = 10_000  # of one key, and of all combinations of lists
MOST_DESIGNS = 100_000  # with the points of a sweep
MOST_BUDGET = 100_000  # m yuan a year, seventy times the programme budget
MOST_RUNS = 1_000_000  # a week on two cores in the small world


def check_value(key: str, value: Any, default: Any, declared: Mapping[str, Any]) -> None:
    """Refuse a number outside its declared bounds, or a list of another length, shares of a
    whole that do not add up to it; names the unit.
    """
    if isinstance(value, tuple) and "unit" in declared and len(value) != len(default):
        raise BadInput(worded("values.length", key=key, count=len(default), given=len(value)))
    if is_whole(default, declared.get("unit", "")) and not is_whole(value, "share"):
        raise BadInput(worded("values.whole", key=key, total=math.fsum(value)))
    unit = in_unit(declared.get("unit", ""))
    low, high = declared.get("low"), declared.get("high")
    for number in parts_of(value):
        if isinstance(number, str | bool) or number is None:
            continue
        if not math.isfinite(number):
            raise BadInput(worded("values.not_finite", key=key, number=number, unit=unit))
        if (low is not None and number < low) or (high is not None and number > high):
            text = "values.date_out_of_bounds" if is_date(key) else "values.out_of_bounds"
            raise BadInput(
                worded(text, key=key, number=number, expected=expected(low, high), unit=unit)
            )


def check_steps(given: str, start: float, stop: float, step: float) -> None:
    """Refuse a range(start,stop,step) that never ends, holds nothing or has too many values."""
    if not (math.isfinite(start) and math.isfinite(stop) and math.isfinite(step)):
        raise BadInput(worded("sweeps.steps_finite", given=given))
    if not step:
        raise BadInput(worded("sweeps.steps_endless", given=given))
    count = math.ceil((stop - start) / step)
    if count <= 0:
        raise BadInput(worded("sweeps.steps_empty", given=given, step=step, start=start, stop=stop))
    if count > MOST_VALUES:
        raise BadInput(worded("sweeps.steps_many", given=given, count=count, most=MOST_VALUES))


def check_designs(lists: int, points: int) -> None:
    """Refuse more combinations than can be checked, before any is made."""
    if lists > MOST_VALUES:
        raise BadInput(worded("sweeps.many_combinations", count=lists, most=MOST_VALUES))
    if lists * points > MOST_DESIGNS:
        raise BadInput(
            worded(
                "sweeps.many_designs",
                lists=lists,
                points=points,
                count=lists * points,
                most=MOST_DESIGNS,
            )
        )


def check_runs(designs: int, seeds: int) -> None:
    """Refuse a study that would never be done."""
    if designs * seeds > MOST_RUNS:
        raise BadInput(
            worded(
                "sweeps.many_runs",
                designs=designs,
                seeds=seeds,
                count=designs * seeds,
                most=MOST_RUNS,
            )
        )


def expected(low: float | None, high: float | None) -> str:
    """What a number should have been."""
    if low is None:
        return worded("look.at_most", high=high)
    if high is None:
        return worded("look.at_least", low=low)
    return worded("look.between", low=low, high=high)


def check_lever(lever: Lever, world: World, *, where: str) -> None:
    """Refuse dates in the wrong order and targeting that names nothing that exists."""
    from scenarios.lever import MODES

    if lever.start > lever.end:
        raise BadInput(worded("values.dates", where=where, start=lever.start, end=lever.end))
    targeting = lever.targeting
    if targeting.mode not in MODES:
        raise unknown(
            "targeting mode", targeting.mode, MODES, worded("look.expected", names=either(MODES))
        )
    for sector in targeting.sectors:
        _check_place("sector", sector, world.sectors.names)
    for zone in targeting.zones:
        _check_place("zone", zone, world.zones.names)


def _check_place(kind: str, name: str, names: Sequence[str]) -> None:
    if name not in names:
        raise unknown(kind, name, names, worded("look.expected", names=either(names)))


def check_world(world: World) -> None:
    """Refuse sectors and zones that do not fit the lists of values beside them."""
    from sim.world import World as Declared

    standard = Declared()
    for block in ("sectors", "zones"):
        names, expected = getattr(world, block).names, getattr(standard, block).names
        if len(names) != len(expected) or len(set(names)) != len(names):
            raise BadInput(worded("values.world_names", block=block, count=len(expected)))
    for listed in ("priority", "distinctive"):
        for sector in getattr(world.sectors, listed):
            _check_place("sector", sector, world.sectors.names)


def check_settings(settings: Mapping[str, Any]) -> None:
    """Refuse counts, engines and languages that cannot be used."""
    for key, low, high in (
        ("seeds", 1, MOST_SEEDS),
        ("most_seeds", 1, MOST_SEEDS),
        ("quarters", 1, MOST_QUARTERS),
        ("sample", 1, 10**9),
        ("workers", 0, 4096),
    ):
        if not low <= settings[key] <= high:
            raise BadInput(
                worded(
                    "values.out_of_range",
                    key=key,
                    value=settings[key],
                    expected=expected(low, high),
                )
            )
    for key, names in (("engine", ENGINES), ("lang", ("en", "zh"))):
        if settings[key] not in names:
            raise unknown(key, settings[key], names, worded("look.expected", names=either(names)))
    check_engine(settings["engine"], settings["cluster"])
    check_precision(settings)
    total = settings["envelope_total"]
    if not math.isfinite(total) or total < 0:
        raise BadInput(worded("values.envelope_total", total=total))
    budget = settings["extra_budget"]
    if not 0 <= budget <= MOST_BUDGET:
        raise BadInput(
            worded("values.extra_budget", budget=budget, expected=expected(0, MOST_BUDGET))
        )
    if budget > 0 and not settings["budget_source"].strip():
        raise BadInput(worded("values.budget_source", budget=budget))
