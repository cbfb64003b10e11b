"""Chart 9: sizes of firms as ridges, one a year, with what the largest 1% of firms hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.study import Study
from experiments.figures.style import INK, RULE, SOFT, Board, board, legible, styled
from experiments.figures.typeset import width, wrapped
from experiments.statistics import reading_of

OVERLAP = 1.0  # how many rows the tallest ridge fills
LABELLED = (1.0, 10.0, 100.0, 1_000.0, 10_000.0)  # m yuan
RIGHT = 0.27  # share of the board for the notes
ENDS = ("low", "high")


def title(frame: pd.DataFrame, study: Study) -> str:
    """Whether the share of firms above 100 m yuan clearly differs at the end."""
    text = study.text
    row = frame[frame["part"] == "large"].sort_values("quarter").iloc[-1]
    told = reading_of(row.to_dict(), "value")
    numbers = float(row["value"]), float(row["low"]), float(row["high"])
    scale = text.scale("survival", numbers, effect=True)  # written as a share
    words = {
        "scenario": study.label(str(row["design"])),
        "date": text.date(int(row["quarter"])),
        "size": _size(100.0, study),
    }
    return text(f"chart.sizes_{told}", **words, **study.effect(told, scale, numbers))


def _size(m_yuan: float, study: Study) -> str:
    """The end of a class, a round amount."""
    scale = study.text.scale("net_cost", [m_yuan], digits=1)
    return study.text.joined(scale.number(m_yuan), scale.unit)


def alt(frame: pd.DataFrame, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    return study.text("chart.alt_sizes", title=title(frame, study))


def sizes(frame: pd.DataFrame, study: Study) -> Figure:
    """Draw the share of firms by class of yearly revenue, a ridge a quarter, two scenarios each.

    `frame` is that of `gallery.sizes.size_frame`: part (bin, top or large), design, quarter, bin_low
    [m yuan], n, value, low, high; shares between 0 and 1.
    """
    text = study.text
    bins = frame[frame["part"] == "bin"]
    scenario = next((d for d in bins["design"] if d != study.reference), study.reference)
    with styled():
        made = board(
            study.sheet,
            title(frame, study),
            text(
                "chart.sizes_subtitle",
                scenario=study.label(str(scenario)),
                reference=study.label(study.reference),
            ),
            text(
                "chart.sizes_caption",
                n=int(bins["n"].min()),
                seeds=study.seeds,
                identity=study.identity,
            ),
        )
        _ridges(made, frame, str(scenario), study)
    return made.figure


def _ridges(made: Board, frame: pd.DataFrame, scenario: str, study: Study) -> None:
    bins, points = frame[frame["part"] == "bin"], 0.8 * study.sheet.points
    quarters, edges = sorted(set(bins["quarter"])), np.array(sorted(set(bins["bin_low"])))
    left = max(width(study.text.date(q), points) for q in quarters) + 0.7 * points / 72
    right, foot = RIGHT * made.width, 1.9 * points / 72
    axes = made.axes(left, foot, made.width - left - right, made.height - foot)
    tallest = float(bins["high"].max())
    for place, quarter in enumerate(quarters):
        base = float(len(quarters) - 1 - place)
        for design in (study.reference, scenario):
            rows = bins[(bins["quarter"] == quarter) & (bins["design"] == design)]
            rows = rows.sort_values("bin_low")
            _ridge(axes, rows, base, 0.92 * OVERLAP / tallest, design, study)
        _note(axes, frame, int(quarter), base, place == 0, scenario, study, points)
    axes.set_yticks(
        [len(quarters) - 1 - place for place in range(len(quarters))],
        [study.text.date(q) for q in quarters],
        size=points,
    )
    axes.set_ylim(-0.02, len(quarters) - 1 + OVERLAP)
    axes.tick_params(axis="y", labelcolor=INK)
    axes.set_xlim(0, len(edges))
    labelled = LABELLED if study.sheet.width > 10 else LABELLED[::2]
    shown = [(float(np.flatnonzero(edges == edge)[0]), edge) for edge in labelled if edge in edges]
    axes.set_xticks([at for at, _ in shown], [_size(edge, study) for _, edge in shown])
    axes.tick_params(axis="x", labelsize=0.9 * points)
    axes.grid(axis="x", color=RULE, linewidth=0.8)


def _ridge(
    axes: Axes, rows: pd.DataFrame, base: float, scale: float, design: str, study: Study
) -> None:
    """One scenario's classes as steps: median as a line, the 90% band of the runs behind it."""
    ink, reference = study.colour(design), design == study.reference
    places = np.arange(len(rows) + 1)
    low, high, value = (
        base + scale * np.append(rows[name], rows[name].iloc[-1])
        for name in ("low", "high", "value")
    )
    axes.fill_between(places, low, high, step="post", color=ink, alpha=0.25, linewidth=0)
    if reference:
        axes.fill_between(places, base, value, step="post", color=ink, alpha=0.15, linewidth=0)
    axes.step(
        places,
        value,
        where="post",
        color=ink,
        linewidth=0.1 * study.sheet.points,
        linestyle=(0, (4, 2)) if reference else "-",
        label=f"{design}@{int(rows['quarter'].iloc[0])}",
    )


def _note(
    axes: Axes,
    frame: pd.DataFrame,
    quarter: int,
    base: float,
    first: bool,
    scenario: str,
    study: Study,
    points: float,
) -> None:
    """What the largest 1% hold, at the right of a ridge."""
    text, rows = study.text, frame[(frame["part"] == "top") & (frame["quarter"] == quarter)]
    rows = rows.set_index("design")
    room = RIGHT * (study.sheet.width - 2 * study.sheet.margin) - 0.8 * points / 72
    lines = []
    for design in (scenario, study.reference):
        words, ink = study.label(design), legible(study.colour(design))
        if design in rows.index:
            ends = (text.per_cent(100 * float(rows[e][design]), signed=False) for e in ENDS)
            words = text("number.interval", **dict(zip(ENDS, ends, strict=True)))
        elif not first:
            continue
        lines += [(line, ink) for line in wrapped(words, points, room)]
    if first:
        lines = [(line, SOFT) for line in wrapped(text("chart.sizes_top"), points, room)] + lines
    for at, (line, ink) in enumerate(lines):
        axes.annotate(
            line,
            (1.0, base),
            xycoords=("axes fraction", "data"),
            xytext=(0.7 * points, points * 1.25 * (len(lines) - at - 1)),
            textcoords="offset points",
            size=points,
            color=ink,
            va="bottom",
            ha="left",
        )
