"""Chart 8: every headline metric of one scenario in a small panel of its own: what gets worse?"""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter

from experiments.figures.effects import measured
from experiments.figures.frames import years
from experiments.figures.study import Study
from experiments.figures.style import (
    GREY,
    INK,
    RULE,
    SAND,
    SOFT,
    UMBER,
    Board,
    Sheet,
    board,
    legible,
    styled,
)
from experiments.figures.timeline import RoundTicks, tick
from experiments.figures.typeset import width, wrapped
from experiments.text import Scale

READINGS = ("worse", "unclear", "better", "neutral", "cost")
INKS = {"worse": UMBER, "better": SAND, "unclear": GREY, "neutral": INK, "cost": INK}
USUAL = 12  # panels that fill a sheet, three rows of four
NAMED = 4  # metrics that a title names
WIDE = 10.0  # inches from which a sheet is a slide


def order(frame: pd.DataFrame) -> list[str]:
    """The panels as drawn: what gets worse first, then what is not clear."""
    found = frame.drop_duplicates("panel")
    ranks = found["reading"].map(READINGS.index)
    return list(map(str, found["panel"].iloc[ranks.argsort(kind="stable").to_numpy()]))


def title(frame: pd.DataFrame, study: Study) -> str:
    """What gets clearly worse, by name; or that nothing measured does."""
    text, rows = study.text, frame.drop_duplicates("panel")
    names = {"scenario": study.label(str(rows["design"].iloc[0]))}
    if not measured(rows.assign(low=rows["run_low"])):
        return text("chart.side_effects_single", **names)
    main = rows[rows["main"] & rows["reading"].isin(READINGS[:3])]
    count, measured_in_all = (int(rows[name].iloc[0]) for name in ("worse", "measured"))
    words = {
        **names, "worse": count, "measured": measured_in_all, "total": len(main),
        "better": int((main["reading"] == "better").sum()),
    }  # fmt: skip
    if not count:
        return text("chart.side_effects_none", **words)
    if count > NAMED:
        return text("chart.side_effects_many", **words)
    worse = rows.loc[rows["reading"] == "worse", "name"].drop_duplicates()
    return text("chart.side_effects_title", metrics=text.listed(map(text.inline, worse)), **words)


