"""Regret: what is lost by each policy in each world beside the best one there, and which holds up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.study import Study
from experiments.figures.style import INK, RULE, SAND, SMALLEST, UMBER, Board, board, styled
from experiments.figures.typeset import width, wrapped
from experiments.text import Scale, Text

SHADES = LinearSegmentedColormap.from_list("regret", ["#ffffff", SAND])
SMALL = 0.68  # of the size of a cell's number: its interval and whether it fails
LARGEST = "largest"  # the last column: the largest regret of all conditions


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """Which policy holds up by its means, how large its largest regret is, and whether that is clear."""
    text, steady = study.text, frame[frame["holds_up"]]
    names = text.listed(text("chart.regret_name", policy=name) for name in steady["title"].unique())
    lost = float(steady["largest"].max())
    scale = amounts(frame, metric, study)
    words = {
        "metric": text(f"metrics.{metric}.label"), "policy": names,
        "size": text.joined(scale.number(lost), scale.unit),
    }  # fmt: skip
    key = "clear" if not frame["near"].any() else "unclear"
    return text(f"chart.regret_{key}" if lost > 0.0 else f"chart.regret_best_{key}", **words)


def amounts(frame: pd.DataFrame, metric: str, study: Study) -> Scale:
    """How title and cells write what is lost."""
    return study.text.scale(metric, [*frame["regret"], *frame["largest"]], effect=True)


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    words = title(frame, metric, study)
    return study.text("chart.alt_regret", metric=study.text.inline(metric), title=words)


def regret(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw a row a policy and a column a world, darker where more is lost.

    `frame` has a row a policy and world: policy, title, world, n, conditions (of the world), regret
    (mean over them, in the store's unit of `metric`), best and fails (shares of them by means, and
    clear_best and clear_fail by intervals), largest (the policy's largest regret anywhere), holds_up,
    near (not clearly behind the one that holds up) and least (failing is to do no better), the same in
    all rows of a policy. regret and largest have their intervals (_low, _high).
    """
    text, scale = study.text, amounts(frame, metric, study)
    with styled():
        made = board(
            study.sheet,
            title(frame, metric, study),
            text("chart.regret_subtitle", measure=text.measured(metric, scale.unit)),
            text(
                "chart.regret_caption", n=int(frame["n"].min()), seeds=study.seeds,
                conditions=int(frame.groupby("policy")["conditions"].sum().max()),
                fails=failing(frame, metric, study),
                identity=study.identity,
            ),
        )  # fmt: skip
        _table(made, frame, scale, study)
    return made.figure


