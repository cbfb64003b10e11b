"""Chart 12: what each part of a package adds to its effect, from nothing to the whole."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.effects import clear, clear_rows, effect_axis, measured
from experiments.figures.study import Study
from experiments.figures.style import GREY, INK, SAND, UMBER, Framed, framed, styled
from experiments.figures.typeset import wrapped
from experiments.questions.parts import part_name
from experiments.text import Scale


def label(part: str, kind: str, study: Study) -> str:
    """What a part is called: a section, a clause, a lever, the rest, the whole; else its own name."""
    text = study.text
    if kind in ("rest", "others"):
        return text(f"chart.waterfall_{kind}")
    if kind == "total":
        return study.label(part)
    name = part_name(part, text)
    return study.labels.get(part, name) if name == part else name  # a user's own lever


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The part with the largest clear contribution to the package's effect."""
    text, parts = study.text, frame[frame["kind"] == "part"]
    words = {"metric": text(f"metrics.{metric}.label")}
    if not measured(parts):
        return text("chart.waterfall_single", **words)
    found = clear_rows(parts)
    if found.empty:
        return text("chart.waterfall_none", total=len(parts), **words)
    best = found.iloc[int(found["mean"].abs().to_numpy().argmax())]
    words["part"] = label(str(best["part"]), "part", study)
    scale = amounts(frame, metric, study)
    words["value"] = text.joined(scale.number(float(best["mean"]), signed=True), scale.unit)
    said = "waterfall_all" if len(found) == len(parts) else "waterfall_title"
    return text(f"chart.{said}", clear=len(found), total=len(parts), **words)


def amounts(frame: pd.DataFrame, metric: str, study: Study) -> Scale:
    """How title and bars write a mean; an interval may be so wide that its scale rounds means off."""
    return study.text.scale(metric, frame["mean"], effect=True)


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    words = title(frame, metric, study)
    return study.text("chart.alt_waterfall", metric=study.text.inline(metric), title=words)


def waterfall(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw bars that start where the one above ends, each with its own 95% interval.

    `frame` has a row a bar, from the top down: part (a section, a lever, a clause; for the total a
    design; a user's own lever has its name in `study.labels`), kind (part; others: the smaller parts
    together; rest: what the parts leave over; total: the whole package), n, mean, low, high in the
    store's unit of `metric`; and optionally permutations, the orders of joining where these were
    sampled. The means of all but the total should add up to it.
    """
    text = study.text
    scale = amounts(frame, metric, study)
    with styled():
        made = framed(
            study.sheet,
            title(frame, metric, study),
            text(
                "chart.waterfall_subtitle",
                measure=text.measured(metric, scale.unit),
                reference=study.label(study.reference),
            ),
            text(
                "chart.waterfall_caption",
                n=int(frame["n"].min()),
                seeds=study.seeds,
                identity=study.identity,
                orders=_orders(frame, study),
            ),
            right=0.2 * study.sheet.width,
        )
        _bars(made, frame.to_dict("records"), scale, study)
    return made.figure


def _orders(frame: pd.DataFrame, study: Study) -> str:
    """Says so where contributions rest on some orders of joining only."""
    orders = int(frame["permutations"].max()) if "permutations" in frame else 0
    return study.text("chart.waterfall_orders", orders=orders) if orders else ""


def _bars(made: Framed, rows: list[dict[Any, Any]], scale: Scale, study: Study) -> None:
    axes, sheet = made.axes, study.sheet
    size = min(0.88 * sheet.points, 0.55 * made.height * 72 / max(len(rows), 1))
    start, ends = 0.0, [0.0]
    for place, row in enumerate(rows):
        mean, total = float(row["mean"]), row["kind"] == "total"
        base = 0.0 if total else start
        ink = _ink(row, study)
        axes.barh(
            place,
            mean,
            left=base,
            height=0.62,
            color=ink,
            alpha=0.85,
            label=str(row["part"]),
            zorder=2,
        )
        stretch = [base + float(row[name]) for name in ("low", "high")]
        if math.isfinite(stretch[0]):
            axes.plot(stretch, [place, place], color=INK, linewidth=0.1 * sheet.points, zorder=3)
        ends += [value for value in (base, base + mean, *stretch) if math.isfinite(value)]
        start = base + mean
        if place + 1 < len(rows) and not total:
            axes.plot(
                [start, start],
                [place, place + 1],
                color=GREY,
                linewidth=0.8,
                label="_step",
                zorder=1,
            )
    axes.axvline(0.0, color=INK, linewidth=1.0, zorder=1, label="_zero")
    room = 0.36 * sheet.width
    names = [
        "\n".join(wrapped(label(str(row["part"]), str(row["kind"]), study), size, room))
        for row in rows
    ]
    axes.set_yticks(range(len(names)), names, size=size)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    effect_axis(axes, scale, sheet, (min(ends), max(ends)))
    axes.tick_params(axis="y", labelcolor=INK)
    made.settle()
    for place, row in enumerate(rows):
        axes.annotate(
            study.text.joined(scale.number(float(row["mean"]), signed=True), scale.unit),
            (1.0, place),
            xycoords=("axes fraction", "data"),
            xytext=(0.8 * sheet.points, 0),
            textcoords="offset points",
            size=size,
            color=INK if clear(row) else GREY,
            va="center",
            ha="left",
        )


def _ink(row: Mapping[Any, Any], study: Study) -> str:
    """Grey where nothing is clear; the package in its own colour; parts by the sign of their mean."""
    if not clear(row):
        return GREY
    if row["kind"] == "total":
        return study.colour(str(row["part"]))
    return SAND if float(row["mean"]) > 0 else UMBER
