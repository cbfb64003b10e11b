"""Swept: the effect of each point of a sweep against the values it was given."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter

from experiments.figures.effects import measured
from experiments.figures.headings import balanced
from experiments.figures.study import Study
from experiments.figures.style import BLUE, GREY, INK, Board, board, styled
from experiments.figures.timeline import value_axis
from experiments.statistics import rank_correlation, reading_of
from experiments.text import Scale, said_unit
from experiments.value_names import value_names

MOST = 3  # panels that can be read side by side: the values that the effect goes with most


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """The ranges with their rank correlation (`rank`, `points`, `strong`), the closest first."""
    rows = []
    for parameter, mine in frame.groupby("parameter", sort=False):
        found = rank_correlation(mine[["value", "mean"]])
        rank = found.share if math.isfinite(found.share) else 0.0
        row = {"parameter": str(parameter), "rank": rank, "points": found.n, "strong": found.strong}
        rows.append(row)
    ranks = pd.DataFrame(rows)
    return ranks.iloc[(-ranks["rank"].abs()).argsort(kind="stable").to_numpy()].reset_index(
        drop=True
    )


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The value that the effect goes with most, where the points are enough to say so."""
    text, ranks = study.text, ordered(frame)
    first = ranks.iloc[0]
    words = {
        "metric": text(f"metrics.{metric}.label"), "points": int(first["points"]),
        "first": value_names(list(ranks["parameter"]), text)[first["parameter"]],
    }  # fmt: skip
    if not first["strong"]:
        return text("chart.swept_none", total=len(ranks), **words)
    return text(f"chart.swept_{'up' if first['rank'] > 0 else 'down'}", **words)


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    words = title(frame, metric, study)
    return study.text("chart.alt_swept", metric=study.text.inline(metric), title=words)


def swept(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw a panel a range: every point by its value, with the 95% interval of its effect.

    `frame` has a row a point and range: title (of the scenario swept), design, parameter, value, unit,
    n, mean, low, high in the store's unit of `metric`.
    """
    text = study.text
    scale = text.scale(metric, frame["mean"], effect=True)
    shown = list(ordered(frame)["parameter"])[:MOST]
    with styled():
        made = board(
            study.sheet,
            title(frame, metric, study),
            text(
                "chart.swept_subtitle", measure=text.measured(metric, scale.unit),
                scenario=str(frame["title"].iloc[0]),
                reference=study.label(study.reference),
            ),
            text(
                "chart.swept_caption" if measured(frame) else "chart.swept_single",
                n=int(frame["n"].min()), seeds=study.seeds, identity=study.identity,
            ),
        )  # fmt: skip
        _panels(made, frame, shown, scale, study)
    return made.figure


def _panels(made: Board, frame: pd.DataFrame, shown: list[str], scale: Scale, study: Study) -> None:
    sheet, text = study.sheet, study.text
    foot, left = 4.2 * sheet.points / 72, 4.2 * sheet.points / 72
    each = (made.width - left) / max(len(shown), 2)
    called = value_names(list(frame["parameter"].unique()), text)
    known = [v for name in ("mean", "low", "high") for v in frame[name] if math.isfinite(v)]
    room = 0.05 * (max(*known, 0.0) - min(*known, 0.0) or 1.0)
    for place, parameter in enumerate(shown):
        axes = made.axes(
            left + place * each, foot, each - 1.6 * sheet.points / 72, made.height - foot
        )
        mine = frame[frame["parameter"] == parameter]
        _points(axes, mine, sheet.points)
        axes.set_ylim(min(*known, 0.0) - room, max(*known, 0.0) + room)
        value_axis(axes, scale, signed=True)
        axes.tick_params(labelsize=0.8 * sheet.points)
        if place:
            axes.yaxis.set_major_formatter(NullFormatter())
        axes.locator_params(axis="x", nbins=4)
        unit = said_unit(text, str(mine["unit"].iloc[0]))
        words = (
            text("number.measured", metric=called[parameter], unit=unit)
            if unit
            else called[parameter]
        )
        lines = balanced(words, 0.85 * sheet.points, each - 2.4 * sheet.points / 72)[:2]
        axes.set_xlabel("\n".join(lines), size=0.85 * sheet.points, color=INK)


def _points(axes: Axes, rows: pd.DataFrame, points: float) -> None:
    """A dot a point, blue where its effect is clear, with its interval."""
    axes.axhline(0.0, color=INK, linewidth=1.0, zorder=1, label="_zero")
    for row in rows.to_dict("records"):
        ink = BLUE if reading_of(row) in ("up", "down") else GREY
        if math.isfinite(row["low"]):
            ends = [row["low"], row["high"]]
            axes.plot([row["value"]] * 2, ends, color=ink, alpha=0.35, linewidth=0.08 * points)
        axes.plot(
            row["value"], row["mean"], "o", color=ink, markersize=0.32 * points,
            label=str(row["design"]), zorder=3,
        )  # fmt: skip