def failing(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """What failing is, in words; nothing where no policy fails."""
    if not frame["fails"].any():
        return ""
    least = study.text.quantity(metric, float(frame["least"].iloc[0]), effect=True, signed=True)
    return study.text("chart.regret_failing", least=least)


def _table(made: Board, frame: pd.DataFrame, scale: Scale, study: Study) -> None:
    text, sheet = study.text, study.sheet
    policies = list(dict.fromkeys(frame["policy"]))
    worlds = [*dict.fromkeys(frame["world"]), LARGEST]
    titles = dict(zip(frame["policy"], frame["title"], strict=True))
    tall = min(made.height / (len(policies) + 0.9), 1.1)
    points = min(0.86 * sheet.points, 0.3 * tall * 72)
    room = min(0.3 * made.width, max(width(str(t), points) for t in titles.values()) + 0.25)
    wide = min((made.width - room) / len(worlds), 2.6 * tall)
    axes = made.axes(
        room, made.height - tall * len(policies), wide * len(worlds), tall * len(policies)
    )
    most = float(frame["largest"].max()) or 1.0
    for row in frame.to_dict("records"):
        place = worlds.index(row["world"]), policies.index(row["policy"])
        _cell(axes, place, row, most, scale, points, study)
    for down, policy in enumerate(policies):
        row = frame[frame["policy"] == policy].iloc[0]
        _largest(axes, (len(worlds) - 1, down), row, most, scale, points, text)
    axes.set_xlim(0, len(worlds))
    axes.set_ylim(len(policies), 0)
    names = ["\n".join(wrapped(str(titles[p]), points, room - 0.15)[:3]) for p in policies]
    axes.set_yticks([place + 0.5 for place in range(len(policies))], names, size=points)
    called = [study.world(world) for world in worlds[:-1]]
    called.append(text("chart.regret_largest"))
    feet = ["\n".join(wrapped(name, 0.9 * points, wide * 0.94)[:3]) for name in called]
    axes.set_xticks([place + 0.5 for place in range(len(worlds))], feet, size=0.9 * points)
    axes.tick_params(labelcolor=INK)
    axes.spines["bottom"].set_visible(False)


def _cell(
    axes: Axes,
    place: tuple[int, int],
    row: Mapping[Any, Any],
    most: float,
    scale: Scale,
    points: float,
    study: Study,
) -> None:
    """One policy in one world: what is lost on average, and whether it fails there."""
    lost, text = float(row["regret"]), study.text
    _box(axes, place, lost / most, f"{row['policy']}@{row['world']}")
    always = row["best"] == 1
    words, ink = (scale.number(lost), INK)
    if always:
        key = "best" if row["clear_best"] == 1 else "best_mean"
        words, ink = text(f"chart.regret_{key}"), UMBER
    under = [] if always else _interval(row, "regret", scale, text)
    if row["fails"] > 0:
        share, clear = (
            text.per_cent(100 * row[name], signed=False) for name in ("fails", "clear_fail")
        )
        one = int(row["conditions"]) == 1
        key = ("fails" if row["clear_fail"] else "fails_mean") if one else "fails_share"
        under.append((text(f"chart.regret_{key}", share=share, clear=clear), UMBER))
    _words(axes, place, words, points, ink, under)


def _interval(
    row: Mapping[Any, Any] | pd.Series, name: str, scale: Scale, text: Text
) -> list[tuple[str, str]]:
    """The line of an interval, or none where it is not known."""
    low, high = float(row[f"{name}_low"]), float(row[f"{name}_high"])
    if not math.isfinite(low) or low == high == 0.0:
        return []
    return [(f"[{text.interval(low, high, scale, signed=False)}]", INK)]


def _largest(
    axes: Axes,
    place: tuple[int, int],
    row: pd.Series,
    most: float,
    scale: Scale,
    points: float,
    text: Text,
) -> None:
    """The largest regret of a policy; the one that holds up is framed."""
    lost = float(row["largest"])
    _box(axes, place, lost / most, f"{row['policy']}@{LARGEST}", framed=bool(row["holds_up"]))
    _words(axes, place, scale.number(lost), points, INK, _interval(row, "largest", scale, text))


def _box(
    axes: Axes, place: tuple[int, int], shade: float, label: str, *, framed: bool = False
) -> None:
    face = SHADES(0.85 * min(max(shade, 0.0), 1.0))
    patch = Rectangle(place, 1, 1, facecolor=face, edgecolor=RULE, linewidth=1.0)
    patch.set_label(label)
    axes.add_patch(patch)
    if framed:
        inner = (place[0] + 0.02, place[1] + 0.04)
        axes.add_patch(Rectangle(inner, 0.96, 0.92, fill=False, edgecolor=INK, lw=2.0, zorder=3))


def _words(
    axes: Axes,
    place: tuple[int, int],
    words: str,
    points: float,
    ink: str,
    under: Sequence[tuple[str, str]],
) -> None:
    """What is lost, and smaller lines beneath: words and ink."""
    lines = [
        (words, ink, points),
        *((said, tint, max(SMALL * points, SMALLEST)) for said, tint in under),
    ]
    first = 0.5 - 0.13 * (len(lines) - 1)
    for down, (said, tint, size) in enumerate(lines):
        axes.text(
            place[0] + 0.5, place[1] + first + 0.26 * down, said, size=size, color=tint,
            ha="center", va="center",
        )  # fmt: skip
