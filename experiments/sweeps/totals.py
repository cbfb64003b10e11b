"""Ranges of envelopes under one total: the points are told as they are run, which is scaled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from experiments.errors import BadInput
from experiments.speech import in_unit, worded

if TYPE_CHECKING:
    from experiments.design import Design
    from experiments.sweeps.ranges import Span

ENVELOPE = ".envelope"


def run_point(point: Mapping[str, Any], levers: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A point's values, those of envelopes as they are in `levers` that were scaled to a total."""
    found = dict(point)
    for key in point:
        if key.endswith(ENVELOPE) and (lever := key.split(".")[1]) in levers:
            found[key] = float(levers[lever]["envelope"])
    return found


def run_ranges(designs: Sequence[Design], ranges: Mapping[str, Span]) -> dict[str, Span]:
    """The ranges, those of scaled envelopes from the lowest to the highest that is run.

    Raises BadInput where a total leaves nothing of a range: its points would be one run.
    """
    found = dict(ranges)
    for key in _scaled_keys(designs, ranges):
        groups: dict[str, list[float]] = {}
        for design in _scaled(designs, key):
            groups.setdefault(design.group, []).append(float(design.point[key]))
        for values in groups.values():
            if max(values) - min(values) <= 1e-9 * max(values):
                raise BadInput(worded("sweeps.total_fixes", key=key, value=values[0]))
        told = [value for values in groups.values() for value in values]
        found[key] = replace(ranges[key], low=min(told), high=max(told))
    return found


def scaled_notices(
    designs: Sequence[Design], ranges: Mapping[str, Span], told: Mapping[str, Span]
) -> Iterator[str]:
    """What a user should know of each range that a total has moved."""
    for key in _scaled_keys(designs, ranges):
        span, given = told[key], ranges[key]
        yield worded(
            "notices.scaled_range", key=key, low=span.low, high=span.high,
            given_low=given.low, given_high=given.high, unit=in_unit(span.unit),
        )  # fmt: skip


def _scaled_keys(designs: Sequence[Design], ranges: Mapping[str, Span]) -> list[str]:
    return [key for key in ranges if key.endswith(ENVELOPE) and any(_scaled(designs, key))]


def _scaled(designs: Sequence[Design], key: str) -> Iterator[Design]:
    """The points that scale this envelope to their total."""
    for design in designs:
        if design.envelope_total and key.split(".")[1] in design.levers and key in design.point:
            yield design
