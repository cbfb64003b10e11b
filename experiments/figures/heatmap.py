"""Chart 6: how levers interact: own effect on the diagonal, what pairs do beyond their sum beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.effects import clear, clear_rows, measured
from experiments.figures.headings import balanced
from experiments.figures.study import Study
from experiments.figures.style import BLUE, INK, ORANGE, RULE, SMALLEST, SOFT, Board, board, styled
from experiments.figures.typeset import width, wrapped
from experiments.text import Scale

SHADES = LinearSegmentedColormap.from_list("effect", [ORANGE, "#ffffff", BLUE])


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """How many pairs clearly do more or less together than the sum of what each does alone."""
    text, words = study.text, {"metric": study.text(f"metrics.{metric}.label")}
    pairs = frame[frame["row"] != frame["column"]]
    if not measured(pairs):
        return text("chart.heatmap_single", **words)
    found = clear_rows(pairs)
    if found.empty:
        return text("chart.heatmap_none", total=len(pairs), **words)
    more = int((found["mean"] > 0).sum())
    return text("chart.heatmap_title", more=more, less=len(found) - more, total=len(pairs), **words)


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    words = title(frame, metric, study)
    return study.text("chart.alt_heatmap", metric=study.text.inline(metric), title=words)


def heatmap(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw the lower half of a matrix of levers: numbers where clear, blank where not.

    `frame` has a row a cell: row, column (levers; equal for the own effect), n, mean, low, high in the
    store's unit of `metric`. Pairs that are not in it were not tried and are marked as such.
    """
    text = study.text
    scale = text.scale(metric, frame["mean"], effect=True)
    with styled():
        made = board(
            study.sheet,
            title(frame, metric, study),
            text(
                "chart.heatmap_subtitle",
                measure=text.measured(metric, scale.unit),
                reference=study.label(study.reference),
            ),
            text(
                "chart.heatmap_caption",
                n=int(frame["n"].min()),
                seeds=study.seeds,
                identity=study.identity,
            ),
        )
        _cells(made, frame, scale, study)
    return made.figure


def levers_of(frame: pd.DataFrame) -> list[str]:
    """The levers in the order of the matrix: as first named."""
    names = [name for row in frame.to_dict("records") for name in (row["row"], row["column"])]
    return list(dict.fromkeys(map(str, names)))


def _cells(made: Board, frame: pd.DataFrame, scale: Scale, study: Study) -> None:
    levers, sheet = levers_of(frame), study.sheet
    names = [study.text.get(f"levers.{lever}.title", lever) for lever in levers]
    count = len(levers)
    tall = made.height / (count + 0.9)
    points = min(0.8 * sheet.points, 0.34 * tall * 72)
    room = min(0.34 * made.width, max(width(name, points) for name in names) + 0.6 * points / 72)
    wide = min((made.width - room) / count, 2.6 * tall)
    size = min(0.9 * points, _fitting(names, 0.96 * wide))
    feet = ["\n".join(balanced(name, size, 0.96 * wide)) for name in names]
    foot = (1.3 * max(name.count("\n") + 1 for name in feet) + 0.6) * size / 72
    tall = min(tall, (made.height - foot) / count)
    axes = made.axes(room, foot, wide * count, tall * count)
    largest = float(frame["mean"].abs().max()) or 1.0
    known = {
        frozenset((str(row["row"]), str(row["column"]))): row for row in frame.to_dict("records")
    }
    for down, one in enumerate(levers):
        for across in range(down + 1):
            row = known.get(frozenset((one, levers[across])))
            _cell(axes, across, down, row, largest, scale, points, study)
    axes.set_xlim(0, count)
    axes.set_ylim(count, 0)
    labels = ["\n".join(wrapped(name, points, room - 0.5 * points / 72)) for name in names]
    axes.set_yticks([place + 0.5 for place in range(count)], labels, size=points)
    axes.set_xticks([place + 0.5 for place in range(count)], feet, size=size)
    axes.tick_params(labelcolor=INK)
    axes.spines["bottom"].set_visible(False)


def _fitting(names: list[str], room: float) -> float:
    """The size [points] at which the longest word of some names is `room` inches wide."""
    return 10.0 * room / max(width(word, 10.0) for name in names for word in wrapped(name, 10.0, 0))


def _cell(
    axes: Axes,
    across: int,
    down: int,
    row: Mapping[Any, Any] | None,
    largest: float,
    scale: Scale,
    points: float,
    study: Study,
) -> None:
    if row is None:
        axes.text(across + 0.5, down + 0.5, "·", color=SOFT, ha="center", va="center", size=points)
        return
    mean, shown = float(row["mean"]), clear(row)
    face = SHADES(0.5 + 0.5 * mean / largest) if shown else "white"
    patch = Rectangle((across, down), 1, 1, facecolor=face, edgecolor=RULE, linewidth=1.0)
    patch.set_label(f"{row['row']}×{row['column']}")
    axes.add_patch(patch)
    if across == down:
        axes.add_patch(
            Rectangle((across + 0.02, down + 0.02), 0.96, 0.96, fill=False, edgecolor=INK, lw=1.4)
        )
    if not shown:
        return
    dark = abs(mean) > 0.55 * largest
    lines = [scale.finer([mean]).number(mean, signed=True)]
    low, high = float(row["low"]), float(row["high"])
    if math.isfinite(low):
        lines.append(study.text.interval(low, high, scale.finer([mean])))
    small = min(points, max(0.66 * points, SMALLEST))
    for place, (line, size) in enumerate(zip(lines, (points, small), strict=False)):
        axes.text(
            across + 0.5,
            down + (0.4, 0.74)[place],
            line,
            size=size,
            color="white" if dark else INK,
            ha="center",
            va="center",
        )
