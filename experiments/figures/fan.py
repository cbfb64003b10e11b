"""Chart 1: how the runs of a scenario and of its reference spread over time."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.frames import years
from experiments.figures.study import Study
from experiments.figures.style import Framed, framed, styled
from experiments.figures.timeline import end_labels, labels_room, value_axis, year_axis
from experiments.statistics import FEW


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """Where most runs of the scenario end; beside it the reference's levels would read as an effect."""
    rows = frame[frame["quarter"] == frame["quarter"].max()]
    scenario = next((n for n in _ends(frame, study) if n != study.reference), study.reference)
    row = rows[rows["design"] == scenario].iloc[0]
    ends = float(row["low"]), float(row["high"])
    scale = study.text.scale(metric, frame["median"]).finer(ends)  # the unit of the axis
    said = "_single" if row["n"] == 1 else "_few" if row["n"] < FEW else ""
    return study.text(
        f"chart.fan_title{said}",
        n=int(row["n"]),
        metric=study.text.inline(metric),
        date=study.text.date(row["quarter"]),
        scenario=study.label(scenario),
        range=study.text.joined(study.text.interval(*ends, scale, signed=False), scale.unit),
        value=study.text.joined(scale.number(float(row["median"])), scale.unit),
    )


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    return study.text(
        "chart.alt_fan",
        metric=study.text(f"metrics.{metric}.label"),
        start=study.text.date(frame["quarter"].min()),
        date=study.text.date(frame["quarter"].max()),
        title=title(frame, metric, study),
    )


def fan(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw median, the middle half and most runs of one scenario and the reference.

    `frame` comes from `frames.bands`: design, quarter, n, median, low50, high50, low, high.
    """
    text, n = study.text, int(frame["n"].min())
    scale = text.scale(metric, frame["median"])
    with styled():
        made = framed(
            study.sheet,
            title(frame, metric, study),
            text(
                "chart.fan_subtitle",
                metric=text(f"metrics.{metric}.label"),
                unit=scale.unit,
                period=study.period(metric),
                outer=text("chart.fan_all" if n < FEW else "chart.fan_most", n=n),
            ),
            text(
                "chart.fan_caption",
                n=n,
                seeds=study.seeds,
                identity=study.identity,
            ),
            right=labels_room(study.sheet),
        )
        for design in _ends(frame, study):
            _draw(made, frame[frame["design"] == design], design, study)
        year_axis(made.axes, years(frame["quarter"]))
        value_axis(made.axes, scale)
        made.settle()
        labels = [
            (study.label(name), value, study.colour(name))
            for name, value in _ends(frame, study).items()
        ]
        end_labels(made, study.sheet, labels, years(frame["quarter"]).max())
    return made.figure


def _ends(frame: pd.DataFrame, study: Study) -> dict[str, float]:
    """Design → its last median, the reference first so that it is drawn underneath."""
    last = frame.sort_values("quarter").groupby("design")["median"].last()
    order = sorted(last.index, key=lambda name: name != study.reference)
    return {str(name): float(last[name]) for name in order}


def _draw(made: Framed, rows: pd.DataFrame, design: str, study: Study) -> None:
    """One scenario's bands and median."""
    ink, points = study.colour(design), study.sheet.points
    times, reference = years(rows["quarter"]), design == study.reference
    for band, opacity in (("", 0.13), ("50", 0.24)):
        made.axes.fill_between(
            times, rows[f"low{band}"], rows[f"high{band}"], color=ink, alpha=opacity, linewidth=0
        )
    made.axes.plot(
        times,
        rows["median"],
        color=ink,
        linewidth=0.15 * points,
        linestyle=(0, (5, 2)) if reference else "-",
        marker="" if reference else study.marker(design),
        markersize=0.4 * points,
        markevery=4,
        label=design,
    )
