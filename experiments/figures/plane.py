"""Chart 4a: the cost-effectiveness plane, gain against net cost, with the line of break-even."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.study import Study
from experiments.figures.style import GREY, INK, Framed, framed, styled
from experiments.figures.timeline import amount_axis, labels_room, side_labels, value_axis
from experiments.statistics import reading
from experiments.text import Scale

MOST_NAMED = 8  # marks that can all be named


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """How many scenarios are clearly worth their net cost at the threshold, and how many clearly not."""
    text, means = study.text, frame[frame["part"] == "mean"]
    words = {"metric": text.inline(metric), "value": worth(frame, metric, study)}
    if not means["worth_low"].map(math.isfinite).any():
        return text("chart.plane_single", **words)
    told = [
        reading(mean, low, high, int(n))
        for mean, low, high, n in means[["worth", "worth_low", "worth_high", "n"]].to_numpy(float)
    ]
    counts = {"more": told.count("up"), "less": told.count("down"), "total": len(means)}
    if len(means) == 1:
        said = "more" if counts["more"] else "less" if counts["less"] else "open"
        name = study.label(str(means["design"].iloc[0]))
        return text(f"chart.plane_one_{said}", scenario=name, **words)
    found = [side for side in ("more", "less") if counts[side]]
    said = "both" if len(found) == 2 else found[0] if found else "open"
    return text(f"chart.plane_{said}", **counts, **words)


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """The means that bear a name: all of a few, else those that tell most.

    These are what the study is about, the costliest, and those worth most and least.
    """
    means = frame[frame["part"] == "mean"].sort_values("worth", ascending=False, kind="stable")
    if len(means) <= MOST_NAMED:
        return means
    dearest = means.sort_values("cost", ascending=False, kind="stable").head(1)
    kept = [means[means["focus"]], means.head(2), means.tail(1), dearest]
    return pd.concat(kept).drop_duplicates("design")


def worth(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """What a unit of gain is taken to be worth, in words."""
    amount = study.text.money(float(frame["threshold"].iloc[0]))
    return study.text.get(f"chart.worth_{metric}", "{amount}").format(amount=amount)


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    words = title(frame, metric, study)
    return study.text("chart.alt_plane", metric=study.text.inline(metric), title=words)


def plane(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw pairs as faint dots, means with 95% intervals both ways, and the break-even line.

    `frame` is that of `gallery.cost.plane_frame`: part (pair or mean), design, focus, n, cost and gain
    with _low and _high, threshold [m yuan a unit of gain], worth_low, worth_high [m yuan].
    """
    text, told = study.text, named(frame)
    means = frame[frame["part"] == "mean"]
    cost_scale = text.scale("net_cost", frame["cost"], effect=True)
    gain_scale = text.scale(metric, frame["gain"], effect=True)
    with styled():
        made = framed(
            study.sheet,
            title(frame, metric, study),
            text(
                "chart.plane_subtitle",
                measure=text.measured(metric, gain_scale.unit),
                money=cost_scale.unit,
                reference=study.label(study.reference),
                value=worth(frame, metric, study),
            ),
            text(
                "chart.plane_caption",
                n=int(frame["n"].min()),
                seeds=study.seeds,
                unnamed=text("chart.plane_unnamed") if len(told) < len(means) else "",
                identity=study.identity,
            ),
            right=labels_room(study.sheet),
        )
        _draw(made, frame, study)
        _line(made, float(frame["threshold"].iloc[0]))
        _axis(made, cost_scale)
        value_axis(made.axes, gain_scale, signed=True)
        made.settle()
        rows = told.to_dict("records")
        labels = [
            (
                study.label(str(row["design"])),
                float(row["cost"]),
                float(row["gain"]),
                study.colour(str(row["design"])),
            )
            for row in rows
        ]
        side_labels(made, study.sheet, labels)
    return made.figure


def _draw(made: Framed, frame: pd.DataFrame, study: Study) -> None:
    axes, points = made.axes, study.sheet.points
    for row in frame[frame["part"] == "pair"].to_dict("records"):
        ink = study.colour(str(row["design"]))
        axes.plot(row["cost"], row["gain"], ".", color=ink, alpha=0.25, label="_pair", zorder=2)
    for row in frame[frame["part"] == "mean"].to_dict("records"):
        ink = study.colour(str(row["design"]))
        if math.isfinite(float(row["cost_low"])):
            ends = [row["cost_low"], row["cost_high"]], [row["gain_low"], row["gain_high"]]
            axes.plot(ends[0], [row["gain"]] * 2, color=ink, linewidth=0.12 * points, zorder=3)
            axes.plot([row["cost"]] * 2, ends[1], color=ink, linewidth=0.12 * points, zorder=3)
        axes.plot(
            [row["cost"]],
            [row["gain"]],
            marker=study.marker(str(row["design"])),
            color=ink,
            markersize=0.55 * points,
            label=str(row["design"]),
            zorder=4,
        )


def _line(made: Framed, threshold: float) -> None:
    """Where the gain is just worth its cost; the axes keep the room of the data."""
    axes = made.axes
    axes.margins(0.07)
    axes.axhline(0.0, color=INK, linewidth=0.8, zorder=1, label="_zero")
    axes.axvline(0.0, color=INK, linewidth=0.8, zorder=1, label="_zero")
    ends, heights = axes.get_xlim(), axes.get_ylim()
    axes.plot(
        ends,
        [end / threshold for end in ends],
        color=GREY,
        linewidth=1.2,
        linestyle=(0, (5, 3)),
        label="break_even",
        zorder=1,
    )
    axes.set_xlim(ends)
    axes.set_ylim(heights)


def _axis(made: Framed, scale: Scale) -> None:
    axes = made.axes
    amount_axis(axes, scale)
    axes.spines["bottom"].set_visible(False)
