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
from experiments.statistics import reading_of
from experiments.text import Scale


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """What the last quarter shows; no claim where its interval holds zero."""
    last = frame.sort_values("quarter").iloc[-1].to_dict()
    told, numbers = reading_of(last), (float(last["mean"]), float(last["low"]), float(last["high"]))
    names = {"metric": study.text.inline(metric), "scenario": study.label(str(last["design"]))}
    names |= {"date": study.text.date(last["quarter"]), "n": str(int(last["n"]))}
    names |= study.effect(told, _scale(frame, metric, study), numbers)
    return study.text(f"chart.difference_{told}", **names)


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

    `frame` comes from `frames.differences`: design, quarter, n, mean, low, high.
    """
    text = study.text
    scale = _scale(frame, metric, study)
    with styled():
        made = framed(
            study.sheet,
            title(frame, metric, study),
            text(
                "chart.difference_subtitle",
                reference=study.label(study.reference),
                unit=scale.unit,
                period=study.period(metric),
                clear=len(clear_rows(frame)),
                quarters=len(frame),
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
