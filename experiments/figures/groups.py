"""Chart 13: winners and losers, the paired effect by size, sector, zone and origin."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter

from experiments.figures.effects import (
    clear,
    clear_rows,
    draw_interval,
    drawn_scale,
    effect_axis,
    measured,
    span,
)
from experiments.figures.study import Study
from experiments.figures.style import GREY, INK, SOFT, Board, board, styled
from experiments.figures.typeset import width
from experiments.text import Scale

# Two columns of about as many rows.
COLUMNS = (("size", "sector"), ("zone", "origin"))
DIMENSIONS = tuple(dimension for column in COLUMNS for dimension in column)
CATALOGUE = {"size": "sizes", "sector": "sectors", "zone": "zones", "origin": "origins"}
KEYS = ["dimension", "group"]
HEAD = 1.35  # rows that a heading takes


def name(dimension: str, group: str, study: Study) -> str:
    """What a group is called, e.g. ("size", "micro")."""
    return study.text.get(f"{CATALOGUE.get(dimension, dimension)}.{group}", group)


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The clear loser and winner with the largest effects, never one that is not clear."""
    text, names = study.text, {"metric": study.text.inline(metric)}
    names["scenario"] = study.label(str(frame["design"].iloc[0]))
    if not measured(frame):
        return text("chart.difference_single", **names)
    found = clear_rows(frame)
    if found.empty:
        return text("chart.groups_none", **names)
    parts = []
    for way, rows in (("down", found[found["mean"] < 0]), ("up", found[found["mean"] > 0])):
        if len(rows):
            row = rows.iloc[int(rows["mean"].abs().to_numpy().argmax())]
            group = name(str(row["dimension"]), str(row["group"]), study)
            scale = drawn_scale(text, metric, frame)
            value = text.joined(scale.number(float(row["mean"]), signed=True), scale.unit)
            parts.append(text(f"chart.groups_{way}", group=group, value=value))
    return text("chart.groups_title", found=text("chart.and").join(parts), **names)


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    words = title(frame, metric, study)
    return study.text("chart.alt_groups", metric=study.text.inline(metric), title=words)


def groups(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw one row a group: mean and 95% interval, with the change in per cent at the right.

    `frame`: design, dimension (size, sector, zone, origin), group, n, baseline, mean, low, high in
    the store's unit of `metric`, and per_cent. `kind` (level, mean …) says what was compared.
    """
    text = study.text
    scale = drawn_scale(text, metric, frame)
    with styled():
        made = board(
            study.sheet,
            title(frame, metric, study),
            text(
                "chart.groups_subtitle",
                metric=text(f"metrics.{metric}.label"),
                kind=text(f"kinds.{frame['kind'].iloc[0]}"),
                unit=scale.unit,
                period=study.period(metric),
                reference=study.label(study.reference),
            ),
            text(
                "chart.groups_caption",
                n=int(frame["n"].min()),
                seeds=study.seeds,
                identity=study.identity,
            ),
        )
        _columns(made, frame, scale, study)
    return made.figure


def _columns(made: Board, frame: pd.DataFrame, scale: Scale, study: Study) -> None:
    sheet, gap = study.sheet, 0.025 * study.sheet.width
    foot = 1.5 * sheet.points / 72
    present = set(frame["dimension"])
    columns = [[item for item in column if item in present] for column in COLUMNS]
    counts = [
        sum(HEAD + int((frame["dimension"] == item).sum()) for item in column) for column in columns
    ]
    row = (made.height - foot) / max(counts)
    size = min(0.86 * sheet.points, 0.68 * row * 72)
    half = (made.width - gap) / 2
    widest = max(
        width(name(str(r["dimension"]), str(r["group"]), study), size)
        for r in frame.to_dict("records")
    )
    size *= min(1.0, 0.42 * half / widest)
    for place, column in enumerate(columns):
        rows = frame[frame["dimension"].isin(column)]
        labels = [
            name(str(r["dimension"]), str(r["group"]), study) for r in rows.to_dict("records")
        ]
        left = max((width(label, size) for label in labels), default=0.0) + 0.5 * size / 72
        shares = [study.text.per_cent(float(value)) for value in rows["per_cent"]]
        right = max((width(share, size) for share in shares), default=0.0) + 0.6 * size / 72
        start, top = place * (half + gap), made.height
        for at, dimension in enumerate(column):
            part = rows[rows["dimension"] == dimension]
            tall = row * len(part)
            head = study.text(f"dimensions.{dimension}")
            made.figure.text(
                (made.left + start) / sheet.width,
                (made.bottom + top - 0.75 * HEAD * row) / sheet.height,
                head,
                size=0.94 * size,
                color=SOFT,
                va="center",
            )
            top -= HEAD * row + tall
            axes = made.axes(start + left, top, half - left - right, tall)
            _panel(axes, part, size, study)
            effect_axis(axes, scale, sheet, span(frame))
            if at < len(column) - 1:
                axes.xaxis.set_major_formatter(NullFormatter())


def _panel(axes: Axes, part: pd.DataFrame, size: float, study: Study) -> None:
    axes.axvline(0.0, color=INK, linewidth=1.0, zorder=1, label="_zero")
    labels = []
    for place, row in enumerate(part.to_dict("records")):
        ink = study.colour(str(row["design"])) if clear(row) else GREY
        draw_interval(axes, place, row, ink, size, str(row["group"]))
        axes.annotate(
            study.text.per_cent(float(row["per_cent"])),
            (1.0, place),
            xycoords=("axes fraction", "data"),
            xytext=(0.4 * size, 0),
            textcoords="offset points",
            size=size,
            color=INK if clear(row) else GREY,
            va="center",
            ha="left",
        )
        labels.append(name(str(row["dimension"]), str(row["group"]), study))
    axes.set_yticks(range(len(labels)), labels, size=size)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.tick_params(axis="y", labelcolor=INK, pad=0.25 * size)
