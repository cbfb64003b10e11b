"""Chart 4b: the expected loss of each choice, by what a unit of gain is worth."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.study import Study
from experiments.figures.style import GREY, Framed, framed, styled
from experiments.figures.timeline import amount_axis, labels_room, side_labels, value_axis
from experiments.text import MONEY, Scale, plain

FEW = 5  # lines that can all be named
DASHES = ("-", (0, (5, 2)), (0, (2, 1.5)), (0, (6, 2, 1, 2)))


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The choice with the smallest expected loss at the threshold, and where another takes over."""
    text = study.text
    best = frame.sort_values(["value", "loss"], kind="stable").drop_duplicates("value")
    at = float(frame["threshold"].iloc[0])
    row = best.iloc[int((best["value"] - at).abs().to_numpy().argmin())]
    words = {
        "metric": text.inline(metric),
        "best": _name(str(row["design"]), study),
        "value": valued(at, metric, study),
        "loss": text.money(float(row["loss"])),
    }
    if best["design"].nunique() == 1:
        return text("chart.loss_always", **words)
    return text("chart.loss_title", **words)


def named(frame: pd.DataFrame, reference: str) -> list[str]:
    """The lines that bear a name: all of a few, else the reference, the worst, and each that is best."""
    designs = list(dict.fromkeys(frame["design"]))
    if len(designs) <= FEW:
        return designs
    best = frame.sort_values(["value", "loss"], kind="stable").drop_duplicates("value")["design"]
    last = frame[frame["value"] == frame["value"].max()].sort_values("loss", kind="stable")
    return [str(name) for name in (reference, *dict.fromkeys(best), last["design"].iloc[-1])]


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

    `frame` is that of `gallery.cost.loss_frame`: design, value and threshold [m yuan a unit of gain],
    n, loss [m yuan].
    """
    text = study.text
    scale = text.scale("net_cost", frame["loss"])
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
            ),
            text(
                "chart.loss_caption",
                n=int(frame["n"].min()),
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
