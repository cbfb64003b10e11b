"""Chart 3: the effect of every scenario on one metric, sorted, grey where the interval holds 0."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.effects import clear, clear_rows, drawn_scale
from experiments.figures.study import Study
from experiments.figures.style import GREY, INK, Framed, Sheet, framed, styled
from experiments.figures.timeline import amount_axis
from experiments.figures.typeset import width, wrapped
from experiments.text import Scale


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """How many scenarios have a clear effect, and which is the largest."""
    names = {"metric": study.text(f"metrics.{metric}.label")}
    if not frame["low"].map(math.isfinite).any():
        return study.text("chart.forest_title_unmeasured", **names)
    found = clear_rows(frame)
    if found.empty:
        return study.text("chart.forest_title_none", **names)
    best = found.iloc[int(found["mean"].abs().to_numpy().argmax())]
    scale = drawn_scale(study.text, metric, ordered(frame))
    value = study.text.joined(_number(float(best["mean"]), scale), scale.unit)
    names |= {"best": study.label(str(best["design"])), "value": value}
    if len(frame) == 1:
        return study.text("chart.forest_title_single", **names)
    if len(found) == 1:
        return study.text("chart.forest_title_one", **names)
    counts = {"clear": str(len(found)), "total": str(len(frame))}
    said = "forest_title_all" if len(found) == len(frame) else "forest_title"
    return study.text(f"chart.{said}", **counts, **names)


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    words = title(frame, metric, study)
    return study.text("chart.alt_forest", metric=study.text.inline(metric), title=words)


def forest(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw one row a scenario: mean and 95% interval, the largest effect on top.

    `frame` holds rows of the effects frame for one metric and kind: design, kind, n, mean, low,
    high. Rows without a mean (an undefined ratio) are left out.
    """
    rows = ordered(frame)
    text = study.text
    scale = drawn_scale(text, metric, rows)
    kind = str(rows["kind"].iloc[0]) if "kind" in rows and len(rows) else "level"
    with styled():
        made = framed(
            study.sheet,
            title(rows, metric, study),
            text(
                "chart.forest_subtitle",
                reference=study.label(study.reference),
                kind=text(f"kinds.{kind}"),
                unit=scale.unit,
            ),
            text(
                "chart.forest_caption",
                n=int(rows["n"].min()) if len(rows) else 0,
                seeds=study.seeds,
                identity=study.identity,
            ),
            right=0.2 * study.sheet.width,
        )
        _rows(made, rows, study)
        _axes(made, rows, scale, study)
        made.settle()
        _values(made, rows, scale, study)
    return made.figure


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows drawn, from the top down."""
    known = frame[frame["mean"].map(math.isfinite)]
    return known.sort_values(["mean", "design"], ascending=[False, True], ignore_index=True)


def _records(rows: pd.DataFrame, study: Study) -> list[tuple[str, float, float, float, bool, str]]:
    """Rows as (design, mean, low, high, clear, colour)."""
    found = []
    for row in rows.to_dict("records"):
        mean, low, high = (float(row[name]) for name in ("mean", "low", "high"))
        design, known = str(row["design"]), clear(row)
        ink = study.colour(design) if known else GREY
        found.append((design, mean, low, high, known, ink))
    return found


def _rows(made: Framed, rows: pd.DataFrame, study: Study) -> None:
    points = study.sheet.points
    for place, (design, mean, low, high, known, ink) in enumerate(_records(rows, study)):
        if math.isfinite(low):
            made.axes.plot(
                [low, high], [place, place], color=ink, linewidth=0.16 * points, zorder=2
            )
        made.axes.plot(
            [mean],
            [place],
            marker=study.marker(design),
            markersize=0.6 * points,
            color=ink,
            markerfacecolor=ink if known else "white",
            markeredgewidth=0.12 * points,
            zorder=3,
            label=design,
        )
    made.axes.axvline(0.0, color=INK, linewidth=1.0, zorder=1, label="_zero")


def _axes(made: Framed, rows: pd.DataFrame, scale: Scale, study: Study) -> None:
    """Names at the left, round ticks below."""
    axes, sheet = made.axes, study.sheet
    names = [study.label(str(design)) for design in rows["design"]]
    size, room = _size(made, sheet, len(names)), 0.4 * sheet.width
    lines = [wrapped(name, size, room) for name in names]
    if max(map(len, lines), default=1) > 1:
        size = min(size, _size(made, sheet, len(names) * max(map(len, lines))) * 1.15)
    axes.set_yticks(range(len(names)), ["\n".join(line) for line in lines], size=size)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", labelcolor=INK)
    amount_axis(axes, scale, 5)
    axes.spines["bottom"].set_visible(False)
    axes.margins(x=0.06)


def _values(made: Framed, rows: pd.DataFrame, scale: Scale, study: Study) -> None:
    """The mean of each row in figures, in a column at the right."""
    size = _size(made, study.sheet, len(rows))
    values = {float(row["mean"]) for row in rows.to_dict("records")}
    full = [study.text.joined(_number(value, scale), scale.unit) for value in values]
    room = 0.2 * study.sheet.width - 0.8 * study.sheet.points / 72
    fits = max((width(words, size) for words in full), default=0.0) <= room
    unit = scale.unit if fits else ""  # the subtitle names it
    for place, (_, mean, _, _, known, _) in enumerate(_records(rows, study)):
        made.axes.annotate(
            study.text.joined(_number(mean, scale), unit),
            (1.0, place),
            xycoords=("axes fraction", "data"),
            xytext=(0.8 * study.sheet.points, 0),
            textcoords="offset points",
            size=size,
            color=INK if known else GREY,
            va="center",
            ha="left",
        )


def _number(mean: float, scale: Scale) -> str:
    """A mean with two digits at least: beside one of 101 another of 8.4 had stood as 8."""
    return scale.finer([mean]).number(mean, signed=True)


def _size(made: Framed, sheet: Sheet, count: int) -> float:
    """Text small enough that neighbouring rows keep apart."""
    return min(0.88 * sheet.points, 0.62 * made.height * 72 / max(count, 1))