def alt(frame: pd.DataFrame, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    return study.text("chart.alt_side_effects", title=title(frame, study))


def side_effects(frame: pd.DataFrame, study: Study) -> Figure:
    """Draw a panel a metric: the paired difference by quarter with its 95% interval.

    `frame` has a row a panel and quarter: design, panel, metric, kind, name (the catalogue's), quarter,
    n, mean, low, high in the store's unit; and, repeated in each row of a panel, its reading over the
    run (worse, better, unclear, neutral where nothing is wished, or cost) with run_per_cent, run_mean,
    run_low, run_high, and whether it is a main metric. `worse` of `measured` metrics get clearly worse
    in all, whether drawn or not.
    """
    text, rows = study.text, frame.drop_duplicates("panel")
    measured_in_all, count = (int(rows[name].iloc[0]) for name in ("measured", "worse"))
    more = count - int((rows["reading"] == "worse").sum())
    across, sheet = _layout(len(rows), study.sheet)
    study = replace(study, sheet=sheet)
    with styled():
        made = board(
            study.sheet,
            title(frame, study),
            text(
                "chart.side_effects_subtitle",
                reference=study.label(study.reference),
                measured=measured_in_all,
            )
            + (text("chart.side_effects_more", more=more) if more else ""),
            text(
                "chart.side_effects_caption",
                n=int(frame["n"].min()),
                seeds=study.seeds,
                identity=study.identity,
            ),
        )
        _grid(made, frame, across, study)
    return made.figure


def _layout(panels: int, sheet: Sheet) -> tuple[int, Sheet]:
    """Columns and sheet that leave each panel its height: a slide has more columns, a page grows."""
    if panels <= USUAL:
        return 4, sheet
    if sheet.width > WIDE:
        return math.ceil(panels / 3), sheet
    rows = math.ceil(panels / 4)
    return 4, replace(sheet, height=sheet.height * (1 + 0.24 * (rows - 3)))


def _grid(made: Board, frame: pd.DataFrame, across: int, study: Study) -> None:
    panels, points = order(frame), 0.72 * study.sheet.points
    down = math.ceil(len(panels) / across)
    wide, tall = made.width / across, made.height / down
    head, foot = 3.1 * points * 1.25 / 72, 2.1 * points / 72
    for place, panel in enumerate(panels):
        row, column = divmod(place, across)
        part = frame[frame["panel"] == panel].sort_values("quarter")
        left = _ticks_width(part, study, points) + 0.5 * points / 72
        start, floor = column * wide, made.height - (row + 1) * tall
        axes = made.axes(start + left, floor + foot, wide - left - 0.14, tall - head - foot)
        _panel(axes, part, study, points)
        _head(made, part, study, points, (start, floor + tall, wide - 0.1))


def _scale(part: pd.DataFrame, study: Study) -> Scale:
    values = [*part["mean"], *part["low"], *part["high"]]
    return study.text.scale(str(part["name"].iloc[0]), values, effect=True)


def _ticks_width(part: pd.DataFrame, study: Study, points: float) -> float:
    """The inches that the widest tick label of a panel may take."""
    scale = _scale(part, study)
    ends = (part["mean"].min(), part["low"].min(), part["mean"].max(), part["high"].max())
    finite = [float(end) for end in ends if math.isfinite(end)]
    return max(width(scale.number(2.5 * end, signed=True), points) for end in [*finite, 0.0])


def _panel(axes: Axes, part: pd.DataFrame, study: Study, points: float) -> None:
    panel, said = str(part["panel"].iloc[0]), str(part["reading"].iloc[0])
    scale, times, ink = _scale(part, study), years(part["quarter"]), INKS[said]
    axes.axhline(0.0, color=INK, linewidth=0.8, zorder=1, label="_zero")
    axes.fill_between(
        times, part["low"], part["high"], color=ink, alpha=0.2, linewidth=0, label="_interval"
    )
    axes.plot(times, part["mean"], color=ink, linewidth=0.12 * points, label=panel)
    first, last = math.ceil(times.min()), math.floor(times.max())
    axes.set_xlim(times.min() - 0.2, times.max() + 0.3)
    step = max(1, (last - first) // 2)
    axes.set_xticks(list(range(first, last + 1, step)) if last >= first else [])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda year, _: f"{year:.0f}"))
    inches = axes.get_position().height * study.sheet.height
    # Where there is no difference at all, the ends of the axis are matplotlib's own.
    flat = not part[["mean", "low", "high"]].fillna(0.0).to_numpy().any()
    places = [0.0] if flat else _ticks(axes, scale, inches, points)
    axes.yaxis.set_major_locator(FixedLocator(places))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: tick(axes.yaxis, scale, value, True))
    )
    axes.grid(axis="y", color=RULE, linewidth=0.7)
    axes.tick_params(labelsize=0.92 * points, pad=0.25 * points)
    axes.tick_params(axis="x", pad=0.6 * points)
    axes.spines["bottom"].set_visible(False)


def _ticks(axes: Axes, scale: Scale, inches: float, points: float) -> list[float]:
    """As many round values as keep apart at this height; else zero and the farthest that does."""
    low, high = axes.get_ylim()
    inch, least = inches / (high - low), 1.15 * points / 72
    places = [0.0]
    for most in (3, 2, 1):
        places = RoundTicks(scale.factor, most).tick_values(low, high)
        places = [value for value in places if low <= value <= high]
        if all((b - a) * inch > least for a, b in itertools.pairwise(places)):
            return places
    far = max([0.0, *places], key=abs)
    return sorted({0.0, far}) if abs(far) * inch > least else [0.0]


def _head(
    made: Board, part: pd.DataFrame, study: Study, points: float, place: tuple[float, float, float]
) -> None:
    """Metric and unit, and what the whole run says of it."""
    text, row, said = study.text, part.iloc[0], str(part["reading"].iloc[0])
    left, top, room = place
    scale = _scale(part, study)
    label = text.measured(str(row["name"]), scale.unit)
    if row["twice"]:
        label = text("chart.panel_kind", metric=label, kind=text(f"kinds.{row['kind']}"))
    words = text(f"chart.panel_{said}", percent=text.per_cent(float(row["run_per_cent"])))
    lines = [
        (line, INK if said != "unclear" else SOFT) for line in wrapped(label, points, room)[:2]
    ]
    lines += [(words, legible(INKS[said]))]
    for at, (line, ink) in enumerate(lines):
        made.figure.text(
            (made.left + left) / study.sheet.width,
            (made.bottom + top - at * 1.25 * points / 72) / study.sheet.height,
            line,
            size=points,
            color=ink,
            va="top",
            ha="left",
        )
