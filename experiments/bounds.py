"""What a value may be: declared bounds, lengths of lists, dates in order, names that exist."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from experiments.dates import HINT, is_date
from experiments.engines import ENGINES, check_engine
from experiments.errors import BadInput, unknown
from experiments.sweeps.precision import check_precision

if TYPE_CHECKING:
    from scenarios.lever import Lever
    from sim.world import World

LOOK = "see `wotu levers ID` or `wotu worlds NAME` for units and bounds"
MOST_SEEDS = 100_000
MOST_QUARTERS = 400
MOST_VALUES = 10_000  # of one key, and of all combinations of lists
MOST_DESIGNS = 100_000  # with the points of a sweep
MOST_BUDGET = 100_000  # m yuan a year, seventy times the programme budget
MOST_RUNS = 1_000_000  # a week on two cores in the small world


def check_value(key: str, value: Any, default: Any, declared: Mapping[str, Any]) -> None:
    """Refuse a number outside its declared bounds, or a list of another length; names the unit."""
    numbers = value if isinstance(value, tuple) else (value,)
    if isinstance(value, tuple) and "unit" in declared and len(value) != len(default):
        raise BadInput(f"{key} takes {len(default)} values, and {len(value)} were given ({LOOK})")
    unit = declared.get("unit", "")
    low, high = declared.get("low"), declared.get("high")
    for number in numbers:
        if isinstance(number, str | bool) or number is None:
            continue
        if not math.isfinite(number):
            raise BadInput(f"{key}={number} is not a finite number; it is given in {unit}")
        if (low is not None and number < low) or (high is not None and number > high):
            look = HINT if is_date(key) else LOOK
            raise BadInput(
                f"{key}={number:g} is out of bounds: {expected(low, high)} [{unit}] ({look})"
            )


def check_steps(given: str, start: float, stop: float, step: float) -> None:
    """Refuse a range(start,stop,step) that never ends, holds nothing or has too many values."""
    if not (math.isfinite(start) and math.isfinite(stop) and math.isfinite(step)):
        raise BadInput(f"{given!r} needs finite numbers, as in range(0.1,0.5,0.1)")
    if not step:
        raise BadInput(f"{given!r} never ends, its step being 0; write range(start,stop,step)")
    count = math.ceil((stop - start) / step)
    if count <= 0:
        raise BadInput(
            f"{given!r} is empty: no step of {step:g} leads from {start:g} towards {stop:g}"
        )
    if count > MOST_VALUES:
        raise BadInput(
            f"{given!r} has {count} values, and at most {MOST_VALUES} can be listed: take a larger "
            "step, or fill interval(a,b) with `wotu sweep design=lhs`"
        )


def check_designs(lists: int, points: int) -> None:
    """Refuse more combinations than can be checked, before any is made."""
    if lists > MOST_VALUES:
        raise BadInput(
            f"the lists of values have {lists} combinations, and at most {MOST_VALUES} can be "
            "compared: give fewer values, or ranges to `wotu sweep design=lhs`"
        )
    if lists * points > MOST_DESIGNS:
        raise BadInput(
            f"{lists} combinations at {points} points are {lists * points} designs, and at most "
            f"{MOST_DESIGNS} can be run: lower n or give fewer values"
        )


def check_runs(designs: int, seeds: int) -> None:
    """Refuse a study that would never be done."""
    if designs * seeds > MOST_RUNS:
        raise BadInput(
            f"{designs} designs with {seeds} seeds are {designs * seeds} runs, and at most "
            f"{MOST_RUNS} can be run: give fewer seeds or scenarios"
        )


def _either(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def expected(low: float | None, high: float | None) -> str:
    """What a number should have been."""
    if low is None:
        return f"expected at most {high:g}"
    if high is None:
        return f"expected at least {low:g}"
    return f"expected {low:g} to {high:g}"


def check_lever(lever: Lever, world: World, *, where: str) -> None:
    """Refuse dates in the wrong order and targeting that names nothing that exists."""
    from scenarios.lever import MODES

    if lever.start > lever.end:
        raise BadInput(
            f"{where}.start={lever.start} is after {where}.end={lever.end}: "
            f"a lever is in force from start until before end ({HINT})"
        )
    targeting = lever.targeting
    if targeting.mode not in MODES:
        raise unknown("targeting mode", targeting.mode, MODES, f"expected {_either(MODES)}")
    for sector in targeting.sectors:
        _check_place("sector", sector, world.sectors.names)
    for zone in targeting.zones:
        _check_place("zone", zone, world.zones.names)


def _check_place(kind: str, name: str, names: Sequence[str]) -> None:
    if name not in names:
        raise unknown(kind, name, names, f"expected {_either(names)}")


def check_world(world: World) -> None:
    """Refuse sectors and zones that do not fit the lists of values beside them."""
    from sim.world import World as Declared

    standard = Declared()
    for block in ("sectors", "zones"):
        names, expected = getattr(world, block).names, getattr(standard, block).names
        if len(names) != len(expected) or len(set(names)) != len(names):
            raise BadInput(
                f"world.{block}.names needs {len(expected)} different names, as declared"
            )
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
            raise BadInput(f"{key}={settings[key]} is out of bounds: {expected(low, high)}")
    for key, names in (("engine", ENGINES), ("lang", ("en", "zh"))):
        if settings[key] not in names:
            raise unknown(key, settings[key], names, f"expected {_either(names)}")
    check_engine(settings["engine"], settings["cluster"])
    check_precision(settings)
    total = settings["envelope_total"]
    if not math.isfinite(total) or total < 0:
        raise BadInput(
            f"envelope_total={total:g} is out of bounds: expected at least 0 m yuan/year "
            "(0 leaves the envelopes as they are stated)"
        )
    budget = settings["extra_budget"]
    if not 0 <= budget <= MOST_BUDGET:
        raise BadInput(
            f"extra_budget={budget:g} is out of bounds: {expected(0, MOST_BUDGET)} m yuan/year"
        )
    if budget > 0 and not settings["budget_source"].strip():
        raise BadInput(
            f"extra_budget={budget:g} m yuan/year needs budget_source=… that says who pays it"
        )
