"""Chart 2: the paired difference over time, always beside the fan."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.effects import clear_rows
from experiments.figures.frames import years
from experiments.figures.study import Study
from experiments.figures.style import GREY, INK, Framed, framed, styled
from experiments.figures.timeline import end_labels, labels_room, value_axis, year_axis
from experiments.statistics import reading, reading_of
from experiments.text import Scale


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """What the run as a whole shows, as page one does: the curve's end alone may tell otherwise."""
    text, row = study.text, frame.iloc[0].to_dict()
    mean, low, high = (float(row[name]) for name in ("run_mean", "run_low", "run_high"))
    told, name = reading(mean, low, high, int(row["n"])), str(row["run_name"])
    words = {"metric": text.inline(name), "scenario": study.label(str(row["design"]))}
    words |= {"kind": text(f"kinds.{row['run_kind']}"), "n": str(int(row["n"]))}
    scale = text.scale(name, (mean, low, high), effect=True)
    words |= study.effect(told, scale, (mean, low, high))
    return text(f"chart.difference_{told}", **words)


def _end(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """What the curve shows at its end, which one pair cannot tell."""
    text, row = study.text, frame.sort_values("quarter").iloc[-1].to_dict()
    if reading_of(row) == "single":
        return ""
    scale = _scale(frame, metric, study).finer([float(row["mean"])])
    value = text.joined(scale.number(float(row["mean"]), signed=True), scale.unit)
    ends = text.interval(float(row["low"]), float(row["high"]), scale)
    return text(
        "chart.difference_end",
        date=text.date(row["quarter"]),
        value=value,
        interval=text("report.interval_words", interval=ends),
    )


def _scale(frame: pd.DataFrame, metric: str, study: Study) -> Scale:
    """How axis and title write an amount, in one unit."""
    values = [*frame["mean"], *frame["low"], *frame["high"]]
    return study.text.scale(metric, values, effect=True)


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    return study.text(
        "chart.alt_difference",
        metric=study.text.inline(metric),
        start=study.text.date(frame["quarter"].min()),
        date=study.text.date(frame["quarter"].max()),
        title=title(frame, metric, study),
    )


def difference(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw the mean of the pairs and its 95% t interval, quarter by quarter.

    `frame` comes from `frames.differences`: design, quarter, n, mean, low, high; and, the same in all
    rows, the effect over the run (run_mean, run_low, run_high) with its metric's name in the catalogue
    (run_name) and kind (run_kind).
    """
    text = study.text
    scale = _scale(frame, metric, study)
    with styled():
        made = framed(
            study.sheet,
            title(frame, metric, study),
            text(
                "chart.difference_subtitle",
                metric=text(f"metrics.{metric}.label"),
                reference=study.label(study.reference),
                unit=scale.unit,
                period=study.period(metric),
                clear=len(clear_rows(frame)),
                quarters=len(frame),
                end=_end(frame, metric, study),
            ),
            text(
                "chart.difference_caption",
                n=int(frame["n"].min()),
                seeds=study.seeds,
                identity=study.identity,
            ),
            right=labels_room(study.sheet),
        )
        _draw(made, frame, study)
        year_axis(made.axes, years(frame["quarter"]))
        value_axis(made.axes, scale, signed=True)
        made.settle()
        _label(made, frame, study)
    return made.figure


def _draw(made: Framed, frame: pd.DataFrame, study: Study) -> None:
    """The interval as a band, the mean as a line, and the line of no difference."""
    design, points = str(frame["design"].iloc[0]), study.sheet.points
    ink, times = study.colour(design), years(frame["quarter"])
    made.axes.axhline(0.0, color=INK, linewidth=1.0, zorder=1, label="_zero")
    made.axes.fill_between(
        times, frame["low"], frame["high"], color=ink, alpha=0.2, linewidth=0, label="_interval"
    )
    made.axes.plot(
        times,
        frame["mean"],
        color=ink,
        linewidth=0.17 * points,
        marker=study.marker(design),
        markersize=0.4 * points,
        markevery=4,
        label=design,
    )


def _label(made: Framed, frame: pd.DataFrame, study: Study) -> None:
    """Names at the right end: the mean, and zero."""
    last = frame.sort_values("quarter").iloc[-1]
    ink = study.colour(str(last["design"]))
    labels = [
        (study.text("chart.difference_line"), float(last["mean"]), ink),
        (study.text("chart.zero"), 0.0, GREY),
    ]
    if math.isfinite(last["low"]):
        far = last["high"] if last["mean"] >= 0 else last["low"]
        labels.append((study.text("chart.difference_band"), float(far), ink))
    end_labels(made, study.sheet, labels, years(frame["quarter"]).max())
