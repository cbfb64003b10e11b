"""The time axis and the labels at its right end that fan and difference share."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FuncFormatter, MaxNLocator

from experiments.figures.headings import balanced
from experiments.figures.style import GREY, RULE, Framed, Sheet, legible
from experiments.figures.typeset import apart
from experiments.text import Scale, plain

GAP = 0.75  # between the last value and its label, in units of the text size


def value_axis(axes: Axes, scale: Scale, *, signed: bool = False) -> None:
    """Horizontal rules and ticks written in the reader's unit; the data stay in the store's."""
    axes.yaxis.set_major_locator(RoundTicks(scale.factor))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: tick(axes.yaxis, scale, value, signed))
    )
    axes.grid(axis="y", color=RULE, linewidth=0.8)


def amount_axis(axes: Axes, scale: Scale, most: int = 6, *, signed: bool = True) -> None:
    """The same along the bottom, with at most so many round values."""
    axes.xaxis.set_major_locator(RoundTicks(scale.factor, most))
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: tick(axes.xaxis, scale, value, signed))
    )
    axes.grid(axis="x", color=RULE, linewidth=0.8)


class RoundTicks(MaxNLocator):
    """Ticks that are round in the reader's unit."""

    def __init__(self, factor: float, most: int = 6) -> None:
        super().__init__(nbins=most, steps=[1, 2, 2.5, 5, 10])
        self.factor = factor

    def tick_values(self, vmin: float, vmax: float) -> list[float]:
        """Round values between the ends of the axis, in the store's unit."""
        places = super().tick_values(vmin * self.factor, vmax * self.factor)
        return [float(place) / self.factor for place in places]


def tick(axis: Axis, scale: Scale, value: float, signed: bool) -> str:
    """A tick's label with just the decimals that tell neighbours apart."""
    places = axis.get_major_locator()()
    step = abs(places[1] - places[0]) * scale.factor if len(places) > 1 else 1.0
    digits = next((d for d in range(5) if math.isclose(step, round(step, d), rel_tol=1e-6)), 4)
    return plain(value * scale.factor, digits, signed=signed)


def year_axis(axes: Axes, times: np.ndarray) -> None:
    """Whole years along the bottom, as many as have room."""
    first, last = times.min(), times.max()
    span = max(last - first, 0.25)
    axes.set_xlim(first - 0.01 * span, last + 0.01 * span)
    step = max(1, math.ceil(span / 10))
    axes.set_xticks(list(range(math.ceil(first), math.floor(last) + 1, step)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda year, _: f"{year:.0f}"))
    axes.tick_params(axis="x", length=4, color=RULE)


def labels_room(sheet: Sheet) -> float:
    """The inches kept free at the right for labels."""
    return 0.21 * sheet.width


def end_labels(
    framed: Framed, sheet: Sheet, labels: list[tuple[str, float, str]], last: float
) -> None:
    """Write (words, value, colour) at the right of the last point, moved apart where they meet."""
    side_labels(framed, sheet, [(words, last, value, ink) for words, value, ink in labels])


def side_labels(
    framed: Framed, sheet: Sheet, labels: list[tuple[str, float, float, str]], size: float = 0.88
) -> None:
    """Write (words, x, y, colour) of points at the right of the axes, each with a line to its point.

    The lines are grey and dotted, since one in the colour of its point looks like an interval.
    `size` is that of the words, in units of the sheet's text size.
    """
    axes, points = framed.axes, size * sheet.points
    room = labels_room(sheet) - GAP * sheet.points / 72
    lines = [balanced(words, points, room) for words, _, _, _ in labels]
    while 1.25 * points / 72 * sum(len(rows) + 0.3 for rows in lines) > framed.height:
        points *= 0.95
        lines = [balanced(words, points, room) for words, _, _, _ in labels]
    line = 1.25 * points / 72
    low, high = axes.get_ylim()
    inch = framed.height / (high - low)
    wished = [(y - low) * inch for _, _, y, _ in labels]
    sizes = [line * (len(rows) + 0.3) for rows in lines]
    centres = apart(wished, sizes, 0.0, framed.height)
    start = 1 + GAP * sheet.points / 72 / framed.width
    for (_, x, _, ink), rows, wish, centre in zip(labels, lines, wished, centres, strict=True):
        at = axes.transAxes.inverted().transform(axes.transData.transform((x, low)))[0]
        top = centre + line * len(rows) / 2
        axes.plot(
            [at, start - 0.1 * (start - 1)],
            [wish / framed.height, centre / framed.height],
            transform=axes.transAxes,
            color=GREY,
            linewidth=0.8,
            linestyle=(0, (1, 3)),
            zorder=1,
            clip_on=False,
            label="_leader",
        )
        for place, row in enumerate(rows):
            height = (top - line * (place + 0.5)) / framed.height
            axes.text(
                start,
                height,
                row,
                transform=axes.transAxes,
                size=points,
                color=legible(ink),
                va="center",
                ha="left",
            )
