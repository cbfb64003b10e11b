"""Swept: the effect of each point of a sweep against the values it was given."""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from experiments.figures.effects import measured
from experiments.figures.headings import balanced
from experiments.figures.study import Study
from experiments.figures.style import BLUE, GREY, INK, Board, board, styled
from experiments.figures.timeline import value_axis
from experiments.statistics import closest_first, rank_correlation, reading, reading_of
from experiments.text import Scale, Text, said_unit
from experiments.value_names import value_names

MONEY = "m yuan"
MOST_LINES = 4  # below a panel
MOST = 3  # panels that can be read side by side: the values that the effect goes with most


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """The ranges with their rank correlation (`rank`, `points`, `strong`), the closest first."""
    ranks = {
        str(parameter): rank_correlation(mine[["value", "mean"]])
        for parameter, mine in frame.groupby("parameter", sort=False)
    }
    return pd.DataFrame(
        {"parameter": name, "rank": rank.share, "points": rank.n, "strong": rank.strong}
        for name, rank in closest_first(ranks).items()
    )


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The value that the effect goes with most, where the points are enough to say so.

    Of a few values that were crossed: between which of them the effect clearly differs.
    """
    if crossed(frame):
        return _from_end_to_end(frame, metric, study)
    text, ranks = study.text, ordered(frame)
    first = ranks.iloc[0]
    words = {
        "metric": text(f"metrics.{metric}.label"), "points": int(first["points"]),
        "first": _called(frame, text)[first["parameter"]],
    }  # fmt: skip
    if not first["strong"]:
        return text("chart.swept_none", total=len(ranks), **words)
    return text(f"chart.swept_{'up' if first['rank'] > 0 else 'down'}", **words)


def _called(frame: pd.DataFrame, text: Text) -> dict[str, str]:
    """Names of the parameters: those that the frame brings, else the catalogue's."""
    if "called" in frame:
        return dict(zip(frame["parameter"], frame["called"], strict=True))
    return value_names(list(frame["parameter"].unique()), text)


def crossed(frame: pd.DataFrame) -> bool:
    """True for a few values that were each run with all others; false for points spread over ranges."""
    return "gap" in frame and bool(frame["gap"].notna().any())


