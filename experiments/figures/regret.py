"""Regret: what is lost by each policy in each world beside the best one there, and which holds up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.study import Study
from experiments.figures.style import INK, RULE, SAND, SMALLEST, SOFT, UMBER, Board, board, styled
from experiments.figures.typeset import width, wrapped
from experiments.text import Scale

SHADES = LinearSegmentedColormap.from_list("regret", ["#ffffff", SAND])
LARGEST = "largest"  # the last column: the largest regret of all conditions


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The policy whose largest regret is smallest, and how large that is."""
    text = study.text
    steady = frame[frame["holds_up"]].iloc[0]
    words = {"metric": text(f"metrics.{metric}.label"), "policy": str(steady["title"])}
    if not steady["largest"] > 0.0:
        return text("chart.regret_best", **words)
    size = text.quantity(metric, float(steady["largest"]), effect=True)
    return text("chart.regret_title", size=size, **words)


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    words = title(frame, metric, study)
    return study.text("chart.alt_regret", metric=study.text.inline(metric), title=words)


def regret(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw a row a policy and a column a world, darker where more is lost.

    `frame` has a row a policy and world: policy, title, world, n, conditions (of the world), regret
    (mean over them, in the store's unit of `metric`), best and fails (shares of them), largest (the
    policy's largest regret anywhere) and holds_up, the same in all rows of a policy.
    """
    text = study.text
    scale = text.scale(metric, [*frame["regret"], *frame["largest"]], effect=True)
    with styled():
        made = board(
            study.sheet,
            title(frame, metric, study),
            text("chart.regret_subtitle", measure=text.measured(metric, scale.unit)),
            text(
                "chart.regret_caption", n=int(frame["n"].min()), seeds=study.seeds,
                conditions=int(frame.groupby("policy")["conditions"].sum().max()),
                identity=study.identity,
            ),
        )  # fmt: skip
        _table(made, frame, scale, study)
    return made.figure


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
        _largest(axes, (len(worlds) - 1, down), row, most, scale, points)
    axes.set_xlim(0, len(worlds))
    axes.set_ylim(len(policies), 0)
    names = ["\n".join(wrapped(str(titles[p]), points, room - 0.15)[:3]) for p in policies]
    axes.set_yticks([place + 0.5 for place in range(len(policies))], names, size=points)
    called = [text.get(f"worlds.{world}", world) for world in worlds[:-1]]
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
    one = int(row["conditions"]) == 1
    always = row["best"] == 1
    words, ink = (text("chart.regret_zero"), UMBER) if always else (scale.number(lost), INK)
    under = ""
    if row["fails"] > 0:
        share = text.per_cent(100 * row["fails"], signed=False)
        under = text("chart.regret_fails" if one else "chart.regret_fails_share", share=share)
    _words(axes, place, words, points, ink, up=bool(under))
    if under:
        axes.text(
            place[0] + 0.5, place[1] + 0.72, under, size=max(0.7 * points, SMALLEST), color=UMBER,
            ha="center", va="center",
        )  # fmt: skip


def _largest(
    axes: Axes,
    place: tuple[int, int],
    row: pd.Series,
    most: float,
    scale: Scale,
    points: float,
) -> None:
    """The largest regret of a policy; the one that holds up is framed."""
    lost = float(row["largest"])
    _box(axes, place, lost / most, f"{row['policy']}@{LARGEST}", framed=bool(row["holds_up"]))
    _words(axes, place, scale.number(lost), points, INK)


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
    axes: Axes, place: tuple[int, int], words: str, points: float, ink: str, *, up: bool = False
) -> None:
    axes.text(
        place[0] + 0.5, place[1] + (0.4 if up else 0.5), words, size=points,
        color=ink if words else SOFT, ha="center", va="center",
    )  # fmt: skip
