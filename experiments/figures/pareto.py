"""Chart 7: mixes of measures by two objectives, and those that no other mix beats on both."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.study import Study
from experiments.figures.style import BLUE, GREY, INK, Framed, framed, styled
from experiments.figures.timeline import amount_axis, labels_room, side_labels, value_axis

MOST_NAMED = 4
MOST_LABELLED = 6


def across(frame: pd.DataFrame) -> str:
    """The metric along the bottom, as the catalogue names it."""
    return str(frame["across"].iloc[0]) if "across" in frame else "net_cost"


def ways(frame: pd.DataFrame) -> tuple[float, float]:
    """The better direction along the bottom and upwards, 1 or −1; usually less cost and more gain."""
    return tuple(
        float(frame[name].iloc[0]) if name in frame else usual
        for name, usual in (("cost_way", -1.0), ("gain_way", 1.0))
    )  # type: ignore[return-value]


def on_front(frame: pd.DataFrame) -> pd.Series:
    """True for the rows that no other row beats: as good on both, and better on one."""
    costs, gains = (
        way * frame[name].to_numpy(float)
        for way, name in zip(ways(frame), ("cost", "gain"), strict=True)
    )
    found = [
        not ((costs >= c) & (gains >= g) & ((costs > c) | (gains > g))).any()
        for c, g in zip(costs, gains, strict=True)
    ]
    return pd.Series(found, index=frame.index, dtype=bool)


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """How many of the mixes tried lie on the front, by their means."""
    front = int(on_front(frame).sum())
    words = _named(frame, metric, study)
    return study.text("chart.pareto_title", front=front, total=len(frame), **words)


def _named(frame: pd.DataFrame, metric: str, study: Study) -> dict[str, str]:
    """The two objectives within a sentence."""
    text = study.text
    return {"metric": text.inline(metric), "across": text.inline(across(frame))}


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    words = title(frame, metric, study)
    return study.text("chart.alt_pareto", title=words, **_named(frame, metric, study))


def pareto(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw every mix, the front as steps, and intervals and names of at most four named mixes.

    Mixes that are beaten are grey, named ones too; a short front bears names throughout.

    `frame` has a row a mix: design (its name), n, cost and gain [unit of `metric`] beyond the
    reference, with cost_low, cost_high, gain_low, gain_high (95%, may be empty), and `named`, the word
    for a mix worth naming (empty for the others). `cost` is net cost [m yuan] or what a column `across`
    names; cost_way and gain_way say with −1 that less is better.
    """
    text = study.text
    costs = text.scale(across(frame), frame["cost"], effect=True)
    gains = text.scale(metric, frame["gain"], effect=True)
    with styled():
        made = framed(
            study.sheet,
            title(frame, metric, study),
            text(
                "chart.pareto_subtitle",
                measure=text.measured(metric, gains.unit),
                across=text.measured(across(frame), costs.unit),
                reference=study.label(study.reference),
            ),
            text(
                "chart.pareto_caption",
                n=int(frame["n"].min()),
                seeds=study.seeds,
                identity=study.identity,
            ),
            right=labels_room(study.sheet),
        )
        axes = made.axes
        named = _draw(made, frame, study)
        axes.axhline(0.0, color=INK, linewidth=0.8, zorder=1, label="_zero")
        amount_axis(axes, costs)
        axes.margins(0.07)
        value_axis(axes, gains, signed=True)
        made.settle()
        side_labels(made, study.sheet, named)
    return made.figure


def _draw(made: Framed, frame: pd.DataFrame, study: Study) -> list[tuple[str, float, float, str]]:
    """Draw the mixes; returns the labels of those that are named."""
    axes, points, front = made.axes, study.sheet.points, on_front(frame)
    rest = frame[~front]
    axes.plot(
        rest["cost"],
        rest["gain"],
        "o",
        color=GREY,
        alpha=0.45,
        markersize=0.3 * points,
        label="beaten",
    )
    best = frame[front].sort_values(["cost", "gain"])
    steps = "steps-post" if ways(frame)[0] < 0 else "steps-pre"
    axes.plot(
        best["cost"], best["gain"], color=BLUE, drawstyle=steps, linewidth=0.12 * points,
        marker="D", markersize=0.4 * points, label="front", zorder=3,
    )  # fmt: skip
    labels = []
    known = frame.assign(front=front, named=frame["named"].astype(str))
    for row in known[known["named"] != ""].head(MOST_NAMED).to_dict("records"):
        ink = BLUE if row["front"] else GREY
        if math.isfinite(float(row.get("gain_low", math.nan))):
            spans = (row["cost_low"], row["cost_high"]), (row["gain_low"], row["gain_high"])
            # Caps end an interval; without them the line to its label looked like more of it.
            looks: dict[str, Any] = {
                "color": ink,
                "linewidth": 0.06 * points,
                "markersize": 0.5 * points,
                "alpha": 0.6,
            }
            axes.plot(spans[0], [row["gain"]] * 2, marker="|", **looks)
            axes.plot([row["cost"]] * 2, spans[1], marker="_", **looks)
        labels.append((str(row["named"]), float(row["cost"]), float(row["gain"]), ink))
    # The rest of a short front goes by its own names, e.g. "mix 12".
    bare = known[known["front"] & (known["named"] == "")].to_dict("records")
    room = MOST_LABELLED - len(labels)
    return labels + [
        (str(row["design"]), float(row["cost"]), float(row["gain"]), BLUE)
        for row in (bare if len(bare) <= room else ())
    ]
