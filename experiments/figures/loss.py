"""Chart 4b: the expected loss of each choice, by what a unit of gain is worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.study import Study
from experiments.figures.style import GREY, Framed, framed, styled
from experiments.figures.timeline import amount_axis, labels_room, side_labels, value_axis
from experiments.statistics import FEW, reading
from experiments.text import MONEY, Scale, plain

MOST_NAMED = 8  # lines that can all be named
DASHES = ("-", (0, (5, 2)), (0, (2, 1.5)), (0, (6, 2, 1, 2)))


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The choice with the smallest expected loss at the threshold, and whether it is clearly best."""
    text, rows = study.text, frame[frame["value"] == frame["threshold"]].to_dict("records")
    best, *others = sorted(rows, key=lambda row: float(row["loss"]))
    rivals = [row for row in others if not _is_behind(row)]
    words = {
        "metric": text.inline(metric),
        "best": _name(str(best["design"]), study),
        "value": valued(float(best["value"]), metric, study),
        "loss": _amount(float(best["loss"]), frame, study),
        "count": len(rivals),
        "total": len(others),
    }
    if len(rivals) == 1:
        words["rival"] = _name(str(rivals[0]["design"]), study)
        words["other"] = _amount(float(rivals[0]["loss"]), frame, study)
        return text("chart.loss_close", **words)
    if rivals:
        return text("chart.loss_open", **words)
    always = _best(frame).nunique() == 1
    return text("chart.loss_always" if always else "chart.loss_title", **words)


def _is_behind(row: Mapping[Any, Any]) -> bool:
    """True where a choice is clearly worse than the one with the smallest loss."""
    mean, low, high = (float(row[name]) for name in ("behind", "behind_low", "behind_high"))
    return reading(mean, low, high, int(row["n"])) == "up"


def _best(frame: pd.DataFrame) -> pd.Series:
    """The choice with the smallest loss at each value."""
    ordered = frame.sort_values(["value", "loss"], kind="stable")
    return ordered.drop_duplicates("value")["design"]


def _scale(frame: pd.DataFrame, study: Study) -> Scale:
    return study.text.scale("net_cost", frame["loss"])


def _amount(loss: float, frame: pd.DataFrame, study: Study) -> str:
    """A loss as the axis has it, with two digits at least."""
    scale = _scale(frame, study).finer([loss])
    return study.text.joined(scale.number(loss), scale.unit)


def named(frame: pd.DataFrame, reference: str) -> list[str]:
    """The lines that bear a name: all of a few, else those that tell most.

    These are the reference, what the study is about, each that is best somewhere, and the worst.
    """
    designs = list(dict.fromkeys(frame["design"]))
    if len(designs) <= MOST_NAMED:
        return designs
    last = frame[frame["value"] == frame["value"].max()].sort_values("loss", kind="stable")
    focus = frame.loc[frame["focus"], "design"]
    kept = (reference, *focus, *_best(frame), last["design"].iloc[-1])
    return list(map(str, dict.fromkeys(kept)))


def valued(value: float, metric: str, study: Study) -> str:
    """What a unit of gain is valued at, in words; `value` in m yuan a unit of the store."""
    text = study.text
    words = text.get(f"chart.valued_{metric}", "{amount}")
    return words.format(amount=text.money(value), number=plain(value, 1))


def _name(design: str, study: Study) -> str:
    if design == study.reference:
        return study.text("chart.loss_nothing", reference=study.label(design))
    return study.label(design)


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    words = title(frame, metric, study)
    return study.text("chart.alt_loss", metric=study.text.inline(metric), title=words)


def loss(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw a line a choice; the lowest one is what to choose at that value.

    `frame` is that of `gallery.cost.loss_frame`: design, focus, value and threshold [m yuan a unit of
    gain], n, loss and behind with its interval [m yuan].
    """
    text, scale, n = study.text, _scale(frame, study), int(frame["n"].min())
    unnamed = set(frame["design"]) > set(named(frame, study.reference))
    # Money gained is valued in yuan a yuan, a number without a unit.
    ratio = Scale(1.0, text("units.yuan_a_yuan"), 1)
    money = ratio if metric in MONEY else text.scale("net_cost", frame["value"])
    with styled():
        made = framed(
            study.sheet,
            title(frame, metric, study),
            text(
                "chart.loss_subtitle",
                metric=text.inline(metric),
                unit=scale.unit,
                money=money.unit,
                threshold=valued(float(frame["threshold"].iloc[0]), metric, study),
            )
            + (text("chart.loss_few", n=n) if n < FEW else ""),
            text(
                "chart.loss_caption",
                n=n,
                unnamed=text("chart.loss_unnamed") if unnamed else "",
                seeds=study.seeds,
                identity=study.identity,
            ),
            right=labels_room(study.sheet),
        )
        axes = made.axes
        _draw(made, frame, study)
        axes.axvline(
            float(frame["threshold"].iloc[0]), color=GREY, linewidth=1.2, linestyle=(0, (5, 3)),
            label="threshold", zorder=1,
        )  # fmt: skip
        axes.set_xlim(-0.01 * float(frame["value"].max()), float(frame["value"].max()))
        top = float(frame["loss"].max() or 1.0)
        axes.set_ylim(-0.04 * top, 1.05 * top)
        amount_axis(axes, money, signed=False)
        value_axis(axes, scale)
        made.settle()
        last = frame[frame["value"] == frame["value"].max()]
        last = last[last["design"].isin(named(frame, study.reference))].to_dict("records")
        labels = [
            (
                study.label(str(row["design"])),
                float(row["value"]),
                float(row["loss"]),
                study.colour(str(row["design"])),
            )
            for row in last
        ]
        side_labels(made, study.sheet, labels)
    return made.figure


def _draw(made: Framed, frame: pd.DataFrame, study: Study) -> None:
    used: dict[str, int] = {}
    told = named(frame, study.reference)
    for design, rows in frame.groupby("design", sort=False):
        ink = study.colour(str(design))
        used[ink] = used.get(ink, -1) + 1
        made.axes.plot(
            rows["value"],
            rows["loss"],
            color=ink,
            linewidth=(0.15 if design in told else 0.06) * study.sheet.points,
            linestyle=DASHES[used[ink] % len(DASHES)],
            marker="" if design == study.reference else study.marker(str(design)),
            markersize=(0.45 if design in told else 0.25) * study.sheet.points,
            markevery=8,
            label=str(design),
        )
