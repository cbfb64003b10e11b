"""What charts of effects share: is it clear, and what may be said of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from experiments.figures.style import Sheet
from experiments.figures.timeline import amount_axis
from experiments.figures.typeset import width
from experiments.statistics import reading_of
from experiments.text import Scale, Text


def clear(row: Mapping[Any, Any]) -> bool:
    """True if a row's effect has a clear direction."""
    return reading_of(row) in ("up", "down")


def clear_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows whose effect has a clear direction."""
    return frame[[clear(row) for row in frame.to_dict("records")]]


def drawn_scale(text: Text, metric: str, frame: pd.DataFrame) -> Scale:
    """How a chart writes its effects: one unit, and digits enough for its largest mean.

    Title, labels and axis share it, so that a number never stands there in two ways.
    """
    whole = text.scale(metric, [*frame["mean"], *frame["low"], *frame["high"]], effect=True)
    means = text.scale(metric, frame["mean"], effect=True)
    return means if means.factor == whole.factor else whole.finer(frame["mean"])


def measured(frame: pd.DataFrame) -> bool:
    """False where there is one pair only, so that no row has an interval."""
    return bool(frame["low"].map(math.isfinite).any())


def span(frame: pd.DataFrame) -> tuple[float, float]:
    """The smallest and largest number of a frame of effects, zero among them."""
    values = [float(v) for name in ("mean", "low", "high") for v in frame[name]]
    finite = [value for value in values if math.isfinite(value)]
    return min([0.0, *finite]), max([0.0, *finite])


def effect_axis(
    axes: Axes, scale: Scale, sheet: Sheet, ends: tuple[float, float], *, most: int = 5
) -> None:
    """A horizontal axis of differences in the reader's unit, with as many round values as fit."""
    room = 0.06 * (ends[1] - ends[0] or 1.0)
    longest = max(width(scale.number(end, signed=True), 0.78 * sheet.points) for end in ends)
    inches = axes.get_position().width * sheet.width
    most = max(1, min(most, int(inches / (1.5 * longest + 0.1))))
    axes.set_xlim(ends[0] - room, ends[1] + room)
    amount_axis(axes, scale, most)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="x", labelsize=0.78 * sheet.points)


def draw_interval(
    axes: Axes, place: float, row: Mapping[Any, Any], ink: str, points: float, label: str
) -> None:
    """One effect on a row: a dot for the mean, hollow where it is not clear, a line for the interval."""
    if math.isfinite(float(row["low"])):
        axes.plot(
            [row["low"], row["high"]], [place, place], color=ink, linewidth=0.14 * points, zorder=2
        )
    axes.plot(
        [row["mean"]],
        [place],
        marker="o",
        markersize=0.46 * points,
        color=ink,
        markerfacecolor=ink if clear(row) else "white",
        markeredgewidth=0.1 * points,
        zorder=3,
        label=label,
    )
