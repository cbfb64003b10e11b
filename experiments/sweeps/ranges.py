"""Ranges of a sweep: `interval(a,b)`, or `bounds` for what the world or the lever declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite

from agents.declare import Declaration, declarations
from experiments.bounds import expected
from experiments.errors import BadInput
from experiments.own import known_levers
from experiments.speech import in_unit, worded

BOUNDS = "bounds"
# What the range of a block leaves alone: most of the square of dates is out of order, and the bounds of
# an envelope reach far beyond the purse.
DATES = ("start", "end")
APART = (*DATES, "envelope")


DIGITS = 6  # significant digits of a point's values: what is shown is what is run


def value_at(unit: float, low: float, high: float, *, whole: bool) -> int | float:
    """The value at a place between 0 and 1 of a range; each whole number has an equal share."""
    if whole:
        first, last = round(low), round(high)
        return min(int(first + unit * (last - first + 1)), last)
    value = float(f"{low + unit * (high - low):.{DIGITS}g}")
    return min(max(value, low), high)


@dataclass(frozen=True)
class Span:
    """The ends of a range, both included, in the key's unit; whole numbers where `whole`."""

    low: float
    high: float
    whole: bool
    unit: str


@cache
def numbers(own: str) -> Mapping[str, Declaration]:
    """Every declared number of the standard world and of each lever, by key."""
    from sim.world import World

    owners = {"world": World(), **{f"levers.{n}": kind() for n, kind in known_levers(own).items()}}
    return {
        f"{where}.{item.name}": item
        for where, owner in owners.items()
        for item in declarations(owner)
        if isinstance(item.value, int | float) and not isinstance(item.value, bool)
    }


def span(key: str, low: float | None, high: float | None, given: str, own: str) -> Span | None:
    """The range given for a key, its declared bounds where an end is None.

    None where `bounds` is given for a key that is not a number, so that it is a word like another.
    Raises BadInput where a range cannot be had.
    """
    declared = numbers(own).get(key)
    if declared is None:
        if low is None:
            return None
        raise BadInput(worded("sweeps.no_number", given=given))
    whole = isinstance(declared.value, int)
    first = declared.low if low is None else low
    last = declared.high if high is None else high
    if first is None or last is None:
        missing = worded("sweeps.lower" if first is None else "sweeps.upper")
        raise BadInput(worded("sweeps.no_bound", key=key, bound=missing))
    if not (isfinite(first) and isfinite(last)):
        raise BadInput(worded("sweeps.two_numbers", given=given))
    if not first < last:
        raise BadInput(worded("sweeps.empty", given=given))
    if (declared.low is not None and first < declared.low) or (
        declared.high is not None and last > declared.high
    ):
        raise BadInput(
            worded("sweeps.out_of_bounds", given=given, expected=declared_range(declared))
        )
    if whole and (first != int(first) or last != int(last)):
        raise BadInput(worded("sweeps.whole", given=given, key=key))
    return Span(float(first), float(last), whole, declared.unit)


def declared_range(declared: Declaration) -> str:
    """What a user may type, with the unit."""
    bounds = expected(declared.low, declared.high)
    return worded("look.in_unit", expected=bounds, unit=in_unit(declared.unit))


def block_spans(key: str, own: str) -> dict[str, Span]:
    """Ranges of every number of a block that has both bounds, save those APART; empty for no block."""
    inside = {name: item for name, item in numbers(own).items() if name.startswith(f"{key}.")}
    found = {
        name: Span(float(item.low), float(item.high), isinstance(item.value, int), item.unit)
        for name, item in inside.items()
        if item.low is not None and item.high is not None and name.rsplit(".", 1)[-1] not in APART
    }
    if inside and not found:
        raise BadInput(worded("sweeps.block", key=key, example=next(iter(inside))))
    return found
