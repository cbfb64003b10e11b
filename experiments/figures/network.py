"""Chart 11: who finances whom, the followed firms of one pair of runs side by side."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.study import Study
from experiments.figures.style import GREY, INK, SAND, UMBER, Board, board, styled
from experiments.figures.typeset import wrapped

INKS = {"stake": SAND, "loan": UMBER}
RING = 0.5  # radius of the financiers' ring; the firms' outer ring has radius 1


def title(frame: pd.DataFrame, study: Study) -> str:
    """How many followed firms have finance in each of the two runs: a count, not an effect."""
    text = study.text
    found = frame.groupby("design")["uid"].nunique()
    scenario = next((d for d in found.index if d != study.reference), study.reference)
    return text(
        "chart.network_title",
        date=text.date(int(frame["quarter"].iloc[0])),
        scenario=study.label(str(scenario)),
        reference=study.label(study.reference),
        firms=int(found.get(scenario, 0)),
        others=int(found.get(study.reference, 0)),
    )


def alt(frame: pd.DataFrame, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    return study.text("chart.alt_network", title=title(frame, study))


def network(frame: pd.DataFrame, study: Study) -> Figure:
    """Draw funds and banks on an inner ring and their firms around them, a ring a scenario.

    `frame` has a row a link of one run each: design, seed, quarter, kind (loan or stake), uid (firm),
    other (bank or fund), value, n (runs in the study).
    """
    text = study.text
    designs = sorted(set(frame["design"]), key=lambda name: name != study.reference)
    with styled():
        made = board(
            study.sheet,
            title(frame, study),
            text("chart.network_subtitle"),
            text(
                "chart.network_caption",
                seed=int(frame["seed"].iloc[0]),
                n=int(frame["n"].iloc[0]),
                identity=study.identity,
            ),
        )
        _rings(made, frame, designs, study)
    return made.figure


def _rings(made: Board, frame: pd.DataFrame, designs: list[str], study: Study) -> None:
    points = 0.88 * study.sheet.points
    wide, head = made.width / len(designs), 1.6 * points / 72
    side = min(wide - 0.1, made.height - head)
    for place, design in enumerate(designs):
        middle = (place + 0.5) * wide
        axes = made.axes(middle - side / 2, 0.0, side, side)
        axes.set_xlim(-1.12, 1.12)
        axes.set_ylim(-1.12, 1.12)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines["bottom"].set_visible(False)
        rows = frame[frame["design"] == design]
        _ring(axes, rows, points)
        words = study.text(
            "chart.network_head",
            scenario=study.label(design),
            stakes=int((rows["kind"] == "stake").sum()),
            loans=int((rows["kind"] == "loan").sum()),
        )
        made.figure.text(
            (made.left + middle) / study.sheet.width,
            (made.bottom + made.height) / study.sheet.height,
            "\n".join(wrapped(words, points, wide - 0.1)[:1]),
            size=points,
            color=INK,
            ha="center",
            va="top",
        )


def places(rows: pd.DataFrame) -> dict[tuple[str, int], tuple[float, float]]:
    """Where nodes lie: financiers evenly on the inner ring, firms outside, in the order of their links.

    Keys are ("stake" or "loan", other) and ("firm", uid); the same links give the same picture.
    """
    financiers = sorted(set(zip(rows["kind"], rows["other"], strict=True)), reverse=True)
    angles = {
        key: 2 * math.pi * place / max(len(financiers), 1) for place, key in enumerate(financiers)
    }
    wished = {}
    for uid, part in rows.groupby("uid", sort=True):
        ends = [angles[key] for key in zip(part["kind"], part["other"], strict=True)]
        wished[uid] = math.atan2(float(np.sum(np.sin(ends))), float(np.sum(np.cos(ends))))
    order = sorted(wished, key=lambda uid: (wished[uid] % (2 * math.pi), uid))
    found = {(str(k), int(o)): _at(angle, RING) for (k, o), angle in angles.items()}
    for place, uid in enumerate(order):
        found[("firm", int(str(uid)))] = _at(2 * math.pi * place / len(order), 1.0)
    return found


def _at(angle: float, radius: float) -> tuple[float, float]:
    return radius * math.cos(angle), radius * math.sin(angle)


def _ring(axes: Axes, rows: pd.DataFrame, points: float) -> None:
    where, records = places(rows), rows.to_dict("records")
    for row in records:
        start = where[("firm", int(row["uid"]))]
        end = where[(str(row["kind"]), int(row["other"]))]
        axes.plot(
            [start[0], end[0]], [start[1], end[1]], color=INKS[str(row["kind"])], alpha=0.5,
            linewidth=0.07 * points, label=str(row["kind"]), zorder=1,
        )  # fmt: skip
    counts = Counter((str(row["kind"]), int(row["other"])) for row in records)
    for (kind, other), count in counts.items():
        x, y = where[(kind, other)]
        axes.plot(
            x, y, marker="s" if kind == "loan" else "o", color=INKS[kind],
            markersize=points * (0.35 + 0.12 * float(count) ** 0.5), label="_financier", zorder=3,
        )  # fmt: skip
    for (kind, _), (x, y) in where.items():
        if kind == "firm":
            axes.plot(x, y, ".", color=GREY, markersize=0.45 * points, label="firm", zorder=2)
