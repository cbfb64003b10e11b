"""Chart 5: how far each uncertain number moves a result, and the indices of a global analysis."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.effects import effect_axis
from experiments.figures.headings import balanced
from experiments.figures.study import Study
from experiments.figures.style import INK, RULE, SAND, SOFT, UMBER, Board, board, styled
from experiments.figures.timeline import amount_axis
from experiments.figures.typeset import width
from experiments.questions.sensitivity_shown import LUCKY, outside
from experiments.text import Scale
from experiments.value_names import value_names

INDICES = ("first", "total", "mu_star")


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows from the top down: what moves the result most, up and down alike."""
    return frame.sort_values("strength", ascending=False, kind="stable", ignore_index=True)


def names(rows: pd.DataFrame, study: Study) -> list[str]:
    """What the numbers of the rows are called."""
    return list(value_names([str(key) for key in rows["parameter"]], study.text).values())


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The number that moves the effect most in the screening, whether Sobol says so, and luck."""
    text, rows = study.text, ordered(frame)
    called = names(rows, study)
    words = {"metric": text(f"metrics.{metric}.label"), "first": called[0]}
    if not rows["strength"].iloc[0] > 0.0:
        return text("chart.tornado_none", **words)
    key = "title"
    if "total" in rows and rows["total"].notna().any():
        words["sobol"] = called[int(rows["total"].fillna(-math.inf).to_numpy().argmax())]
        key = "title" if words["sobol"] == called[0] else "two"
    if rows["luck"].iloc[0] > LUCKY * rows["strength"].iloc[0]:
        key = "lucky"
    return text(f"chart.tornado_{key}", **words)


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    words = title(frame, metric, study)
    return study.text("chart.alt_tornado", metric=study.text.inline(metric), title=words)


def tornado(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw the effect at both ends of each number's range, the strongest on top, and indices beside it.

    `frame` has a row a parameter: parameter (world.x.y or levers.id.value), low_value and high_value (as
    shown), low_effect and high_effect (mean effects at the two ends in a screening, where the others
    are anywhere in their ranges, store's unit of `metric`), low and high (interval of the upper one),
    base (mean of all points), n, strength (Morris's mu_star), luck (its standard error from seeds); and
    optionally Sobol's `first` and `total` or `mu_star`, each with _low and _high (95%).
    """
    text, rows = study.text, ordered(frame)
    values = [*rows["low_effect"], *rows["high_effect"], *rows["base"]]
    scale = text.scale(metric, values, effect=True)
    with styled():
        made = board(
            study.sheet,
            title(frame, metric, study),
            text(
                "chart.tornado_screened",
                measure=text.measured(metric, scale.unit),
                reference=study.label(study.reference),
            ),
            text(
                "chart.tornado_caption",
                n=int(rows["n"].min()),
                indices=_doubt(rows, study),
                seeds=study.seeds,
                identity=study.identity,
            ),
        )
        _panels(made, rows, scale, study)
    return made.figure


def _doubt(rows: pd.DataFrame, study: Study) -> str:
    """Says so where Sobol's indices are no shares."""
    values = [float(v) for index in ("first", "total") if index in rows for v in rows[index]]
    odd = outside(value for value in values if math.isfinite(value))
    return study.text("chart.tornado_outside", count=len(odd)) if odd else ""


def _panels(made: Board, rows: pd.DataFrame, scale: Scale, study: Study) -> None:
    sheet, shown = study.sheet, [index for index in INDICES if index in rows]
    foot, head = 1.6 * sheet.points / 72, 1.5 * sheet.points / 72 if shown else 0.0
    tall = made.height - foot - head
    size = min(0.82 * sheet.points, 0.5 * tall * 72 / len(rows))
    called = names(rows, study)
    left = min(max(width(words, size) for words in called) + 0.6 * size / 72, 0.32 * made.width)
    room = made.width - left
    main = room if not shown else room * 2 / (2 + len(shown))
    axes = made.axes(left, foot, main - 0.1 * sheet.width, tall)
    _bars(axes, rows, scale, size, study)
    labels = ["\n".join(balanced(words, size, left - 0.5 * size / 72)[:2]) for words in called]
    axes.set_yticks(range(len(rows)), labels, size=size)
    axes.tick_params(axis="y", labelcolor=INK)
    each = (room - main) / max(len(shown), 1)
    for place, index in enumerate(shown):
        start = left + main + place * each
        other = made.axes(start, foot, each - 0.06 * sheet.width, tall)
        _index(other, rows, index, scale, size, study)


def _bars(axes: Axes, rows: pd.DataFrame, scale: Scale, size: float, study: Study) -> None:
    base = float(rows["base"].iloc[0])
    for place, row in enumerate(rows.to_dict("records")):
        for end, ink in (("low", SAND), ("high", UMBER)):
            effect = float(row[f"{end}_effect"])
            axes.barh(
                place, effect - base, left=base, height=0.6, color=ink, zorder=2,
                label=f"{row['parameter']}@{end}",
            )  # fmt: skip
        if math.isfinite(row["low"]):
            axes.plot(
                [row["low"], row["high"]], [place, place], color=INK, linewidth=0.1 * size, zorder=4,
                label=f"{row['parameter']}@interval",
            )  # fmt: skip
    axes.axvline(base, color=INK, linewidth=1.0, zorder=3, label="base")
    axes.axvline(0.0, color=SOFT, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1, label="_zero")
    axes.set_ylim(len(rows) - 0.4, -0.6)
    known = [v for end in ("low", "high") for v in rows[end] if math.isfinite(v)]
    ends = [*rows["low_effect"], *rows["high_effect"], *known, 0.0]
    effect_axis(axes, scale, study.sheet, (min(ends), max(ends)))


def _index(
    axes: Axes, rows: pd.DataFrame, index: str, scale: Scale, size: float, study: Study
) -> None:
    """Indices of one kind as dots with their intervals; Morris's are amounts, the others shares."""
    for place, row in enumerate(rows.to_dict("records")):
        if f"{index}_low" in row:
            ends = [float(row[f"{index}_low"]), float(row[f"{index}_high"])]
            axes.plot(ends, [place, place], color=INK, linewidth=0.12 * size, zorder=2)
        axes.plot(row[index], place, "o", color=INK, markersize=0.45 * size, label=index, zorder=3)
    axes.set_title(study.text(f"chart.index_{index}"), size=0.95 * size, color=INK, loc="left")
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(left=min(0.0, axes.get_xlim()[0]))
    axes.set_yticks([])
    if index == "mu_star":
        amount_axis(axes, scale, 3, signed=False)
    else:
        axes.locator_params(axis="x", nbins=3)
        axes.grid(axis="x", color=RULE, linewidth=0.8)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="x", labelsize=0.8 * study.sheet.points)