def _from_end_to_end(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The difference of effects between the lowest and the highest value, the clearest of all axes."""
    text, rows = study.text, frame.drop_duplicates("parameter").to_dict("records")
    said = {r["parameter"]: reading(r["gap"], r["gap_low"], r["gap_high"], r["n"]) for r in rows}
    clear = [row for row in rows if said[row["parameter"]] in ("up", "down")]
    label = text(f"metrics.{metric}.label")
    if not clear and len(rows) > 1:
        return text("chart.swept_gap_none", metric=label, total=len(rows))
    row = max(clear or rows, key=lambda r: abs(r["gap"]) / ((r["gap_high"] - r["gap_low"]) or 1.0))
    ends, found = (row["gap"], row["gap_low"], row["gap_high"]), said[row["parameter"]]
    names = _called(frame, text)
    axis = "" if len(rows) == 1 else text("chart.swept_axis", axis=names[row["parameter"]])
    key = found if found in ("up", "down", "single") else "unclear"
    words = study.effect(found, text.scale(metric, ends, effect=True), ends)
    between = {"first": row["first"], "last": row["last"], "axis": axis}
    return text(f"chart.swept_gap_{key}", metric=label, **between, **words)


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    words = title(frame, metric, study)
    return study.text("chart.alt_swept", metric=study.text.inline(metric), title=words)


def swept(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw a panel a range: every point by its value, with the 95% interval of its effect.

    `frame` has a row a point and range: title (of the scenario swept), design, parameter, value, unit,
    n, mean, low, high in the store's unit of `metric`; what the parameter is `called`, if not as in the
    catalogue; of a few values that were crossed also gap
    (gap_low, gap_high), the difference between the effects at the parameter's ends, and how these are
    called (first, last).
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
                _caption(frame),
                n=int(frame["n"].min()), seeds=study.seeds, identity=study.identity,
            ),
        )  # fmt: skip
        _panels(made, frame, shown, scale, study)
    return made.figure


def _caption(frame: pd.DataFrame) -> str:
    if not measured(frame):
        return "chart.swept_single"
    if frame["parameter"].nunique() == 1:
        return "chart.swept_caption_one"
    return "chart.swept_caption_crossed" if crossed(frame) else "chart.swept_caption"


def _panels(made: Board, frame: pd.DataFrame, shown: list[str], scale: Scale, study: Study) -> None:
    sheet = study.sheet
    left = 4.2 * sheet.points / 72
    each = (made.width - left) / len(shown)
    wide = each - 2.4 * sheet.points / 72
    labels = [_label(frame, parameter, study, wide) for parameter in shown]
    foot = (2.2 + max(2, *map(len, labels))) * sheet.points / 72
    known = [v for name in ("mean", "low", "high") for v in frame[name] if math.isfinite(v)]
    room = 0.05 * (max(*known, 0.0) - min(*known, 0.0) or 1.0)
    for place, parameter in enumerate(shown):
        axes = made.axes(
            left + place * each, foot, each - 1.6 * sheet.points / 72, made.height - foot
        )
        mine = frame[frame["parameter"] == parameter]
        _points(axes, beside(mine), sheet.points)
        axes.set_ylim(min(*known, 0.0) - room, max(*known, 0.0) + room)
        value_axis(axes, scale, signed=True)
        axes.tick_params(labelsize=0.8 * sheet.points)
        if place:
            axes.yaxis.set_major_formatter(NullFormatter())
        _value_ticks(axes, mine, len(shown))
        if (money := _money(mine, study.text)) is not None:
            axes.xaxis.set_major_formatter(FuncFormatter(partial(_tick, money.factor)))
        axes.set_xlabel("\n".join(labels[place]), size=0.85 * sheet.points, color=INK)


def _label(frame: pd.DataFrame, parameter: str, study: Study, room: float) -> list[str]:
    """What stands below a panel: the parameter with its unit, in lines."""
    text, mine = study.text, frame[frame["parameter"] == parameter]
    called, typed = _called(frame, text)[parameter], str(mine["unit"].iloc[0])
    unit, money = said_unit(text, typed), _money(mine, text)
    if money is not None:
        unit = unit.replace(said_unit(text, MONEY), money.unit)
    words = text("number.measured", metric=called, unit=unit) if unit else called
    return balanced(words, 0.85 * study.sheet.points, room)[:MOST_LINES]


def beside(rows: pd.DataFrame) -> pd.DataFrame:
    """The points of one panel; those that share a value stand a little beside each other."""
    place, several = (
        rows.groupby("value").cumcount(),
        rows["value"].map(rows["value"].value_counts()),
    )
    step = 0.012 * float(rows["value"].max() - rows["value"].min())
    return rows.assign(value=rows["value"] + step * (place - (several - 1) / 2))


def _value_ticks(axes: Axes, rows: pd.DataFrame, panels: int) -> None:
    """A tick at every value that was tried, where these are few and apart; else at round numbers."""
    values = sorted(rows["value"].unique())
    apart = min((b - a for a, b in pairwise(values)), default=0.0)
    if crossed(rows) and apart >= 0.07 * panels * (values[-1] - values[0]):
        axes.set_xticks(values, [f"{value:g}" for value in values])
    else:
        axes.locator_params(axis="x", nbins=4)


def _money(rows: pd.DataFrame, text: Text) -> Scale | None:
    """How amounts are written in the reader's own money, 亿元 rather than 百万元; else nothing."""
    typed = str(rows["unit"].iloc[0])
    return text.scale("net_cost", rows["value"]) if typed.startswith(MONEY) else None


def _tick(factor: float, value: float, _: int | None) -> str:
    return f"{value * factor:g}"


def _points(axes: Axes, rows: pd.DataFrame, points: float) -> None:
    """A dot a point, blue where its effect is clear, with its interval; few points bear bolder ones."""
    few = crossed(rows)
    faint: Any = {"alpha": 0.7 if few else 0.35, "linewidth": (0.13 if few else 0.08) * points}
    axes.axhline(0.0, color=INK, linewidth=1.0, zorder=1, label="_zero")
    for row in rows.to_dict("records"):
        ink = BLUE if reading_of(row) in ("up", "down") else GREY
        if math.isfinite(row["low"]):
            ends = [row["low"], row["high"]]
            axes.plot([row["value"]] * 2, ends, color=ink, **faint)
        axes.plot(
            row["value"], row["mean"], "o", color=ink, markersize=0.32 * points,
            label=str(row["design"]), zorder=3,
        )  # fmt: skip
